// Wrong options are rejected when the service is created. The error names the option.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { test } from 'node:test';
import { served } from '../../js/build/platforms.mjs';
import { installed, login, PhoneError, post, serviceOf, simulator } from './service.mjs';

test('the error for a missing or wrong option names the option', () => {
  const assertRejected = (options, field) =>
    assert.throws(
      () => serviceOf({ now: Date.now }, options.platforms, options),
      (error) => error instanceof PhoneError && error.code === 'ERR_INPUT' && error.field === field,
      field,
    );
  assertRejected({}, 'platforms');
  assertRejected({ platforms: {} }, 'platforms');
  assertRejected({ platforms: { wechat: { appId: 'wx' } } }, 'platforms.wechat.appSecret');
  assertRejected({ platforms: { wechat: { appSecret: 's' } } }, 'platforms.wechat.appId');
  assertRejected({ platforms: { qq: {} } }, 'platforms.qq');
  assertRejected({ platforms: { constructor: {} } }, 'platforms.constructor');
  assertRejected(
    { platforms: { alipay: { appId: '1', privateKey: 'k', alipayPublicKey: 'k', aesKey: 'k', appCertificate: 'c' } } },
    'platforms.alipay.alipayRootCertificate',
  );
  const keys = { appId: '1', privateKey: 'bm90IGEga2V5', alipayPublicKey: 'bm90IGEga2V5', aesKey: 'k' };
  assert.throws(() => serviceOf({ now: Date.now }, { alipay: keys }), {
    code: 'ERR_KEY',
    field: 'platforms.alipay.privateKey',
  });
  assertRejected(
    { platforms: { kuaishou: { appId: '1', appSecret: 's' } }, limits: { session: -1 } },
    'limits.session',
  );
  assertRejected(
    { platforms: { kuaishou: { appId: '1', appSecret: 's' } }, limits: { sessionKeys: 17 } },
    'limits.sessionKeys',
  );
  assertRejected({ platforms: { kuaishou: { appId: '1', appSecret: 's' } }, fetch: 1 }, 'fetch');
});

test('options that would fail only when they are used are rejected at start', () => {
  const wechat = { appId: 'wx', appSecret: 's' };
  const keys = { appId: '1', privateKey: 'k', alipayPublicKey: 'k', aesKey: 'k' };
  const source = async () => 't';
  const cloud = { openapi: {}, getWXContext() {} };
  for (const [field, platforms, options] of [
    ['platforms.wechat', { wechat: 'x' }],
    ['platforms.wechat.token', { wechat: { ...wechat, token: 'stabel' } }],
    ['platforms.wechat.token', { wechat: { ...wechat, component: { appId: 'c', token: async () => 't' } } }],
    ['platforms.wechat.token', { wechat: { ...wechat, token: null } }],
    ...[{}, null, 'x', [], { token: source }, { appId: ' ', token: source }].map((component) => [
      'platforms.wechat.component.appId',
      { wechat: { ...wechat, token: source, component } },
    ]),
    ['platforms.wechat.component.token', { wechat: { ...wechat, token: source, component: { appId: 'c' } } }],
    ...['false', 0, null].map((checkOpenId) => [
      'platforms.wechat.checkOpenId',
      { wechat: { ...wechat, checkOpenId } },
    ]),
    ['platforms.wechat.cloud', { wechat: { cloud: null } }],
    ['platforms.wechat.appId', { wechat: { cloud, appId: 5 } }],
    ...Object.entries({
      appSecret: 's',
      token: 'plain',
      component: {},
      checkOpenId: true,
      baseUrl: 'http://127.0.0.1:1',
    }).map(([name, value]) => [`platforms.wechat.${name}`, { wechat: { cloud, [name]: value } }]),
    ['platforms.wechat.appId', { wechat: { ...wechat, appId: ['wx'] } }],
    ['platforms.wechat.appId', { wechat: { ...wechat, appId: 'wx ' } }],
    ['platforms.wechat.appSecret', { wechat: { ...wechat, appSecret: 's\n' } }],
    ['platforms.baidu.appKey', { baidu: { appKey: new Uint8Array(8), appSecret: 's' } }],
    ...['abc', {}, null, false].map((token) => ['platforms.douyin.token', { douyin: { ...wechat, token } }]),
    ['platforms.huawei.flow', { huawei: { clientId: '1', clientSecret: 's', flow: 'onetap' } }],
    ['platforms.alipay.privateKey', { alipay: { ...keys, privateKey: [] } }],
    ['platforms.alipay.appCertificate', { alipay: { ...keys, appCertificate: '', alipayRootCertificate: '' } }],
    ['store', { wechat }, { store: {} }],
    ['onPhone', { wechat }, { onPhone: 1 }],
    ['logger', { wechat }, { logger: {} }],
    ...[null, 0, '', true].map((logger) => ['logger', { wechat }, { logger }]),
    ['fetch', { wechat }, { fetch: null }],
    ['diagnose', { wechat }, { diagnose: 'yes' }],
    ...[true, null].map((cors) => ['cors', { wechat }, { cors }]),
    ['cors.origins', { wechat }, { cors: {} }],
    ['limits.replay', { wechat }, { limits: { replay: Infinity } }],
    ['limits.timeout', { wechat }, { limits: { timeout: 3e6 } }],
    ['limits.timeout', { wechat }, { limits: { timeout: null } }],
    ...['/mp-phone/login', '/mp-phone/login/', '/logout', '/a/:x', null].map((basePath) => [
      'basePath',
      { wechat },
      { basePath },
    ]),
    ...[5, null].map((now) => ['now', { wechat }, { now }]),
  ]) {
    assert.throws(() => serviceOf({ now: Date.now }, platforms, options), { code: 'ERR_INPUT', field }, field);
  }
  serviceOf({ now: Date.now }, { wechat }, { basePath: '/api/phone' });
});

