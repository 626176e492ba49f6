// The public contract of mp-phone/simulator.

/** A platform that is simulated, by the name this package uses. */
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
 * What `createPhoneService({ platforms: { [platform]: … } })` takes: ids, secrets and keys that were made for this
 * simulator and are worth nothing anywhere else.
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

/** An app in certificate mode: another app id, the same keys. */
export interface AlipayCertificatesConfig extends AlipayConfig {
  /** The text of `appCertPublicKey_….crt`. */
  appCertificate: string;
  /** The text of `alipayRootCert.crt`: several roots, of which only those signed with RSA count. */
  alipayRootCertificate: string;
  /** The text of `alipayCertPublicKey_RSA2.crt`: Alipay's certificate, then its issuer's. */
  alipayPublicKey: string;
}

/**
 * WeChat's app in the hands of a third-party platform, by the names of the service's options. The two tokens are good for
 * as long as the simulator lives.
 */
export interface WechatComponentConfig {
  appId: string;
  /** `authorizer_access_token`: for all calls but the login. */
  token: SimulatedToken;
  /** The platform itself; `token` is its `component_access_token`, for `/sns/component/jscode2session`. */
  component: { appId: string; token: SimulatedToken };
  baseUrl: string;
}

/** Gives a token. In JSON it is the token itself. */
export interface SimulatedToken {
  (): Promise<string>;
  toJSON(): string;
}

/** What `createSimulator` takes. */
export interface SimulatorOptions {
  /** Default 0: any free port. */
  port?: number;
  /** The clock, in milliseconds since 1970. Default: this machine's. {@link Simulator.advance} comes on top. */
  now?: () => number;
  /** Makes ids, codes, tokens and ivs the same in every run. RSA keys are new in every run nevertheless. */
  seed?: string;
  /**
   * Serves `/_device`, `/_fail` and so on, for a person with curl or a test in another language, by POST with bodies of
   * JSON; requests with another Host than this machine's or a foreign Origin are refused. `mp-phone simulate --help` lists
   * them. Default `false`.
   */
  control?: boolean;
}

/** Who holds the device. */
export interface DeviceUser {
  /** The number within its country, digits only. Default: a fictitious one, `13800138000` and counting. */
  phone?: string;
  /** The country calling code, digits only. Default `'86'`. */
  countryCode?: string;
  /** Two devices with one `openId` share their session key, as two phones of one user do. */
  openId?: string;
  /** On DingTalk it is also the `openId` that is not chosen: its in-app way has no other id. */
  unionId?: string;
}

/** Which of a platform's shapes a tap gives. */
export interface TapOptions {
  /** WeChat, Douyin: which of the two ways the event takes. Default `'both'`, as recent base libraries do. */
  fast?: 'code' | 'sealed' | 'both';
  /** WeChat: the button `getRealtimePhoneNumber`, whose event has a code only. */
  realtime?: boolean;
  /**
   * Alipay: `'parsed'` is `JSON.parse(res.response)`, the default; `'text'` is `res` itself, `{response: '<text>'}`;
   * `'event'` is the newer button event, `{encryptedData, sign}`.
   */
  form?: 'parsed' | 'text' | 'event';
  /** DingTalk: of which kind the code is. Default `'in-app'`, 免登; `'oauth'` is what a website's login gives. */
  flow?: 'in-app' | 'oauth';
  /** What the platform says in the place of the phone's payload: without a number, masked, of another app … */
  payload?: object;
}

/** Why there is no number. What a platform has no words for is an error. */
export type RefusalReason = 'denied' | 'no-permission' | 'privacy' | 'quota' | 'not-logged-in' | 'no-phone';

/** The `detail` of an event, or what the callback gave: only the platform's own members are there. */
export interface EventDetail {
  errMsg?: string;
  errno?: number;
  code?: string;
  encryptedData?: string;
  iv?: string;
  cloudID?: string;
  response?: string;
  sign?: string;
  sign_type?: string;
  encrypt_type?: string;
  charset?: string;
  [member: string]: unknown;
}

/** A phone with the mini-program open. */
export interface Device {
  readonly platform: SimulatedPlatform;
  readonly openId: string;
  readonly unionId?: string;
  readonly phone: string;
  readonly countryCode: string;
  /**
   * A login code. Where the platform has session keys, this is the moment at which the device's changes: it is the one
   * that the server gets for this code, and what was sealed before no longer opens with it.
   */
  login(): Promise<string>;
  /** The user taps the phone button and agrees. */
  tap(options?: TapOptions): Promise<EventDetail>;
  /** The user refuses, or the platform does. */
  refuse(reason?: RefusalReason): EventDetail;
  /** Any payload, or text that is none, sealed as this device seals now. Platforms that only hand out codes throw. */
  sealed(payload: object | string): EventDetail;
}

