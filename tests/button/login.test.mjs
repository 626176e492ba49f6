// When the button logs in, and when the button does not log in.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { inspect } from 'node:util';
import { host, load, plain } from './host.mjs';
import { open, service, simulator, tapOf } from './page.mjs';

describe('login', () => {
  test('two simultaneous calls of prepare log in once; a later call does not log in', async () => {
    const page = open('wechat');
    await Promise.all([page.button.prepare(), page.button.prepare()]);
    await page.button.prepare();
    assert.deepEqual(page.calls, ['login']);
  });
  test('a tap during a login waits for the login', async () => {
    const page = open('wechat');
    void page.button.prepare();
    const detail = await page.device.tap({ fast: 'code' });
    assert.equal((await page.submit({ detail })).ok, true);
    assert.deepEqual(page.paths(), ['/login', '/phone']);
    assert.deepEqual(page.calls, ['login']);
  });
  test('a tap waits for the service’s response to the login: the data is sealed with the new key', async () => {
    let respond;
    const slow = new Promise((resolve) => (respond = resolve));
    const page = open('wechat', {
      options: {
        endpoint: async (path, body) => {
          if (path === '/login') await slow;
          return service.cloud({ path, body: plain(body) });
        },
      },
    });
    void page.button.prepare();
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.deepEqual(page.calls, ['login']);
    const submission = page.submit(await tapOf(page, { fast: 'sealed' }));
    respond();
    assert.equal((await submission).ok, true);
    assert.deepEqual(page.calls, ['login']);
  });
  test('the session is stored: the next launch checks the session with checkSession and does not log in', async () => {
    const first = open('wechat', { functions: { checkSession: async () => ({}) } });
    await first.button.prepare();
    const next = open('wechat', {
      device: first.device,
      stored: first.stored,
      functions: { checkSession: async () => ({ errMsg: 'checkSession:ok' }) },
    });
    assert.equal(next.button.session, undefined);
    await next.button.prepare();
    assert.deepEqual(next.calls, ['checkSession']);
    assert.equal(next.button.session, first.button.session);
    assert.equal((await next.submit(await tapOf(next, { fast: 'sealed' }))).ok, true);
    assert.deepEqual(next.paths(), ['/phone']);
  });
  test('if checkSession fails, the button logs in', async () => {
    const first = open('wechat');
    await first.button.prepare();
    const next = open('wechat', {
      device: first.device,
      stored: first.stored,
      functions: { checkSession: () => Promise.reject({ errMsg: 'checkSession:fail' }) },
    });
    await next.button.prepare();
    assert.deepEqual(next.calls, ['checkSession', 'login']);
    assert.equal((await next.submit(await tapOf(next, { fast: 'sealed' }))).ok, true);
  });
  test('if the stored session has expired or cannot be read, the button logs in', async () => {
    const later = Date.now() + 60_000;
    const foreign = [5, null, { a: 1 }, ['x'], 'x'.repeat(129)].map((id) => JSON.stringify({ id, until: later }));
    for (const text of [
      JSON.stringify({ id: 'x', until: Date.now() - 1 }),
      JSON.stringify({ id: 'x', until: 'x' }),
      '{',
      '7',
      'null',
      '[]',
      ...foreign,
    ]) {
      const page = open('wechat', { stored: { 'mp-phone': text } });
      await page.button.prepare();
      assert.deepEqual(page.calls, ['login'], text);
    }
  });
  test('only the session’s id and its time of expiry are stored', async () => {
    for (const platform of ['wechat', 'alipay']) {
      const page = open(platform);
      await page.button.prepare();
      const { id, until, ...rest } = JSON.parse(page.stored['mp-phone']);
      assert.deepEqual([id, rest], [page.button.session, {}]);
      assert.ok(Math.abs(until - Date.now() - 7 * 86_400_000) < 60_000);
    }
  });
  test('the session’s id is in neither JSON nor a spread of the button', async () => {
    const { button } = open('wechat');
    await button.prepare();
    assert.match(button.session, /^\S{20,}$/);
    for (const text of [JSON.stringify(button), JSON.stringify({ ...button }), inspect(button, { getters: true })])
      assert.ok(!text.includes(button.session), text);
  });
  test('functions that never settle: prepare ends, a tap ends with retry, and a later tap succeeds', async () => {
    const silent = () => new Promise(() => {});
    let hangs = true;
    const stuck =
      (work) =>
      async (...values) =>
        hangs ? silent() : work(...values);
    const phone = { e164: '+8613800138000', countryCode: '86', nationalNumber: '13800138000' };
    const serve = async (path) => (path === '/login' ? { session: 's', expiresIn: 60 } : { phone });
    const code = async () => ({ code: 'c' });
    const stored = JSON.stringify({ id: 's', until: Date.now() + 60_000 });
    const stuckAt = (stuckPath, work) => async (path) => (path === stuckPath ? stuck(work)(path) : work(path));
    for (const [name, functions, options, outcome] of [
      ['login', { login: stuck(code) }, {}, 'retry'],
      ['login of the application', {}, { login: stuck(async () => 'c') }, 'retry'],
      [
        'checkSession',
        { checkSession: stuck(async () => ({})) },
        { storage: { get: () => stored, set() {} } },
        undefined,
      ],
      ['endpoint, a login', { login: code }, { endpoint: stuckAt('/login', serve) }, 'retry'],
      ['endpoint, a number', { login: code }, { endpoint: stuckAt('/phone', serve) }, 'retry'],
      ['storage.get', { login: code }, { storage: { get: stuck(() => ''), set() {} } }, 'retry'],
      ['storage.set', { login: code }, { storage: { get: () => '', set: stuck(() => {}) } }, undefined],
    ]) {
      hangs = true;
      const limits = [];
      const { createPhoneButton } = load({
        wx: host(functions).host,
        setTimeout: (work, ms) => (limits.push(ms), setTimeout(work, ms / 900)),
      });
      const button = createPhoneButton({ endpoint: serve, ...options });
      const tap = async () => plain(await button.submit({ detail: { errMsg: 'x:ok', code: 'c' } }));
      await button.prepare();
      const [first, second] = await Promise.all([tap(), tap()]);
      assert.deepEqual(first, second, name);
      assert.equal(first.action, outcome, name);
      if (!first.ok) assert.deepEqual([first.reason, typeof first.message.zh], ['failed', 'string'], name);
      hangs = false;
      assert.equal((await tap()).ok, true, `${name}, later`);
      assert.ok(Math.max(...limits) <= 60_000 && Math.min(...limits) >= 1000);
    }
  });
  test('a host rejects with a proxy that throws when read: prepare and submit do not reject, and a later tap succeeds', async () => {
    const throwing = () => {
      throw new Proxy({}, { get: throwing, ownKeys: throwing });
    };
    const proxy = new Proxy({}, { get: throwing, ownKeys: throwing, getPrototypeOf: throwing });
    const phone = { e164: '+8613800138000', countryCode: '86', nationalNumber: '13800138000' };
    let broken = true;
    const login = ({ success, fail }) => (broken ? fail(proxy) : success({ code: 'c' }));
    const endpoint = async (path) => {
      if (broken) throw proxy;
      return path === '/login' ? { session: 's', expiresIn: 60 } : { phone };
    };
    for (const options of [{}, { login: false }, { login: async () => 'c' }]) {
      broken = true;
      const { createPhoneButton } = load({ wx: { ...host({}).host, login } });
      const button = createPhoneButton({ endpoint, ...options });
      await button.prepare();
      for (const event of [
        { detail: { errMsg: 'x:ok', code: 'c' } },
        proxy,
        { detail: proxy },
        { errno: 10n },
        Symbol('x'),
      ])
        assert.equal((await button.submit(event)).ok, false);
      broken = false;
      await button.prepare();
      assert.equal((await button.submit({ detail: { errMsg: 'x:ok', code: 'c' } })).ok, true);
    }
  });
  test('two endpoints store two sessions', async () => {
    const { host: wx, stored } = host({
      login: async () => ({ code: 'c' }),
      request: async ({ url }) => ({ data: { session: url, expiresIn: 60 } }),
    });
    const { createPhoneButton } = load({ wx });
    for (const endpoint of ['https://one.example', 'https://two.example']) {
      const button = createPhoneButton({ endpoint });
      await button.prepare();
      assert.equal(button.session, `${endpoint}/login`);
    }
    assert.deepEqual(Object.keys(stored), ['mp-phone:https://one.example', 'mp-phone:https://two.example']);
  });
  test('the application can pass a storage with promises, or storage: false', async () => {
    let stored;
    const storage = { get: async () => stored, set: async (text) => void (stored = text) };
    await open('wechat', { options: { storage } }).button.prepare();
    assert.match(stored, /"id"/);
    const next = open('wechat', { options: { storage } });
    await next.button.prepare();
    assert.deepEqual(next.calls, []);
    const withoutStorage = open('wechat', { options: { storage: false } });
    await withoutStorage.button.prepare();
    assert.deepEqual(withoutStorage.stored, {});
  });
  test('the application can pass a login function, or login: false', async () => {
    const device = simulator.device('wechat');
    const own = open('wechat', { device, options: { login: () => device.login() } });
    await own.button.prepare();
    assert.deepEqual([own.calls, own.paths()], [[], ['/login']]);
    const withoutLogin = open('wechat', { options: { login: false } });
    await withoutLogin.button.prepare();
    assert.equal((await withoutLogin.submit(await tapOf(withoutLogin, { fast: 'code' }))).ok, true);
    assert.deepEqual([withoutLogin.calls, withoutLogin.paths()], [[], ['/phone']]);
  });
  test('DingTalk: the code of the application’s login is sent', async () => {
    const device = simulator.device('dingtalk');
    const page = open('dingtalk', { device, options: { login: async () => (await device.tap()).code } });
    await page.button.prepare();
    assert.equal((await page.submit({ type: 'tap' })).ok, true);
    assert.deepEqual([page.calls, page.paths()], [[], ['/phone']]);
  });
  test('prepare does not reject if the login, the service or the storage fails, or if there is no host', async () => {
    const broken = () => Promise.reject(new Error('x'));
    await open('wechat', { functions: { login: broken } }).button.prepare();
    await open('wechat', { options: { endpoint: broken } }).button.prepare();
    await open('wechat', {
      options: { endpoint: async () => ({ error: { code: 'refused', action: 'login-again' } }) },
    }).button.prepare();
    await open('wechat', { options: { storage: { get: broken, set: broken } } }).button.prepare();
    const { createPhoneButton } = load();
    const nowhere = createPhoneButton({ endpoint: 'https://example.com' });
    await nowhere.prepare();
    assert.equal(nowhere.platform, undefined);
    assert.deepEqual(plain(await nowhere.submit({})).reason, 'unsupported');
  });
  test('prepare does not log in during a tap', async () => {
    const page = open('wechat', { functions: { checkSession: () => Promise.reject({ errMsg: 'checkSession:fail' }) } });
    await page.button.prepare();
    const submission = page.submit(await tapOf(page, { fast: 'sealed' }));
    await page.button.prepare();
    assert.equal((await submission).ok, true);
    assert.deepEqual(page.calls, ['login']);
  });
});
