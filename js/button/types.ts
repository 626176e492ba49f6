// The public contract of mp-phone-button.

/** A platform, by the name that this package and mp-phone use. */
export type Platform =
  | 'wechat'
  | 'alipay'
  | 'baidu'
  | 'douyin'
  | 'kuaishou'
  | 'xiaohongshu'
  | 'wecom'
  | 'huawei'
  | 'dingtalk'
  | 'feishu'
  | 'qq'
  | 'jd'
  | 'unionpay';

/** The same text in English and Chinese, for the user. */
export interface Bilingual {
  en: string;
  zh: string;
}

/** What a phone button gave: the `detail` that the phone service takes. Only what the service needs is in it. */
export interface PhoneDetail {
  /** A code for the server to exchange. It lives five minutes and once. */
  code?: string;
  /** Base64, sealed under the session key of the last login. */
  encryptedData?: string;
  iv?: string;
  /** WeChat's cloud development. */
  cloudID?: string;
  /** Alipay's, untouched: its signature covers the text as it is. */
  response?: string | object;
  /** Alipay's, beside `response` where that is the ciphertext alone. */
  sign?: string;
  sign_type?: string;
  encrypt_type?: string;
  charset?: string;
}

/**
 * Why there is no number. `denied`: the user refused. `no-permission`: the app may not ask. `privacy`: the privacy terms
 * are not accepted, or do not name the phone number. `quota`: the paid calls are used up. `not-logged-in`: there was no
 * login before the tap. `no-phone`: the account has no usable number. `unsupported`: the platform or client has no phone
 * button. `failed`: anything else. `service`: the button gave what it should, and the service refused it or was away.
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
 * What to do next. `ask-again`: the user taps again. `accept-privacy`: the user accepts the privacy terms, then taps
 * again. `open-settings`: the user allows it in the client's settings, then taps again. `enter-manually`: the user types
 * the number. `retry`: a little later. `login-again`: log in, then the user taps again (`submit` logs in by itself).
 * `fix-config` comes only with a `PhoneRefusal` of the application's own, whose `action` is passed on as it is; `none` only with
 * an answer that the application words without one.
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

/** There is no number. */
export interface Failure {
  ok: false;
  reason: Reason;
  action: ButtonAction;
  /** For the user. */
  message: Bilingual;
  /** What the host said, for your log: of the tap, of its login, or with `reason: 'service'` of the request to the service. */
  errMsg?: string;
  errno?: number | string;
  /** The status of the request to the service: 404 of a wrong address, 403 of a CSRF check, 409 of a `PhoneRefusal`. */
  status?: number;
  /** What the phone service said, with `reason: 'service'`: `refused`, `unavailable` …, or the code of a `PhoneRefusal`. */
  code?: string;
  /**
   * The user has agreed, and the event holds nothing yet: ask the host for the number (Alipay `my.getPhoneNumber`, WeCom
   * `wx.qy.getMobile`, DingTalk and Feishu their login) and read what that gives. `submit` does it by itself.
   */
  consented?: true;
}

/** What an event holds. */
export type PhoneEventResult = { ok: true; detail: PhoneDetail } | Failure;

/** A number, as the phone service answers. */
export interface PhoneNumber {
  /** With plus and country code; `null` where the country is not known. */
  e164: string | null;
  /** Digits. */
  countryCode: string | null;
  /** Digits. */
  nationalNumber: string;
}

/** How a tap ended. `result` is what `onPhone` of the service returned. */
export type Outcome<Result = any> = { ok: true; phone: PhoneNumber; result: Result } | Failure;

/** Where a session's id is kept between two launches. */
export interface ButtonStorage {
  get(): unknown;
  set(text: string): unknown;
}

/** What `createPhoneButton` takes. */
export interface PhoneButtonOptions {
  /**
   * How the phone service is reached. Its address, such as `https://example.com/mp-phone`: the host's own `request` is used. Or
   * a function: it gets `/login` or `/phone` and the body, and resolves with the service's answer, refusals included, or with
   * the host's response that has it in `data`.
   */
  endpoint: string | ((path: '/login' | '/phone', body: object) => PromiseLike<any>);
  /** Default: `detectPlatform`. Names of hosts and toolchains are taken, too: `mp-weixin`, `weapp`, `tt`. */
  platform?: string;
  /**
   * Resolves with a login code. Default: the host's own login; on DingTalk `dd.getAuthCode`, for the company the mini-program
   * was opened in. `false`: there is none, as for a WeChat cloud function.
   */
  login?: (() => PromiseLike<string>) | false;
  /** Where the session's id is kept. Default: the host's storage, as `mp-phone`, with the address if there is one. `false`: in memory. */
  storage?: ButtonStorage | false;
}

/** The button's logic. Its functions can be passed on as they are, without the object. */
export interface PhoneButton<Result = any> {
  /** The platform, where it is known. */
  readonly platform: Platform | undefined;
  /** The session's id, for requests of your own; `undefined` until there is one, `null` where the service needs none. Not
   * enumerable, so that neither JSON nor a log has it. */
  readonly session: string | null | undefined;
  /** Call it when the page is shown: it logs in, unless a session is there and still good. Never rejects, and gives up
   * after 45 seconds. */
  prepare(): Promise<void>;
  /** Call it with the event of the button, whatever it says. Two taps at once are one. Never rejects; after
   * 45 seconds without an answer of the host or the service the `action` is `retry`. */
  submit(event: unknown): Promise<Outcome<Result>>;
}
