// The option `diagnose`: why a sealed payload did not open, for the event and for nobody else.
import type { Bilingual, Diagnose, Finding } from '../core/types';
import { sleep } from './concurrency';
import { invalidInput } from './errors';
import { Failure } from './failure';
import { runtime } from './runtime/runtime';
import { openPhone } from './runtime/wasm';
import type { ServiceFinding } from './types';

/** Opens a payload. @throws Failure of the origin `sealed` */
export type OpenSealed = typeof openPhone;

/** `openPhone`, whose failures can be diagnosed where the option says so. */
export function sealedOpener(option: boolean | Diagnose | undefined): OpenSealed {
  const diagnose = resolveDiagnose(option);
  return (sealed, keys, options) => {
    try {
      return openPhone(sealed, keys, options);
    } catch (error) {
      throw new Failure(error, 'sealed', {}, diagnose && (() => diagnose(sealed, keys, options).findings));
    }
  };
}

function resolveDiagnose(option: boolean | Diagnose | undefined): Diagnose | undefined {
  if (option === undefined || option === false) return undefined;
  if (typeof option === 'function') return option;
  const own = option === true ? runtime.diagnose?.() : undefined;
  if (!own)
    throw invalidInput(
      'diagnose',
      option === true ? 'diagnose cannot be true here: pass the function diagnose of mp-phone' : undefined,
    );
  return own;
}

/** Milliseconds. A diagnosis takes some 20 of them, and 200 with sixteen session keys. */
const PAUSE = 250;

/**
 * Passes the findings of a failure on, if it can be diagnosed. How long a diagnosis takes depends on the plaintext, and the
 * answer to the client must not: every payload that is diagnosed takes the same time.
 */
export async function withFindings(
  { findings }: Failure,
  emit: (findings: ServiceFinding[] | undefined) => void,
): Promise<void> {
  const pause = findings && sleep(PAUSE);
  emit(findings && safeFindings(findings));
  await pause;
}

function safeFindings(findings: () => Finding[]): ServiceFinding[] | undefined {
  try {
    return findings().map(({ code, field, severity, en, zh, fix }) => ({
      code,
      ...(field && { field }),
      severity,
      ...safeTexts({ en, zh }),
      fix: safeTexts(fix),
    }));
  } catch {
    return undefined;
  }
}

/** These texts name the app ids of a payload, and a payload may name anything. */
const safeTexts = ({ en, zh }: Bilingual): Bilingual => ({ en: oneLine(en), zh: oneLine(zh) });
const oneLine = (text: string) =>
  text
    .slice(0, 400)
    .replace(/[\p{C}\u2028\u2029]/gu, ' ')
    .replace(/\b(?:00)?(?:86)?1[3-9]\d{9}\b/g, '…');
