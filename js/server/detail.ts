// Errors for a button's `detail` that cannot be used: the error that the button reported, or the member that is wrong.

import { readPhoneEvent } from '../button/event';
import type { PhoneEventResult, Reason } from '../button/types';
import { PhoneError } from '../core/errors';
import type { Platform, ServerAction } from '../core/types';
import { changed, isPhoneError } from './errors';
import { memberOf } from './own-members';
import type { PhoneDetail } from './types';

/** Members that may contain a number. */
const DATA = ['code', 'cloudID', 'encryptedData', 'data', 'response'] as const;

const REASONS: Record<Reason, string> = {
  denied: 'the user declined',
  'no-permission': 'the app may not request numbers',
  privacy: 'the privacy terms were not accepted, or do not declare the phone number',
  quota: 'the paid quota of calls is used up',
  'not-logged-in': 'the user was not logged in',
  'no-phone': 'the account has no usable number',
  unsupported: 'the client has no phone button',
  failed: 'the button failed',
  service: 'the button failed',
};

/** Rejects an event without a number, with the reason that the event contains. */
export function rejectFailedEvent(platform: Platform, detail: PhoneDetail): void {
  if (DATA.some((name) => detail[name])) return;
  const read = readOf(platform, detail);
  if (!read || read.ok) return;
  const [errMsg, errno] = [memberOf(read, 'errMsg'), memberOf(read, 'errno')];
  // A success without its data is a mistake of the client.
  if (errMsg ? /^(.*:)?ok$/.test(String(errMsg)) : !errno) return;
  const action: ServerAction =
    read.action === 'enter-manually' || read.action === 'login-again' ? read.action : 'ask-again';
  throw new PhoneError({
    code: 'ERR_NOT_PHONE',
    message: `the event of the phone button has no number: ${REASONS[read.reason]}`,
    action,
    platform,
    field: 'detail.errMsg',
  });
}

/**
 * The result of the event, or `undefined` if it cannot be read: a client can send an object in place of a text, also
 * inside a JSON text.
 */
function readOf(platform: Platform, detail: PhoneDetail): PhoneEventResult | undefined {
  try {
    return readPhoneEvent(platform, detail);
  } catch {
    return undefined;
  }
}

/** The members of a detail under the names that the core uses. */
const MEMBERS = new Map([
  ...['encryptedData', 'data', 'iv', 'response', 'sign', 'charset'].map((name) => [name, name] as const),
  ['signType', 'sign_type'],
  ['encryptType', 'encrypt_type'],
]);

/** Converts an error of the core about an argument of `openPhone` to an error about the member of the detail. */
export function errorOfMember(error: unknown): unknown {
  const member = isPhoneError(error) && MEMBERS.get(error.field ?? '');
  return member ? changed(error, { field: `detail.${member}` }) : error;
}
