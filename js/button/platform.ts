// What a file of platforms/ knows.
import type { Action, PhoneDetail, Reason } from './index';

export interface HostPlatform {
  /** What hosts and toolchains call it. The first is ours. */
  names: string;
  /** The host's own object, where this is the host. */
  host?(): any;
  /** The reason behind an error number, and what to do where that is not the usual. */
  codes?: Record<string, [Reason, Action?]>;
  /** Success has no errMsg that ends with `:ok`. */
  quiet?: true;
  /** Says in errMsg and errno what the platform says elsewhere. */
  normal?(given: Given): Given;
  /** What the service needs. Absent where there is no phone button. */
  detail?(given: Given): PhoneDetail | undefined;
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
export type Given = Record<string, any>;

/** Calls a function of the host's, whether it takes callbacks or gives promises. */
export function call(host: any, name: string, options?: object): Promise<any> {
  return new Promise((resolve, reject) => {
    const given = host[name]({ ...options, success: resolve, fail: reject });
    if (given && given.then) given.then(resolve, reject);
  });
}

/** `wx.login` and its likes. */
export const login = (host: any): Promise<string> => call(host, 'login').then(({ code }) => code);

/** Those of the members that are texts. */
export function texts(given: Given, names: string): PhoneDetail {
  const found: Given = {};
  for (const name of names.split(' ')) if (given[name] && typeof given[name] === 'string') found[name] = given[name];
  return found;
}

/** A code, or what is sealed under the session key and its iv. */
export function codeOrSealed(given: Given, names = 'code encryptedData iv'): PhoneDetail | undefined {
  const detail = texts(given, names);
  return detail.code || detail.cloudID || (detail.encryptedData && detail.iv) ? detail : undefined;
}

/** JSON's value, or `undefined`. */
export function parse(json: any): any {
  try {
    return JSON.parse(json);
  } catch (_) {
    return undefined;
  }
}