test('baseUrl is an origin without a path', () => {
  const create = (baseUrl) => () => serviceOf({ now: Date.now }, { wechat: { appId: 'wx', appSecret: 's', baseUrl } });
  const field = 'platforms.wechat.baseUrl';
  const message = `${field} is not the text of an origin alone, such as https://example.com`;
  for (const baseUrl of [
    ...['nonsense', '', 5, null, {}, new URL('https://x.example'), 'x.example', 'localhost:3000', 'ftp://x.example'],
    ...[
      ' https://x.example',
      'https://x.example\n',
      'https://u:p@x.example',
      'https://x.example:99999',
      'https://x.example\\a',
    ],
    ...[
      'https://x.example/a',
      'https://x.example//',
      'https://x.example?',
      'https://x.example/?a=1',
      'https://x.example#f',
      'https:x.example',
    ],
  ]) {
    assert.throws(create(baseUrl), { code: 'ERR_INPUT', field, message }, String(baseUrl));
  }
  for (const baseUrl of [
    undefined,
    'https://x.example',
    'https://x.example/',
    'https://X.example:443',
    'http://127.0.0.1:8787',
    'http://[::1]:1',
  ])
    create(baseUrl)();
});

test('a key that cannot be read is named by its path in the options', async (t) => {
  const sim = await simulator(t);
  const [alipay, certified, douyin] = [
    sim.config('alipay'),
    sim.config('alipay', { certificates: true }),
    sim.config('douyin'),
  ];
  const unreadable = [
    ['bm90IGEga2V5', 'ERR_KEY', / cannot be read as a key$/],
    ['AAAA', 'ERR_KEY', / cannot be read as a key$/],
  ];
  const wrongType = / is missing, empty or of the wrong type$/;
  const wrong = [...['', ' ', 5, {}].map((value) => [value, 'ERR_INPUT', wrongType]), ...unreadable];
  const pem = (label, text) =>
    `-----BEGIN ${label}-----\n${text.match(/.{1,64}/g).join('\n')}\n-----END ${label}-----\n`;
  const [isPublic, isPrivate] = [
    / is a public key, but must be the private key$/,
    / is a private key, but must be the public key$/,
  ];
  const publics = [alipay.alipayPublicKey, pem('PUBLIC KEY', alipay.alipayPublicKey), certified.alipayPublicKey].map(
    (key) => [key, 'ERR_KEY', isPublic],
  );
  const noList = / is not a key or a list of 1 to 16 keys$/;
  for (const [platform, config, name, values] of [
    ['alipay', alipay, 'privateKey', [...wrong, ...publics]],
    [
      'alipay',
      alipay,
      'alipayPublicKey',
      [
        ...wrong,
        ...[alipay.privateKey, pem('PRIVATE KEY', alipay.privateKey)].map((key) => [key, 'ERR_KEY', isPrivate]),
      ],
    ],
    ['alipay', alipay, 'aesKey', [...wrong.slice(0, 4), ['AAAA', 'ERR_LENGTH', / has an impossible length$/]]],
    ['alipay', certified, 'appCertificate', wrong],
    ['alipay', certified, 'alipayRootCertificate', wrong],
    [
      'douyin',
      douyin,
      'privateKey',
      [
        ...[...wrong, ...publics].flatMap(([value, ...rest]) => [
          [value, ...rest],
          [[douyin.privateKey, value], ...rest],
        ]),
        [null, 'ERR_INPUT', wrongType],
        [[[douyin.privateKey]], 'ERR_INPUT', wrongType],
        [[], 'ERR_INPUT', noList],
        [Array(17).fill(douyin.privateKey), 'ERR_INPUT', noList],
      ],
    ],
  ]) {
    const field = `platforms.${platform}.${name}`;
    for (const [value, code, message] of values) {
      assert.throws(
        () => serviceOf(sim, { [platform]: { ...config, [name]: value } }),
        (error) => {
          assert.deepEqual(
            [error.code, error.field, error.platform],
            [code, field, platform],
            `${field} ${JSON.stringify(value)}`,
          );
          assert.match(error.message, new RegExp(`^${field}${message.source}`));
          return true;
        },
      );
    }
  }
  for (const privateKey of [douyin.privateKey, [douyin.privateKey], Array(16).fill(douyin.privateKey), undefined])
    serviceOf(sim, { douyin: { ...douyin, privateKey } });
});

