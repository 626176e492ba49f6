// The public types of the package.
import type { FindingCode, ServerAction } from './codes';
import type { Platform } from './platforms';

export type { FindingCode, ServerAction } from './codes';
export type { Platform } from './platforms';

/**
 * A key as text or bytes. For a symmetric key: its base64 text, the bytes of that text, or the bytes of the key itself.
 * JavaScript cannot wipe a string from memory; bytes can be overwritten after the call.
 */
export type Key = string | Uint8Array;

/** WeChat: `e.detail` of `getPhoneNumber`, encrypted with AES-128-CBC under the session key. */
export interface WechatSealed {
  platform: 'wechat';
  /** Base64, as received. */
  encryptedData: string;
  /** Base64 of 16 bytes. */
  iv: string;
}

/** Baidu: `e.detail` of `getPhoneNumber`. */
export interface BaiduSealed {
  platform: 'baidu';
  /** Base64, as received. */
  encryptedData: string;
  /** Base64 of 16 bytes. */
  iv: string;
}

/** Baidu: the same payload, with the ciphertext under the name that `swan.getUserInfo` uses. */
export interface BaiduDataSealed {
  platform: 'baidu';
  /** Base64, as received. */
  data: string;
  /** Base64 of 16 bytes. */
  iv: string;
}

/** Douyin: `e.detail` of the `encryptedData` flow, encrypted with AES-128-CBC under the session key. */
export interface DouyinSealed {
  platform: 'douyin';
  /** Base64, as received. */
  encryptedData: string;
  /** Base64 of 16 bytes. */
  iv: string;
}

/** Douyin: the response of `get_phonenumber_info`, encrypted with RSA for the app's private key. */
export interface DouyinCodeSealed {
  platform: 'douyin';
  /** The response's member `data`: base64. */
  data: string;
}

/**
 * Alipay: the result of `my.getPhoneNumber`, or the button's event.
 *
 * `response` may have any shape that backends receive: the ciphertext; the callback's object or its JSON text
 * (`{response, sign, sign_type, encrypt_type, charset}`); that text inside the object; `{encryptedData, sign}`;
 * an error as an object or a text. The signature of a plain error is verified over its text, so pass a signed plain body as
 * text: `JSON.stringify` of a parsed object may differ from it.
 */
export interface AlipaySealed {
  platform: 'alipay';
  response?: string | Record<string, unknown> | undefined;
  /** The ciphertext, under the name that newer button events use. */
  encryptedData?: string | undefined;
  /** Base64. */
  sign?: string | undefined;
  /** Default `'RSA2'` (SHA-256). `'RSA'` is SHA-1. */
  signType?: 'RSA2' | 'RSA' | undefined;
  encryptType?: 'AES' | undefined;
  charset?: string | undefined;
}

/** Kuaishou and Xiaohongshu: `e.detail`. WeCom: the result of `wx.qy.getMobile`. Documented, unproven. */
export interface OtherSealed<P extends 'kuaishou' | 'xiaohongshu' | 'wecom' = 'kuaishou' | 'xiaohongshu' | 'wecom'> {
  platform: P;
  /** Base64, as received. */
  encryptedData: string;
  /** Base64 of 16 bytes. On Xiaohongshu the `=` at its end may be missing. */
  iv: string;
}

/** A sealed payload: the data that a phone button sent, and the platform that it comes from. */
export type Sealed =
  | WechatSealed
  | AlipaySealed
  | BaiduSealed
  | BaiduDataSealed
  | DouyinSealed
  | DouyinCodeSealed
  | OtherSealed;

/** Keys of WeChat, Douyin's `encryptedData` flow and WeCom. */
export interface SessionKeys {
  /** The app id, which the payload must name. On WeCom the corp id. */
  appId: string;
  /**
   * The session key of the user's login, or the user's last session keys, newest first (at most 16): every login replaces
   * the session key, and the first key for which every check passes is used. 16 bytes.
   */
  sessionKey: Key | readonly Key[];
}

/** Keys of Kuaishou and Xiaohongshu, whose payloads do not always name their app. */
export interface SessionKeysWithoutApp {
  /** The app id. It is compared with the payload's, if the payload has one. */
  appId?: string | undefined;
  /** As in {@link SessionKeys}; on Xiaohongshu 16, 24 or 32 bytes. */
  sessionKey: Key | readonly Key[];
}

/** Keys of Baidu. */
export interface BaiduKeys {
  /** The App Key (not the numeric App ID), with which the payload must end. */
  appKey: string;
  /** As in {@link SessionKeys}. 24 bytes. */
  sessionKey: Key | readonly Key[];
}

