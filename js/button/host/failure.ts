// Reads errors and failed responses, whose members have different names on each host.

import type { Failure } from '../types';
import type { Members } from '../untrusted';

/**
 * Returns the error text, the error number and the HTTP status of a host's failure. The members' names differ: Alipay
 * and DingTalk use errorMessage and error, Feishu errString, Xiaohongshu errCode, Douyin errNo and errorCode.
 */
export function readHostError(from: Members): Partial<Failure> {
  const errMsg = from.errMsg || from.errorMessage || from.errString;
  const errno = from.errno || from.errCode || from.errorCode || from.errNo || (from.error > 0 && from.error);
  const status = from.statusCode || from.status;
  return {
    ...(errMsg && { errMsg: String(errMsg) }),
    ...(errno && errno != 0 && { errno }),
    ...(status && { status }),
  };
}

/** Converts a thrown value to the shape of a host's failure. */
export const toMembers = (error: any): Members => ({
  errMsg: typeof error === 'string' ? error : Object(error).message,
  ...error,
});
