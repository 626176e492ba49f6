// The public contract of mp-phone/server.
import type { Bilingual, Diagnose, FindingCode, Key, PhoneNumber, Platform, ServerAction } from '../core/types';

/** The platforms that the service supports. */
export type ServicePlatform = keyof PlatformOptions;

/** The options of `createPhoneService`. `Name` is a union of the configured platforms, `Result` what `onPhone` returns. */
export interface PhoneServiceOptions<
  Request = unknown,
  Name extends ServicePlatform = ServicePlatform,
  Result = unknown,
> {
  /** The mini-programs: for each platform one, with the ids and keys of its console. */
  platforms: { [K in Name]?: PlatformOptions[K] | undefined };
  /**
   * The part of the URL's path before `/login`, `/phone` and `/logout`, such as `/mp-phone`. Default: none, so that the
   * three paths are at the root, or directly below the mount point of Express and Connect.
   */
  basePath?: string | undefined;
  /**
   * Where the service stores sessions, access tokens and spent codes. Default: the memory of this process, with a warning if
   * the process is probably one of several. Several processes need a shared store. `'memory'` confirms that only one process
   * exists, and disables the warning.
   */
  store?: Store | 'memory' | undefined;
  /**
   * The application's function for a verified number. Its return value becomes `result` in the response to the client, as JSON
   * of at most 65,536 characters. If the return value is not JSON, the client gets `internal`, also each time it sends
   * the same code again, and `onPhone` does not run again. To reject a number, it throws a `PhoneRefusal`; returning a
   * `PhoneRefusal` or an `Error` has the same effect as throwing it.
   *
   * It runs once for each code. It runs again for the same code only if it threw something other than a `PhoneRefusal` or took
   * longer than `limits.onPhone`. For a payload with `encryptedData` it may run again when the client repeats its request.
   */
  onPhone?: ((phone: PhoneEvent<Request, Name>) => Result | PromiseLike<Result>) | undefined;
  /**
   * Called with errors that `onPhone` threw, and with unexpected errors of the service, for requests through an adapter. The
   * client learns nothing of them.
   */
  onError?: ((error: unknown, request: Request) => unknown) | undefined;
  /** Called with every event, for metrics. */
  onEvent?: ((event: ServiceEvent) => unknown) | undefined;
  /** Where events are written: `console`, pino. Default: warnings and errors to `console`. `false`: nowhere. */
  logger?: Logger | false | undefined;
  /**
   * Adds `findings` to the events of rejected sealed payloads: which field was wrong, and how, as `diagnose` of `mp-phone`
   * explains it. No client learns of them. Use it for a limited time: every rejected payload
   * then takes 0.25 s, so that the time reveals nothing about the diagnosis.
   * `true` loads the diagnosis module at the first rejected payload, on Node and Bun. In a bundle, on Deno, Workers and edge
   * runtimes pass the function `diagnose` of `mp-phone`. Default: `false`.
   */
  diagnose?: boolean | Diagnose | undefined;
  /** Called instead of the runtime's own `fetch`. */
  fetch?: Fetch | undefined;
  /** The current time, in milliseconds since 1970. Default: this machine's clock. */
  now?: (() => number) | undefined;
  /** The origins whose browsers may call the service. A mini-program needs none. Default: none. */
  cors?: { origins: '*' | readonly string[] } | undefined;
  limits?: Limits | undefined;
}

