// The option `methods`: no client can use a method that the option omits.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { served, withSealed } from '../../js/build/platforms.mjs';
import { login, PhoneError, post, serviceOf, simulator } from './service.mjs';

const refusalOf = ({ status, error }) => [status, error?.code, error?.action];
const INVALID = [400, 'invalid_request', 'fix-config'];

for (const platform of ['wechat', 'douyin']) {
  test(`${platform}, methods ['code']: the code of an event with both is exchanged, encryptedData alone is rejected`, async (t) => {
    const sim = await simulator(t);
    const { service, events, phones } = serviceOf(sim, { [platform]: { ...sim.config(platform), methods: ['code'] } });
    const device = sim.device(platform);
    const session = await login(service, device);
    assert.equal((await post(service, 'phone', { platform, session, detail: await device.tap() })).status, 200);
    assert.equal(events.at(-1).method, 'code');
    const sealed = await device.tap({ fast: 'sealed' });
    for (const code of [undefined, null])
      assert.deepEqual(
        refusalOf(await post(service, 'phone', { platform, session, detail: { ...sealed, code } })),
        INVALID,
      );
    assert.equal(events.at(-1).field, 'detail.code');
    await assert.rejects(service.phone({ platform, session, detail: { ...sealed, code: '' } }), {
      code: 'ERR_INPUT',
      field: 'detail.code',
    });
    assert.equal(phones.length, 1);
  });

  test(
    `${platform}, methods ['sealed']: an event with both is opened, ` +
      `an event with only a code is rejected, and the code is not spent`,
    async (t) => {
      const sim = await simulator(t);
      const { service, events } = serviceOf(sim, { [platform]: { ...sim.config(platform), methods: ['sealed'] } });
      const device = sim.device(platform);
      const session = await login(service, device);
      assert.equal((await post(service, 'phone', { platform, session, detail: await device.tap() })).status, 200);
      assert.equal(events.at(-1).method, 'sealed');
      assert.deepEqual(
        refusalOf(await post(service, 'phone', { platform, session, detail: await device.tap({ fast: 'code' }) })),
        INVALID,
      );
      assert.equal(events.at(-1).field, 'detail.encryptedData');
      assert.equal(sim.count(platform, 'phonenumber'), 0);
    },
  );
}

test('a WeChat cloud function has the methods code and cloud', async (t) => {
  const sim = await simulator(t);
  const device = sim.device('wechat');
  const number = {
    phoneNumber: device.phone,
    purePhoneNumber: device.phone,
    countryCode: '86',
    watermark: { timestamp: Math.floor(sim.now() / 1000), appid: 'wxcloud' },
  };
  const cloud = {
    getWXContext: () => ({ OPENID: 'o', APPID: 'wxcloud' }),
    openapi: { phonenumber: { getPhoneNumber: async () => ({ errCode: 0, phoneInfo: number }) } },
    getOpenData: async () => ({ errCode: 0, list: [{ data: number }] }),
  };
  const methodUsed = async (methods, detail) => {
    const { service, events } = serviceOf(sim, { wechat: { cloud, methods } });
    await service.phone({ platform: 'wechat', detail }).catch(() => {});
    const { ok, method, field } = events.at(-1);
    return ok ? method : field;
  };
  const detail = { code: 'a'.repeat(64), cloudID: 'id' };
  assert.equal(await methodUsed(undefined, detail), 'code');
  assert.equal(await methodUsed(['code'], { cloudID: 'id' }), 'detail.code');
  assert.notEqual(await methodUsed(['cloud'], detail), 'code');
});

test('methods that are empty, unknown, or not of the platform are rejected at start', () => {
  const app = { appId: 'a', appSecret: 's' };
  const cloud = { cloud: { getWXContext: () => ({}), openapi: {} } };
  for (const [field, platforms] of [
    ...[
      [],
      ['cloud'],
      ['code', 'cloud'],
      ['sealed', 'codes'],
      ['constructor'],
      [undefined],
      'code',
      null,
      {},
      [['code']],
    ].map((methods) => ['platforms.wechat.methods', { wechat: { ...app, methods } }]),
    ...[['sealed'], ['code', 'sealed'], []].map((methods) => [
      'platforms.wechat.methods',
      { wechat: { ...cloud, methods } },
    ]),
    ['platforms.douyin.privateKey', { douyin: { ...app, methods: ['code'] } }],
    ['platforms.douyin.methods', { douyin: { ...app, methods: ['cloud'] } }],
    ['platforms.kuaishou.methods', { kuaishou: { ...app, methods: ['code'] } }],
    ['platforms.dingtalk.methods', { dingtalk: { clientId: '1', clientSecret: 's', methods: ['sealed'] } }],
  ]) {
    assert.throws(
      () => serviceOf({ now: Date.now }, platforms),
      { code: 'ERR_INPUT', field },
      JSON.stringify(platforms),
    );
  }
});

