// The public contract of mp-phone/server: what a backend passes, and what it gets.
import type { Bilingual, Diagnose, FindingCode, Key, PhoneNumber, Platform, ServerAction } from '../core/types';

/** What `createPhoneService` takes. */
export interface PhoneServiceOptions<Request = unknown> {
  /** The mini-programs, one a platform, with what the platform's console gave. */
  platforms: PlatformOptions;
  /**
   * Where the service lives: what stands before `/login`, `/phone` and `/logout` in the path of a URL, such as
   * `/mp-phone`. Default: nothing, so that they are at the root, or directly below the mount point of Express and Connect.
   */
  basePath?: string;
  /**
   * Where sessions, tokens and spent codes are kept. Default: this process's memory, with a warning where it is probably
   * one of several. Several processes need a shared one. `'memory'`: there is only this process, and no warning.
   */
  store?: Store | 'memory';
  /**
   * What the application does with a number. What it returns is `result` in the answer to the client, as JSON of at most
   * 65,536 characters; what is not JSON is an error of the application, which the client gets as often as it asks, and
   * `onPhone` does not run again for it. It throws a `PhoneRefusal` to say no. A refusal or an error that it returns
   * counts as thrown.
   *
   * It runs once for a code, unless it throws something else or takes longer than `limits.onPhone`: then it runs again
   * when the code is sent again. For a payload of `encryptedData` it may run again when a client repeats itself.
   */
  onPhone?: (phone: PhoneEvent<Request>) => unknown;
  /** Called with what `onPhone` threw, and with bugs, of requests that an adapter answered: the client learns nothing of them. */
  onError?: (error: unknown, request: Request) => unknown;
  /** Called with every event, for metrics. */
  onEvent?: (event: ServiceEvent) => unknown;
  /** Where events are written: `console`, pino. Default: warnings and errors to `console`. `false`: nowhere. */
  logger?: Logger | false;
  /**
   * Adds `findings` to the events of sealed payloads that were refused: what was wrong with which field, as `diagnose` of
   * `mp-phone` says it. No client learns of them. For a while and not for ever: a refused payload then takes 0.25 s.
   * On Node and Bun `true` loads the other module at the first refusal; in a bundle, on Deno, Workers and edge runtimes
   * pass the function `diagnose` of `mp-phone`. Default: false.
   */
  diagnose?: boolean | Diagnose;
  /** Called in place of the runtime's own `fetch`. */
  fetch?: Fetch;
  /** The present, in milliseconds. Default: the clock. */
  now?: () => number;
  /** Answer browsers of these origins. A mini-program needs none. Default: none. */
  cors?: { origins: '*' | readonly string[] };
  limits?: Limits;
}

/** Bounds, and what they are unless given. Durations are in seconds. */
export interface Limits {
  /** Bytes of a request's body, whether it comes as bytes, as text or parsed. 65,536. */
  body?: number;
  /** For a request's body to arrive. 10. */
  bodyTimeout?: number;
  /** For a platform to answer. 5. */
  timeout?: number;
  /** For the store to answer. 0.5. */
  storeTimeout?: number;
  /** How long a session lives. 7 days. */
  session?: number;
  /** How many sessions a user has at most; a login beyond it ends the oldest. 20. */
  sessionsPerUser?: number;
  /** How many session keys of a user are kept, at most 16. 3. */
  sessionKeys?: number;
  /** For `onPhone` to end. 30. */
  onPhone?: number;
  /** How long the answer to a phone code is kept. 300, as long as the code lives. */
  code?: number;
  /** The same for a code that names no user: a login code, or a phone code without a session. Whoever has it gets that answer. 30. */
  anonymousCode?: number;
  /** How long it is remembered which user sent a number first, on Alipay. 30 days. */
  replay?: number;
  /** Entries of the store in memory, of each kind: sessions, codes, … 10,000. */
  entries?: number;
  /** Largest age of a phone payload that bears its time. 600. */
  maxAge?: number;
}