test('an undefined option counts as absent', async (t) => {
  const sim = await simulator(t);
  const absent = { methods: undefined, token: undefined, component: undefined, checkOpenId: undefined };
  const rest = {
    basePath: undefined,
    store: undefined,
    fetch: undefined,
    cors: undefined,
    limits: { timeout: undefined },
    diagnose: undefined,
  };
  const { service } = serviceOf(
    sim,
    { wechat: { ...sim.config('wechat'), ...absent, cloud: undefined }, alipay: undefined },
    rest,
  );
  assert.ok((await service.login({ platform: 'wechat', code: await sim.device('wechat').login() })).session);
  serviceOf(sim, {
    wechat: {
      cloud: { openapi: {}, getWXContext() {} },
      ...absent,
      appId: undefined,
      appSecret: undefined,
      baseUrl: undefined,
    },
  });
  serviceOf(sim, { alipay: { ...sim.config('alipay'), appCertificate: undefined, alipayRootCertificate: undefined } });
});

test('the message for a wrong option states the fault', () => {
  const functions = (...names) => Object.fromEntries(names.map((name) => [name, () => {}]));
  for (const [options, message] of [
    [{ store: functions('get', 'set', 'del') }, 'store has no function delete'],
    [{ store: {} }, 'store has no function get, set, delete'],
    [{ store: 'redis' }, "store is neither 'memory' nor an object with the functions get, set, delete"],
    [{ store: { ...functions('get', 'set', 'delete'), setIfAbsent: true } }, 'setIfAbsent of store is not a function'],
    [{ logger: functions('log', 'warn', 'error') }, 'logger has no function info'],
    [{ logger: true }, 'logger is neither false nor an object with the functions info, warn, error'],
    [{ onPhone: 'x' }, 'onPhone is not a function'],
    [{ cors: { origins: 'https://a.example' } }, "cors.origins is neither '*' nor a list of origins"],
    [{ limits: { timeout: '5' } }, 'limits.timeout is not a number of seconds above 0 and up to 2147483'],
    [{ limits: { body: 1.5 } }, 'limits.body is not a whole number above 0 and up to 10000000000'],
    [{ basePath: '/mp-phone/login' }, 'basePath ends with a path of the service, and must end before it'],
    [
      { platforms: { huawei: { clientId: '1', clientSecret: 's', flow: 'x' } } },
      "platforms.huawei.flow is not 'button' or 'one-tap'",
    ],
    [
      { platforms: { wechat: { ...known.wechat, methods: 'code' } } },
      'platforms.wechat.methods is not a list of code, cloud, sealed',
    ],
    [
      { platforms: { wechat: { ...known.wechat, methods: ['Code'] } } },
      'platforms.wechat.methods names a method that the platform does not have',
    ],
    [
      { platforms: { wechat: { cloud: {} } } },
      'platforms.wechat.cloud is not a wx-server-sdk: getWXContext is missing',
    ],
    [
      { platforms: { wechat: { cloud: functions('getWXContext') } } },
      'platforms.wechat.cloud is not a wx-server-sdk: openapi is missing',
    ],
    [
      { platforms: { wechat: { appId: 'wx', appSecret: 's\n' } } },
      'platforms.wechat.appSecret begins or ends with whitespace',
    ],
  ]) {
    assert.throws(() => serviceOf({ now: Date.now }, options.platforms ?? known, options), {
      code: 'ERR_INPUT',
      message,
    });
  }
});

