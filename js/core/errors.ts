// The error class of the package. Every entry shares this file, so that there is only one class.
import { propertyOf } from './fields';
import type { Keys, OpenOptions, Platform, Sealed, ServerAction } from './types';

/** Why a call failed. These codes are stable. */
export type ErrorCode =
  /** A field is missing, empty or of the wrong type; unknown platform. */
  | 'ERR_INPUT'
  /** A field is not the base64 it must be. */
  | 'ERR_ENCODING'
  /** A key, iv or ciphertext has an impossible length. */
  | 'ERR_LENGTH'
  /** A public or private key or a certificate cannot be read. */
  | 'ERR_KEY'
  /** The signature is absent or wrong. */
  | 'ERR_SIGNATURE'
  /** Bad padding, bad UTF-8, bad JSON, contradicting fields and another shape than a phone payload's, deliberately not told apart. */
  | 'ERR_DECRYPT'
  /** The payload is not proven to belong to this app. */
  | 'ERR_APP_MISMATCH'
  /** Older than `maxAge`, or from the future. */
  | 'ERR_EXPIRED'
  /** Readable, but without a phone number: user info, an empty number. */
  | 'ERR_NOT_PHONE'
  /** The platform answered with an error: see `platformCode`, `action`, `rid`. */
  | 'ERR_PLATFORM'
  /** `mp-phone/server`: the session is unknown or has ended. */
  | 'ERR_SESSION'
  /** `mp-phone/server`: another user sent this number first (Alipay). */
  | 'ERR_REPLAY'
  /** `mp-phone/server`: the store failed or did not answer in time. */
  | 'ERR_STORE'
  /** `mp-phone/server`: `onPhone` took longer than `limits.onPhone`, or another process is still at the same code. */
  | 'ERR_TIMEOUT'
  /** Called before the module was loaded: await {@link ready}. */
  | 'ERR_NOT_READY'
  /** A bug of this package. The next call gets a fresh instance. */
  | 'ERR_INTERNAL';

/** What a {@link PhoneError} is made of. */
export interface PhoneErrorInit {
  code: ErrorCode;
  message: string;
  action: ServerAction;
  platform?: Platform | null;
  field?: string | null;
  platformCode?: string | null;
  rid?: string | null;
}

/**
 * Every error this package throws. Match on `code`, not on the class or the text. The text is constant and holds no
 * input; keep it for your log nevertheless: a client must not learn why its payload was refused.
 */
export class PhoneError extends Error {
  readonly code: ErrorCode;
  /** What to do about it, and whose turn it is. */
  readonly action: ServerAction;
  readonly platform?: Platform;
  /** The field at fault, by its name in {@link Sealed}, {@link Keys} or {@link OpenOptions}. */
  readonly field?: string;
  /** With `ERR_PLATFORM`: the platform's own error code, as text. */
  readonly platformCode?: string;
  /** With `ERR_PLATFORM`: the platform's request id, for its support (WeChat's `rid`, Douyin's `log_id`). */
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
