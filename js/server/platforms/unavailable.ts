// The error that says that a platform gave no answer that can be read.
import { PhoneError } from '../../core/errors';
import type { Platform } from '../../core/types';
import { isPhoneError, withCause } from '../errors';
import { memberOf } from '../own-members';
import { isOwnWord, UNREADABLE } from '../safe-text';
import { causeOf, isLasting } from '../transport-errors';

/**
 * The platform gave no answer that can be read.
 * @param what stands where the platform's own code would
 * @param failure what the transport threw; if its code is known, that is the error's `cause`
 */
export function platformUnavailable(platform: Platform, what: string, failure?: unknown): PhoneError {
  const cause = causeOf(failure);
  const action = isLasting(what, cause) ? 'fix-config' : 'retry';
  const [message, platformCode] = ['the platform gave no answer that can be read', isOwnWord(what) ? what : UNREADABLE];
  return withCause(new PhoneError({ code: 'ERR_PLATFORM', message, action, platform, platformCode }), cause);
}

/** Whether an error says that the platform gave no answer. No code that a platform chooses is one of these words. */
export const isUnavailable = (error: unknown): boolean =>
  isPhoneError(error, 'ERR_PLATFORM') && isOwnWord(error.platformCode) && error.platformCode !== UNREADABLE;

/** Reads an answer of the platform. An answer without a member that it must have is not the caller's mistake. */
export async function readPlatformAnswer<T>(platform: Platform, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isPhoneError(error) && ['answer', 'data'].includes(memberOf(error, 'field') as string)
      ? platformUnavailable(platform, 'EMPTY')
      : error;
  }
}