/** The limits and their defaults. Durations are in seconds. */
export interface Limits {
  /** The size of a request's body in bytes, whether the adapter receives bytes, text or a parsed body. Default 65,536. */
  body?: number | undefined;
  /** Timeout for a request's body to arrive. Default 10. */
  bodyTimeout?: number | undefined;
  /** Timeout of a request to a platform. Default 5. */
  timeout?: number | undefined;
  /** Timeout of a store call. Default 0.5. */
  storeTimeout?: number | undefined;
  /** Lifetime of a session. Default 7 days. */
  session?: number | undefined;
  /** The number of sessions of a user. A login beyond it ends the oldest session. Default 20. */
  sessionsPerUser?: number | undefined;
  /** The number of session keys that are stored for a user, at most 16. Default 3. */
  sessionKeys?: number | undefined;
  /** Timeout of `onPhone`. Default 30. */
  onPhone?: number | undefined;
  /** How long the result of a phone code is stored. Default 300, the lifetime of the platforms' codes. */
  code?: number | undefined;
  /**
   * How long the result for a code without a known user is stored: a login code, or a phone code without a session. During
   * this time everybody who has the code gets the result. Default 30.
   */
  anonymousCode?: number | undefined;
  /** How long the service remembers which Alipay user sent a number first. Default 30 days. */
  replay?: number | undefined;
  /** The number of entries in the memory store, for each kind of entry: sessions, codes, … Default 10,000. */
  entries?: number | undefined;
  /** The maximum age of a phone payload that contains its time. Default 600. */
  maxAge?: number | undefined;
}

/** The options of each platform. */
export interface PlatformOptions {
  wechat: WechatOptions | WechatCloudOptions;
  alipay: AlipayOptions;
  baidu: BaiduOptions;
  douyin: DouyinOptions;
  kuaishou: KuaishouOptions;
  xiaohongshu: XiaohongshuOptions;
  huawei: HuaweiOptions;
  dingtalk: DingtalkOptions;
  feishu: FeishuOptions;
}

/**
 * How a number arrives: `'code'`, a phone code that the platform exchanges; `'cloud'`, WeChat's CloudID in a cloud function;
 * `'sealed'`, a payload that the client sends and the service opens.
 */
export type Method = 'code' | 'cloud' | 'sealed';

/** The options that every platform has. */
export interface PlatformBase {
  /**
   * The methods that the service accepts on this platform; a client cannot use any other. Default: every method that the
   * platform has. Prefer `['code']` if the platform has phone codes: the platform itself vouches for their numbers, while a
   * sealed payload has no signature (except on Alipay).
   */
  methods?: readonly Method[] | undefined;
  /** An origin without a path that replaces the platform's own: a proxy, a sandbox, the simulator. */
  baseUrl?: string | undefined;
}

/**
 * A source of access tokens outside the service. It is called before every request to the platform, and caches the token
 * itself: the service does not. Called without an argument, it returns the current token. Called with `rejected`, the token that
 * the platform has just rejected, it returns a newer token, which it requests unless it already has one. If it returns the
 * same token again, the service does not retry. It must settle within `limits.timeout`.
 */
export type TokenSource = (rejected?: string) => Promise<string>;

/** WeChat, with the app's secret. */
export interface WechatOptions extends PlatformBase {
  appId: string;
  /** A third-party platform (第三方平台) needs no secret. */
  appSecret?: string | undefined;
  /**
   * How the service obtains access tokens. `'stable'` (default): `cgi-bin/stable_token`, which several processes can call
   * without invalidating each other's tokens. `'plain'`: `cgi-bin/token`. A function: a token server, or
   * `authorizer_access_token`.
   */
  token?: 'stable' | 'plain' | TokenSource | undefined;
  /** A third-party platform (第三方平台), which logs users in through its own component. Requires a function as `token`. */
  component?: { appId: string; token: TokenSource } | undefined;
  /** Whether WeChat checks that a phone code belongs to the session's user. Default: `true`. */
  checkOpenId?: boolean | undefined;
}

/** WeChat, inside a cloud function, which needs no secret. */
export interface WechatCloudOptions {
  /** An initialised `wx-server-sdk`. */
  cloud: WechatCloud;
  /** Compared with the watermark. Default: the app for which the function runs. */
  appId?: string | undefined;
  /** As for every platform; `'code'` and `'cloud'` exist here. */
  methods?: readonly Method[] | undefined;
}

