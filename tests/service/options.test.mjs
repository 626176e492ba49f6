// Options that are wrong are refused when the service is made, by their names.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { PhoneError, installed, login, post, serviceOf, simulator } from './service.mjs';

test('options that are missing or wrong are named', () => {
  const named = (options, field) => assert.throws(() => serviceOf({ now: Date.now }, options.platforms, options), (error) => error instanceof PhoneError && error.code === 'ERR_INPUT' && error.field === field, field);
  named({}, 'platforms');
  named({ platforms: {} }, 'platforms');
  named({ platforms: { wechat: { appId: 'wx' } } }, 'platforms.wechat.appSecret');
  named({ platforms: { wechat: { appSecret: 's' } } }, 'platforms.wechat.appId');
  named({ platforms: { qq: {} } }, 'platforms.qq');
  named({ platforms: { constructor: {} } }, 'platforms.constructor');
  named({ platforms: { alipay: { appId: '1', privateKey: 'k', alipayPublicKey: 'k', aesKey: 'k', appCertificate: 'c' } } }, 'platforms.alipay.alipayRootCertificate');
  const keys = { appId: '1', privateKey: 'bm90IGEga2V5', alipayPublicKey: 'bm90IGEga2V5', aesKey: 'k' };
  assert.throws(() => serviceOf({ now: Date.now }, { alipay: keys }), { code: 'ERR_KEY', field: 'privateKey' });
  assert.throws(() => serviceOf({ now: Date.now }, { douyin: { appId: '1', appSecret: 's', privateKey: 'bm90IGEga2V5' } }), { code: 'ERR_KEY', field: 'privateKey' });
  named({ platforms: { kuaishou: { appId: '1', appSecret: 's' } }, limits: { session: -1 } }, 'limits.session');
  named({ platforms: { kuaishou: { appId: '1', appSecret: 's' } }, limits: { sessionKeys: 17 } }, 'limits.sessionKeys');
  named({ platforms: { kuaishou: { appId: '1', appSecret: 's' } }, fetch: 1 }, 'fetch');
});

test('options that would fail only when they are needed are refused at start', () => {
  const wechat = { appId: 'wx', appSecret: 's' };
  const keys = { appId: '1', privateKey: 'k', alipayPublicKey: 'k', aesKey: 'k' };
  for (const [field, platforms, options] of [
    ['platforms.wechat', { wechat: 'x' }],
    ['platforms.wechat.token', { wechat: { ...wechat, token: 'stabel' } }],
    ['platforms.wechat.token', { wechat: { ...wechat, component: { appId: 'c', token: async () => 't' } } }],
    ['platforms.wechat.appId', { wechat: { ...wechat, component: {} } }],
    ['platforms.wechat.cloud', { wechat: { cloud: undefined } }],
    ['platforms.wechat.appId', { wechat: { ...wechat, appId: ['wx'] } }],
    ['platforms.wechat.baseUrl', { wechat: { ...wechat, baseUrl: 'nonsense' } }],
    ['platforms.huawei.way', { huawei: { clientId: '1', clientSecret: 's', way: 'onetap' } }],
    ['platforms.alipay.privateKey', { alipay: { ...keys, privateKey: [] } }],
    ['store', { wechat }, { store: {} }],
    ['onPhone', { wechat }, { onPhone: 1 }],
    ['logger', { wechat }, { logger: {} }],
    ['cors', { wechat }, { cors: {} }],
    ['limits.replay', { wechat }, { limits: { replay: Infinity } }],
    ['limits.timeout', { wechat }, { limits: { timeout: 3e6 } }],
  ]) {
    assert.throws(() => serviceOf({ now: Date.now }, platforms, options), { code: 'ERR_INPUT', field }, field);
  }
});

test('Alipay: an AES key that cannot be one is refused at start', async (t) => {
  const sim = await simulator(t);
  assert.throws(() => serviceOf(sim, { alipay: { ...sim.config('alipay'), aesKey: 'AAAA' } }), { field: 'aesKey' });
});

