// Calls of a host's functions.

import { attempt } from '../untrusted';

/** Calls a function of the host, whether it takes callbacks or returns a promise. */
export function call(host: any, name: string, options?: object): Promise<any> {
  return new Promise((resolve, reject) => {
    const promise = host[name]({ ...options, success: resolve, fail: reject });
    if (promise && promise.then) promise.then(resolve, reject);
  });
}

/** Resolves with the login code of `wx.login` or of a function like it. */
export const login = (host: any, name = 'login', options?: object): Promise<string> =>
  call(host, name, options).then(({ code, authCode }) => code || authCode);

/** Resolves after some milliseconds; never, where the host has no timers. */
export const delay = (ms: number): Promise<void> => new Promise((resolve) => attempt(() => setTimeout(resolve, ms)));
