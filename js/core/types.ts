// The public types of the package.
import type { FindingCode, ServerAction } from './codes';
import type { Platform } from './platforms';

export type { FindingCode, ServerAction } from './codes';
export type { Platform } from './platforms';

/**
 * A symmetric key: its base64 text, or bytes, which are the key itself or that text's bytes.
 * A string cannot be wiped from JavaScript's memory; bytes can, by you, after the call.
 */
export type Key = string | Uint8Array;

/** WeChat's `e.detail` of `getPhoneNumber`: AES-128-CBC under the session key. Base64 texts as they arrived. */
export interface WechatSealed {
  platform: 'wechat';
  encryptedData: string;
  /** Base64 of 16 bytes. */
  iv: string;
}

/** Baidu's `e.detail`. The ciphertext may be called `data`, as in `swan.getUserInfo`. */
export type BaiduSealed = { platform: 'baidu'; iv: string } & ({ encryptedData: string } | { data: string });

/** Douyin's `e.detail` of the old way (`encryptedData`, `iv`), or the `data` of the answer of `get_phonenumber_info`. */
export type DouyinSealed = { platform: 'douyin' } & ({ encryptedData: string; iv: string } | { data: string });

/**
 * What `my.getPhoneNumber` or the button's event gave on Alipay.
 *
 * `response` takes every shape seen in the field: the ciphertext; the callback's object or its JSON text
 * (`{response, sign, sign_type, encrypt_type, charset}`); that text inside the object; `{encryptedData, sign}`;
 * an error as object or text. An object's plain error is verified over `JSON.stringify` of it: where Alipay signed a
 * plain body, hand over its text.
 */
export interface AlipaySealed {
  platform: 'alipay';
  response?: string | Record<string, unknown>;
  /** The newer button event's name of `response`. */
  encryptedData?: string;
  /** Base64. */
  sign?: string;
  /** Default `RSA2` (SHA-256). `RSA` is SHA-1. */
  signType?: 'RSA2' | 'RSA';
  encryptType?: 'AES';
  charset?: string;
}

/** Kuaishou's and Xiaohongshu's `e.detail`, and the result of WeCom's `wx.qy.getMobile`. Documented, unproven. */
export interface OtherSealed {
  platform: 'kuaishou' | 'xiaohongshu' | 'wecom';
  encryptedData: string;
  /** Base64 of 16 bytes; on Xiaohongshu the `=` at its end may be missing. */
  iv: string;
}

/** What a phone button handed the backend, sealed. */
export type Sealed = WechatSealed | AlipaySealed | BaiduSealed | DouyinSealed | OtherSealed;

/** The server's keys; which ones are needed depends on the platform. None of them may ever reach a client. */
export interface Keys {
  /**
   * Your app id, which the payload must name. WeChat, Douyin, WeCom (corp id): required. Kuaishou, Xiaohongshu: compared
   * where the payload has one.
   */
  appId?: string;
  /** Baidu's App Key (not the numeric App ID), which the payload must end with. */
  appKey?: string;
  /**
   * The session key of the user's login, or the last few of them, newest first (at most 16): a second login rotates it,
   * and the first key that passes every check wins.
   * 16 bytes on WeChat, Douyin, Kuaishou and WeCom, 24 on Baidu, 16, 24 or 32 on Xiaohongshu.
   */
  sessionKey?: Key | readonly Key[];
  /** Douyin's app private key, PKCS#1 or PKCS#8: PEM, one line of base64, or DER bytes. A list is tried newest first. */
  privateKey?: Key | readonly Key[];
  /** Alipay's public key (not your app's): one line of base64, PEM, or the text of `alipayCertPublicKey_RSA2.crt`. */
  alipayPublicKey?: Key;
  /** Alipay's content encryption key, 16 bytes. */
  aesKey?: Key;
}

/** How strict opening is. */
export interface OpenOptions {
  /** The largest age of the payload, in seconds. Default 600. `Infinity` switches the check of its time off. */
  maxAge?: number;
  /** The present, in milliseconds since 1970. Default: this machine's clock. A payload may be 300 s ahead of it. */
  now?: number;
  /** Alipay only: open ciphertext that came without a signature. Default `false`. A wrong signature is always refused. */
  allowUnsigned?: boolean;
}

/** One verified phone number, in the same shape from every platform. */
export interface PhoneNumber {
  platform: Platform;
  /** `'+8613800138000'`; `null` where the country cannot be known, or the number is masked. Never guessed. */
  e164: string | null;
  /** The country calling code, digits only: `'86'`. */
  countryCode: string | null;
  /** The number within its country, digits only: `'13800138000'`. Where `masked`, as the platform gave it. */
  nationalNumber: string;
  /** Whether the platform itself gave `'138****8000'`. */
  masked: boolean;
  /** The app that the payload was made for, as the payload proves it: WeChat's app id, Baidu's App Key … */
  appId: string | null;
  /** When the user tapped, in seconds since 1970, by the payload's watermark. */
  issuedAt: number | null;
  /** The payload's own fields, untouched, but for integers above 2⁵³, which are kept exact, as text. */
  raw: Record<string, unknown>;
}