/** The options of each platform. */
export interface PlatformOptions {
  wechat?: WechatOptions | WechatCloudOptions;
  alipay?: AlipayOptions;
  baidu?: BaiduOptions;
  douyin?: DouyinOptions;
  kuaishou?: KuaishouOptions;
  xiaohongshu?: XiaohongshuOptions;
  huawei?: HuaweiOptions;
  dingtalk?: DingtalkOptions;
  feishu?: FeishuOptions;
}

/**
 * How a number comes: `'code'`, a phone code that the platform exchanges; `'cloud'`, WeChat's CloudID in a cloud function;
 * `'sealed'`, a payload that the client hands over and the service opens.
 */
export type Method = 'code' | 'cloud' | 'sealed';

/** What every platform takes. */
export interface PlatformBase {
  /**
   * The ways that the service takes on this platform; a client cannot choose another one. Default: all that the platform
   * has. `['code']` where the platform has codes: the platform itself vouches for those, while a sealed payload has no
   * signature (Alipay's has).
   */
  methods?: readonly Method[] | undefined;
  /** An origin in place of the platform's own, without a path: a proxy, a sandbox, the simulator. */
  baseUrl?: string;
}

/**
 * An access token that somebody else keeps. It is called for every call of the platform and must keep the token itself,
 * until shortly before its end: what it gives is not kept here. Without an argument it gives the present token. `refused`
 * is the token of the call before, which the platform has just refused: it then gives another one, and may ask for it anew
 * unless it has one already. The same token again means that there is no better one. Within `limits.timeout`.
 */
export type TokenSource = (refused?: string) => Promise<string>;

/** WeChat, with the app's secret. */
export interface WechatOptions extends PlatformBase {
  appId: string;
  /** Not needed by a third-party platform. */
  appSecret?: string;
  /**
   * How access tokens are got. `'stable'` (default): `cgi-bin/stable_token`, which many processes can call without
   * killing each other's. `'plain'`: `cgi-bin/token`. A function: a token server, or `authorizer_access_token`.
   */
  token?: 'stable' | 'plain' | TokenSource;
  /** A third-party platform (第三方平台): logs in through its own component. Needs `token` as a function. */
  component?: { appId: string; token: TokenSource };
  /** Let WeChat check that a phone code belongs to the session's user. Default: true. */
  checkOpenId?: boolean;
}

/** WeChat, inside a cloud function: no secrets. */
export interface WechatCloudOptions {
  /** An initialised `wx-server-sdk`. */
  cloud: WechatCloud;
  /** Compared with the watermark. Default: the app that the function runs for. */
  appId?: string;
  /** As on every platform, of `'code'` and `'cloud'`. */
  methods?: readonly Method[] | undefined;
}

/** What is used of `wx-server-sdk`. */
export interface WechatCloud {
  openapi: any;
  getOpenData(request: { list: string[] }): Promise<unknown>;
  getWXContext(): Record<string, unknown>;
}

/** Alipay. Where both certificates are given, requests are signed in certificate mode. */
export interface AlipayOptions extends PlatformBase {
  appId: string;
  /** The app's private key (应用私钥): PEM or one line of base64, PKCS#1 or PKCS#8. */
  privateKey: Key;
  /** Alipay's public key (支付宝公钥), not the app's; in certificate mode the text of `alipayCertPublicKey_RSA2.crt`. */
  alipayPublicKey: Key;
  /** The content encryption key (接口内容加密). */
  aesKey: Key;
  /** The text of `appCertPublicKey_….crt`. */
  appCertificate?: string;
  /** The text of `alipayRootCert.crt`. */
  alipayRootCertificate?: string;
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
  /** The app's private key, for phone codes; while it is exchanged, the new one and the one before. */
  privateKey?: Key | readonly Key[];
  /** In place of `client_token`: a service provider's `authorizer_access_token`. */
  token?: TokenSource;
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
  flow?: 'button' | 'one-tap';
}

