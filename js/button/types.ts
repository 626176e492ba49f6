// The public contract of mp-phone-button.

import type { Platform } from './platform-name';

export type { Platform } from './platform-name';

/** The same text in English and Chinese, for the user. */
export interface Bilingual {
  en: string;
  zh: string;
}

/** The data of a tap: the `detail` of a request to the phone service. It has only the members that the service needs. */
export interface PhoneDetail {
  /** A phone code, which the server exchanges for the number. It is valid for five minutes and for one exchange. */
  code?: string | undefined;
  /** Base64. Encrypted under the session key of the user's last login. */
  encryptedData?: string | undefined;
  /** Baidu: the ciphertext, under the name that `swan.getUserInfo` uses. */
  data?: string | undefined;
  /** Base64, 16 bytes. */
  iv?: string | undefined;
  /** WeChat cloud development: the id under which WeChat's server has the data. */
  cloudID?: string | undefined;
  /** Alipay: the payload, unchanged, because the signature covers its exact text. */
  response?: string | object | undefined;
  /** Alipay: these four members accompany `response` if it is only the ciphertext. */
  sign?: string | undefined;
  sign_type?: string | undefined;
  encrypt_type?: string | undefined;
  charset?: string | undefined;
}

/**
 * Why there is no number.
 * - `denied`: the user declined.
 * - `no-permission`: the app may not request numbers.
 * - `privacy`: the privacy terms are not accepted, or do not declare the phone number.
 * - `quota`: the paid calls are used up.
 * - `not-logged-in`: there was no login before the tap.
 * - `no-phone`: the account has no usable number.
 * - `unsupported`: the platform or client has no phone button.
 * - `failed`: any other failure of the host.
 * - `service`: the tap had its data; the service rejected it or was unreachable.
 */
export type Reason =
  | 'denied'
  | 'no-permission'
  | 'privacy'
  | 'quota'
  | 'not-logged-in'
  | 'no-phone'
  | 'unsupported'
  | 'failed'
  | 'service';

/**
 * The next step.
 * - `ask-again`: the user taps again.
 * - `accept-privacy`: the user accepts the privacy terms, then taps again.
 * - `open-settings`: the user allows access to the phone number in the client's settings, then taps again.
 * - `enter-manually`: the user types the number.
 * - `retry`: the user tries again later.
 * - `login-again`: the page logs in, then the user taps again. Only from `readPhoneEvent`: `submit` logs in by itself.
 * - `fix-config`: only from a `PhoneRefusal` of the application, whose `action` reaches the page unchanged.
 * - `none`: only from an error that the application itself writes in the service's format, without a `PhoneRefusal`.
 */
export type ButtonAction =
  | 'ask-again'
  | 'accept-privacy'
  | 'open-settings'
  | 'enter-manually'
  | 'retry'
  | 'login-again'
  | 'fix-config'
  | 'none';

/** The result of a tap or an event without a number. */
export interface Failure {
  ok: false;
  reason: Reason;
  action: ButtonAction;
  /** For the user. */
  message: Bilingual;
  /**
   * For your log: the host's error text: with `reason: 'service'` that of the request to the service, otherwise that
   * of the tap or the login.
   */
  errMsg?: string | undefined;
  /** The host's error number, from the same source as `errMsg`. */
  errno?: number | string | undefined;
  /** The HTTP status of the request to the service: 404 for a wrong address, 403 from a CSRF check, 409 for a `PhoneRefusal`. */
  status?: number | undefined;
  /** With `reason: 'service'`: the service's error code, such as `refused` or `unavailable`, or the code of a `PhoneRefusal`. */
  code?: string | undefined;
  /**
   * The user has agreed, and the event has no data yet: request it from the host (Alipay `my.getPhoneNumber`, WeCom
   * `wx.qy.getMobile`, DingTalk and Feishu a login code) and read the result. `submit` does this by itself.
   */
  consented?: true | undefined;
  // Members of a success.
  detail?: undefined;
  phone?: undefined;
  result?: undefined;
}

/** The members of a failure, which are `undefined` in a success, so that a result can be destructured before `ok` is checked. */
export type NoFailure = { [Name in keyof Omit<Failure, 'ok' | 'detail' | 'phone' | 'result'>]?: undefined };

/** The result of `readPhoneEvent`: the data for the service, or the reason why there is no data. */
export type PhoneEventResult =
  | ({ ok: true; detail: PhoneDetail; phone?: undefined; result?: undefined } & NoFailure)
  | Failure;

/** A phone number as the phone service returns it to the client. */
export interface ClientPhoneNumber {
  /** `+8613800138000`; `null` if the country is not known. */
  e164: string | null;
  /** Digits without a plus, such as `86`; `null` if the country is not known. */
  countryCode: string | null;
  /** Digits. */
  nationalNumber: string;
}

/** The result of a tap. `result` is the value that `onPhone` of the service returned. */
export type Outcome<Result = any> =
  | ({ ok: true; phone: ClientPhoneNumber; result: Result; detail?: undefined } & NoFailure)
  | Failure;

/**
 * Stores the session's id between launches. Both functions may return promises; a function that throws or rejects
 * counts as an empty storage.
 */
export interface ButtonStorage {
  /** Returns the text that `set` stored last. */
  get(): unknown;
  /** Stores a text of at most a few hundred characters. */
  set(text: string): unknown;
}

/** The options of `createPhoneButton`. */
export interface PhoneButtonOptions {
  /**
   * The phone service: its URL, such as `https://example.com/mp-phone`, which the button requests through the host's
   * own `request`. Or a function that takes `/login` or `/phone` and the body, and resolves with the body of the
   * service's response, errors included, or with the host's response object that has this body in `data`.
   */
  endpoint: string | ((path: '/login' | '/phone', body: object) => PromiseLike<any>);
  /**
   * The platform. The names of hosts and toolchains are accepted, too: `mp-weixin`, `weapp`, `tt`. Default:
   * `detectPlatform()`.
   */
  platform?: string | undefined;
  /**
   * Resolves with a login code. Default: the host's own login; on DingTalk `dd.getAuthCode`, for the company in which
   * the mini-program was opened. `false`: no login, as for a WeChat cloud function, which gets the user from WeChat.
   */
  login?: (() => PromiseLike<string>) | false | undefined;
  /**
   * Stores the session's id. Default: the host's storage, under the key `mp-phone`, or `mp-phone:` and the URL of
   * `endpoint`. `false`: the id stays in memory.
   */
  storage?: ButtonStorage | false | undefined;
}

/** The button's logic. Its functions do not use `this`: they can be passed as callbacks. */
export interface PhoneButton<Result = any> {
  /** `undefined` where the platform is not known. */
  readonly platform: Platform | undefined;
  /**
   * The session's id, for your own requests: `undefined` before the first login, `null` where the platform needs no
   * login. Not enumerable, so that neither JSON nor a log shows it.
   */
  readonly session: string | null | undefined;
  /**
   * Logs in, unless there is a valid session. Call it when the page is shown. Never rejects; resolves after 45
   * seconds at the latest.
   */
  prepare(): Promise<void>;
  /**
   * Takes the event of the button, whether it has a number or an error, and sends its data to the service. A second
   * call during the first returns the promise of the first. Never rejects; if the host or the service has not
   * responded after 45 seconds, the `action` is `retry`.
   */
  submit(event: unknown): Promise<Outcome<Result>>;
}
