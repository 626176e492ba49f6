// The errors that the host adds to those of the core. Their texts are constant, too.
import { PhoneError, type Action, type ErrorCode, type PhoneErrorInit, type Platform } from '../core/index';
import { causeOf, isLasting } from './transport';
import { UNREADABLE, isCode, isOwnWord, isRequestId } from './words';

export const invalid = (field: string, message = `${field} is missing, empty or of the wrong type`, platform?: Platform) =>
  new PhoneError({ code: 'ERR_INPUT', message, action: 'fix-config', field, platform });

/** The session is unknown or has ended. */
export const noSession = () => new PhoneError({ code: 'ERR_SESSION', message: 'the session is unknown or has ended', action: 'login-again', field: 'session' });

/** The store failed or did not answer in time. */
export const storeFailed = () => new PhoneError({ code: 'ERR_STORE', message: 'the store failed or did not answer in time', action: 'retry' });

/** Something that is waited for did not end in time. */
export const tooLate = (message: string) => new PhoneError({ code: 'ERR_TIMEOUT', message, action: 'retry' });

/** The errors that say that there is no answer. What a platform or a client says never makes one. */
const noAnswers = new WeakSet<object>();
export const isNoAnswer = (error: unknown): error is PhoneError => noAnswers.has(Object(error));

/**
 * The platform gave no answer that can be read.
 * @param what stands where the platform's own code would
 * @param failure what the transport threw; if its code is known, that is the error's `cause`
 */
export function noAnswer(platform: Platform, what: string, failure?: unknown): PhoneError {
  const cause = causeOf(failure);
  const action = isLasting(what, cause) ? 'fix-config' : 'retry';
  const error = new PhoneError({ code: 'ERR_PLATFORM', message: 'the platform gave no answer that can be read', action, platform, platformCode: isOwnWord(what) ? what : UNREADABLE });
  if (cause) Object.defineProperty(error, 'cause', { value: cause });
  noAnswers.add(error);
  return error;
}

/** The same error of a key, by its name among the options. */
export function ofOption(error: PhoneError, platform: Platform, says = error.message.slice(error.field!.length)): PhoneError {
  const field = `platforms.${platform}.${error.field}`;
  return changed(error, { field, platform, message: field + says });
}

/** The same error, which calls for something else where it happened. */
export function calledFor(error: unknown, from: Action, to: Action): unknown {
  return isPhoneError(error) && error.action === from ? changed(error, { action: to }) : error;
}

/**
 * The same error, with nothing in it that a platform or a client worded: a code that is none, or one of the service's own
 * words, is `UNREADABLE`, and a request id that is none is left out.
 */
export function bounded<T>(error: T): T | PhoneError {
  if (noAnswers.has(Object(error)) || !isPhoneError(error)) return error;
  const platformCode = error.platformCode === undefined || isCode(error.platformCode) ? error.platformCode : UNREADABLE;
  const rid = isRequestId(error.rid) ? error.rid : undefined;
  return platformCode === error.platformCode && rid === error.rid ? error : changed(error, { platformCode, rid });
}

function changed(error: PhoneError, changes: Partial<PhoneErrorInit>): PhoneError {
  const copy = new PhoneError({ ...error, message: error.message, ...changes });
  if (error.cause !== undefined) Object.defineProperty(copy, 'cause', { value: error.cause });
  if (noAnswers.has(error)) noAnswers.add(copy);
  return copy;
}

export function isPhoneError(error: unknown, code?: ErrorCode): error is PhoneError {
  try {
    return error instanceof PhoneError && (code === undefined || error.code === code);
  } catch {
    // A proxy may throw even there.
    return false;
  }
}

/** Runs what reads an answer of the platform: one without what it must have is not the caller's mistake. */
export async function answered<T>(platform: Platform, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isPhoneError(error) && (error.field === 'answer' || error.field === 'data') ? noAnswer(platform, 'EMPTY') : error;
  }
}
