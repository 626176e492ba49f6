// Errors and failed responses, as the hosts spell them.

import type { Failure } from '../types';
import type { Members } from '../untrusted';

/**
 * Reads the text, the number and the HTTP status of a host's failure. Their names differ: Alipay and DingTalk have
 * errorMessage and error, Feishu errString, Xiaohongshu errCode, Douyin errNo and errorCode.
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

/** Brings a thrown value into the shape of a host's failure. */
export const toMembers = (error: any): Members => ({
  errMsg: typeof error === 'string' ? error : Object(error).message,
  ...error,
});