test('a clock that later returns a value that is not a number is a bug of the application, and not a mistake of the client', async () => {
  let time = Date.now();
  const errors = [];
  const { service } = serviceOf({ now: () => time }, known, { onError: (error) => errors.push(error) });
  time = NaN;
  const response = await post(service, 'login', { platform: 'wechat', code: '0'.repeat(32) });
  assert.deepEqual([response.status, response.error.code, response.error.action], [500, 'internal', 'retry']);
  assert.deepEqual(
    errors.map(({ code, field }) => [code, field]),
    [['ERR_INTERNAL', 'now']],
  );
});

const known = { wechat: { appId: 'wx', appSecret: 's' } };

test('an unknown name of an option is rejected, with the known name that is probably meant', () => {
  for (const [field, expected, options] of [
    ['onphone', 'onPhone', { onphone: () => {} }],
    ['onPhoen', 'onPhone', { onPhoen: () => {} }],
    ['base_path', 'basePath', { base_path: '/x' }],
    ['stroe', 'store', { stroe: {} }],
    ['limit', 'limits', { limit: {} }],
    ...['base', 'path', 'prefix'].map((name) => [name, 'basePath', { [name]: '/x' }]),
    ['platforms.dingtalk.appKey', 'clientId', { platforms: { dingtalk: { appKey: '1', appSecret: 's' } } }],
    ['platforms.dingtalk.appSecret', 'clientSecret', { platforms: { dingtalk: { clientId: '1', appSecret: 's' } } }],
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
    [
      'platforms.wechat.component.appid',
      'appId',
      { platforms: { wechat: { ...known.wechat, component: { appid: 'x' } } } },
    ],
    ['platforms.baidu.appId', undefined, { platforms: { baidu: { appId: '1', appSecret: 's' } } }],
    ['platforms.alipay.publicKey', undefined, { platforms: { alipay: { appId: '1', publicKey: 'k' } } }],
    ['constructor', undefined, { constructor: 1 }],
    ['limits.__proto__', undefined, { limits: JSON.parse('{"__proto__":{"body":1}}') }],
  ]) {
    assert.throws(
      () => serviceOf({ now: Date.now }, options.platforms ?? known, options),
      (error) => {
        assert.deepEqual([error.code, error.field], ['ERR_INPUT', field]);
        assert.match(
          error.message,
          expected ? new RegExp(`: did you mean ${expected}\\?$`) : /unknown (?:platform|option)$/,
          field,
        );
        return true;
      },
    );
  }
});

test('the message for an option does not contain its value', () => {
  for (const options of [
    { onPhne: 'CANARY' },
    { platforms: { wechat: { ...known.wechat, appSecrte: 'CANARY' } } },
    { platforms: { wechta: 'CANARY' } },
    { basePath: 'CANARY' },
  ]) {
    assert.throws(
      () => serviceOf({ now: Date.now }, options.platforms ?? known, options),
      (error) => !`${error.message} ${JSON.stringify(error)}`.includes('CANARY'),
    );
  }
});

test('options are members of an object or of its class, and not members of Object.prototype', async (t) => {
  const sim = await simulator(t);
  class Wechat {
    #config = sim.config('wechat');
    memberOfTheClass = 1;
    get appId() {
      return this.#config.appId;
    }
    get appSecret() {
      return this.#config.appSecret;
    }
    get baseUrl() {
      return this.#config.baseUrl;
    }
  }
  const limits = new (class {
    get body() {
      return 2000;
    }
  })();
  const { service } = serviceOf(sim, { wechat: new Wechat() }, { limits });
  assert.ok((await service.login({ platform: 'wechat', code: await sim.device('wechat').login() })).session);
  const statusOf = async (size) =>
    (
      await service.fetch(
        new Request('http://x/logout', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ session: 'x', junk: 'y'.repeat(size) }),
        }),
      )
    ).status;
  assert.deepEqual([await statusOf(1900), await statusOf(2000)], [200, 413]);
});