const known = { wechat: { appId: 'wx', appSecret: 's' } };

test('a name that is not an option is refused, with the one that was probably meant', () => {
  for (const [field, meant, options] of [
    ['onphone', 'onPhone', { onphone: () => {} }],
    ['onPhoen', 'onPhone', { onPhoen: () => {} }],
    ['base_path', 'basePath', { base_path: '/x' }],
    ['stroe', 'store', { stroe: {} }],
    ['limit', 'limits', { limit: {} }],
    ['webhook', undefined, { webhook: 'x' }],
    ['limits.storetimeout', 'storeTimeout', { limits: { storetimeout: 1 } }],
    ['limits.sesion', 'session', { limits: { sesion: 1 } }],
    ['cors.origin', 'origins', { cors: { origins: '*', origin: 'x' } }],
    ['cors.credentials', undefined, { cors: { origins: '*', credentials: true } }],
    ['platforms.weixin', 'wechat', { platforms: { weixin: known.wechat } }],
    ['platforms.mp-weixin', 'wechat', { platforms: { 'mp-weixin': known.wechat } }],
    ['platforms.wechatt', 'wechat', { platforms: { wechatt: known.wechat } }],
    ['platforms.WeChat', 'wechat', { platforms: { WeChat: known.wechat } }],
    ['platforms.tt', 'douyin', { platforms: { tt: known.wechat } }],
    ['platforms.xhs', 'xiaohongshu', { platforms: { xhs: known.wechat } }],
    ['platforms.nobody', undefined, { platforms: { ...known, nobody: false } }],
    ['platforms.wechat.appid', 'appId', { platforms: { wechat: { appid: 'wx', appSecret: 's' } } }],
    ['platforms.wechat.secret', 'appSecret', { platforms: { wechat: { ...known.wechat, secret: 's' } } }],
    ['platforms.wechat.component.appid', 'appId', { platforms: { wechat: { ...known.wechat, component: { appid: 'x' } } } }],
    ['platforms.baidu.appId', undefined, { platforms: { baidu: { appId: '1', appSecret: 's' } } }],
    ['platforms.alipay.publicKey', undefined, { platforms: { alipay: { appId: '1', publicKey: 'k' } } }],
    ['constructor', undefined, { constructor: 1 }],
    ['limits.__proto__', undefined, { limits: JSON.parse('{"__proto__":{"body":1}}') }],
  ]) {
    assert.throws(() => serviceOf({ now: Date.now }, options.platforms ?? known, options), (error) => {
      assert.deepEqual([error.code, error.field], ['ERR_INPUT', field]);
      assert.match(error.message, meant ? new RegExp(`: did you mean ${meant}\\?$`) : /not known$/, field);
      return true;
    });
  }
});

test('a message about an option holds no value of it', () => {
  for (const options of [{ onPhne: 'CANARY' }, { platforms: { wechat: { ...known.wechat, appSecrte: 'CANARY' } } }, { platforms: { wechta: 'CANARY' } }, { basePath: 'CANARY' }]) {
    assert.throws(() => serviceOf({ now: Date.now }, options.platforms ?? known, options), (error) => !`${error.message} ${JSON.stringify(error)}`.includes('CANARY'));
  }
});

test('options are the members of an object or of its class, and nothing that was put on Object.prototype', async (t) => {
  const sim = await simulator(t);
  class Wechat {
    #config = sim.config('wechat');
    somethingOfItsOwn = 1;
    get appId() { return this.#config.appId; }
    get appSecret() { return this.#config.appSecret; }
    get baseUrl() { return this.#config.baseUrl; }
  }
  const limits = new (class { get body() { return 2000; } })();
  const { service } = serviceOf(sim, { wechat: new Wechat() }, { limits });
  assert.ok((await service.login({ platform: 'wechat', code: await sim.device('wechat').login() })).session);
  const small = async (size) => (await service.fetch(new Request('http://x/logout', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ session: 'x', junk: 'y'.repeat(size) }) }))).status;
  assert.deepEqual([await small(1900), await small(2000)], [200, 413]);
});

