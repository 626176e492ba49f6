// What a phone button gave, where it cannot be used: which member is wrong, and what the button itself says of it.

import { readPhoneEvent } from '../button/event';
import type { PhoneEventResult, Reason } from '../button/types';
import { PhoneError } from '../core/errors';
import type { Platform, ServerAction } from '../core/types';
import { changed, isPhoneError } from './errors';
import { memberOf } from './own-members';
import type { PhoneDetail } from './types';

/** Members that a number can be in. */
const DATA = ['code', 'cloudID', 'encryptedData', 'data', 'response'] as const;

const REASONS: Record<Reason, string> = {
  denied: 'the user refused',
  'no-permission': 'the app may not ask for numbers',
  privacy: 'the privacy terms were not accepted, or do not name the phone number',
  quota: 'the paid quota of calls is used up',
  'not-logged-in': 'the user was not logged in',
  'no-phone': 'the account has no usable number',
  unsupported: 'the client has no phone button',
  failed: 'the button failed',
  service: 'the button failed',
};

/** Refuses a button's failure that a client sends on: it has no number, and says why. */
export function refuseFailure(platform: Platform, detail: PhoneDetail): void {
  if (DATA.some((name) => detail[name])) return;
  const read = readOf(platform, detail);
  if (!read || read.ok) return;
  const [errMsg, errno] = [memberOf(read, 'errMsg'), memberOf(read, 'errno')];
  // A success without its data is the client's mistake.
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

/** What an event says; nothing where it cannot be read: a client can put an object in the place of a text, in JSON within it, too. */
function readOf(platform: Platform, detail: PhoneDetail): PhoneEventResult | undefined {
  try {
    return readPhoneEvent(platform, detail);
  } catch {
    return undefined;
  }
}

/** Members of a detail, by the names that the core gives them. */
const MEMBERS = new Map([
  ...['encryptedData', 'data', 'iv', 'response', 'sign', 'charset'].map((name) => [name, name] as const),
  ['signType', 'sign_type'],
  ['encryptType', 'encrypt_type'],
]);

/** An error of the core that names an argument of `openPhone`, as an error of the detail's member. */
export function errorOfMember(error: unknown): unknown {
  const member = isPhoneError(error) && MEMBERS.get(error.field ?? '');
  return member ? changed(error, { field: `detail.${member}` }) : error;
}