/** How the next answers go wrong. Without any member that says how, the connection is reset. */
export interface Fault {
  /** A part of the path, or of the name behind it (`alipay.system.oauth.token`). Default: any request. */
  endpoint?: string;
  /** For how many requests. Default 1. `Infinity`: until {@link Simulator.heal}. */
  times?: number;
  /**
   * The request is processed first, and only its answer goes wrong: a one-time code is spent, though the caller never
   * learns for what. Default `false`: the platform does nothing.
   */
  processed?: boolean;
  /** Milliseconds of real time before the answer. Alone, or before another fault. */
  delay?: number;
  /** The platform's own error answer with this code, in its own shape. */
  code?: number | string;
  /** An HTTP status. Alone with an empty body, or with one of the bodies. */
  status?: number;
  /** A proxy's 502 page. */
  html?: boolean;
  /** 200 without a body. */
  empty?: boolean;
  /** This text. */
  text?: string;
  /** Never answers. */
  hang?: boolean;
  /** Resets the connection. */
  drop?: boolean;
}

/** What was asked, without any secret. */
export interface RequestRecord {
  /** `undefined` where no platform has the path. */
  platform: SimulatedPlatform | undefined;
  method: string;
  path: string;
  /** The name of the call where one path serves many: `alipay.system.oauth.token`, `phonenumber.getPhoneNumber`. */
  api?: string;
  /** By the simulator's clock. */
  at: number;
  /** 0 where nothing was answered, or not yet. */
  status: number;
  /** The platform's own error code; absent where all was well. */
  code?: number | string;
}

/** The gateway behind wx-server-sdk. */
export interface Gateway {
  url: string;
  /** The environment of a cloud function that this WeChat device called: with it the unmodified SDK talks to this simulator. */
  env(device: Device): Record<string, string>;
}

/** A cloud function's `exports.main`. */
export type CloudFunction = (event: any, context: any) => unknown;

/** The platforms' servers, and the devices that talk to them. */
export interface Simulator {
  /** `http://127.0.0.1:PORT`. Every platform's documented paths are served here. */
  readonly url: string;
  readonly platforms: readonly SimulatedPlatform[];
  /** RSA keys are made when they are first asked for, which takes about 100 ms each. */
  config(platform: 'alipay', options: { certificates: true }): AlipayCertificatesConfig;
  config(platform: 'wechat', options: { component: true }): WechatComponentConfig;
  config(platform: 'dingtalk', options: { flow: 'in-app' | 'oauth' }): Configs['dingtalk'];
  config<P extends SimulatedPlatform>(platform: P): Configs[P];
  device(platform: SimulatedPlatform, user?: DeviceUser): Device;
  /** The faults of a platform happen in the order in which they were asked for. */
  fail(platform: SimulatedPlatform, fault: Fault): void;
  /** Forgets the faults of a platform, or all. What hangs goes on hanging. */
  heal(platform?: SimulatedPlatform): void;
  /** The access tokens handed out so far are dead. */
  revokeToken(platform: SimulatedPlatform): void;
  /** Douyin: uploads a new public key, which is used from now on. Gives the new private key, PEM of PKCS#8. */
  rotateKey(platform: 'douyin'): string;
  /** Moves the clock, in milliseconds. Codes and tokens grow old by it. */
  advance(ms: number): void;
  now(): number;
  /** What was asked, in the order of arrival. */
  readonly requests: RequestRecord[];
  /** How often a platform was asked; `endpoint` as in {@link Fault}. */
  count(platform: SimulatedPlatform, endpoint?: string): number;
  readonly gateway: Gateway;
  /**
   * Calls a cloud function as WeChat does for this device: CloudIDs at the top level of `data` are replaced by what they
   * stand for (five at most), `event.userInfo` is added, and the environment is {@link Gateway.env} while it runs. The
   * environment is the whole process's, so calls wait for each other.
   *
   * @returns What the function returned, as JSON keeps it. What it throws is thrown.
   */
  invoke(device: Device, main: CloudFunction, data?: object, context?: object): Promise<unknown>;
  /** Stops listening and ends all connections, hanging ones too. */
  close(): Promise<void>;
}
