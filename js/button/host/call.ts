// Calls functions of the host.

import { attempt } from '../untrusted';

/** Calls a function of the host, whether it takes callbacks or returns a promise. */
export function call(host: any, name: string, options?: object): Promise<any> {
  return new Promise((resolve, reject) => {
    const promise = host[name]({ ...options, success: resolve, fail: reject });
    if (promise && promise.then) promise.then(resolve, reject);
  });
}

/** Calls `wx.login` or a similar function of the host, and resolves with the login code. */
export const login = (host: any, name = 'login', options?: object): Promise<string> =>
  call(host, name, options).then(({ code, authCode }) => code || authCode);

/** Resolves after `ms` milliseconds. Without timers, as in some tests, it never resolves. */
export const delay = (ms: number): Promise<void> => new Promise((resolve) => attempt(() => setTimeout(resolve, ms)));