/** DingTalk: no phone button; the number comes with the login. Documented, unproven. */
export interface DingtalkOptions extends PlatformBase {
  clientId: string;
  clientSecret: string;
  /**
   * Of which kind the codes are; one kind is unknown to the other's endpoint. `'in-app'` (default): 免登, of
   * `dd.getAuthCode` in the company's own mini-program; the app needs the permission for employees' mobile numbers, and
   * `user.openId` and `user.unionId` are both the unionid, since a company may give a userid to somebody else.
   * `'oauth'`: the consent page of a website's login.
   */
  flow?: 'in-app' | 'oauth';
}

/** Feishu and Lark: no phone button; the number comes with the login. Documented, unproven. */
export interface FeishuOptions extends PlatformBase {
  appId: string;
  appSecret: string;
}

/** The platform's user, as far as the platform tells. */
export interface User {
  platform: Platform;
  /** The user's id within this app. On Alipay the `open_id` where there is one, otherwise the `user_id`. */
  openId: string;
  /** Alipay's `user_id` where the platform gives it: an app that moves to `open_id` gets both for a while. */
  userId?: string;
  /** The user's id across the developer's apps, where the platform has one and gives it. */
  unionId?: string;
}

/** What `onPhone` gets. */
export interface PhoneEvent<Request = unknown> {
  phone: PhoneNumber;
  /** `null` where neither a session nor the platform's answer says who it is. */
  user: User | null;
  /** What the adapter was called with: a `Request`, Node's `IncomingMessage`, a cloud function's event. */
  request: Request;
  /** Aborted when `limits.onPhone` is over: the client is then told to try again. */
  signal: WebSignal;
}

/** What the phone button's event gave, as it is; other members are ignored. */
export interface PhoneDetail {
  code?: string;
  encryptedData?: string;
  iv?: string;
  cloudID?: string;
  response?: string | Record<string, unknown>;
  sign?: string;
  [member: string]: unknown;
}

/** A login's answer. */
export interface Login {
  /** The session's id, for the client. `null` where none is needed: in WeChat's cloud functions, on platforms without login. */
  session: string | null;
  /** How long the session lives, in seconds; with `session`. */
  expiresIn?: number;
  /** For the server; not in the answer to the client. */
  user: User | null;
}

/** A phone number's answer. */
export interface PhoneResult {
  phone: PhoneNumber;
  user: User | null;
  /** What `onPhone` returned, as its JSON reads. */
  result: unknown;
}

/** What a client may be told of an error. */
export interface Refusal {
  /** For HTTP. */
  status: number;
  /** `invalid_request`, `login_required`, `refused`, `unavailable`, `internal`, or the code of a `PhoneRefusal`. */
  code: string;
  /** Whose turn it is, and to do what. */
  action: ServerAction;
  /** For the user. */
  message: Bilingual;
}

/** What a `PhoneRefusal` is made of. */
export interface PhoneRefusalInit {
  /** A letter and at most 63 letters, digits and `_ . -`: `'number_taken'`. */
  code: string;
  /** For the user: both languages, at most 500 characters each. */
  message: Bilingual;
  /** What to do next. Default `'enter-manually'`. Not `'refresh-token'` and `'none'`, which no client can do. */
  action?: ServerAction | undefined;
  /** 400 to 499. Default 409. */
  status?: number | undefined;
}