/** Keys of Douyin's code flow. */
export interface DouyinCodeKeys {
  /** The app id, which the payload must name. */
  appId: string;
  /** The app's private key, PKCS#1 or PKCS#8: PEM, one line of base64, or DER bytes. A list is tried newest first. */
  privateKey: Key | readonly Key[];
}

/** Keys of Alipay. */
export interface AlipayKeys {
  /** Alipay's public key (not your app's): one line of base64, PEM, or the text of `alipayCertPublicKey_RSA2.crt`. */
  alipayPublicKey: Key;
  /** The content encryption key, 16 bytes. */
  aesKey: Key;
}

/** The server's keys, from your own configuration and session store. None of them may ever reach a client. */
export type Keys = KeysByPlatform[keyof KeysByPlatform] | DouyinCodeKeys;

/** The keys of each platform, for payloads that are opened with a session key or with Alipay's keys. */
export interface KeysByPlatform {
  wechat: SessionKeys;
  wecom: SessionKeys;
  douyin: SessionKeys;
  kuaishou: SessionKeysWithoutApp;
  xiaohongshu: SessionKeysWithoutApp;
  baidu: BaiduKeys;
  alipay: AlipayKeys;
}

/** The keys that a payload needs. */
export type KeysOf<S extends Sealed> = S extends DouyinCodeSealed ? DouyinCodeKeys : KeysByPlatform[S['platform']];

/** How a payload's age is checked. */
export interface ReadOptions {
  /** The maximum age of the payload, in seconds. Default 600. `Infinity` accepts payloads of any age. */
  maxAge?: number | undefined;
  /** The current time, in milliseconds since 1970. Default: this machine's clock. A payload may be 300 s ahead of it. */
  now?: number | undefined;
}

/** How strictly a payload is checked. */
export interface OpenOptions extends ReadOptions {
  /** Alipay only: open a ciphertext without a signature. Default `false`. A wrong signature is always rejected. */
  allowUnsigned?: boolean | undefined;
}

/** The options that apply to a payload. */
export type OpenOptionsOf<S extends Sealed> = 'alipay' extends S['platform'] ? OpenOptions : ReadOptions;

/** A phone number from an opened payload or from a platform's response, in the same shape for every platform. */
export interface PhoneNumber<P extends Platform = Platform> {
  platform: P;
  /**
   * `'+8613800138000'`. `null` if the number is masked, or if the payload does not name the country
   * and the number is not a mobile number of mainland China.
   */
  e164: string | null;
  /** The country calling code, digits only: `'86'`. */
  countryCode: string | null;
  /** The number within its country, digits only: `'13800138000'`. If `masked`, as received: `'138****8000'`. */
  nationalNumber: string;
  /** Whether the platform sent a masked number, such as `'138****8000'`. */
  masked: boolean;
  /** The app that the payload names: WeChat's app id, Baidu's App Key …; `null` if it names no app. */
  appId: string | null;
  /** When the user tapped, in seconds since 1970, according to the payload; `null` if it has no time. */
  issuedAt: number | null;
  /** The payload's own fields, unchanged, except that an integer above 2⁵³ − 1 becomes a string, because a number would lose digits. */
  raw: Record<string, unknown>;
}

/** A text in English and in Chinese. */
export interface Bilingual {
  en: string;
  zh: string;
}

/** One cause that `diagnose` found. Its texts may name app ids, and never contain a key, a token or a phone number. */
export interface Finding extends Bilingual {
  code: FindingCode;
  /** The field at fault, by its name in {@link Sealed} or {@link Keys}. */
  field?: string;
  /** An `error` keeps the payload from opening; a `warning` does not, but should be examined; `info` is harmless. */
  severity: 'error' | 'warning' | 'info';
  fix: Bilingual;
  /** `true`: the payload opened after this damage was repaired, which proves the finding. */
  repaired?: boolean;
  /** The places of the damage in the field's text as it was passed: UTF-16 offsets, `end` exclusive. */
  at?: { start: number; end: number }[];
}

/** One stage of opening a payload, and its result. */
export interface Step extends Bilingual {
  name: 'fields' | 'bytes' | 'verify' | 'decrypt' | 'parse' | 'check';
  /**
   * `repaired`: the stage passes only after the damage of the findings is repaired. `unreached`: an earlier stage failed.
   * `none`: the stage is not needed for this input.
   */
  state: 'ok' | 'repaired' | 'failed' | 'unreached' | 'none';
  /** Only in `decrypt` with AES: for every block of 16 bytes, whether its plaintext is text. The last block may be cut off. */
  blocks?: ('text' | 'garbage' | 'cut')[];
}

