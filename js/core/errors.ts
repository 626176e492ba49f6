// The error class of the package. All entry points (entry/*.ts and mp-phone/server) share this file, so that only
// one class exists.
import { propertyOf } from './fields';
import type { Platform, ServerAction } from './types';

/** Why a call failed. These codes are stable. */
export type ErrorCode =
  /** A field is missing, empty or of the wrong type; unknown platform. */
  | 'ERR_INPUT'
  /** A field is not valid base64. */
  | 'ERR_ENCODING'
  /** A key, iv or ciphertext has an impossible length. */
  | 'ERR_LENGTH'
  /** A public or private key or a certificate cannot be read. */
  | 'ERR_KEY'
  /** The signature is missing or wrong. */
  | 'ERR_SIGNATURE'
  /**
   * The padding, the UTF-8 or the JSON is wrong, fields contradict each other, or the plaintext does not have the shape
   * of a phone payload. The error deliberately does not distinguish these causes.
   */
  | 'ERR_DECRYPT'
  /** The payload is not proven to belong to this app. */
  | 'ERR_APP_MISMATCH'
  /** The payload is older than `maxAge`, or from the future. */
  | 'ERR_EXPIRED'
  /** The payload is readable and has no phone number: it is user info, or the number is empty. */
  | 'ERR_NOT_PHONE'
  /** The platform responded with an error: see `platformCode`, `action`, `rid`. */
  | 'ERR_PLATFORM'
  /** `mp-phone/server`: the session is unknown or has ended. */
  | 'ERR_SESSION'
  /** `mp-phone/server`: another user sent this number first (Alipay). */
  | 'ERR_REPLAY'
  /** `mp-phone/server`: the store failed or timed out. */
  | 'ERR_STORE'
  /** `mp-phone/server`: `onPhone` took longer than `limits.onPhone`, or another process is still working on the same code. */
  | 'ERR_TIMEOUT'
  /** The module is not loaded yet: await {@link ready}. */
  | 'ERR_NOT_READY'
  /** A bug in this package; the next call uses a new instance of the module. In `mp-phone/server` also: `now` returned no number. */
  | 'ERR_INTERNAL';

/** The members of a {@link PhoneError}. */
export interface PhoneErrorInit {
  code: ErrorCode;
  message: string;
  action: ServerAction;
  platform?: Platform | null | undefined;
  field?: string | null | undefined;
  platformCode?: string | null | undefined;
  rid?: string | null | undefined;
}

/**
 * The error that this package throws. Match on `code`, not on the class or the text. The text is constant and contains no
 * input. It belongs in your log and not in a response: a client must not learn why its payload was rejected.
 */
export class PhoneError extends Error {
  readonly code: ErrorCode;
  /** What to do next. */
  readonly action: ServerAction;
  readonly platform?: Platform;
  /** The argument at fault, such as `iv`, `sessionKey` or `maxAge`; in `mp-phone/server` a path such as `detail.iv`. */
  readonly field?: string;
  /** With `ERR_PLATFORM`: the platform's own error code, as text. */
  readonly platformCode?: string;
  /** With `ERR_PLATFORM`: the platform's request id (WeChat's `rid`, Douyin's `log_id`), to quote to its support. */
  readonly rid?: string;

  constructor(init: PhoneErrorInit) {
    super(init.message);
    this.code = init.code;
    this.action = init.action;
    const detail = (name: 'platform' | 'field' | 'platformCode' | 'rid'): any => propertyOf(init, name);
    if (detail('platform')) this.platform = detail('platform');
    if (detail('field')) this.field = detail('field');
    if (detail('platformCode')) this.platformCode = detail('platformCode');
    if (detail('rid')) this.rid = detail('rid');
  }
}
Object.defineProperty(PhoneError.prototype, 'name', { value: 'PhoneError' });
