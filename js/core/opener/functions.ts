// The functions of the module that opens, verifies and reads.
import type { Texts } from '../bridge';
import { caller, whenLoaded } from '../call';
import { fieldsOf, keyFields, sealedFields, strictness } from '../fields';
import type { Key, Keys, OpenOptions, PhoneNumber, Platform, Sealed } from '../types';
import { loaded, opener } from './load';

const call = caller(opener);

/**
 * Opens what a phone button handed the backend: decodes, verifies, decrypts, parses and checks it.
 *
 * Checks that are on by default: Alipay's signature, before anything is decrypted; the app (`appId`, `appKey`); the age
 * where the payload has a time; strict JSON; the whole shape of a phone payload; numbers that agree with each other.
 *
 * @param sealed The fields as they arrived. Nothing is repaired but whitespace used as formatting.
 * @param keys From your own configuration and session store; never from the request.
 * @throws `PhoneError` of any code; `ERR_PLATFORM` where Alipay's response is an error.
 * @see https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/signature.html
 */
export function openPhone(sealed: Sealed, keys: Keys, options?: OpenOptions): PhoneNumber {
  const [now, maxAge, allowUnsigned] = strictness(options);
  const fields = [...sealedFields(sealed), ...keyFields(keys)];
  return phone(call(fields, (wasm) => wasm.openPhone(now, maxAge, allowUnsigned), OF_PHONE));
}

/** How many texts a phone number has. */
const OF_PHONE = 8;

function phone([platform, e164, countryCode, nationalNumber, masked, appId, issuedAt, raw]: Texts): PhoneNumber {
  return {
    platform: platform as Platform,
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
 * Reads a platform's plain answer: WeChat's code exchange (`getuserphonenumber`), cloud call
 * (`openapi.phonenumber.getPhoneNumber`), `getopendata` / `getOpenData`, a resolved CloudID; the answers with a number of
 * Huawei, DingTalk and Feishu (documented, unproven). Of the other platforms the error answers.
 *
 * An answer proves nothing by itself. Pass only what your server fetched: a cloud function's `event` is the client's.
 *
 * @param input `answer` is the answer's text or the parsed object.
 * @param keys `appId` is compared with the watermark where it is given.
 * @throws `PhoneError` `ERR_PLATFORM` for an error answer; `ERR_INPUT`, `ERR_LENGTH`, `ERR_NOT_PHONE`, `ERR_APP_MISMATCH`, `ERR_EXPIRED`.
 */
export function readPhone(
  input: { platform: Platform; answer: unknown },
  keys?: { appId?: string },
  options?: OpenOptions,
): PhoneNumber {
  const [now, maxAge, allowUnsigned] = strictness(options);
  const fields = [...fieldsOf(input, ['platform', 'answer']), ...fieldsOf(keys, ['appId'])];
  return phone(call(fields, (wasm) => wasm.readPhone(now, maxAge, allowUnsigned), OF_PHONE));
}

/**
 * Whether `signature` is the platform's over `rawData`: hex SHA-1 of the raw data followed by the session key's text,
 * compared in constant time. WeChat, Douyin, Kuaishou; phone payloads carry none.
 *
 * @param input `rawData` exactly as the client sent it; `sessionKey` may be a list, then any of them counts.
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
 * The signature of a login state, for WeChat's `checksession` and `resetusersessionkey`: hex HMAC-SHA256 of `body`
 * (default: empty), keyed with the session key's text.
 *
 * @throws `PhoneError` `ERR_INPUT`, `ERR_LENGTH`
 */
export function signSession(sessionKey: Key, body: string = ''): string {
  return call([sessionKey, body], (wasm) => wasm.signSession())[0]!;
}

/**
 * The platform that a host, uni-app, Taro or mpx means by a name, in upper or lower case: `'mp-weixin'`, `'WEAPP'`,
 * `'wx'` → `'wechat'`; `'swan'` → `'baidu'`; `'tt'` → `'douyin'`. `undefined` for anything else.
 */
export function platformOf(name: unknown): Platform | undefined {
  return (call([name], (wasm) => wasm.platformOf())[0] ?? undefined) as Platform | undefined;
}

/**
 * Resolves when the functions can be called. In Node and in workers they can at import; in a browser that forbids
 * compiling WebAssembly at once this is what waits. Calling it again is free, and after a failure tries again.
 *
 * @throws `PhoneError` (rejects) `ERR_NOT_READY`, with the engine's error as `cause`, such as a `CompileError`
 * where the page's Content-Security-Policy lacks `'wasm-unsafe-eval'`.
 */
export function ready(): Promise<void> {
  return whenLoaded(loaded());
}

/** This package's version. */
export const version: string = MP_PHONE_VERSION;

declare const MP_PHONE_VERSION: string;
