// The option `diagnose`: adds to the event, and to nothing else, the reason why a sealed payload did not open.
import type { Bilingual, Diagnose, Finding } from '../core/types';
import { sleep } from './concurrency';
import { invalidInput } from './errors';
import { Failure } from './failure';
import { runtime } from './runtime/runtime';
import { openPhone } from './runtime/wasm';
import type { ServiceFinding } from './types';

/** Opens a payload. @throws Failure of the origin `sealed` */
export type OpenSealed = typeof openPhone;

/** `openPhone`, with failures that can be diagnosed if the option is set. */
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
      option === true ? 'diagnose cannot be true in this runtime: pass the function diagnose of mp-phone' : undefined,
    );
  return own;
}

/** In milliseconds. A diagnosis takes about 20 ms, and 200 ms with sixteen session keys. */
const PAUSE = 250;

/**
 * Emits the findings of a failure, if it can be diagnosed. The duration of a diagnosis depends on the plaintext, and
 * the time of the response must not: so every diagnosed payload takes the same time.
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

/** These texts contain app ids from the payload, which may be any text: so line breaks and phone numbers are replaced. */
const safeTexts = ({ en, zh }: Bilingual): Bilingual => ({ en: oneLine(en), zh: oneLine(zh) });
const oneLine = (text: string) =>
  text
    .slice(0, 400)
    .replace(/[\p{C}\u2028\u2029]/gu, ' ')
    .replace(/\b(?:00)?(?:86)?1[3-9]\d{9}\b/g, '…');
