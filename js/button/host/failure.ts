// Failures as hosts spell them.

import type { Failure } from '../types';
import type { Members } from '../untrusted';

/**
 * What a host says of a failure: its text, its number, and a request's status. Hosts differ in the names: Alipay and DingTalk
 * have errorMessage and error, Feishu errString, Xiaohongshu errCode, Douyin errNo and errorCode.
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

/** What was thrown, as something that a host says. */
export const toMembers = (error: any): Members => ({
  errMsg: typeof error === 'string' ? error : Object(error).message,
  ...error,
});
