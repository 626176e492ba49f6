// `diagnose` and `explain`, as index.ts declares them, on a module that has them.
import type * as glue from '#diagnosis-glue';
import { caller } from '../call';
import { PhoneError } from '../index';
import { fieldsOf, keyFields, sealedFields, strictness } from '../fields';
import type * as api from '../index';
import type { Diagnosis, Explanation } from '../index';
import type { Instance } from '../instance';

export function functionsOf(module: Instance<typeof glue>): Pick<typeof api, 'diagnose' | 'explain'> {
  const call = caller(module, (init) => new PhoneError(init));
  return {
    diagnose(suspect, keys, options) {
      const [now, maxAge, allowUnsigned] = strictness(options);
      const said = fieldsOf(suspect, saidOf);
      const fields = [...sealedFields(suspect), ...keyFields(keys), ...said];
      return call<Diagnosis>(fields, (wasm) => wasm.diagnose(now, maxAge, allowUnsigned));
    },
    explain: (platform, answer) => call<Explanation>([platform, answerOf(answer)], (wasm) => wasm.explain()),
  };
}

/** A code, and what an event says, by the names that hosts have for it. Huawei's errors have their number in `code`. */
function saidOf({ code, use, errMsg, errorMessage, errString, message, errno, errCode, errorCode, errNo, error }: any): unknown[] {
  const isError = typeof code === 'number' && typeof message === 'string';
  const number = [errno, errCode, errorCode, errNo, error].find(Boolean) ?? (isError ? code : undefined);
  return [isError ? undefined : code, use, errMsg ?? errorMessage ?? errString ?? message, answerOf(number)];
}

/**
 * A platform's answer, or the code of one: a number is the text of its digits. Of an error that was thrown, the platform's
 * code that a `PhoneError` has, or else its message.
 */
function answerOf(value: unknown): unknown {
  if (typeof value === 'number') return String(value);
  if (!(value instanceof Error)) return value;
  return fieldsOf(value, ({ platformCode, message }) => (typeof platformCode === 'string' ? platformCode : message));
}