/** The service. Its functions can be passed on as they are, without the object. */
export interface PhoneService {
  /**
   * Exchanges a login code for a session. The session key stays here. Sent again within `limits.anonymousCode`, a login code gets
   * the same session, as long as it lives.
   * @throws {@link PhoneError} (rejects) `ERR_INPUT`, `ERR_PLATFORM`, `ERR_SIGNATURE` (Alipay's answer), `ERR_KEY`
   */
  login(request: { platform: Platform; code?: string }): Promise<Login>;
  /**
   * Opens or fetches the number behind a phone button's event and gives it to `onPhone`. Rejects with what `onPhone` throws.
   * Its errors tell why a payload was refused, and are for the log: what a client may be told is what {@link refusal} gives.
   * @throws {@link PhoneError} (rejects) of any code
   */
  phone(request: {
    platform: Platform;
    session?: string | null;
    detail: PhoneDetail;
    request?: unknown;
  }): Promise<PhoneResult>;
  /**
   * What a client may be told of an error that `login`, `phone` or `logout` rejected with: for every envelope of your own.
   * The HTTP interface answers the same. Whatever is wrong with a payload sealed under a session key gives one answer.
   */
  refusal(error: unknown): Refusal;
  /** Who a session belongs to, for the application's own routes. @throws {@link PhoneError} (rejects) `ERR_SESSION`, `ERR_STORE` */
  user(request: { session: string }): Promise<User>;
  /** Ends a session; one that is unknown has ended. @throws {@link PhoneError} (rejects) `ERR_SESSION` of another app's, `ERR_STORE` */
  logout(request: { session: string }): Promise<void>;
  /** WeChat: whether the newest session key of a session's user is still valid (`checksession`). @throws {@link PhoneError} */
  checkSession(request: { session: string }): Promise<boolean>;
  /** WeChat: has WeChat make a new session key and keeps it (`resetusersessionkey`). @throws {@link PhoneError} */
  resetSessionKey(request: { session: string }): Promise<void>;
  /**
   * For `Request` → `Response`: Hono, Next.js, Workers, Deno, Bun. Answers `/login`, `/phone`, `/logout` below `basePath`, and
   * 404 to all else.
   */
  fetch(request: WebRequest): Promise<WebResponse>;
  /**
   * For Node's http, Express, Connect, and by their raw request and response Koa and Fastify. With `next` everything that
   * is not a `POST` to `/login`, `/phone` or `/logout`, below `basePath` or the mount point, goes on to it. Without, it is
   * answered with 404 or 405.
   */
  node(request: any, response: any, next?: (error?: unknown) => unknown): Promise<void>;
  /**
   * For a WeChat cloud function's call (`{path, body}`), and for HTTP events of SCF, CloudBase, uniCloud, FC and AWS. A
   * function that is mapped to one path only (`/`, or `basePath`) is told by the body which request it is.
   */
  cloud(event: unknown, context?: unknown): Promise<any>;
  /** The OpenAPI 3.1 document of the HTTP interface, made of the definitions that check the requests. */
  readonly openapi: Record<string, unknown>;
}

/** Anything that keeps text under a key. A Keyv is one as it is. */
export interface Store {
  /** The text that `set` got, or `null` or `undefined`. */
  get(key: string): Promise<unknown>;
  /** Keeps a text for so many milliseconds, always more than 0. Resolving with `false` means that it failed. */
  set(key: string, value: string, ttl: number): Promise<unknown>;
  delete(key: string): Promise<unknown>;
  /**
   * Keeps a text unless there is one, atomically, and tells whether it did. Without it several processes may spend a
   * code or renew a token twice at the same moment, and two users who send the same number from Alipay at the same
   * moment to two processes may both get through. `'OK'` and 1 count as `true`, `null` and 0 as `false`; anything else means
   * that the store failed.
   */
  setIfAbsent?(key: string, value: string, ttl: number): Promise<boolean>;
}

/** What is used of `uniCloud.redis()`. */
export interface UniCloudRedis {
  get(key: string): Promise<string | null>;
  set(key: string, value: string, unit: 'PX', milliseconds: number, condition?: 'NX'): Promise<'OK' | null>;
  del(key: string): Promise<unknown>;
}

/**
 * Where events are written. `console` and pino fit. Winston takes the text first:
 * `{ info: (event, text) => w.info(text, event), … }`.
 */
