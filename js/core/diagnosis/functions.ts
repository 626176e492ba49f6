// `diagnose` and `explain` of a module that has them.
import type * as glue from '#diagnosis-glue';
import { caller } from '../call';
import { fieldsOf, keyFields, optionFields, sealedFields } from '../fields';
import type { Instance } from '../instance';
import type { Diagnose, Diagnosis, Explain, Explanation } from '../types';

export function functionsOf(module: Instance<typeof glue>): { diagnose: Diagnose; explain: Explain } {
  const call = caller(module);
  return {
    diagnose(input, keys, options) {
      const [now, maxAge, allowUnsigned] = optionFields(options);
      const fields = [...sealedFields(input), ...keyFields(keys), ...eventFields(input)];
      const currentTime = Date.now();
      return JSON.parse(
        call(fields, (wasm) => wasm.diagnose(now, maxAge, allowUnsigned, currentTime))[0]!,
      ) as Diagnosis;
    },
    explain: (platform, response) =>
      JSON.parse(call([platform, responseField(response)], (wasm) => wasm.explain())[0]!) as Explanation,
  };
}

const EVENT_FIELDS = [
  'code',
  'use',
  'errMsg',
  'errorMessage',
  'errString',
  'message',
  'errno',
  'errCode',
  'errorCode',
  'errNo',
  'error',
];

/**
 * A code, and the error members of an event under the names that the hosts (the runtimes of mini-programs) use. The error
 * number of Huawei is in `code`.
 */
function eventFields(input: unknown): unknown[] {
  const [code, use, errMsg, errorMessage, errString, message, ...numbers] = fieldsOf(input, EVENT_FIELDS);
  const isError = typeof code === 'number' && typeof message === 'string';
  const number = numbers.find(Boolean) ?? (isError ? code : undefined);
  return [isError ? undefined : code, use, errMsg ?? errorMessage ?? errString ?? message, responseField(number)];
}

/**
 * The text of a platform's response or error code. A number becomes its digits. A thrown error becomes the
 * `platformCode` of a `PhoneError`, or its message.
 */
function responseField(value: unknown): unknown {
  if (typeof value === 'number') return String(value);
  if (!isError(value)) return value;
  const [platformCode, message] = fieldsOf(value, ['platformCode', 'message']);
  return typeof platformCode === 'string' ? platformCode : message;
}

/** Errors of any realm. `instanceof` would read an unlimited number of prototypes of a proxy. */
function isError(value: unknown): boolean {
  try {
    return ['[object Error]', '[object DOMException]'].includes(Object.prototype.toString.call(value));
  } catch {
    // A proxy.
    return false;
  }
}
