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
      const [code, use, errMsg, errno] = fieldsOf(suspect, ['code', 'use', 'errMsg', 'errno']);
      const fields = [...sealedFields(suspect), ...keyFields(keys), code, use, errMsg, answerOf(errno)];
      return JSON.parse(call(fields, (wasm) => wasm.diagnose(now, maxAge, allowUnsigned, Date.now()))[0]!) as Diagnosis;
    },
    explain: (platform, answer) => JSON.parse(call([platform, answerOf(answer)], (wasm) => wasm.explain())[0]!) as Explanation,
  };
}

/**
 * A platform's answer, or the code of one: a number is the text of its digits. Of an error that was thrown, the platform's
 * code that a `PhoneError` has, or else its message.
 */
function answerOf(value: unknown): unknown {
  if (typeof value === 'number') return String(value);
  if (!isError(value)) return value;
  const [platformCode, message] = fieldsOf(value, ['platformCode', 'message']);
  return typeof platformCode === 'string' ? platformCode : message;
}

/** Of any realm. `instanceof` would ask a proxy for ever more prototypes. */
function isError(value: unknown): boolean {
  try {
    return ['[object Error]', '[object DOMException]'].includes(Object.prototype.toString.call(value));
  } catch {
    // A proxy.
    return false;
  }
}