test('a missing or empty field is reported as a mistake of the client, not of the configuration', async (t) => {
  const sim = await simulator(t);
  for (const platform of served.filter((id) => withSealed.includes(id))) {
    const { service, events } = serviceOf(sim, { [platform]: sim.config(platform) });
    const device = sim.device(platform);
    const session = await login(service, device);
    const { code, ...sealed } = await device.tap();
    const data = platform === 'alipay' ? 'response' : 'encryptedData';
    for (const field of platform === 'alipay' ? ['response'] : ['encryptedData', 'iv']) {
      for (const value of ['', null, undefined]) {
        const response = await post(service, 'phone', {
          platform,
          session,
          detail: { ...sealed, [field]: value },
        });
        assert.deepEqual(refusalOf(response), INVALID, `${platform} ${field}`);
        assert.equal(events.at(-1).field, `detail.${field}`, platform);
      }
    }
    assert.equal((await post(service, 'phone', { platform, session, detail: sealed })).status, 200, platform);
    // The field is present under two names, and under the first name it is empty.
    const other = { alipay: 'encryptedData', baidu: 'data' }[platform];
    if (other)
      assert.equal(
        (await post(service, 'phone', { platform, session, detail: { ...sealed, [data]: '', [other]: sealed[data] } }))
          .status,
        200,
        platform,
      );
  }
});

test('a failure that a client can cause alone is a warning in the log, and a wrong configuration is an error', async (t) => {
  const sim = await simulator(t);
  const lines = [];
  const logger = Object.fromEntries(
    ['info', 'warn', 'error'].map((level) => [
      level,
      ({ code, field }) => field && lines.push(`${level} ${code} ${field}`),
    ]),
  );
  const { service } = serviceOf(
    sim,
    { douyin: { ...sim.config('douyin'), privateKey: undefined }, alipay: sim.config('alipay') },
    { logger },
  );
  const douyinSession = await login(service, sim.device('douyin'));
  for (const detail of [{ encryptedData: '', iv: 'x' }, { code: 7 }, { code: 'c' }])
    await post(service, 'phone', { platform: 'douyin', session: douyinSession, detail });
  const alipayDevice = sim.device('alipay');
  const alipaySession = await login(service, alipayDevice);
  const { response } = await alipayDevice.tap();
  for (const changed of [{ code: 'unknown' }, { ...response, sign: 'AAAA' }])
    await post(service, 'phone', { platform: 'alipay', session: alipaySession, detail: { response: changed } });
  await post(service, 'phone', {
    platform: 'alipay',
    session: alipaySession,
    detail: { ...(await alipayDevice.tap()), sign: '!!' },
  });
  const sealed = await sim.device('douyin').tap({ fast: 'sealed' });
  for (const changed of [{ encryptedData: '!!' }, { encryptedData: 'AAAA' }, { iv: '!!' }, { iv: 'AAAA' }])
    await post(service, 'phone', { platform: 'douyin', session: douyinSession, detail: { ...sealed, ...changed } });
  assert.deepEqual(lines, [
    'warn ERR_INPUT detail.encryptedData',
    'warn HTTP 400 detail.code',
    'error ERR_INPUT platforms.douyin.privateKey',
    'warn ERR_SIGNATURE detail.sign',
    'warn ERR_SIGNATURE detail.sign',
    'warn ERR_ENCODING detail.sign',
    'warn ERR_ENCODING detail.encryptedData',
    'warn ERR_LENGTH detail.encryptedData',
    'warn ERR_ENCODING detail.iv',
    'warn ERR_LENGTH detail.iv',
  ]);
});

test(
  'WeChat: another user’s phone code is rejected as a code, with a warning; ' +
    'the same response to another request is reported as a mistake in the configuration',
  async (t) => {
    const sim = await simulator(t);
    const lines = [];
    const logger = Object.fromEntries(
      ['info', 'warn', 'error'].map((level) => [
        level,
        ({ event, platformCode, action }) => platformCode && lines.push(`${level} ${event} ${platformCode} ${action}`),
      ]),
    );
    const [owner, other] = [1, 2].map(() => sim.device('wechat'));
    const { service } = serviceOf(sim, { wechat: sim.config('wechat') }, { logger });
    const session = await login(service, owner);
    assert.deepEqual(
      refusalOf(
        await post(service, 'phone', { platform: 'wechat', session, detail: await other.tap({ fast: 'code' }) }),
      ),
      [422, 'refused', 'ask-again'],
    );
    // The request had no openid, so the client cannot be the cause.
    sim.fail('wechat', { code: 40003, endpoint: 'getuserphonenumber' });
    assert.deepEqual(
      refusalOf(await post(service, 'phone', { platform: 'wechat', detail: await other.tap({ fast: 'code' }) })),
      [503, 'unavailable', 'enter-manually'],
    );
    assert.deepEqual(lines, ['warn phone 40003 ask-again', 'error phone 40003 fix-config']);
  },
);