test('a store of a class, and a frozen one, work; so do options without a prototype', async (t) => {
  const sim = await simulator(t);
  class Shelf {
    #map = new Map();
    async get(key) { return this.#map.get(key); }
    async set(key, value) { this.#map.set(key, value); }
    async delete(key) { this.#map.delete(key); }
  }
  for (const store of [new Shelf(), Object.freeze(new Shelf())]) {
    const platforms = Object.assign(Object.create(null), { wechat: Object.assign(Object.create(null), sim.config('wechat')) });
    const { service } = serviceOf(sim, platforms, { store });
    const { session } = await service.login({ platform: 'wechat', code: await sim.device('wechat').login() });
    assert.equal((await service.user({ session })).platform, 'wechat');
  }
});

test('the options of the types are the options that are known', () => {
  const types = readFileSync(join(installed, 'node_modules', 'mp-phone', 'dist', 'host.d.cts'), 'utf8');
  const membersOf = (name) => {
    const [, parent, body] = new RegExp(`^export interface ${name}(?:<[^{]*?>)?(?: extends (\\w+))? \\{\\n([^]*?)\\n\\}`, 'm').exec(types);
    return [...(parent ? membersOf(parent) : []), ...[...body.matchAll(/^ {4}(\w+)\??:/gm)].map(([, member]) => member)];
  };
  const isKnown = (options) => {
    try {
      serviceOf({ now: Date.now }, known, options);
    } catch (error) {
      return !/not known/.test(error.message);
    }
    return true;
  };
  const top = membersOf('PhoneServiceOptions');
  assert.ok(top.length >= 11 && membersOf('Limits').length >= 10);
  for (const name of top) assert.ok(isKnown({ [name]: 1 }), name);
  for (const name of membersOf('Limits')) assert.ok(isKnown({ limits: { [name]: 1 } }), `limits.${name}`);
  const ofPlatforms = membersOf('PlatformOptions');
  assert.equal(ofPlatforms.length, 9);
  for (const platform of ofPlatforms) {
    const name = platform[0].toUpperCase() + platform.slice(1);
    const members = [...membersOf(`${name}Options`), ...(platform === 'wechat' ? membersOf('WechatCloudOptions') : [])];
    assert.ok(members.length >= 3, platform);
    for (const member of members) assert.ok(isKnown({ platforms: { [platform]: { [member]: 1 } } }), `${platform}.${member}`);
    assert.ok(!isKnown({ platforms: { [platform]: { noOption: 1 } } }), platform);
  }
});

/** Runs something while members stand on Object.prototype. */
async function polluted(members, run) {
  for (const [name, value] of Object.entries(members)) Object.defineProperty(Object.prototype, name, { value, configurable: true, writable: true });
  try {
    return await run();
  } finally {
    for (const name of Object.keys(members)) delete Object.prototype[name];
  }
}

const OPTIONS = {
  allowUnsigned: true, appId: 'evil', baseUrl: 'http://127.0.0.1:1', checkOpenId: false, component: {}, token: async () => 'evil', cloud: {}, privateKey: 'evil', appCertificate: 'evil', wechat: { appId: 'evil' }, limits: { body: 1 }, body: 1, bodyTimeout: 1e-9,
  timeout: 1e-9, maxAge: Infinity, origins: '*', cors: { origins: '*' }, onPhone: () => 'evil', onError: 1, store: {}, setIfAbsent: async () => true, logger: {}, fetch: () => 'evil', now: () => 0, basePath: '/evil', methods: [], diagnose: true,
};
const FIELDS = { allowUnsigned: true, code: 'evil', session: 'evil', detail: { code: 'evil' }, cloudID: 'evil', encryptedData: 'evil', iv: 'evil', errMsg: 'fail user deny', platform: 'wechat', setIfAbsent: async () => true };
const HTTP = { origin: 'https://evil.example', 'content-length': '999999', 'content-type': 'text/plain', body: {}, originalUrl: '/evil', path: '/evil', httpMethod: 'GET', isBase64Encoded: true };

test('a polluted Object.prototype changes no option', async (t) => {
  const sim = await simulator(t);
  const platforms = { wechat: sim.config('wechat'), alipay: sim.config('alipay') };
  const shelf = new Map();
  const store = { get: async (key) => shelf.get(key), set: async (key, value) => void shelf.set(key, value), delete: async (key) => void shelf.delete(key) };
  for (const [name, value] of Object.entries(OPTIONS)) {
    const made = await polluted({ [name]: value }, () => serviceOf(sim, platforms, { store }));
    const device = sim.device('wechat');
    const { session } = await made.service.login({ platform: 'wechat', code: await device.login() });
    const { status, phone, result } = await post(made.service, 'phone', { platform: 'wechat', session, detail: await device.tap({ fast: 'code' }) });
    assert.deepEqual([status, phone.nationalNumber, result], [200, device.phone, { number: 1 }], name);
  }
});

test('a polluted Object.prototype changes no field of a request', async (t) => {
  const sim = await simulator(t);
  const { service } = serviceOf(sim, { wechat: sim.config('wechat'), alipay: sim.config('alipay') });
  const session = await login(service, sim.device('wechat'));
  const device = sim.device('alipay');
  const alipay = await login(service, device);
  const { sign, ...unsigned } = await device.tap({ form: 'event' });
  assert.ok(sign);
  for (const [path, body] of [['phone', { platform: 'alipay', session: alipay, detail: unsigned }], ['phone', { platform: 'wechat', session, detail: {} }], ['phone', { platform: 'wechat', session }], ['phone', { session, detail: {} }], ['logout', {}], ['login', { platform: 'wechat' }]]) {
    const right = await post(service, path, body);
    assert.ok(right.status >= 400);
    for (const [name, value] of Object.entries(FIELDS)) assert.deepEqual(await polluted({ [name]: value }, () => post(service, path, body)), right, `${path} ${JSON.stringify(body)} with ${name}`);
  }
});

test('a polluted Object.prototype changes nothing of HTTP', async (t) => {
  const { service } = serviceOf({ now: Date.now }, known, { cors: { origins: ['https://evil.example'] } });
  const server = createServer(service.node).listen(0, '127.0.0.1');
  t.after(() => server.close());
  await once(server, 'listening');
  const sent = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"session":"x"}' };
  for (const [name, value] of Object.entries(HTTP)) {
    await polluted({ [name]: value }, async () => {
      const response = await fetch(`http://127.0.0.1:${server.address().port}/logout`, sent);
      // Node's own parser takes the header for one that came twice, and drops it.
      assert.deepEqual([response.status, response.headers.get('access-control-allow-origin')], [name === 'content-type' ? 415 : 200, null], `Node with ${name}`);
      const event = { requestContext: { http: { method: 'POST' } }, rawPath: '/logout', headers: sent.headers, body: sent.body };
      const { statusCode, headers } = await service.cloud(event);
      assert.deepEqual([statusCode, headers['access-control-allow-origin']], [200, undefined], `an event with ${name}`);
    });
  }
});

test('an origin is one as browsers send it', async (t) => {
  const sim = await simulator(t);
  const make = (...origins) => () => serviceOf(sim, { wechat: sim.config('wechat') }, { cors: { origins } });
  for (const origin of ['example.com', 'https://example.com/', 'https://Example.com', 'https://example.com:443', 'null', '*', 7, undefined]) {
    assert.throws(make('https://good.example', origin), { code: 'ERR_INPUT', field: 'cors.origins' }, String(origin));
  }
  make('https://good.example', 'http://localhost:5173')();
});
