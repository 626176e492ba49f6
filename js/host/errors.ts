// The errors that the host adds to those of the core. Their texts are constant, too.
import { PhoneError, type Action, type ErrorCode, type Platform } from '../core/index';

export const invalid = (field: string, message = `${field} is missing, empty or of the wrong type`, platform?: Platform) =>
  new PhoneError({ code: 'ERR_INPUT', message, action: 'fix-config', field, platform });

/** The session is unknown or has ended. */
export const noSession = () => new PhoneError({ code: 'ERR_SESSION', message: 'the session is unknown or has ended', action: 'login-again', field: 'session' });

/** The store failed or did not answer in time. */
export const storeFailed = () => new PhoneError({ code: 'ERR_STORE', message: 'the store failed or did not answer in time', action: 'retry' });

/** Something that is waited for did not end in time. */
export const tooLate = (message: string) => new PhoneError({ code: 'ERR_TIMEOUT', message, action: 'retry' });

/** The platform gave no answer that can be read. `what` stands where the platform's own code would. */
export const noAnswer = (platform: Platform, what: string) =>
  new PhoneError({ code: 'ERR_PLATFORM', message: 'the platform gave no answer that can be read', action: 'retry', platform, platformCode: what });

/** The same error, which calls for something else where it happened. */
export function calledFor(error: unknown, from: Action, to: Action): unknown {
  return isPhoneError(error) && error.action === from ? new PhoneError({ ...error, message: error.message, action: to }) : error;
}

export const isPhoneError = (error: unknown, code?: ErrorCode): error is PhoneError =>
  error instanceof PhoneError && (code === undefined || error.code === code);

/** Runs what reads an answer of the platform: one without what it must have is not the caller's mistake. */
export async function answered<T>(platform: Platform, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isPhoneError(error) && (error.field === 'answer' || error.field === 'data') ? noAnswer(platform, 'EMPTY') : error;
  }
}
