// The public contract of mp-phone/simulator.

/** A simulated platform, by the name that this package uses. */
export type SimulatedPlatform =
  | 'wechat'
  | 'alipay'
  | 'baidu'
  | 'douyin'
  | 'kuaishou'
  | 'xiaohongshu'
  | 'huawei'
  | 'dingtalk'
  | 'feishu';

/**
 * Options for `createPhoneService({ platforms: { [platform]: … } })`: ids, secrets and keys that the simulator generates, and
 * that no real platform knows.
 */
export interface Configs {
  wechat: { appId: string; appSecret: string; baseUrl: string };
  alipay: AlipayConfig;
  baidu: { appKey: string; appSecret: string; baseUrl: string };
  /** `privateKey` is PEM of PKCS#8. */
  douyin: { appId: string; appSecret: string; privateKey: string; baseUrl: string };
  kuaishou: { appId: string; appSecret: string; baseUrl: string };
  xiaohongshu: { appId: string; appSecret: string; baseUrl: string };
  huawei: { clientId: string; clientSecret: string; baseUrl: string };
  dingtalk: { clientId: string; clientSecret: string; flow?: 'in-app' | 'oauth'; baseUrl: string };
  feishu: { appId: string; appSecret: string; baseUrl: string };
}

/** An app in key mode. */
export interface AlipayConfig {
  appId: string;
  /** The app's private key: PKCS#8, one line of base64. */
  privateKey: string;
  /** Alipay's public key: SPKI, one line of base64. */
  alipayPublicKey: string;
  /** The content encryption key: base64 of 16 bytes. */
  aesKey: string;
  baseUrl: string;
}

/** An app in certificate mode. It has another app id and the same keys. */
export interface AlipayCertificatesConfig extends AlipayConfig {
  /** The text of `appCertPublicKey_….crt`. */
  appCertificate: string;
  /** The text of `alipayRootCert.crt`: several root certificates, of which only those signed with RSA are used. */
  alipayRootCertificate: string;
  /** The text of `alipayCertPublicKey_RSA2.crt`: Alipay's certificate, then its issuer's. */
  alipayPublicKey: string;
}

/**
 * A WeChat app that a third-party platform operates, with the names of the service's options. Both tokens are valid until the
 * simulator closes.
 */
export interface WechatComponentConfig {
  appId: string;
  /** `authorizer_access_token`: for all requests except the login. */
  token: SimulatedToken;
  /** The third-party platform. `token` is its `component_access_token`, for `/sns/component/jscode2session`. */
  component: { appId: string; token: SimulatedToken };
  baseUrl: string;
}

/** A function that resolves with a token. `JSON.stringify` prints it as the token, so that a printed configuration is complete. */
export interface SimulatedToken {
  (): Promise<string>;
  toJSON(): string;
}

/** The options of `createSimulator`. */
export interface SimulatorOptions {
  /** Default 0: any free port. */
  port?: number | undefined;
  /** The clock, in milliseconds since 1970. Default: this machine's clock. {@link Simulator.advance} adds to it. */
  now?: (() => number) | undefined;
  /** The same seed gives the same ids, codes, tokens and IVs in every run. RSA keys differ in every run. */
  seed?: string | undefined;
  /**
   * Serves `/_device`, `/_fail` and other control paths, for curl and for tests in other languages: POST requests with JSON
   * bodies. A request whose `Host` is not this machine, or whose `Origin` is foreign, is rejected. `mp-phone simulate --help`
   * lists the paths. Default `false`.
   */
  control?: boolean | undefined;
}

/** The user of a device. */
export interface DeviceUser {
  /** The number within its country, digits only. Default: a fictitious number, `13800138000` for the first device. */
  phone?: string | undefined;
  /** The country calling code, digits only. Default `'86'`. */
  countryCode?: string | undefined;
  /** Two devices with the same `openId` share a session key, like two phones of one user. */
  openId?: string | undefined;
  /** On DingTalk the default `openId` equals it, because the in-app flow has no other id. */
  unionId?: string | undefined;
}

/** The shape of the event of a tap. */
export interface TapOptions {
  /** WeChat, Douyin: what the event contains: a code, a sealed payload, or both. Default `'both'`, like recent base libraries. */
  fast?: 'code' | 'sealed' | 'both' | undefined;
  /** WeChat: the event of the button `getRealtimePhoneNumber`, which has only a code. */
  realtime?: boolean | undefined;
  /**
   * Alipay: `'parsed'` is `JSON.parse(res.response)`, the default; `'text'` is `res` itself, `{response: '<text>'}`;
   * `'event'` is the newer button event, `{encryptedData, sign}`.
   */
  form?: 'parsed' | 'text' | 'event' | undefined;
  /** DingTalk: the kind of the code. Default `'in-app'`, 免登. `'oauth'`: a code of a website's login. */
  flow?: 'in-app' | 'oauth' | undefined;
  /** Replaces the payload, for example with a payload that has no number, a masked number, or another app's id. */
  payload?: object | undefined;
}

/** Why the event has no number. A reason that a platform does not have is an error. */
export type RefusalReason = 'denied' | 'no-permission' | 'privacy' | 'quota' | 'not-logged-in' | 'no-phone';

