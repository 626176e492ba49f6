// The functions of the module that opens, verifies and reads.
import type { Texts } from '../bridge';
import { caller, whenLoaded } from '../call';
import { fieldsOf, KEYS, keyFields, OPTIONS, optionFields, sealedFields } from '../fields';
import { rejectMisspelledKeys, rejectUnknownOptions } from '../misspelled';
import type { Key, KeysOf, OpenOptionsOf, PhoneNumber, Platform, ReadOptions, Sealed } from '../types';
import { load, opener } from './load';

const call = caller(opener);

/**
 * Opens a sealed payload: decodes, verifies, decrypts, parses and checks it.
 *
 * These checks are always on: Alipay's signature, before anything is decrypted; the app (`appId`, `appKey`); the age, if the
 * payload has a time; strict JSON; the whole shape of a phone payload; that its numbers agree.
 *
 * @param sealed The fields as received. Nothing is repaired, except that whitespace which formats base64 is ignored.
 * @param keys From your own configuration and session store, never from the request.
 * @param options How strictly to check.
 * @returns The number. `e164` is `null` if the number is masked or its country is unknown.
 * @throws `PhoneError` of any code except those of `mp-phone/server`; `ERR_PLATFORM` if Alipay's response is an error.
 * @see https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/signature.html
 */
export function openPhone<const S extends Sealed>(
  sealed: S,
  keys: KeysOf<S>,
  options?: OpenOptionsOf<S>,
): PhoneNumber<S['platform']> {
  rejectUnknownOptions(options, OPTIONS);
  rejectMisspelledKeys(keys, KEYS);
  const [now, maxAge, allowUnsigned] = optionFields(options);
  const fields = [...sealedFields(sealed), ...keyFields(keys)];
  return phone(call(fields, (wasm) => wasm.openPhone(now, maxAge, allowUnsigned), PHONE_TEXTS));
}

/** The number of texts in a phone number, as it crosses the bridge. */
const PHONE_TEXTS = 8;

function phone<P extends Platform>([
  platform,
  e164,
  countryCode,
  nationalNumber,
  masked,
  appId,
  issuedAt,
  raw,
]: Texts): PhoneNumber<P> {
  return {
    platform: platform as P,
    e164: e164!,
    countryCode: countryCode!,
    nationalNumber: nationalNumber!,
    masked: masked !== null,
    appId: appId!,
    issuedAt: issuedAt === null ? null : Number(issuedAt),
    raw: JSON.parse(raw!),
  };
}

/**
 * Reads a platform's plain response: WeChat's code exchange (`getuserphonenumber`), cloud call
 * (`openapi.phonenumber.getPhoneNumber`), `getopendata` / `getOpenData`, a resolved CloudID; the responses of Huawei, DingTalk
 * and Feishu that have a number (documented, unproven). For the other platforms it always throws: `ERR_PLATFORM`
 * for an error response, and `ERR_INPUT` for any
 * other response.
 *
 * A response proves nothing by itself. Pass only a response that your server requested: the `event` of a cloud function comes
 * from the client.
 *
 * @param input `answer` is the response as text or as a parsed object.
 * @param keys `appId` is compared with the watermark.
 * @param options How the age is checked.
 * @returns The number, as from {@link openPhone}.
 * @throws `PhoneError` `ERR_PLATFORM` for an error response; `ERR_INPUT`, `ERR_LENGTH`, `ERR_NOT_PHONE`, `ERR_APP_MISMATCH`, `ERR_EXPIRED`.
 */
export function readPhone<const P extends Platform>(
  input: { platform: P; answer: unknown },
  keys?: { appId?: string | undefined },
  options?: ReadOptions,
): PhoneNumber<P> {
  rejectUnknownOptions(options, OPTIONS);
  rejectMisspelledKeys(keys, ['appId']);
  const [now, maxAge, allowUnsigned] = optionFields(options);
  const fields = [...fieldsOf(input, ['platform', 'answer']), ...fieldsOf(keys, ['appId'])];
  return phone(call(fields, (wasm) => wasm.readPhone(now, maxAge, allowUnsigned), PHONE_TEXTS));
}

/**
 * Checks the platform's signature of `rawData`: hex SHA-1 of the raw data followed by the session key's text, compared in
 * constant time. WeChat, Douyin and Kuaishou sign user info in this way; phone payloads have no such signature.
 *
 * @param input `rawData` exactly as the client sent it. `sessionKey` may be a list: the signature of any of the keys is accepted.
 * @returns Whether `signature` is right.
 * @throws `PhoneError` `ERR_INPUT`, `ERR_LENGTH`
 * @see https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/signature.html
 */
export function verifyRawData(input: {
  platform: Platform;
  rawData: string;
  signature: string;
  sessionKey: Key | readonly Key[];
}): boolean {
  const fields = fieldsOf(input, ['platform', 'rawData', 'signature', 'sessionKey']);
  return call(fields, (wasm) => wasm.verifyRawData())[0] !== null;
}

/**
 * Computes the signature that WeChat's `checksession` and `resetusersessionkey` require: hex HMAC-SHA256 of `body`
 * (default: empty), with the session key's text as the key.
 *
 * @returns The signature.
 * @throws `PhoneError` `ERR_INPUT`, `ERR_LENGTH`
 */
export function signSession(sessionKey: Key, body: string = ''): string {
  return call([sessionKey, body], (wasm) => wasm.signSession())[0]!;
}

/**
 * Finds the platform for a name that a host, uni-app, Taro or mpx uses, in upper or lower case: `'mp-weixin'`, `'WEAPP'`,
 * `'wx'` → `'wechat'`; `'swan'` → `'baidu'`; `'tt'` → `'douyin'`. `undefined` for anything else.
 */
export function platformOf(name: unknown): Platform | undefined {
  return (call([name], (wasm) => wasm.platformOf())[0] ?? undefined) as Platform | undefined;
}

/**
 * Resolves when the functions of this module can be called. On Node and in workers they can be called immediately. A browser
 * may compile WebAssembly only asynchronously: there this promise waits for it. A call after a failure loads the module again.
 *
 * @throws `PhoneError` (rejects) `ERR_NOT_READY`, with the engine's error as `cause`, such as a `CompileError`
 * if the page's Content-Security-Policy lacks `'wasm-unsafe-eval'`.
 */
export function ready(): Promise<void> {
  return whenLoaded(load());
}

/** The version of this package. */
export const version: string = MP_PHONE_VERSION;

declare const MP_PHONE_VERSION: string;
