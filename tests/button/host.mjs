// Loads the packed button in an engine that has only the language: no URL, no Buffer, no fetch, no TextEncoder, no process,
// no timers except setTimeout. A test adds the objects of a host.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { pkg, root } from '../../js/build/paths.mjs';

export const tarball =
  process.env.MP_PHONE_BUTTON_TARBALL ??
  join(
    pkg,
    readdirSync(pkg).find((name) => /^mp-phone-button-.*\.tgz$/.test(name)),
  );

/** The folder of the unpacked package. */
export const home = (() => {
  const folder = join(root, 'target', 'installed', `button-${process.pid}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  execFileSync('tar', ['-xzf', tarball, '-C', folder, '--strip-components', '1']);
  return folder;
})();

export const read = (...path) => readFileSync(join(home, ...path), 'utf8');
const script = read('miniprogram_dist', 'index.js');

/** Loads the button and returns its exports. `globals` has the host's own object, such as `{ wx }`. */
export function load(globals = {}) {
  const context = createContext(
    Object.defineProperties(
      {
        exports: {},
        setTimeout: (work, ms) => (ms > 1000 ? setTimeout(work, ms).unref() : setTimeout(work, Math.min(ms, 20))),
      },
      Object.getOwnPropertyDescriptors(globals),
    ),
  );
  runInContext(`'use strict';${script}`, context);
  return context.exports;
}

/** Copies a value of the other realm, so that `deepEqual` can compare it. */
export const plain = (value) => (value === undefined ? undefined : JSON.parse(JSON.stringify(value)));

/**
 * Creates a host whose functions take callbacks or return promises. `calls` lists the names of the called functions, `stored`
 * is the host's storage.
 */
export function host(functions, { promises = false, objects = false } = {}) {
  const calls = [];
  const stored = {};
  const hostObject = {
    // The functions of Alipay and DingTalk take and return an object.
    getStorageSync: (key) => (objects ? { data: stored[key.key] } : (stored[key] ?? '')),
    setStorageSync: (key, value) => void (objects ? (stored[key.key] = key.data) : (stored[key] = value)),
  };
  for (const [name, work] of Object.entries(functions)) {
    hostObject[name] = (options = {}) => {
      calls.push(name);
      const { success, fail, ...rest } = options;
      const result = Promise.resolve(rest).then(work);
      if (promises) return result;
      result.then(success, fail);
    };
  }
  return { host: hostObject, calls, stored };
}
