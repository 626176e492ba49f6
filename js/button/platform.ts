// What a file of platforms/ knows.
import type { Failure, PhoneDetail } from './types';

export interface HostPlatform {
  /** What hosts and toolchains call it. The first is ours. */
  names: string;
  /** The host's own object, where this is the host. */
  host?(): any;
  /** The reason behind an error number, and behind a blank what to do where that is not the usual. */
  codes?: Record<string, string>;
  /** Says in errMsg and errno what the platform says elsewhere. Like `ask`, where a success has no errMsg that ends with `:ok`. */
  normal?(members: Members): Members;
  /** What the service needs. Absent where there is no phone button. */
  detail?(members: Members): PhoneDetail | undefined;
  /** Storage takes an object and gives one. */
  objects?: true;
  /** Which member of the host has checkSession, if not the host itself. */
  session?: string;
  /** A login code. Absent where the number needs no login. */
  login?(host: any): PromiseLike<string>;
  /** Asks the host for what the tap does not bring. */
  ask?(host: any): PromiseLike<unknown>;
}

/** The members of an event's detail: anything. */
export type Members = Record<string, any>;

/**
 * What a host says of a failure: its text, its number, and a request's status. Hosts differ in the names: Alipay and DingTalk
 * have errorMessage and error, Feishu errString, Xiaohongshu errCode, Douyin errNo and errorCode.
 */
export function said(from: Members): Partial<Failure> {
  const errMsg = from.errMsg || from.errorMessage || from.errString;
  const errno = from.errno || from.errCode || from.errorCode || from.errNo || (from.error > 0 && from.error);
  const status = from.statusCode || from.status;
  return {
    ...(errMsg && { errMsg: String(errMsg) }),
    ...(errno && errno != 0 && { errno }),
    ...(status && { status }),
  };
}

/** What was thrown, as something that a host says. */
export const thrown = (error: any): Members => ({
  errMsg: typeof error === 'string' ? error : Object(error).message,
  ...error,
});

/** Calls a function of the host's, whether it takes callbacks or gives promises. */
export function call(host: any, name: string, options?: object): Promise<any> {
  return new Promise((resolve, reject) => {
    const promise = host[name]({ ...options, success: resolve, fail: reject });
    if (promise && promise.then) promise.then(resolve, reject);
  });
}

/** Some time later. */
export const later = (ms: number): Promise<void> => new Promise((resolve) => attempt(() => setTimeout(resolve, ms)));

/** `wx.login` and its likes. */
export const login = (host: any, name = 'login', options?: object): Promise<string> =>
  call(host, name, options).then(({ code, authCode }) => code || authCode);

/** Those of the members that are texts. */
export function texts(members: Members, names: string): PhoneDetail {
  const found: Members = {};
  for (const name of names.split(' '))
    if (members[name] && typeof members[name] === 'string') found[name] = members[name];
  return found;
}

/** A code, or what is sealed under the session key and its iv. */
export function codeOrSealed(members: Members): PhoneDetail | undefined {
  const detail = texts(members, 'code encryptedData iv cloudID');
  return detail.code || detail.cloudID || (detail.encryptedData && detail.iv) ? detail : undefined;
}

/** What a function gives, or `undefined` where it throws. */
export function attempt(work: () => any): any {
  try {
    return work();
  } catch (_) {}
}

/** The host's own object, where this is the host. Elsewhere its name is not even declared, and that is an error. */
export const hostOf = ({ host }: HostPlatform): any => attempt(host!);

/** A text's JSON, or `undefined`; what is no text, as it is. */
export const parse = (json: any): any => (typeof json === 'string' ? attempt(() => JSON.parse(json)) : json);