test('Douyin: a code without a sealed payload needs the private key; only in this case the configuration is the cause', async (t) => {
  const sim = await simulator(t);
  const { service, events } = serviceOf(sim, { douyin: { ...sim.config('douyin'), privateKey: undefined } });
  const device = sim.device('douyin');
  const session = await login(service, device);
  const { code, ...sealed } = await device.tap();
  for (const [detail, status, field] of [
    [{ code }, 503, 'platforms.douyin.privateKey'],
    [{ code, encryptedData: '', iv: '' }, 503, 'platforms.douyin.privateKey'],
    [{}, 400, 'detail.encryptedData'],
    [{ encryptedData: '', iv: 'x' }, 400, 'detail.encryptedData'],
    [{ ...sealed, code, iv: '' }, 400, 'detail.iv'],
    [{ ...sealed, code }, 200, undefined],
  ]) {
    assert.equal(
      (await post(service, 'phone', { platform: 'douyin', session, detail })).status,
      status,
      JSON.stringify(detail),
    );
    assert.equal(events.at(-1).field, field);
  }
});

test('every function of the service rejects a missing argument like a wrong request', async (t) => {
  const sim = await simulator(t);
  const { service } = serviceOf(sim, { wechat: sim.config('wechat') });
  for (const name of ['login', 'phone', 'user', 'logout', 'checkSession', 'resetSessionKey']) {
    for (const argument of [undefined, null, 'text']) {
      const error = await service[name](argument).then(
        () => assert.fail(name),
        (error) => error,
      );
      assert.deepEqual(
        [error.code, error.field, service.refusal(error).status],
        ['ERR_INPUT', 'request', 400],
        `${name} ${argument}`,
      );
    }
  }
});

test('an argument of any shape is rejected with an error of the package, even if its members throw', async (t) => {
  const sim = await simulator(t);
  const { service } = serviceOf(sim, { wechat: sim.config('wechat'), huawei: sim.config('huawei') });
  const { service: inCloud } = serviceOf(sim, { wechat: { cloud: { getWXContext: () => ({}), openapi: {} } } });
  const trap = () => {
    throw new Error('trap');
  };
  const hostile = new Proxy(
    {},
    { get: trap, has: trap, ownKeys: trap, getPrototypeOf: trap, getOwnPropertyDescriptor: trap },
  );
  const { proxy: revoked, revoke } = Proxy.revocable({}, {});
  revoke();
  const values = [
    1,
    true,
    1n,
    Symbol('x'),
    {},
    [],
    ['x'],
    () => {},
    new Date(),
    Buffer.from('x'),
    Object.create(null),
    { toString: null },
    new String('x'),
    hostile,
    new Proxy([], { get: trap }),
    revoked,
  ];
  const code = 'c'.repeat(64);
  const getter = {
    get platform() {
      return trap();
    },
    get session() {
      return trap();
    },
  };
  for (const [name, arguments_] of [
    [
      'login',
      [getter, ...values.flatMap((value) => [value, { platform: value }, { platform: 'wechat', code: value }])],
    ],
    [
      'phone',
      [
        getter,
        {
          platform: 'huawei',
          detail: {
            get code() {
              return trap();
            },
          },
        },
        ...values.flatMap((value) => [
          value,
          { platform: value },
          { platform: 'wechat', session: value, detail: { code } },
          { platform: 'huawei', detail: value },
          { platform: 'huawei', detail: { code: value } },
          { platform: 'huawei', detail: { detail: value } },
        ]),
      ],
    ],
    ...['user', 'logout', 'checkSession', 'resetSessionKey'].map((name) => [
      name,
      [getter, ...values.flatMap((value) => [value, { session: value }])],
    ]),
  ]) {
    for (const [index, argument] of arguments_.entries()) {
      const error = await service[name](argument).then(
        () => assert.fail(name),
        (error) => error,
      );
      assert.ok(error instanceof PhoneError && error.code === 'ERR_INPUT', `${name} ${index}: ${error}`);
    }
  }
  for (const cloudID of values)
    await assert.rejects(
      inCloud.phone({ platform: 'wechat', detail: { cloudID } }),
      (error) => error instanceof PhoneError && error.code === 'ERR_INPUT',
    );
});
