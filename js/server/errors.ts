// The errors of the server. Their texts are constant, like those of the core.
import { type ErrorCode, PhoneError, type PhoneErrorInit } from '../core/errors';
import type { Platform, ServerAction } from '../core/types';
import { bare, memberOf } from './own-members';

import { isCode, isRequestId, UNREADABLE } from './safe-text';

export const invalidInput = (
  field: string,
  message = `${field} is missing, empty or of the wrong type`,
  platform?: Platform,
) => new PhoneError({ code: 'ERR_INPUT', message, action: 'fix-config', field, platform });

/** The session is unknown or has ended. */
export const sessionEnded = () =>
  new PhoneError({
    code: 'ERR_SESSION',
    message: 'the session is unknown or has ended',
    action: 'login-again',
    field: 'session',
  });

/** The store failed. @param cause a known error code, or the name of a class */
export const storeFailure = (message: string, cause?: string): PhoneError =>
  withCause(new PhoneError({ code: 'ERR_STORE', message, action: 'retry' }), cause);

/** A time limit has been exceeded. */
export const timedOut = (message: string) => new PhoneError({ code: 'ERR_TIMEOUT', message, action: 'retry' });

/** Replaces the action `from` of an error with `to`. Any other error is returned unchanged. */
export function withAction(error: unknown, from: ServerAction, to: ServerAction): unknown {
  return isPhoneError(error) && error.action === from ? changed(error, { action: to }) : error;
}

/**
 * An error of the core without texts that a platform or a client could choose. A platform code that is malformed, or
 * equals one of the service's own words such as `TIMEOUT`, becomes `UNREADABLE`; a malformed request id is removed.
 */
export function withSafeText<T>(error: T): T | PhoneError {
  if (!isPhoneError(error)) return error;
  const [code, id] = [memberOf(error, 'platformCode'), memberOf(error, 'rid')];
  const platformCode = code === undefined || isCode(code) ? code : UNREADABLE;
  const rid = isRequestId(id) ? id : undefined;
  return platformCode === code && rid === id ? error : changed(error, { platformCode, rid });
}

/** A copy of an error with changed members. */
export const changed = (error: PhoneError, changes: Partial<PhoneErrorInit>): PhoneError =>
  withCause(new PhoneError({ ...error, message: error.message, ...changes }), memberOf(error, 'cause'));

export function withCause(error: PhoneError, cause: unknown): PhoneError {
  return cause === undefined ? error : Object.defineProperty(error, 'cause', bare({ value: cause }));
}

export function isPhoneError(error: unknown, code?: ErrorCode): error is PhoneError {
  try {
    return error instanceof PhoneError && (code === undefined || error.code === code);
  } catch {
    // A proxy may throw here, too.
    return false;
  }
}