/** The `detail` of an event, or the result of a callback. It has only the members that the platform sends. */
export interface EventDetail {
  errMsg?: string | undefined;
  errno?: number | undefined;
  code?: string | undefined;
  encryptedData?: string | undefined;
  iv?: string | undefined;
  cloudID?: string | undefined;
  response?: string | undefined;
  sign?: string | undefined;
  sign_type?: string | undefined;
  encrypt_type?: string | undefined;
  charset?: string | undefined;
  [member: string]: unknown;
}

/** A phone on which the mini-program is open. */
export interface Device {
  readonly platform: SimulatedPlatform;
  readonly openId: string;
  readonly unionId?: string;
  readonly phone: string;
  readonly countryCode: string;
  /**
   * Returns a login code. On platforms with session keys, every call replaces the session key: the server receives the new key
   * for this code, and payloads that were sealed earlier do not open with it.
   */
  login(): Promise<string>;
  /** The user taps the phone button and agrees. */
  tap(options?: TapOptions): Promise<EventDetail>;
  /** The user declines, or the platform rejects the tap. */
  refuse(reason?: RefusalReason): EventDetail;
  /** Seals any object or text as this device seals payloads now. Throws on platforms that have only codes. */
  sealed(payload: object | string): EventDetail;
}

/** A fault of the next responses. Without a member that describes the fault, the connection is reset. */
export interface Fault {
  /** A part of the request's path, or of the API name (`alipay.system.oauth.token`). Default: any request. */
  endpoint?: string | undefined;
  /** The number of requests that fail. Default 1. `Infinity`: until {@link Simulator.heal}. */
  times?: number | undefined;
  /**
   * `true`: the platform processes the request, and only the response fails. So a code is spent, and the caller never receives
   * its result. Default `false`: the platform does not process the request.
   */
  processed?: boolean | undefined;
  /** A delay of the response in milliseconds of real time. It can be combined with another fault. */
  delay?: number | undefined;
  /** An error response with this code, in the platform's own format. */
  code?: number | string | undefined;
  /** An HTTP status, with an empty body or with one of the bodies below. */
  status?: number | undefined;
  /** The body is the 502 page of a proxy. */
  html?: boolean | undefined;
  /** Status 200 without a body. */
  empty?: boolean | undefined;
  /** The body is this text. */
  text?: string | undefined;
  /** Never responds. */
  hang?: boolean | undefined;
  /** Resets the connection. */
  drop?: boolean | undefined;
}

/** A request that the simulator received. It contains no secret. */
export interface RequestRecord {
  /** `undefined` if no platform has the path. */
  platform: SimulatedPlatform | undefined;
  method: string;
  path: string;
  /** The API name, where several APIs share a path: `alipay.system.oauth.token`, `phonenumber.getPhoneNumber`. */
  api?: string;
  /** The time of arrival according to the simulator's clock, in milliseconds since 1970. */
  at: number;
  /** The HTTP status; 0 if the simulator has not responded. */
  status: number;
  /** The platform's own error code; absent for a success. */
  code?: number | string;
}

/** The gateway behind wx-server-sdk. */
export interface Gateway {
  url: string;
  /** The environment variables of a cloud function that this WeChat device calls: with them the unmodified SDK uses this simulator. */
  env(device: Device): Record<string, string>;
}

/** `exports.main` of a cloud function. */
export type CloudFunction = (event: any, context: any) => unknown;

/** The servers of the platforms, and the devices that use them. */
export interface Simulator {
  /** `http://127.0.0.1:PORT`. It serves the documented paths of every platform. */
  readonly url: string;
  readonly platforms: readonly SimulatedPlatform[];
  /** Returns the options for the service. The first call for a platform with RSA keys generates them, about 100 ms a key. */
  config(platform: 'alipay', options: { certificates: true }): AlipayCertificatesConfig;
  config(platform: 'wechat', options: { component: true }): WechatComponentConfig;
  config(platform: 'dingtalk', options: { flow: 'in-app' | 'oauth' }): Configs['dingtalk'];
  config<P extends SimulatedPlatform>(platform: P): Configs[P];
  device(platform: SimulatedPlatform, user?: DeviceUser): Device;
  /** Adds a fault. The faults of a platform occur in the order in which they were added. */
  fail(platform: SimulatedPlatform, fault: Fault): void;
  /** Removes the faults of a platform, or all faults. Requests that already hang continue to hang. */
  heal(platform?: SimulatedPlatform): void;
  /** Invalidates all access tokens that were issued before. */
  revokeToken(platform: SimulatedPlatform): void;
  /** Douyin: replaces the app's key pair. Returns the new private key, PEM of PKCS#8. */
  rotateKey(platform: 'douyin'): string;
  /** Moves the clock forward by a number of milliseconds. Codes and tokens expire accordingly. */
  advance(ms: number): void;
  now(): number;
  /** The received requests, in the order of arrival. */
  readonly requests: RequestRecord[];
  /** Returns the number of requests to a platform; `endpoint` as in {@link Fault}. */
  count(platform: SimulatedPlatform, endpoint?: string): number;
  readonly gateway: Gateway;
  /**
   * Calls a cloud function as WeChat does for this device: CloudIDs at the top level of `data` (at most five) are replaced by
   * their data, `event.userInfo` is added, and the environment variables are {@link Gateway.env} during the call. These
   * variables are global, so calls run one after another.
   *
   * @returns The function's result, after its conversion to JSON and back. Rejects with the error that the function throws.
   */
  invoke(device: Device, main: CloudFunction, data?: object, context?: object): Promise<unknown>;
  /** Stops listening and closes all connections, including those that hang. */
  close(): Promise<void>;
}