/** The part of `wx-server-sdk` that the service uses. */
export interface WechatCloud {
  openapi: any;
  getOpenData(request: { list: string[] }): Promise<unknown>;
  getWXContext(): Record<string, unknown>;
}

/** Alipay. With both certificates, requests are signed in certificate mode. */
export interface AlipayOptions extends PlatformBase {
  appId: string;
  /** The app's private key (应用私钥): PEM or one line of base64, PKCS#1 or PKCS#8. */
  privateKey: Key;
  /** Alipay's public key (支付宝公钥), not the app's; in certificate mode the text of `alipayCertPublicKey_RSA2.crt`. */
  alipayPublicKey: Key;
  /** The content encryption key (接口内容加密). */
  aesKey: Key;
  /** The text of `appCertPublicKey_….crt`. */
  appCertificate?: string | undefined;
  /** The text of `alipayRootCert.crt`. */
  alipayRootCertificate?: string | undefined;
}

/** Baidu. */
export interface BaiduOptions extends PlatformBase {
  /** The App Key, not the numeric App ID. */
  appKey: string;
  appSecret: string;
}

/** Douyin and Toutiao. */
export interface DouyinOptions extends PlatformBase {
  appId: string;
  appSecret: string;
  /** The app's private key, for phone codes. While the key is being replaced: a list of the new key and the previous key. */
  privateKey?: Key | readonly Key[] | undefined;
  /** Replaces `client_token`: the `authorizer_access_token` of a service provider. */
  token?: TokenSource | undefined;
}

/** Kuaishou. Documented, unproven. */
export interface KuaishouOptions extends PlatformBase {
  appId: string;
  appSecret: string;
}

/** Xiaohongshu. Documented, unproven. */
export interface XiaohongshuOptions extends PlatformBase {
  appId: string;
  appSecret: string;
}

/** Huawei and HarmonyOS. Documented, unproven. */
export interface HuaweiOptions extends PlatformBase {
  clientId: string;
  clientSecret: string;
  /** `'button'` (default): the phone button of an atomic service. `'one-tap'`: Huawei ID's one-tap login. */
  flow?: 'button' | 'one-tap' | undefined;
}

/** DingTalk. It has no phone button: the number comes with the login. Documented, unproven. */
export interface DingtalkOptions extends PlatformBase {
  clientId: string;
  clientSecret: string;
  /**
   * The kind of the login codes. Each kind has its own endpoint, which does not know codes of the other kind. `'in-app'`
   * (default): 免登, codes of `dd.getAuthCode` in the company's own mini-program. The app needs the permission for employees'
   * mobile numbers. `user.openId` and `user.unionId` are both the unionid, because a company may assign a userid to another
   * person. `'oauth'`: codes of the consent page of a website's login.
   */
  flow?: 'in-app' | 'oauth' | undefined;
}

/** Feishu and Lark. They have no phone button: the number comes with the login. Documented, unproven. */
export interface FeishuOptions extends PlatformBase {
  appId: string;
  appSecret: string;
}

/** A user, as the platform identifies the user. */
export interface User<Name extends Platform = ServicePlatform> {
  platform: Name;
  /** The user's id within this app. On Alipay the `open_id`, or the `user_id` if the platform sends no `open_id`. */
  openId: string;
  /** Alipay's `user_id`, if the platform sends it. An app that migrates to `open_id` receives both for a while. */
  userId?: string;
  /** The user's id across the developer's apps, if the platform has such an id and sends it. */
  unionId?: string;
}

/** The argument of `onPhone`. */
export interface PhoneEvent<Request = unknown, Name extends ServicePlatform = ServicePlatform> {
  phone: PhoneNumber<Name>;
  /** `null` if neither a session nor the platform's response identifies the user. */
  user: User<Name> | null;
  /** The argument of the adapter: a `Request`, Node's `IncomingMessage`, a cloud function's event. */
  request: Request;
  /** Aborted after `limits.onPhone`, when the client is told to try again. */
  signal: WebSignal;
}