test('a store of a class, and a frozen store, work; so do options without a prototype', async (t) => {
  const sim = await simulator(t);
  class MapStore {
    #map = new Map();
    async get(key) {
      return this.#map.get(key);
    }
    async set(key, value) {
      this.#map.set(key, value);
    }
    async delete(key) {
      this.#map.delete(key);
    }
  }
  for (const store of [new MapStore(), Object.freeze(new MapStore())]) {
    const platforms = Object.assign(Object.create(null), {
      wechat: Object.assign(Object.create(null), sim.config('wechat')),
    });
    const { service } = serviceOf(sim, platforms, { store });
    const { session } = await service.login({ platform: 'wechat', code: await sim.device('wechat').login() });
    assert.equal((await service.user({ session })).platform, 'wechat');
  }
});

test('the options in the types are the options that the service accepts', () => {
  const types = readFileSync(join(installed, 'node_modules', 'mp-phone', 'dist', 'server.d.cts'), 'utf8');
  const membersOf = (name) => {
    const [, parent, body] = new RegExp(
      `^interface ${name}(?:<[^{]*?>)?(?: extends (\\w+))? \\{\\n([^]*?)\\n\\}`,
      'm',
    ).exec(types);
    return [
      ...(parent ? membersOf(parent) : []),
      ...[...body.matchAll(/^ {4}(\w+)\??:/gm)].map(([, member]) => member),
    ];
  };
  const isKnown = (options) => {
    try {
      serviceOf({ now: Date.now }, known, options);
    } catch (error) {
      return !/unknown (?:platform|option)/.test(error.message);
    }
    return true;
  };
  const top = membersOf('PhoneServiceOptions');
  assert.ok(top.length >= 11 && membersOf('Limits').length >= 10);
  for (const name of top) assert.ok(isKnown({ [name]: 1 }), name);
  for (const name of membersOf('Limits')) assert.ok(isKnown({ limits: { [name]: 1 } }), `limits.${name}`);
  const platformNames = membersOf('PlatformOptions');
  assert.deepEqual(platformNames.sort(), [...served].sort());
  for (const platform of platformNames) {
    const name = platform[0].toUpperCase() + platform.slice(1);
    const members = [...membersOf(`${name}Options`), ...(platform === 'wechat' ? membersOf('WechatCloudOptions') : [])];
    assert.ok(members.length >= 3, platform);
    for (const member of members)
      assert.ok(isKnown({ platforms: { [platform]: { [member]: 1 } } }), `${platform}.${member}`);
    assert.ok(!isKnown({ platforms: { [platform]: { noOption: 1 } } }), platform);
  }
});

/** Runs a function while Object.prototype has additional members. */
async function polluted(members, run) {
  for (const [name, value] of Object.entries(members))
    Object.defineProperty(Object.prototype, name, { value, configurable: true, writable: true });
  try {
    return await run();
  } finally {
    for (const name of Object.keys(members)) delete Object.prototype[name];
  }
}

const OPTIONS = {
  allowUnsigned: true,
  appId: 'evil',
  baseUrl: 'http://127.0.0.1:1',
  checkOpenId: false,
  component: {},
  token: async () => 'evil',
  cloud: {},
  privateKey: 'evil',
  appCertificate: 'evil',
  wechat: { appId: 'evil' },
  limits: { body: 1 },
  body: 1,
  bodyTimeout: 1e-9,
  timeout: 1e-9,
  maxAge: Infinity,
  origins: '*',
  cors: { origins: '*' },
  onPhone: () => 'evil',
  onError: 1,
  store: {},
  setIfAbsent: async () => true,
  logger: {},
  fetch: () => 'evil',
  now: () => 0,
  basePath: '/evil',
  methods: [],
  diagnose: true,
};
const FIELDS = {
  allowUnsigned: true,
  code: 'evil',
  session: 'evil',
  detail: { code: 'evil' },
  cloudID: 'evil',
  encryptedData: 'evil',
  iv: 'evil',
  errMsg: 'fail user deny',
  platform: 'wechat',
  setIfAbsent: async () => true,
};
const HTTP = {
  origin: 'https://evil.example',
  'content-length': '999999',
  'content-type': 'text/plain',
  body: {},
  originalUrl: '/evil',
  path: '/evil',
  httpMethod: 'GET',
  isBase64Encoded: true,
};