/** The result of `diagnose`. */
export interface Diagnosis {
  /** Whether `openPhone` returns a number for the same arguments; for a one-time code: whether no mistake was found. */
  ok: boolean;
  /** The most probable cause first. */
  findings: Finding[];
  /** All six stages, in the order in which a payload passes through them. */
  steps: Step[];
}

/**
 * The input of `diagnose`: the fields of {@link Sealed} in any state, together with the error members of the phone button's
 * event; or a one-time code.
 */
export interface DiagnoseInput {
  platform: Platform;
  encryptedData?: unknown;
  iv?: unknown;
  data?: unknown;
  response?: unknown;
  sign?: unknown;
  signType?: unknown;
  encryptType?: unknown;
  charset?: unknown;
  /** The error text of the event, such as `getPhoneNumber:fail user deny`. */
  errMsg?: unknown;
  /** The same as `errMsg`: Alipay's and DingTalk's name for it. */
  errorMessage?: unknown;
  /** The same as `errMsg`: Feishu's name for it. */
  errString?: unknown;
  /** The same as `errMsg`: Huawei's name for it. Huawei's error number is in `code`. */
  message?: unknown;
  /** The error number of the event. It is more specific than the text. */
  errno?: unknown;
  /** The same as `errno`: Xiaohongshu's, Baidu's and Huawei's name for it. */
  errCode?: unknown;
  /** The same as `errno`: Douyin's name for it. */
  errorCode?: unknown;
  /** The same as `errno`: Douyin's older name for it. */
  errNo?: unknown;
  /** The same as `errno`: Alipay's and DingTalk's name for it. */
  error?: unknown;
  /** A one-time code. It is diagnosed if the input has no payload. */
  code?: unknown;
  /** The purpose of the code: a phone number (the default) or a login. */
  use?: 'phone' | 'login' | undefined;
}

/** The keys that `diagnose` takes: those of any platform, in any state. */
export type DiagnoseKeys = {
  [K in keyof SessionKeys | keyof BaiduKeys | keyof DouyinCodeKeys | keyof AlipayKeys]?: unknown;
};

/** The meaning of a platform's response. */
export interface Explanation {
  platform: Platform;
  /** Whether the response is an error. */
  error: boolean;
  /** The platform's error code, as text. */
  code: string | null;
  /** Alipay's second code, such as `isv.invalid-encrypt`. */
  subCode: string | null;
  /** Whether this package knows the code. The meaning of an unknown code says only that it is unknown. */
  known: boolean;
  meaning: Bilingual;
  action: ServerAction;
  /** Whether the server may repeat the request without the user: after a pause, or with a new access token. */
  retry: boolean;
  /** Who can do something about it. */
  responsible: 'user' | 'developer' | 'platform' | 'nobody';
  fix: Bilingual;
  /** The platform's request id, to quote to its support. */
  rid: string | null;
  /** Where the meaning is documented. */
  source: string | null;
}

/** The type of `diagnose`. */
export interface Diagnose {
  /**
   * Explains why a payload does not open, or why a code is rejected: which field is at fault, what is wrong with it, what that
   * means and what to do, in English and Chinese. It uses nothing but its arguments. It repairs damage only to prove a finding,
   * and never returns repaired data.
   *
   * The result is for developers: a client must not learn why its payload was rejected. Once the module is loaded, the function
   * never throws, whatever its arguments are.
   *
   * @param input The first argument of `openPhone`, in any state, optionally with `errMsg` and `errno` of the event. Or a code.
   * @param keys The keys of `openPhone`. Missing keys are findings.
   * @param options The options of `openPhone`.
   */
  (input: DiagnoseInput, keys?: DiagnoseKeys, options?: OpenOptions): Diagnosis;
}

/** The type of `explain`. */
export interface Explain {
  /**
   * Explains a response of any server API of a platform: what it means, who is responsible and what to do.
   *
   * @param response The response as text or as a parsed object; the error that a cloud call threw, or its message
   * (`errCode: 40029 | errMsg: …`); a `PhoneError` with a `platformCode`; or an error code alone.
   * @throws `PhoneError` `ERR_INPUT` for an unknown platform. An unknown error code is not an error: `known` is `false`.
   */
  (platform: Platform, response: unknown): Explanation;
}