/** The data of a tap: the members of the phone button's event that the service reads. It ignores other members. */
export interface PhoneDetail {
  /** A phone code. */
  code?: string | undefined;
  /** Base64. */
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

/** The result of `login`. */
export type Login<Name extends ServicePlatform = ServicePlatform> =
  | {
      /** The session's id, for the client. */
      session: string;
      /** The remaining lifetime of the session, in seconds. */
      expiresIn: number;
      /** For the server. The HTTP response does not contain it. */
      user: User<Name>;
    }
  | {
      /** No session is needed: in WeChat's cloud functions, and on platforms without a login. */
      session: null;
      expiresIn?: undefined;
      user: User<Name> | null;
    };

/** The result of `phone`. */
export interface PhoneResult<Name extends ServicePlatform = ServicePlatform, Result = unknown> {
  phone: PhoneNumber<Name>;
  user: User<Name> | null;
  /** The return value of `onPhone`, after its conversion to JSON and back. */
  result: Result;
}

/** A value after its conversion to JSON and back: a `Date` becomes a string, a member with a function disappears. */
export type JsonOf<T> = unknown extends T
  ? T
  : T extends { toJSON(...values: any): infer Json }
    ? JsonOf<Json>
    : T extends string | number | boolean | null
      ? T
      : T extends readonly unknown[]
        ? { -readonly [Index in keyof T]: JsonOf<T[Index]> }
        : T extends NotJson
          ? undefined
          : T extends object
            ? { [K in keyof T as K extends string | number ? (T[K] extends NotJson ? never : K) : never]: JsonOf<T[K]> }
            : undefined;

/** A value that JSON does not have: a member with such a value disappears. */
type NotJson = ((...values: any) => any) | symbol | undefined | void;

/** What a client can do next. */
export type ClientAction = Exclude<ServerAction, 'refresh-token' | 'none'>;

/** The part of an error that a client may learn. */
export interface Refusal {
  /** The HTTP status. */
  status: number;
  /** `invalid_request`, `login_required`, `refused`, `unavailable`, `internal`, or the code of a `PhoneRefusal`. */
  code: string;
  /** What the client does next. */
  action: ClientAction;
  /** For the user. */
  message: Bilingual;
}

/** The argument of `new PhoneRefusal`. */
export interface PhoneRefusalInit {
  /** A letter, followed by at most 63 letters, digits or the characters `_ . -`: `'number_taken'`. */
  code: string;
  /** For the user, in both languages, at most 500 characters each. */
  message: Bilingual;
  /** What the client does next. Default `'enter-manually'`. */
  action?: ClientAction | undefined;
  /** The HTTP status, 400 to 499. Default 409. */
  status?: number | undefined;
}

/** The service. Its functions do not use `this`: they can be passed as callbacks. */
export interface PhoneService<Name extends ServicePlatform = ServicePlatform, Result = unknown> {
  /**
   * Exchanges a login code for a session. The session key stays in the service. The same login code, sent again within
   * `limits.anonymousCode`, returns the same session.
   * @throws {@link PhoneError} (rejects) `ERR_INPUT`, `ERR_PLATFORM`, `ERR_SIGNATURE` (of Alipay's response), `ERR_KEY`,
   * `ERR_TIMEOUT`
   */
  login(request: { platform: Name; code?: string | undefined }): Promise<Login<Name>>;
  /**
   * Opens the payload of a tap, or exchanges its code, and passes the phone number to `onPhone`. Rejects with the error that
   * `onPhone` throws. Its own errors say why a payload was rejected, and belong in the log: {@link refusal} returns what a
   * client may learn.
   * @throws {@link PhoneError} (rejects) of any code
   */
  phone(request: {
    platform: Name;
    session?: string | null | undefined;
    detail: PhoneDetail;
    /** Passed to `onPhone`. */
    request?: unknown;
  }): Promise<PhoneResult<Name, Result>>;
  /**
   * Converts an error of `login`, `phone` or `logout` to what a client may learn, for your own response format. The HTTP
   * interface returns the same. All faults of a payload under a session key have the same result.
   */
  refusal(error: unknown): Refusal;
  /**
   * Returns the user of a session, for the application's own routes.
   * @throws {@link PhoneError} (rejects) `ERR_INPUT`, `ERR_SESSION`, `ERR_STORE`
   */
  user(request: { session: string }): Promise<User<Name>>;
  /**
   * Ends a session. Resolves if the session does not exist.
   * @throws {@link PhoneError} (rejects) `ERR_INPUT`, `ERR_SESSION` for a session of another app, `ERR_STORE`
   */
  logout(request: { session: string }): Promise<void>;
  /**
   * WeChat: returns whether the newest session key of a session's user is still valid (`checksession`).
   * @throws {@link PhoneError} (rejects) `ERR_INPUT` for another platform, `ERR_SESSION`, `ERR_PLATFORM`, `ERR_STORE`
   */
  checkSession(request: { session: string }): Promise<boolean>;
  /**
   * WeChat: requests a new session key for a session's user and stores it (`resetusersessionkey`).
   * @throws {@link PhoneError} (rejects) `ERR_INPUT` for another platform, `ERR_SESSION`, `ERR_PLATFORM`, `ERR_STORE`
   */
  resetSessionKey(request: { session: string }): Promise<void>;
  /**
   * Adapter for `Request` → `Response`: Hono, Next.js, Workers, Deno, Bun. Serves `/login`, `/phone` and `/logout` below
   * `basePath`; the response to any other path is 404.
   */
  fetch(request: WebRequest): Promise<WebResponse>;
  /**
   * Adapter for Node's http, Express and Connect. On Koa and Fastify, pass their raw request and response. With `next`,
   * every request except a `POST` (with `cors` also an `OPTIONS`) to `/login`, `/phone` or `/logout` below `basePath` or the mount point
   * is passed to `next`. Without `next`, every other request gets 404 or 405.
   */
  node(request: any, response: any, next?: (error?: unknown) => unknown): Promise<void>;
  /**
   * Adapter for the call of a WeChat cloud function (`{path, body}`), and for HTTP events of SCF, CloudBase, uniCloud, FC and
   * AWS. If the function is mapped to a single path (`/`, or `basePath`), the members of the body determine the request.
   */
  cloud(event: unknown, context?: unknown): Promise<any>;
  /** The OpenAPI 3.1 document of the HTTP interface. Its schemas are those that validate the requests. */
  readonly openapi: Record<string, unknown>;
}

/** A store of texts under keys. A Keyv instance is one. */
export interface Store {
  /** Returns the text that was set, or `null` or `undefined`. */
  get(key: string): Promise<unknown>;
  /** Stores a text for `ttl` milliseconds, always more than 0. A result of `false` means that it failed. */
  set(key: string, value: string, ttl: number): Promise<unknown>;
  delete(key: string): Promise<unknown>;
  /**
   * Stores a text unless the key exists, atomically, and returns whether it did. Without this function, several processes may
   * spend the same code or renew the same token simultaneously, and two Alipay users who send the same number simultaneously
   * to two processes may both succeed. The results `'OK'` and 1 count as `true`, `null` and 0 as `false`. Any other result
   * means that the store failed.
   */
  setIfAbsent?(key: string, value: string, ttl: number): Promise<boolean>;
}

/** The part of `uniCloud.redis()` that the service uses. */
export interface UniCloudRedis {
  get(key: string): Promise<string | null>;
  set(key: string, value: string, unit: 'PX', milliseconds: number, condition?: 'NX'): Promise<'OK' | null>;
  del(key: string): Promise<unknown>;
}

/**
 * Where events are written. `console` and pino fit. Winston expects the text first:
 * `{ info: (event, text) => w.info(text, event), … }`.
 */
export interface Logger {
  info(event: ServiceEvent, message: string): void;
  warn(event: ServiceEvent, message: string): void;
  error(event: ServiceEvent, message: string): void;
}

/**
 * An event of the service, for logs and metrics. Phone numbers are masked. Keys, codes, tokens and session ids never occur in
 * it. Every text, except those of `findings`, is short and uses a fixed alphabet, whatever platforms and clients sent.
 */
export interface ServiceEvent {
  /**
   * `login`, `phone`, `logout`: a client's request. `request`: a request that does not fit the HTTP interface. `token`: a
   * request for an access token. `store`: the store failed, or (`MEMORY`) there is no shared store. `error`: a bug, or `onPhone` threw.
   */
  event: 'login' | 'phone' | 'logout' | 'request' | 'token' | 'store' | 'error';
  ok: boolean;
  /** The duration in milliseconds. */
  ms: number;
  platform?: Platform;
  /** Only in `phone` events: how the number arrived. */
  method?: Method;
  /** Only in `phone` events: the masked number, such as `+86*******8000`. */
  phone?: string;
  /** Only in `phone` events. `true`: the code was sent before, and its stored result was returned. */
  repeated?: boolean;
  /** With `ERR_REFUSED`: the code of the `PhoneRefusal`. */
  refusal?: string;
  /**
   * With `ok: false`: the code of the {@link PhoneError}, or `ERR_REFUSED` if `onPhone` threw a `PhoneRefusal`. In `request`
   * events the status, such as `HTTP 415`, or `PASSED_ON`: a request that looks like one of the service was passed to `next`. In
   * `error` events the class of the error.
   */
  code?: string;
  /** With `ok: false`: the cause, as a constant text. */
  reason?: string;
  action?: ServerAction;
  field?: string;
  /**
   * The platform's error code. If the platform sent no readable response, a code of the service that neither a platform nor a
   * client can produce: `TIMEOUT`, `NETWORK`, `EMPTY`, `NOT_JSON`, `TOO_LARGE` (more than 64 KiB), `UNREADABLE` (a value that
   * cannot be a code, a token or an id), `HTTP 502`.
   */
  platformCode?: string;
  /**
   * With `NETWORK`: the cause, if the runtime reports it, such as `ECONNREFUSED`, `ENOTFOUND`, `CERT_HAS_EXPIRED`. In `store`
   * events: the known code of the error that the store threw, such as `ECONNREFUSED`, `NOAUTH`, or else its class, such as
   * `TypeError`.
   */
  cause?: string;
  /** The platform's request id, to quote to its support. */
  rid?: string;
  /** Only in `store` events: the operation that failed. */
  operation?: 'get' | 'set' | 'delete' | 'setIfAbsent';
  /** With the option `diagnose`, for a rejected sealed payload: the most probable cause first. */
  findings?: ServiceFinding[];
}

/** A finding of `diagnose` in an event. No text contains a key, a token or a phone number. */
export interface ServiceFinding extends Bilingual {
  code: FindingCode;
  /** The field at fault. */
  field?: string;
  severity: 'error' | 'warning' | 'info';
  fix: Bilingual;
}

/** The part of `fetch` that the service uses. */
export type Fetch = (
  url: string,
  init: { method: string; headers: Record<string, string>; body?: string; redirect: 'manual'; signal: WebSignal },
) => Promise<{
  status: number;
  headers: { get(name: string): string | null };
  /** A `ReadableStream` or an async iterable. The service stops reading when a body is larger than any platform's response. */
  body?: unknown;
  /** Used if `body` is absent. The size of the body in memory is then unlimited. */
  text?(): Promise<string>;
}>;

// The runtime's own types, if the project's configuration includes them.
/** `Request`. */
export type WebRequest = typeof globalThis extends { Request: { prototype: infer T } } ? T : any;

/** `Response`. */
export type WebResponse = typeof globalThis extends { Response: { prototype: infer T } } ? T : any;

/** `AbortSignal`. */
export type WebSignal = typeof globalThis extends { AbortSignal: { prototype: infer T } } ? T : any;
