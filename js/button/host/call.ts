// Calls of a host's functions.

import { attempt } from '../untrusted';

/** Calls a function of the host's, whether it takes callbacks or gives promises. */
export function call(host: any, name: string, options?: object): Promise<any> {
  return new Promise((resolve, reject) => {
    const promise = host[name]({ ...options, success: resolve, fail: reject });
    if (promise && promise.then) promise.then(resolve, reject);
  });
}

/** Some time later. */
export const delay = (ms: number): Promise<void> => new Promise((resolve) => attempt(() => setTimeout(resolve, ms)));

/** `wx.login` and its likes. */
export const login = (host: any, name = 'login', options?: object): Promise<string> =>
  call(host, name, options).then(({ code, authCode }) => code || authCode);
