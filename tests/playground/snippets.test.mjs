// The code that the page offers, run unchanged.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { root } from '../../js/build/paths.mjs';
import { served } from '../../js/build/platforms.mjs';
import { playgroundSamples } from '../../js/build/playground.mjs';
import { install } from '../support/installed.mjs';

const {
  outputFiles: [{ text }],
} = await build({
  entryPoints: [join(root, 'js', 'playground', 'content', 'snippets.ts')],
  bundle: true,
  format: 'esm',
  write: false,
});
const { snippets } = await import(`data:text/javascript;base64,${Buffer.from(text).toString('base64')}`);
const { sealedSamples } = await playgroundSamples();

// The service logs the invalid requests of these tests.
console.warn = () => {};

/** The installed tarball, and stand-ins for the frameworks, which only record their arguments. */
const project = install('snippets');
for (const [name, source] of Object.entries({
  express: 'export default () => ({ use: (...args) => (globalThis.mounted = args), listen() {} });',
  hono: 'export class Hono { post(...args) { this.route = args; } }',
  'wx-server-sdk':
    'exports.init = () => {}; exports.openapi = {}; exports.getOpenData = async () => ({}); exports.getWXContext = () => ({});',
})) {
  const folder = join(project, 'node_modules', name);
  mkdirSync(folder);
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name, main: 'index.js', ...(name !== 'wx-server-sdk' && { type: 'module' }) }),
  );
  writeFileSync(join(folder, 'index.js'), source);
}

