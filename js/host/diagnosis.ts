// The option `diagnose`: why a sealed payload did not open, for the event and for nobody else.

import { openPhone } from '../core/opener/functions';
import type { Bilingual, Diagnose, Finding, Keys, OpenOptions, PhoneNumber, Sealed } from '../core/types';
import { invalid } from './errors';
import { runtime } from './runtime';
import type { ServiceFinding } from './types';
import { sleep } from './waiting';

export type Open = (sealed: Sealed, keys: Keys, options?: OpenOptions) => PhoneNumber;

/** How each error can be diagnosed that is to be. */
const suspects = new WeakMap<object, () => Finding[]>();

/** Opens as `openPhone` does, and remembers how to find out why something does not open. */
export function opener(option: boolean | Diagnose | undefined): Open {
  const diagnose = diagnoseOf(option);
  if (!diagnose) return openPhone;
  return (sealed, keys, options) => {
    try {
      return openPhone(sealed, keys, options);
    } catch (error) {
      suspects.set(error as object, () => diagnose(sealed, keys, options).findings);
      throw error;
    }
  };
}

function diagnoseOf(option: boolean | Diagnose | undefined): Diagnose | undefined {
  if (option === undefined || option === false) return undefined;
  if (typeof option === 'function') return option;
  const own = option === true ? runtime.diagnose?.() : undefined;
  if (!own)
    throw invalid(
      'diagnose',
      option === true ? 'diagnose cannot be true here: pass the function diagnose of mp-phone' : undefined,
    );
  return own;
}

/** Milliseconds. A diagnosis takes some 20 of them, and 200 with sixteen session keys. */
const CALM = 250;

/**
 * Tells an error with its findings, if it has any. How long a diagnosis takes depends on the plaintext, and the answer to
 * the client must not: with the option every refused payload takes the same time.
 */
export async function diagnosed(error: unknown, tell: (findings: ServiceFinding[] | undefined) => void): Promise<void> {
  const findings = suspects.get(Object(error));
  const calm = findings && sleep(CALM);
  tell(findings && tellable(findings));
  await calm;
}

function tellable(findings: () => Finding[]): ServiceFinding[] | undefined {
  try {
    return findings().map(({ code, field, severity, en, zh, fix }) => ({
      code,
      ...(field && { field }),
      severity,
      ...line({ en, zh }),
      fix: line(fix),
    }));
  } catch {
    return undefined;
  }
}

/** App ids that a payload names are in these texts, and a payload may name anything. */
const line = ({ en, zh }: Bilingual): Bilingual => ({ en: plain(en), zh: plain(zh) });
const plain = (text: string) =>
  text
    .slice(0, 400)
    .replace(/[\p{C}\u2028\u2029]/gu, ' ')
    .replace(/\b(?:00)?(?:86)?1[3-9]\d{9}\b/g, '…');
