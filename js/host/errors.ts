// The errors that the host adds to those of the core. Their texts are constant, too.
import { type ErrorCode, PhoneError, type PhoneErrorInit } from '../core/errors';
import type { Action, Platform } from '../core/types';
import { bare, memberOf } from './own';
import { causeOf, isLasting } from './transport';
import { isCode, isOwnWord, isRequestId, UNREADABLE } from './words';

export const invalid = (
  field: string,
  message = `${field} is missing, empty or of the wrong type`,
  platform?: Platform,
) => new PhoneError({ code: 'ERR_INPUT', message, action: 'fix-config', field, platform });

/** The session is unknown or has ended. */
export const noSession = () =>
  new PhoneError({
    code: 'ERR_SESSION',
    message: 'the session is unknown or has ended',
    action: 'login-again',
    field: 'session',
  });

/** The errors that say that the store failed. An error that a store throws does not count, whatever its class. */
const storeFailures = new WeakSet<object>();
export const isStoreFailure = (error: unknown): error is PhoneError => storeFailures.has(Object(error));

/** The store failed. @param cause a known code, or a class */
export function storeFailed(message: string, cause?: string): PhoneError {
  const error = withCause(new PhoneError({ code: 'ERR_STORE', message, action: 'retry' }), cause);
  storeFailures.add(error);
  return error;
}

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
  const [message, platformCode] = ['the platform gave no answer that can be read', isOwnWord(what) ? what : UNREADABLE];
  const error = withCause(new PhoneError({ code: 'ERR_PLATFORM', message, action, platform, platformCode }), cause);
  noAnswers.add(error);
  return error;
}

/** The same error of a key, by its name among the options. */
export function ofOption(
  error: PhoneError,
  platform: Platform,
  says = error.message.slice(error.field!.length),
): PhoneError {
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
  const [said, saidRid] = [memberOf(error, 'platformCode'), memberOf(error, 'rid')];
  const platformCode = said === undefined || isCode(said) ? said : UNREADABLE;
  const rid = isRequestId(saidRid) ? saidRid : undefined;
  return platformCode === said && rid === saidRid ? error : changed(error, { platformCode, rid });
}

function changed(error: PhoneError, changes: Partial<PhoneErrorInit>): PhoneError {
  const copy = withCause(new PhoneError({ ...error, message: error.message, ...changes }), memberOf(error, 'cause'));
  if (noAnswers.has(error)) noAnswers.add(copy);
  return copy;
}

function withCause(error: PhoneError, cause: unknown): PhoneError {
  return cause === undefined ? error : Object.defineProperty(error, 'cause', bare({ value: cause }));
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
    throw isPhoneError(error) && ['answer', 'data'].includes(memberOf(error, 'field') as string)
      ? noAnswer(platform, 'EMPTY')
      : error;
  }
}