let count = 0;
function run({ file, code }) {
  const folder = join(project, `snippet-${count++}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ type: code.includes('require(') ? 'commonjs' : 'module' }),
  );
  const path = join(folder, file.split('/').pop());
  writeFileSync(path, code);
  return import(pathToFileURL(path));
}

/** Sets every environment variable that a snippet reads: `name: env.VARIABLE`, or `VARIABLE: name` in a destructuring. */
function configure(code, keys) {
  for (const [, option, variable] of code.matchAll(/(\w+): (?:process\.)?env\.([A-Z_]+)/g))
    process.env[variable] = keys[option] ?? 'xxxxxxxx';
  for (const [, variable, option] of code.matchAll(/\b([A-Z]+_[A-Z_]+): (\w+)/g))
    process.env[variable] = keys[option] ?? 'xxxxxxxx';
}

const keysOf = (id) => sealedSamples.find((sample) => sample.id === id).keys;
const SERVER_KEYS = { ...keysOf('alipay/good'), ...keysOf('douyin-code/good') };

const environments = (platform, fields = [], isResponse = false) =>
  snippets(platform, fields, isResponse, 'en').map(({ environment }) => environment);
const snippetOf = (environment, platform, fields = [], isResponse = false, language = 'en') =>
  snippets(platform, fields, isResponse, language).find((snippet) => snippet.environment === environment);

test('a platform has the snippets of the environments that it can use', () => {
  assert.deepEqual(environments('wechat'), ['cloud', 'express', 'hono', 'core']);
  assert.deepEqual(environments('alipay'), ['express', 'hono', 'core']);
  assert.deepEqual(environments('wecom'), ['core']);
  assert.deepEqual(environments('huawei'), ['express', 'hono', 'core']);
  assert.deepEqual(environments('kuaishou', [], true), ['express', 'hono']);
  for (const platform of ['qq', 'jd', 'unionpay']) assert.deepEqual(environments(platform), []);
});

/** Workers KV without any values. */
const kv = Object.fromEntries(['get', 'put', 'delete'].map((name) => [name, async () => null]));

for (const platform of served) {
  test(`${platform}: a service on Express and on Hono`, async () => {
    const express = snippetOf('express', platform);
    configure(express.code, SERVER_KEYS);
    // Throws if an option has a wrong name.
    await run(express);
    const [path, handler] = globalThis.mounted;
    assert.equal(path, '/mp-phone');
    assert.equal(typeof handler, 'function');

    const { default: app } = await run(snippetOf('hono', platform));
    const [, handle] = app.route;
    let awaited;
    const env = { ...process.env, SESSIONS: kv };
    const response = await handle({
      env,
      req: {
        raw: new Request('http://localhost/mp-phone/phone', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: '{}',
        }),
      },
      executionCtx: { waitUntil: (promise) => (awaited = promise) },
    });
    assert.equal(response.status, 400);
    assert.equal(await awaited, response);
  });
}

test('wechat: a cloud function', async () => {
  const { default: exported, main = exported.main } = await run(snippetOf('cloud', 'wechat'));
  const { error } = await main({ path: '/phone', body: {} }, {});
  assert.equal(error.code, 'invalid_request');
});

for (const { id, platform, sealed, keys, options } of sealedSamples.filter(
  ({ format, mistake }) => !mistake && !format.endsWith('-code'),
)) {
  test(`${id}: the code for the core alone opens the sample`, async () => {
    const { code } = snippetOf('core', platform, Object.keys(sealed));
    configure(code, keys);
    const { phoneOf } = await run({ file: 'phone.js', code });
    const { now } = Date;
    Date.now = () => options.now;
    try {
      const user = { sessionKeys: keys.sessionKey };
      const phone = phoneOf.length === 2 ? phoneOf(user, sealed) : phoneOf(sealed);
      assert.match(phone.e164, /^\+\d+$/);
    } finally {
      Date.now = now;
    }
  });
}

test('douyin, the code flow: the core opens the response that the server fetched', async () => {
  const { sealed, keys, options } = sealedSamples.find(({ id }) => id === 'douyin-code/good');
  const { code } = snippetOf('core', 'douyin', ['data']);
  configure(code, keys);
  const { phoneOf } = await run({ file: 'phone.js', code });
  const { fetch } = globalThis;
  const { now } = Date;
  globalThis.fetch = async (url, { body }) => ({
    json: async () =>
      JSON.parse(body).code === 'good'
        ? { err_no: 0, data: sealed.data }
        : { err_no: 28005187, err_msg: 'code expired' },
  });
  Date.now = () => options.now;
  try {
    assert.match((await phoneOf('good', 'token')).e164, /^\+\d+$/);
    await assert.rejects(phoneOf('bad', 'token'), { code: 'ERR_PLATFORM' });
  } finally {
    globalThis.fetch = fetch;
    Date.now = now;
  }
});

test("the core reads a platform's response", async () => {
  const { phoneOf } = await run(snippetOf('core', 'wechat', [], true));
  assert.throws(() => phoneOf({ errcode: 40029, errmsg: 'invalid code' }), { code: 'ERR_PLATFORM' });
});

test('the languages differ in the comments only', () => {
  const comment = /\/\*[^]*?\*\/|(?<!:)\/\/[^\n]*/g;
  const linesOf = (code) =>
    code
      .replace(comment, '')
      .split('\n')
      .filter((line) => line.trim());
  for (const platform of [...served, 'wecom']) {
    for (const [fields, isResponse] of [
      [[], false],
      [['data'], false],
      [[], true],
    ]) {
      const [en, zh] = ['en', 'zh'].map((language) => snippets(platform, fields, isResponse, language));
      for (const [index, { code }] of en.entries()) {
        const translation = zh[index].code;
        assert.deepEqual(linesOf(translation), linesOf(code));
        assert.doesNotMatch(code, /\p{Script=Han}/u);
        for (const [text] of translation.matchAll(comment))
          assert.match(text, /\p{Script=Han}/u, `${platform}: ${text}`);
      }
    }
  }
});

test('no snippet contains a pasted value', () => {
  for (const { platform, sealed, keys } of sealedSamples) {
    for (const { code } of snippets(platform, Object.keys(sealed), false, 'en')) {
      for (const value of Object.values({ ...sealed, ...keys }))
        if (typeof value === 'string' && value.length > 8 && value !== platform) assert.ok(!code.includes(value));
    }
  }
});
