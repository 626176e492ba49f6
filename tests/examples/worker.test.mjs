// The Worker, bundled by wrangler, in real workerd; its outgoing requests go to the simulator. Two isolates share a KV
// namespace. All remaining isolates have a namespace of their own, because the test that uses it needs an isolate
// without earlier requests.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Miniflare } from 'miniflare';
import { post, project, simulatorIn } from './project.mjs';

const folder = project('hono-worker');
const dist = join(folder, 'dist');
const settings = {
  CI: '1',
  WRANGLER_SEND_METRICS: 'false',
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
  HOME: folder,
  XDG_CONFIG_HOME: join(folder, '.config'),
  PATH: process.env.PATH,
};
const wrangler = join(folder, 'node_modules', 'wrangler', 'bin', 'wrangler.js');

/** A Worker between the tests and the isolates. With the header x-cancel it cancels a request, like a client that disconnects. */
const FRONT = `export default {
  async fetch(request, env) {
    const worker = env[request.headers.get('x-isolate')];
    const cancel = Number(request.headers.get('x-cancel'));
    if (!cancel) return worker.fetch(request);
    return worker.fetch(request, { signal: AbortSignal.timeout(cancel) }).catch(() => new Response('{}', { status: 499 }));
  },
};`;
const ISOLATES = {
  a: 'shared',
  b: 'shared',
  crowd: 'crowd',
  cancelled: 'cancelled',
  resent: 'resent',
  unset: 'unset',
};

let simulator;
let miniflare;
let url;
let log = '';

before(async () => {
  simulator = await simulatorIn(folder);
  execFileSync(process.execPath, [wrangler, 'deploy', '--dry-run', '--outdir', 'dist'], {
    cwd: folder,
    env: settings,
    stdio: 'pipe',
  });
  const { appId, appSecret, baseUrl } = simulator.config('wechat');
  const modules = ['index.js', ...readdirSync(dist).filter((name) => name.endsWith('.wasm'))];
  const compatibilityDate = /^compatibility_date = "(.+)"/m.exec(
    readFileSync(join(folder, 'wrangler.toml'), 'utf8'),
  )[1];
  const isolate = ([name, namespace]) => ({
    name,
    compatibilityDate,
    modulesRoot: dist,
    modules: modules.map((file) => ({
      type: file.endsWith('.js') ? 'ESModule' : 'CompiledWasm',
      path: join(dist, file),
    })),
    kvNamespaces: { SESSIONS: namespace },
    bindings: {
      WECHAT_APP_ID: appId,
      WECHAT_BASE_URL: baseUrl,
      ...(name === 'unset' ? {} : { WECHAT_APP_SECRET: appSecret }),
    },
  });
  miniflare = new Miniflare({
    host: '127.0.0.1',
    cf: false,
    workers: [
      {
        name: 'front',
        compatibilityDate,
        modules: true,
        script: FRONT,
        serviceBindings: Object.fromEntries(Object.keys(ISOLATES).map((name) => [name, name])),
      },
      ...Object.entries(ISOLATES).map(isolate),
    ],
    handleRuntimeStdio: (...streams) =>
      streams.forEach((stream) => stream.setEncoding('utf8').on('data', (text) => (log += text))),
  });
  url = await miniflare.ready.catch((error) => assert.fail(`${error.message}\n${log}`));
});
after(async () => {
  // dispose() of a Miniflare that never became ready does not settle.
  if (url) await miniflare.dispose();
  await simulator?.close();
});

const ask = (isolate, path, body, cancel) =>
  post(new URL(path, url), body, { 'x-isolate': isolate, ...(cancel && { 'x-cancel': String(cancel) }) });

/** A user with a session. */
async function user(isolate) {
  const device = simulator.device('wechat');
  const { status, body } = await ask(isolate, '/mp-phone/login', { platform: 'wechat', code: await device.login() });
  assert.equal(status, 200);
  const phone = (detail, { at = isolate, cancel } = {}) =>
    ask(at, '/mp-phone/phone', { platform: 'wechat', session: body.session, detail }, cancel);
  const number = { e164: `+86${device.phone}`, countryCode: '86', nationalNumber: device.phone };
  return {
    device,
    session: body.session,
    phone,
    expected: { status: 200, body: { phone: number, result: { account: device.openId, country: '86' } } },
  };
}
const users = (isolate, count) => Promise.all(Array.from({ length: count }, () => user(isolate)));
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

test('wrangler uses the entry for workerd: the module is a file beside the bundle', () => {
  const script = readFileSync(join(dist, 'index.js'), 'utf8');
  assert.match(script, /import \w+ from "\.\/[^"]*mp_phone\.wasm"/);
  assert.doesNotMatch(script, /mp_phone_diagnosis/);
  assert.ok(script.length < 400_000, `${script.length} bytes`);
});