/** A text in English and in Chinese. */
export interface Bilingual {
  en: string;
  zh: string;
}

/** What `diagnose` found. No text holds a key, a token or a number; app ids it names. */
export interface Finding extends Bilingual {
  code: FindingCode;
  /** The field at fault, by its name in {@link Sealed} or {@link Keys}. */
  field?: string;
  /** An `error` keeps the payload from opening; a `warning` does not, yet should be looked at; `info` is harmless. */
  severity: 'error' | 'warning' | 'info';
  fix: Bilingual;
  /** The damage was undone, and the payload then opened: this is proven, not guessed. */
  repaired?: boolean;
  /** Where it shows in the field's text as it was given: UTF-16 offsets, `end` exclusive. */
  at?: { start: number; end: number }[];
}

/** A stage on the data's way, and what it saw. */
export interface Step extends Bilingual {
  name: 'fields' | 'bytes' | 'verify' | 'decrypt' | 'parse' | 'check';
  /**
   * `repaired`: it passes only with the damage of the findings undone. `unreached`: an earlier one failed. `none`: this
   * platform has no such stage.
   */
  state: 'ok' | 'repaired' | 'failed' | 'unreached' | 'none';
  /** With `decrypt` of AES: every block of 16 bytes, whether it came out as text. A last one may be cut off. */
  blocks?: ('text' | 'garbage' | 'cut')[];
}

/** Why a payload does not open, or that it does. */
export interface Diagnosis {
  /** Whether `openPhone` gives a number for the same arguments. */
  ok: boolean;
  /** The most probable cause first. */
  findings: Finding[];
  /** All six, in the order the data moves. */
  steps: Step[];
}

/**
 * What `diagnose` looks at: the fields of {@link Sealed} in whatever state they are, with what the event said beside
 * them; or a one-time code.
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
  /** The event's, such as `getPhoneNumber:fail user deny`. */
  errMsg?: unknown;
  /** For `errMsg`: Alipay's and DingTalk's name of it. */
  errorMessage?: unknown;
  /** For `errMsg`: Feishu's name of it. */
  errString?: unknown;
  /** For `errMsg`: Huawei's name of it, whose number is in `code`. */
  message?: unknown;
  /** The event's error number. It says more than the text. */
  errno?: unknown;
  /** For `errno`: Xiaohongshu's, Baidu's and Huawei's name of it. */
  errCode?: unknown;
  /** For `errno`: Douyin's name of it. */
  errorCode?: unknown;
  /** For `errno`: Douyin's older name of it. */
  errNo?: unknown;
  /** For `errno`: Alipay's and DingTalk's name of it. */
  error?: unknown;
  /** A one-time code. Looked at where there is no payload. */
  code?: unknown;
  /** Where the code is to be used: for a phone number (the default) or for a login. */
  use?: 'phone' | 'login';
}

/** What a platform's answer says. */
export interface Explanation {
  platform: Platform;
  /** Whether it is an error at all. */
  error: boolean;
  /** The platform's code, as text. */
  code: string | null;
  /** Alipay's second code, such as `isv.invalid-encrypt`. */
  subCode: string | null;
  /** Whether this package knows the code. Of an unknown one it says so, and nothing else. */
  known: boolean;
  meaning: Bilingual;
  action: ServerAction;
  /** Whether the server may send the same call again, by itself: after a pause, or with a new access token. */
  retry: boolean;
  /** Who can do something about it. */
  responsible: 'user' | 'developer' | 'platform' | 'nobody';
  fix: Bilingual;
  /** The platform's request id, which its support asks for. */
  rid: string | null;
  /** Where the meaning is from. */
  source: string | null;
}

/** `diagnose` of `mp-phone`. */
export interface Diagnose {
  /**
   * Says why a payload does not open, or why a code is refused, from the inputs alone: which field, what was seen, what it
   * means and what to do, in English and Chinese. A repair is tried only to prove a finding; nothing repaired is given out.
   *
   * For a developer's eyes: a client must not learn why its payload was refused. Never throws, whatever it is given, once the
   * module is loaded.
   *
   * @param suspect What `openPhone` was given, in any state; the event's `errMsg` and `errno` are looked at too. Or a code.
   * @param keys As for `openPhone`; missing ones are findings.
   * @param options As for `openPhone`.
   */
  (suspect: DiagnoseInput, keys?: { [K in keyof Keys]?: unknown }, options?: OpenOptions): Diagnosis;
}

/** `explain` of `mp-phone`. */
export interface Explain {
  /**
   * Says what a platform's answer means, whose turn it is and what to do. Of every platform, and of all its server APIs.
   *
   * @param answer The answer's text or the parsed object; the error that a cloud call threw, or its message
   * (`errCode: 40029 | errMsg: …`); a `PhoneError` with a `platformCode`; or the code alone.
   * @throws `PhoneError` `ERR_INPUT` where the platform is unknown. An unknown code is explained as unknown.
   */
  (platform: Platform, answer: unknown): Explanation;
}
