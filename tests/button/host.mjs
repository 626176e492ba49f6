// The packed button in an engine that has nothing but the language: no URL, no Buffer, no fetch, no TextEncoder, no process,
// no timers but setTimeout. A test puts in what a host gives.
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

/** The unpacked package. */
export const home = (() => {
  const folder = join(root, 'target', 'installed', `button-${process.pid}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  execFileSync('tar', ['-xzf', tarball, '-C', folder, '--strip-components', '1']);
  return folder;
})();

export const read = (...path) => readFileSync(join(home, ...path), 'utf8');
const script = read('miniprogram_dist', 'index.js');

/** Loads the button. `globals` is the host's own object, such as `{ wx }`. */
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

/** Out of the other realm, so that it can be compared. */
export const plain = (value) => (value === undefined ? undefined : JSON.parse(JSON.stringify(value)));

/** A host: its functions with callbacks or with promises, and what was called. */
export function host(functions, { promises = false, objects = false } = {}) {
  const calls = [];
  const stored = {};
  const created = {
    // Alipay and DingTalk take an object and give one.
    getStorageSync: (key) => (objects ? { data: stored[key.key] } : (stored[key] ?? '')),
    setStorageSync: (key, value) => void (objects ? (stored[key.key] = key.data) : (stored[key] = value)),
  };
  for (const [name, work] of Object.entries(functions)) {
    created[name] = (options = {}) => {
      calls.push(name);
      const { success, fail, ...rest } = options;
      const finished = Promise.resolve(rest).then(work);
      if (promises) return finished;
      finished.then(success, fail);
    };
  }
  return { host: created, calls, storedData: stored };
}