test('a polluted Object.prototype changes no option', async (t) => {
  const sim = await simulator(t);
  const platforms = { wechat: sim.config('wechat'), alipay: sim.config('alipay') };
  const map = new Map();
  const store = {
    get: async (key) => map.get(key),
    set: async (key, value) => void map.set(key, value),
    delete: async (key) => void map.delete(key),
  };
  for (const [name, value] of Object.entries(OPTIONS)) {
    const created = await polluted({ [name]: value }, () => serviceOf(sim, platforms, { store }));
    const device = sim.device('wechat');
    const { session } = await created.service.login({ platform: 'wechat', code: await device.login() });
    const { status, phone, result } = await post(created.service, 'phone', {
      platform: 'wechat',
      session,
      detail: await device.tap({ fast: 'code' }),
    });
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
  for (const [path, body] of [
    ['phone', { platform: 'alipay', session: alipay, detail: unsigned }],
    ['phone', { platform: 'wechat', session, detail: {} }],
    ['phone', { platform: 'wechat', session }],
    ['phone', { session, detail: {} }],
    ['logout', {}],
    ['login', { platform: 'wechat' }],
  ]) {
    const right = await post(service, path, body);
    assert.ok(right.status >= 400);
    for (const [name, value] of Object.entries(FIELDS))
      assert.deepEqual(
        await polluted({ [name]: value }, () => post(service, path, body)),
        right,
        `${path} ${JSON.stringify(body)} with ${name}`,
      );
  }
});

test('a polluted Object.prototype changes nothing in HTTP', async (t) => {
  const { service } = serviceOf({ now: Date.now }, known, { cors: { origins: ['https://evil.example'] } });
  const server = createServer(service.node).listen(0, '127.0.0.1');
  t.after(() => server.close());
  await once(server, 'listening');
  const sent = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"session":"x"}' };
  for (const [name, value] of Object.entries(HTTP)) {
    await polluted({ [name]: value }, async () => {
      const response = await fetch(`http://127.0.0.1:${server.address().port}/logout`, sent);
      // Node's own parser treats the header as repeated, and drops it.
      assert.deepEqual(
        [response.status, response.headers.get('access-control-allow-origin')],
        [name === 'content-type' ? 415 : 200, null],
        `Node with ${name}`,
      );
      const event = {
        requestContext: { http: { method: 'POST' } },
        rawPath: '/logout',
        headers: sent.headers,
        body: sent.body,
      };
      const { statusCode, headers } = await service.cloud(event);
      assert.deepEqual([statusCode, headers['access-control-allow-origin']], [200, undefined], `an event with ${name}`);
    });
  }
});

test('the READMEs’ logger for winston passes the text first', () => {
  for (const name of ['README.md', 'README.zh-CN.md']) {
    const [, code] = /`(\{ info: [^`]+\})`/.exec(
      readFileSync(join(installed, 'node_modules', 'mp-phone', name), 'utf8'),
    );
    const calls = [];
    const winston = Object.fromEntries(
      ['info', 'warn', 'error'].map((level) => [level, (...args) => calls.push([level, ...args])]),
    );
    const logger = new Function('w', `return ${code}`)(winston);
    serviceOf({ now: Date.now }, known, { logger });
    const event = { event: 'login' };
    for (const level of ['info', 'warn', 'error']) logger[level](event, 'text');
    assert.deepEqual(
      calls,
      ['info', 'warn', 'error'].map((level) => [level, 'text', event]),
      name,
    );
  }
});

test('an origin in the options has the form that browsers send', async (t) => {
  const sim = await simulator(t);
  const create =
    (...origins) =>
    () =>
      serviceOf(sim, { wechat: sim.config('wechat') }, { cors: { origins } });
  for (const origin of [
    'example.com',
    'https://example.com/',
    'https://Example.com',
    'https://example.com:443',
    'null',
    '*',
    7,
    undefined,
  ]) {
    assert.throws(create('https://good.example', origin), { code: 'ERR_INPUT', field: 'cors.origins' }, String(origin));
  }
  create('https://good.example', 'http://localhost:5173')();
});
