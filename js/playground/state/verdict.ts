// The result of the core for the state of the page.
import { openPhone, readPhone } from '../../core/opener/functions';
import type { Diagnosis, Explanation, Finding, Keys, PhoneNumber, Sealed } from '../../core/types';
import { formOf } from '../content/forms';
import { diagnose, explain } from './diagnosis';
import type { PlaygroundState } from './playground-state';

export type Verdict =
  /** `bug`: the core failed. The next call uses a new instance of the core. */
  | { is: 'nothing' | 'unrecognised' | 'platform-unknown' | 'no-payload' | 'bug' }
  | { is: 'phone'; phone: PhoneNumber; diagnosis: Diagnosis }
  /** The only fault is that fields are missing. */
  | { is: 'asking'; missing: Finding[]; diagnosis: Diagnosis }
  | { is: 'findings' | 'good-code'; diagnosis: Diagnosis }
  | { is: 'response'; explanation: Explanation; phone: PhoneNumber | null };

export function evaluate(state: PlaygroundState): Verdict {
  try {
    return evaluateState(state);
  } catch {
    return { is: 'bug' };
  }
}

function evaluateState(state: PlaygroundState): Verdict {
  const { kind, platform, sealed, keys, options } = state;
  if (kind === 'nothing') return { is: state.text.trim() ? 'unrecognised' : 'nothing' };
  if (!platform) return { is: 'platform-unknown' };
  if (kind === 'response')
    return { is: 'response', explanation: explain(platform, state.response), phone: read(state) };
  if (kind === 'code') {
    const diagnosis = diagnose({ platform, code: sealed.code, use: state.use }, {}, options);
    return { is: diagnosis.ok ? 'good-code' : 'findings', diagnosis };
  }
  const { code: _, ...fields } = sealed;
  const payload = { ...fields, platform } as unknown as Sealed;
  if (!formOf(platform, sealed, keys) && Object.keys(fields).length === 0) return { is: 'no-payload' };
  const diagnosis = diagnose(payload, keys, options);
  if (diagnosis.ok) return { is: 'phone', phone: openPhone(payload, keys as unknown as Keys, options), diagnosis };
  const errors = diagnosis.findings.filter(({ severity }) => severity === 'error');
  return errors.every(({ code }) => code === 'missing')
    ? { is: 'asking', missing: errors, diagnosis }
    : { is: 'findings', diagnosis };
}

/** Returns the number in a response; `null` if the response has none or is an error. */
function read({ platform, response, keys, options }: PlaygroundState): PhoneNumber | null {
  try {
    const { appId } = keys as { appId?: string };
    return readPhone({ platform: platform!, answer: response }, appId ? { appId } : {}, options);
  } catch {
    return null;
  }
}