describe('two isolates with one KV namespace', () => {
  for (const [name, tap] of [
    ['code', { fast: 'code' }],
    ['payload', { fast: 'sealed' }],
  ]) {
    test(`login, phone ${name}, logout`, async () => {
      const { device, session, phone, expected } = await user('a');
      assert.deepEqual(await phone(await device.tap(tap)), expected);
      assert.equal((await ask('a', '/mp-phone/logout', { session })).status, 200);
      const { status, body } = await phone(await device.tap(tap));
      assert.deepEqual([status, body.error.action], [401, 'login-again']);
    });
  }
  test('the isolates share sessions, results of codes and the access token', async () => {
    const { device, phone, expected } = await user('a');
    assert.deepEqual(await phone(await device.tap({ fast: 'sealed' }), { at: 'b' }), expected);
    const detail = await device.tap({ fast: 'code' });
    const before = simulator.count('wechat', 'getuserphonenumber');
    assert.deepEqual(await phone(detail), expected);
    assert.deepEqual(await phone(detail, { at: 'b' }), expected);
    assert.equal(simulator.count('wechat', 'getuserphonenumber'), before + 1);
    assert.deepEqual(await phone(await device.tap({ fast: 'code' }), { at: 'b' }), expected);
    assert.equal(simulator.count('wechat', 'stable_token'), 1);
  });
  test('an unknown code, a login code and a tampered payload are rejected', async () => {
    const { device, phone } = await user('a');
    const sealed = await device.tap({ fast: 'sealed' });
    for (const [detail, status, action] of [
      [{ code: 'f'.repeat(64) }, 422, 'ask-again'],
      [{ code: await device.login() }, 400, 'fix-config'],
      [{ ...sealed, iv: btoa('0'.repeat(16)) }, 422, 'login-again'],
    ]) {
      const response = await phone(detail);
      assert.deepEqual([response.status, response.body.error.action], [status, action]);
    }
  });
  test('other paths return 404', async () => {
    assert.equal((await ask('a', '/mp-phone/other', {})).status, 404);
    assert.equal((await ask('a', '/', {})).status, 404);
  });
});

test('20 simultaneous first requests cause one token request', async () => {
  const crowd = await users('crowd', 20);
  const details = await Promise.all(crowd.map(({ device }) => device.tap({ fast: 'code' })));
  const before = simulator.count('wechat', 'stable_token');
  simulator.fail('wechat', { endpoint: 'stable_token', delay: 400 });
  const since = Date.now();
  const responses = await Promise.all(crowd.map(({ phone }, i) => phone(details[i])));
  assert.deepEqual(
    responses,
    crowd.map(({ expected }) => expected),
  );
  assert.equal(simulator.count('wechat', 'stable_token'), before + 1);
  assert.ok(Date.now() - since < 3000, `took ${Date.now() - since} ms`);
});

test('requests that wait for the token, and later requests, get it although the request that fetches it is cancelled', async () => {
  const [first, ...others] = await users('cancelled', 5);
  simulator.fail('wechat', { endpoint: 'stable_token', delay: 800 });
  const cut = first.phone(await first.device.tap({ fast: 'code' }), { cancel: 300 });
  await pause(150);
  const waiting = await Promise.all(others.map(async ({ device, phone }) => phone(await device.tap({ fast: 'code' }))));
  assert.equal((await cut).status, 499);
  assert.deepEqual(
    waiting,
    others.map(({ expected }) => expected),
  );
  assert.deepEqual(await first.phone(await first.device.tap({ fast: 'code' })), first.expected);
});

test('a code that is sent again after a cancelled request returns the number', async () => {
  const { device, phone, expected } = await user('resent');
  const detail = await device.tap({ fast: 'code' });
  simulator.fail('wechat', { endpoint: 'getuserphonenumber', delay: 800, processed: true });
  assert.equal((await phone(detail, { cancel: 300 })).status, 499);
  assert.deepEqual(await phone(detail), expected);
});

test('the log names a missing secret, and the response does not', async () => {
  const { status, body } = await ask('unset', '/mp-phone/login', { platform: 'wechat', code: '0'.repeat(32) });
  assert.deepEqual([status, body], [500, 'Internal Server Error']);
  const named = /Error: WECHAT_APP_SECRET is missing/;
  for (let i = 0; i < 40 && !named.test(log); i++) await pause(50);
  assert.match(log, named);
});

test('the log has no warning about promises or I/O of another request, and no secret', () => {
  assert.doesNotMatch(log, /different request|cross-request|hung|never generate a response|floating/i);
  for (const secret of [simulator.config('wechat').appSecret, '138001380', 'access_token'])
    assert.ok(!log.includes(secret), log);
});

test('wrangler dev, with .dev.vars', async () => {
  const { appId, appSecret, baseUrl } = simulator.config('wechat');
  writeFileSync(
    join(folder, '.dev.vars'),
    `WECHAT_APP_ID=${appId}\nWECHAT_APP_SECRET=${appSecret}\nWECHAT_BASE_URL=${baseUrl}\n`,
  );
  mkdirSync(settings.XDG_CONFIG_HOME, { recursive: true });
  const child = spawn(
    process.execPath,
    [
      wrangler,
      'dev',
      '--local',
      '--ip',
      '127.0.0.1',
      '--port',
      '0',
      '--inspector-port',
      '0',
      '--show-interactive-dev-session=false',
    ],
    { cwd: folder, env: settings },
  );
  let output = '';
  try {
    const address = await new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(output)), 30_000);
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8').on('data', (text) => {
          output += text;
          const [address] = /http:\/\/127\.0\.0\.1:\d+/.exec(/Ready on .*/.exec(output)?.[0] ?? '') ?? [];
          if (address) resolve(address);
          if (address) clearTimeout(late);
        });
      }
    });
    const device = simulator.device('wechat');
    const { session } = (await post(`${address}/mp-phone/login`, { platform: 'wechat', code: await device.login() }))
      .body;
    const { phone } = (
      await post(`${address}/mp-phone/phone`, { platform: 'wechat', session, detail: await device.tap() })
    ).body;
    assert.equal(phone.e164, `+86${device.phone}`, output);
  } finally {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
  }
});
