// The error of a platform that sent no readable response.
import { PhoneError } from '../../core/errors';
import type { Platform } from '../../core/types';
import { isPhoneError, withCause } from '../errors';
import { memberOf } from '../own-members';
import { isOwnWord, UNREADABLE } from '../safe-text';
import { causeOf, isLasting } from '../transport-errors';

/**
 * The platform sent no readable response.
 * @param word the service's own word, such as `TIMEOUT`, in place of the platform's code
 * @param failure the error of the transport; a known code of it becomes the error's `cause`
 */
export function platformUnavailable(platform: Platform, word: string, failure?: unknown): PhoneError {
  const cause = causeOf(failure);
  const action = isLasting(word, cause) ? 'fix-config' : 'retry';
  const [message, platformCode] = ['the platform sent no readable response', isOwnWord(word) ? word : UNREADABLE];
  return withCause(new PhoneError({ code: 'ERR_PLATFORM', message, action, platform, platformCode }), cause);
}

/** Whether an error means that the platform sent no usable response. A platform's own code is never one of these words. */
export const isUnavailable = (error: unknown): boolean =>
  isPhoneError(error, 'ERR_PLATFORM') && isOwnWord(error.platformCode) && error.platformCode !== UNREADABLE;

/**
 * Reads a platform's response. An error about the response (`answer`, `data`) becomes `ERR_PLATFORM` (`EMPTY`): the
 * platform, and not the caller, sent the wrong data.
 */
export async function readPlatformResponse<T>(platform: Platform, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isPhoneError(error) && ['answer', 'data'].includes(memberOf(error, 'field') as string)
      ? platformUnavailable(platform, 'EMPTY')
      : error;
  }
}