export interface Logger {
  info(event: ServiceEvent, message: string): void;
  warn(event: ServiceEvent, message: string): void;
  error(event: ServiceEvent, message: string): void;
}

/**
 * What happened. Numbers are masked; keys, codes, tokens and session ids are never in it. Every text is short and of a fixed
 * alphabet, whatever platforms and clients sent, but for those of `findings`.
 */
export interface ServiceEvent {
  /**
   * `login`, `phone`, `logout`: a request of a client. `request`: one that is not as the interface says. `token`: an access
   * token was asked for. `store`: the store failed. `error`: a bug, or `onPhone` threw.
   */
  event: 'login' | 'phone' | 'logout' | 'request' | 'token' | 'store' | 'error';
  ok: boolean;
  /** How long it took, in milliseconds. */
  ms: number;
  platform?: Platform;
  /** With `phone`: how the number came. */
  method?: Method;
  /** With `phone`: `+86*******8000`. */
  phone?: string;
  /** With `phone`: the answer to a code that was sent again. */
  repeated?: boolean;
  /** With `ERR_REFUSED`: the code of the `PhoneRefusal`. */
  refusal?: string;
  /**
   * With `ok: false`: the code of the {@link PhoneError}, or `ERR_REFUSED` where `onPhone` threw a `PhoneRefusal`; with
   * `request` the status, `HTTP 415`, or `PASSED_ON`; with `error` the error's class.
   */
  code?: string;
  /** With `ok: false`: the {@link PhoneError}'s text, which is constant. */
  reason?: string;
  action?: ServerAction;
  field?: string;
  /**
   * The platform's own error code. Where it gave no answer that can be read, one of the service's own words, which no
   * platform and no client can bring about: `TIMEOUT`, `NETWORK`, `EMPTY`, `NOT_JSON`, `TOO_LARGE` (more than 64 KiB),
   * `UNREADABLE` (what cannot be a code, a token or an id), `HTTP 502`.
   */
  platformCode?: string;
  /**
   * With `NETWORK`, where the runtime tells: why, such as `ECONNREFUSED`, `ENOTFOUND`, `CERT_HAS_EXPIRED`. With `store`: the
   * known code of what the store threw, such as `ECONNREFUSED`, `NOAUTH`, otherwise its class, such as `TypeError`.
   */
  cause?: string;
  /** The platform's request id, for its support. */
  rid?: string;
  /** With `store`: what failed. */
  operation?: 'get' | 'set' | 'delete' | 'setIfAbsent';
  /** With the option `diagnose`, of a sealed payload that was refused: the most probable cause first. */
  findings?: ServiceFinding[];
}

/** What `diagnose` found. No text holds a key, a token or a number. */
export interface ServiceFinding extends Bilingual {
  code: FindingCode;
  /** The field at fault. */
  field?: string;
  severity: 'error' | 'warning' | 'info';
  fix: Bilingual;
}

/** As much of `fetch` as is used. */
export type Fetch = (
  url: string,
  init: { method: string; headers: Record<string, string>; body?: string; redirect: 'manual'; signal: WebSignal },
) => Promise<{
  status: number;
  headers: { get(name: string): string | null };
  /** A `ReadableStream`, or what `for await` reads. It is given up where an answer is larger than any of a platform. */
  body?: unknown;
  /** Used where there is no `body`: then nothing bounds what is in memory at once. */
  text?(): Promise<string>;
}>;

// The runtime's own types, where the project has them.
/** `Request`. */
export type WebRequest = typeof globalThis extends { Request: { prototype: infer T } } ? T : any;

/** `Response`. */
export type WebResponse = typeof globalThis extends { Response: { prototype: infer T } } ? T : any;

/** `AbortSignal`. */
export type WebSignal = typeof globalThis extends { AbortSignal: { prototype: infer T } } ? T : any;
