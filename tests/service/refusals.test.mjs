// What a client receives if there is no number: from the service, from the application, and for codes that are sent
// again.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { withPhoneCode } from '../../js/build/platforms.mjs';
import { login, PhoneError, PhoneRefusal, post, required, serviceOf, simulator } from './service.mjs';

const TAKEN = {
  code: 'number_taken',
  message: { en: 'This number belongs to another account.', zh: '该手机号已被其他账号绑定。' },
  action: 'ask-again',
  status: 409,
};

/** Resolves with the reason of a rejected promise. */
const errorOf = (work) =>
  work.then(
    () => assert.fail('it should have been rejected'),
    (error) => error,
  );

test('a client receives the PhoneRefusal of onPhone unchanged; a repeated code gets it again without onPhone', async (t) => {
  const sim = await simulator(t);
  let runs = 0;
  const errors = [];
  const { service, events } = serviceOf(
    sim,
    { wechat: sim.config('wechat') },
    {
      onPhone: () => {
        runs++;
        throw new PhoneRefusal(TAKEN);
      },
      onError: (error) => errors.push(error),
    },
  );
  const device = sim.device('wechat');
  const session = await login(service, device);
  const detail = await device.tap({ fast: 'code' });
  const { status, ...error } = TAKEN;
  const responses = await Promise.all(
    [1, 2].map(() => post(service, 'phone', { platform: 'wechat', session, detail })),
  );
  responses.push(await post(service, 'phone', { platform: 'wechat', session, detail }));
  for (const response of responses) assert.deepEqual(response, { status, error });
  // The call of a cloud function, and the application's own call.
  assert.deepEqual(await service.cloud({ path: '/phone', body: { platform: 'wechat', session, detail } }), { error });
  const rejected = await errorOf(service.phone({ platform: 'wechat', session, detail }));
  assert.ok(rejected instanceof PhoneRefusal && rejected instanceof Error && !(rejected instanceof PhoneError));
  assert.deepEqual(
    [rejected.name, rejected.code, rejected.action, rejected.status, rejected.message],
    ['PhoneRefusal', 'number_taken', 'ask-again', 409, TAKEN.message.en],
  );
  assert.deepEqual(service.refusal(rejected), TAKEN);
  assert.equal(runs, 1);
  assert.equal(sim.count('wechat', 'getuserphonenumber'), 1);
  assert.deepEqual(errors, [], 'it is not a bug');
  const reported = events.filter(({ event }) => event !== 'login' && event !== 'token');
  assert.equal(reported.length, 5);
  for (const event of reported) {
    const { ms, phone, repeated, ...rest } = event;
    assert.deepEqual(rest, {
      event: 'phone',
      ok: false,
      platform: 'wechat',
      method: 'code',
      code: 'ERR_REFUSED',
      reason: 'onPhone refused the number',
      action: 'ask-again',
      refusal: 'number_taken',
    });
    assert.match(phone, /^\+86\*+\d{4}$/);
  }
  assert.equal(reported.filter(({ repeated }) => repeated).length, 4);
});

test('a returned PhoneRefusal counts as thrown: the same response, also if the code is sent again', async (t) => {
  const sim = await simulator(t);
  let runs = 0;
  for (const onPhone of [() => (runs++, new PhoneRefusal(TAKEN)), async () => (runs++, new PhoneRefusal(TAKEN))]) {
    const errors = [];
    const { service, events } = serviceOf(
      sim,
      { wechat: sim.config('wechat') },
      { onPhone, onError: (error) => errors.push(error) },
    );
    const device = sim.device('wechat');
    const session = await login(service, device);
    const detail = await device.tap({ fast: 'code' });
    runs = 0;
    for (let again = 0; again < 2; again++) {
      const { status, error } = await post(service, 'phone', { platform: 'wechat', session, detail });
      assert.deepEqual({ status, ...error }, TAKEN);
    }
    assert.equal(runs, 1);
    assert.deepEqual(errors, []);
    assert.deepEqual([events.at(-1).code, events.at(-1).repeated], ['ERR_REFUSED', true]);
    const sealed = await post(service, 'phone', {
      platform: 'wechat',
      session,
      detail: await device.tap({ fast: 'sealed' }),
    });
    assert.equal(sealed.status, 409);
  }
});

test('a PhoneRefusal keeps its original members; an object that only looks like one is an error of the application', async (t) => {
  const sim = await simulator(t);
  const changed = (change) => {
    const refusal = new PhoneRefusal(TAKEN);
    return change(refusal) ?? refusal;
  };
  const throwing = {
    get: () => {
      throw new Error('a trap');
    },
  };
  const { status, ...error } = TAKEN;
  const own = { status, error, runs: 1, errors: 0 };
  const bug = { status: 500, error: 'internal', runs: 2, errors: 2 };
  for (const [label, invalid, expected] of [
    ['refusal is null', changed((refusal) => void (refusal.refusal = null)), own],
    [
      'another refusal',
      changed((refusal) => void (refusal.refusal = { status: 200, code: 'x', action: 'none', message: {} })),
      own,
    ],
    ['refusal throws', changed((refusal) => void Object.defineProperty(refusal, 'refusal', throwing)), own],
    [
      'other members',
      changed((refusal) => void Object.assign(refusal, { status: 200, code: 'internal', action: 'none' })),
      own,
    ],
    ['only its prototype', Object.create(PhoneRefusal.prototype), bug],
    [
      'its prototype and members',
      Object.assign(Object.create(PhoneRefusal.prototype), { ...TAKEN, refusal: TAKEN }),
      bug,
    ],
    ['a proxy', changed((refusal) => new Proxy(refusal, throwing)), bug],
  ]) {
    for (const onPhone of [() => Promise.reject(invalid), async () => invalid]) {
      let runs = 0;
      const errors = [];
      const options = { onPhone: () => (runs++, onPhone()), onError: (error) => errors.push(error) };
      const { service } = serviceOf(sim, { wechat: sim.config('wechat') }, options);
      const device = sim.device('wechat');
      const request = {
        platform: 'wechat',
        session: await login(service, device),
        detail: await device.tap({ fast: 'code' }),
      };
      for (let again = 0; again < 2; again++) {
        const response = await post(service, 'phone', request);
        assert.deepEqual(
          [response.status, expected === bug ? response.error.code : response.error],
          [expected.status, expected.error],
          label,
        );
      }
      assert.deepEqual([runs, errors.length], [expected.runs, expected.errors], label);
    }
    const direct = serviceOf(sim, { wechat: sim.config('wechat') }).service.refusal(invalid);
    assert.equal(direct.status, expected.status, label);
  }
});

test('a PhoneRefusal of a payload without a code reaches the client, too', async (t) => {
  const sim = await simulator(t);
  for (const platform of ['wechat', 'alipay', 'baidu']) {
    const { service } = serviceOf(
      sim,
      { [platform]: sim.config(platform) },
      {
        onPhone: async () => {
          throw new PhoneRefusal(TAKEN);
        },
      },
    );
    const device = sim.device(platform);
    const session = await login(service, device);
    const { status, error } = await post(service, 'phone', {
      platform,
      session,
      detail: await device.tap({ fast: 'sealed' }),
    });
    assert.deepEqual({ status, ...error }, TAKEN);
  }
});

test('a PhoneRefusal is a refusal in the log, and not a failure', async (t) => {
  const sim = await simulator(t);
  const lines = [];
  for (const level of ['info', 'warn', 'error', 'log'])
    t.mock.method(console, level, (...subject) => lines.push([level, ...subject]));
  const { service } = serviceOf(
    sim,
    { wechat: sim.config('wechat') },
    {
      logger: undefined,
      onPhone: () => {
        throw new PhoneRefusal({ ...TAKEN, action: 'fix-config' });
      },
    },
  );
  const tap = async (service) =>
    post(service, 'phone', { platform: 'wechat', detail: await sim.device('wechat').tap({ fast: 'code' }) });
  assert.equal((await tap(service)).status, 409);
  assert.deepEqual(lines, []);
  const levels = [];
  const logger = Object.fromEntries(
    ['info', 'warn', 'error'].map((level) => [level, (event, text) => levels.push([level, event.code, text])]),
  );
  const { service: logged } = serviceOf(
    sim,
    { wechat: sim.config('wechat') },
    {
      logger,
      onPhone: () => {
        throw new PhoneRefusal(TAKEN);
      },
    },
  );
  await tap(logged);
  assert.deepEqual(
    levels.filter(([, code]) => code),
    [['info', 'ERR_REFUSED', 'mp-phone phone refused']],
  );
});

test('a phone code that was refused with a PhoneRefusal gets the same refusal in another process', async (t) => {
  const sim = await simulator(t);
  const map = new Map();
  const store = {
    get: async (key) => map.get(key),
    set: async (key, value) => map.set(key, value),
    delete: async (key) => map.delete(key),
  };
  const message = { ...TAKEN.message };
  const onPhone = () => {
    const refusal = new PhoneRefusal({ code: 'number_taken', message });
    message.en = 'changed afterwards';
    return Promise.reject(refusal);
  };
  const [first, second] = [1, 2].map(
    () => serviceOf(sim, { wechat: sim.config('wechat') }, { store, onPhone }).service,
  );
  const device = sim.device('wechat');
  const session = await login(first, device);
  const request = { platform: 'wechat', session, detail: await device.tap({ fast: 'code' }) };
  for (const service of [first, second]) {
    const { status, error } = await post(service, 'phone', request);
    assert.deepEqual({ status, ...error }, { ...TAKEN, action: 'enter-manually' }, 'the defaults');
  }
});

test('an invalid PhoneRefusal is rejected when it is created, by the name of its member', () => {
  const good = { code: 'a', message: { en: 'x', zh: 'x' } };
  for (const [field, change] of [
    ...[undefined, '', 1, 'number taken', 'é', '1a', 'a\n', 'a'.repeat(65), '"', {}].map((code) => ['code', { code }]),
    ...[
      undefined,
      'text',
      {},
      { en: 'x' },
      { zh: 'x' },
      { en: '', zh: 'x' },
      { en: 'x', zh: 'x'.repeat(501) },
      { en: 1, zh: 'x' },
    ].map((message) => ['message', { message }]),
    ...['refresh-token', 'none', 'call-me', null, 1].map((action) => ['action', { action }]),
    ...['refused', 'login_required', 'internal'].map((code) => ['code', { code }]),
    ['statusCode', { statusCode: 400 }],
    ...[399, 500, 200, 404.5, NaN, '409', null, Infinity].map((status) => ['status', { status }]),
  ]) {
    assert.throws(
      () => new PhoneRefusal({ ...good, ...change }),
      (error) => error instanceof PhoneError && error.code === 'ERR_INPUT' && error.field === field,
      `${field} ${JSON.stringify(change)}`,
    );
  }
  for (const init of [undefined, null, 'text'])
    assert.throws(() => new PhoneRefusal(init), { code: 'ERR_INPUT', field: 'code' });
  const { status, action } = new PhoneRefusal(good);
  assert.deepEqual([status, action], [409, 'enter-manually']);
});

test('service.refusal returns the response of the HTTP interface for every error of login, phone and logout', async (t) => {
  const sim = await simulator(t);
  const { service } = serviceOf(
    sim,
    {
      wechat: sim.config('wechat'),
      alipay: sim.config('alipay'),
      douyin: { ...sim.config('douyin'), privateKey: undefined },
    },
    { limits: { timeout: 0.3 } },
  );
  const [device, alipayDevice, douyinDevice] = ['wechat', 'alipay', 'douyin'].map((platform) => sim.device(platform));
  const [session, alipaySession, douyinSession] = [
    await login(service, device),
    await login(service, alipayDevice),
    await login(service, douyinDevice),
  ];
  const flip = ({ encryptedData, ...rest }) => ({
    ...rest,
    encryptedData: (encryptedData[0] === 'A' ? 'B' : 'A') + encryptedData.slice(1),
  });
  const rows = [
    ['login', { platform: 'wechat', code: '0'.repeat(32) }],
    ['login', { platform: 'wechat', code: 'ab'.repeat(32) }],
    ['login', { platform: 'alipay', code: 'nobody' }],
    ['phone', { platform: 'wechat', session: 'nobody', detail: await device.tap() }],
    ['phone', { platform: 'wechat', session, detail: {} }],
    ['phone', { platform: 'wechat', session, detail: { code: 'c'.repeat(64) } }],
    ['phone', { platform: 'wechat', session, detail: flip(await device.tap({ fast: 'sealed' })) }],
    ['phone', { platform: 'alipay', session: alipaySession, detail: { response: 'AAAA' } }],
    ['phone', { platform: 'alipay', session: alipaySession, detail: { ...(await alipayDevice.tap()), sign: 'AAAA' } }],
    ['phone', { platform: 'alipay', session: alipaySession, detail: alipayDevice.refuse('no-permission') }],
    ['phone', { platform: 'alipay', session: alipaySession, detail: alipayDevice.refuse('no-phone') }],
    ['phone', { platform: 'douyin', session: douyinSession, detail: await douyinDevice.tap({ fast: 'code' }) }],
  ];
  const records = new Set();
  for (const [path, body] of rows) {
    const error = await errorOf(service[path](body));
    const { status, ...refusal } = service.refusal(error);
    assert.deepEqual(await post(service, path, body), { status, error: refusal }, `${path} ${error.code}`);
    assert.deepEqual(Object.keys(refusal.message), ['en', 'zh']);
    records.add(`${status} ${refusal.action}`);
  }
  for (const fault of [{ code: -1 }, { hang: true }, { code: 48001 }, { code: 40029 }]) {
    sim.fail('wechat', { ...fault, endpoint: 'getuserphonenumber', times: 2 });
    const detail = await device.tap({ fast: 'code' });
    const error = await errorOf(service.phone({ platform: 'wechat', session, detail }));
    const { status, ...refusal } = service.refusal(error);
    assert.deepEqual(await post(service, 'phone', { platform: 'wechat', session, detail }), { status, error: refusal });
    sim.heal();
    records.add(`${status} ${refusal.action}`);
  }
  assert.ok(records.size >= 6, [...records].join());
});

test(
  'service.refusal returns the identical response for every fault of a sealed payload, ' +
    'and also for errors of the application’s own openPhone',
  async (t) => {
    const sim = await simulator(t);
    const { openPhone } = required('mp-phone');
    const { service } = serviceOf(sim, { wechat: sim.config('wechat') });
    const device = sim.device('wechat');
    const session = await login(service, device);
    const { appId } = sim.config('wechat');
    const watermark = { timestamp: Math.floor(sim.now() / 1000), appid: appId };
    const number = { phoneNumber: '13800138000', purePhoneNumber: '13800138000', countryCode: '86' };
    const details = {
      'user info': device.sealed({ nickName: 'x', openId: 'y', watermark }),
      'another app': device.sealed({ ...number, watermark: { ...watermark, appid: 'wxother' } }),
      'too old': device.sealed({ ...number, watermark: { ...watermark, timestamp: 1 } }),
      'not JSON': device.sealed('text'),
      'not a number': device.sealed({ ...number, phoneNumber: '', purePhoneNumber: '', watermark }),
      'cut off': { ...(await device.tap({ fast: 'sealed' })), encryptedData: 'AAAA' },
      'not base64': { ...(await device.tap({ fast: 'sealed' })), encryptedData: '***' },
      'a short iv': { ...(await device.tap({ fast: 'sealed' })), iv: 'AAAA' },
    };
    const responses = new Set();
    const codes = new Set();
    for (const [description, detail] of Object.entries(details)) {
      const error = await errorOf(service.phone({ platform: 'wechat', session, detail }));
      codes.add(error.code);
      responses.add(JSON.stringify(service.refusal(error)));
      // Neither a copy of the error nor the error at another service reveals more.
      const { message, ...members } = error;
      responses.add(JSON.stringify(service.refusal(new PhoneError({ ...members, message: error.message }))));
      responses.add(JSON.stringify(serviceOf(sim, { wechat: sim.config('wechat') }).service.refusal(error)));
      assert.deepEqual(
        Object.keys(error).filter((name) => !['code', 'action', 'platform', 'field'].includes(name)),
        [],
        description,
      );
    }
    for (const sessionKey of ['AAECAwQFBgcICQoLDA0ODw==', 'AA==']) {
      for (const detail of Object.values(details)) {
        try {
          openPhone({ platform: 'wechat', ...detail }, { appId, sessionKey });
        } catch (error) {
          responses.add(JSON.stringify(service.refusal(error)));
        }
      }
    }
    assert.ok(codes.size >= 5, [...codes].join());
    assert.equal(responses.size, 1, [...responses].join('\n'));
  },
);

test('service.refusal: an error that is not the service’s own is internal, and none of its text is returned', async (t) => {
  const sim = await simulator(t);
  const { service } = serviceOf(
    sim,
    { wechat: sim.config('wechat') },
    {
      onPhone: () => {
        throw Object.assign(new PhoneError({ code: 'ERR_DECRYPT', message: 'secret', action: 'login-again' }), {
          status: 200,
        });
      },
    },
  );
  const own = await errorOf(
    service.phone({ platform: 'wechat', detail: await sim.device('wechat').tap({ fast: 'code' }) }),
  );
  const fake = { name: 'PhoneError', code: 'ERR_SESSION', action: 'login-again', message: 'secret' };
  const others = [
    own,
    new Error('secret'),
    new TypeError('secret'),
    fake,
    Object.assign(new Error('secret'), fake),
    { ...TAKEN },
    'secret',
    undefined,
    null,
    42,
    1n,
    Symbol('secret'),
    () => {},
    new Proxy({}, {}),
    Object.create(null),
  ];
  for (const error of others) {
    const { status, code, action, message } = service.refusal(error);
    assert.deepEqual([status, code, action], [500, 'internal', 'retry']);
    assert.doesNotMatch(JSON.stringify(message), /secret/);
  }
  const first = service.refusal(undefined);
  first.message.en = 'changed';
  assert.notEqual(service.refusal(undefined).message.en, 'changed', 'every response is a separate object');
});

test('service.refusal never throws, whatever its argument is', async (t) => {
  const sim = await simulator(t);
  const { service } = serviceOf(sim, { wechat: sim.config('wechat') });
  const trap = () => {
    throw new Error('a trap');
  };
  const traps = { get: trap, has: trap, getPrototypeOf: trap, getOwnPropertyDescriptor: trap, ownKeys: trap };
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();
  const invalid = (members) => Object.assign(Object.create(PhoneError.prototype), members);
  const error = () => new PhoneError({ code: 'ERR_INPUT', message: 'x', action: 'fix-config', field: 'code' });
  for (const [caseName, value] of Object.entries({
    'a proxy of nothing': new Proxy({}, traps),
    'a proxy of a PhoneError': new Proxy(error(), { get: trap }),
    'a proxy of a PhoneRefusal': new Proxy(new PhoneRefusal(TAKEN), traps),
    'a revoked proxy': revoked.proxy,
    'the prototype of PhoneError': PhoneError.prototype,
    'the prototype of PhoneRefusal': PhoneRefusal.prototype,
    'a field that is a symbol': invalid({ code: 'ERR_INPUT', field: Symbol('x') }),
    'an action that is a symbol': invalid({ code: 'ERR_PLATFORM', action: Symbol('x') }),
    'a code that throws': Object.defineProperty(error(), 'code', { get: trap }),
    'a field that throws': Object.defineProperty(error(), 'field', { get: trap }),
    'a field that is not a text': invalid({ code: 'ERR_INPUT', field: { toString: trap } }),
    'no members': invalid({}),
  })) {
    const { status, code, action, message } = service.refusal(value);
    assert.ok(status >= 400 && status < 600 && code && action && message.en && message.zh, caseName);
  }
});

test('the client receives the result as JSON, equal at every call', async (t) => {
  const sim = await simulator(t);
  let requestCount = 0;
  const flaky = () => ({
    toJSON: () => {
      if (requestCount++) throw new Error('the second time');
      return { n: 1 };
    },
  });
  for (const [result, expected] of [
    [() => undefined, undefined],
    [() => null, null],
    [() => new Date(0), '1970-01-01T00:00:00.000Z'],
    [flaky, { n: 1 }],
    [() => ({ a: undefined, b: () => {}, c: NaN }), { c: null }],
    [() => 'x'.repeat(65_534), 'x'.repeat(65_534)],
  ]) {
    let runs = 0;
    const { service } = serviceOf(sim, { wechat: sim.config('wechat') }, { onPhone: () => (runs++, result()) });
    const device = sim.device('wechat');
    const request = {
      platform: 'wechat',
      session: await login(service, device),
      detail: await device.tap({ fast: 'code' }),
    };
    const results = [await service.phone(request), await service.phone(request)];
    for (const { result } of results) assert.deepEqual(result, expected);
    assert.deepEqual((await post(service, 'phone', request)).result, expected);
    assert.equal(runs, 1);
  }
});

test('an onPhone that never ends: 503 after its time limit, its signal aborted, the number stored', async (t) => {
  const sim = await simulator(t);
  const signals = [];
  let hang = true;
  const onPhone = ({ signal }) => {
    signals.push(signal);
    return hang ? new Promise(() => {}) : 'bound';
  };
  const { service, events } = serviceOf(
    sim,
    { wechat: sim.config('wechat') },
    { onPhone, limits: { onPhone: 0.2, timeout: 1 } },
  );
  const device = sim.device('wechat');
  const session = await login(service, device);
  for (const fast of ['code', 'sealed']) {
    hang = true;
    signals.length = 0;
    const detail = await device.tap({ fast });
    const start = Date.now();
    const responses = await Promise.all(
      [1, 2].map(() => post(service, 'phone', { platform: 'wechat', session, detail })),
    );
    assert.ok(Date.now() - start < 3000);
    for (const { status, error } of responses)
      assert.deepEqual([status, error.code, error.action], [503, 'unavailable', 'retry']);
    assert.ok(signals.length && signals.every(({ aborted }) => aborted));
    assert.deepEqual([events.at(-1).code, events.at(-1).ok], ['ERR_TIMEOUT', false]);
    hang = false;
    const again = await post(service, 'phone', { platform: 'wechat', session, detail });
    assert.deepEqual([again.status, again.result], [200, 'bound']);
    assert.equal(signals.at(-1).aborted, false);
  }
  assert.equal(sim.count('wechat', 'getuserphonenumber'), 1, 'the retry caused no second paid request');
});

test('an onPhone that fails after its time limit causes no unhandled rejection', async (t) => {
  const sim = await simulator(t);
  const unhandled = [];
  const note = (error) => unhandled.push(error);
  process.on('unhandledRejection', note);
  t.after(() => process.off('unhandledRejection', note));
  const { service } = serviceOf(
    sim,
    { wechat: sim.config('wechat') },
    {
      onPhone: () =>
        sleep(100).then(() => {
          throw new Error('too late');
        }),
      limits: { onPhone: 0.05 },
    },
  );
  assert.equal(
    (await post(service, 'phone', { platform: 'wechat', detail: await sim.device('wechat').tap({ fast: 'code' }) }))
      .status,
    503,
  );
  await sleep(150);
  assert.deepEqual(unhandled, []);
});

test('a code without a session gets the same response again for half a minute, and is rejected afterwards', async (t) => {
  const sim = await simulator(t);
  for (const platform of withPhoneCode) {
    const { service } = serviceOf(
      sim,
      { [platform]: sim.config(platform) },
      { onPhone: () => ({ token: 'a-login-token' }) },
    );
    const request = { platform, detail: await sim.device(platform).tap({ fast: 'code' }) };
    const first = await post(service, 'phone', request);
    assert.deepEqual(first.result, { token: 'a-login-token' }, platform);
    sim.advance(29_000);
    assert.deepEqual(await post(service, 'phone', request), first, platform);
    sim.advance(1_500);
    const late = await post(service, 'phone', request);
    assert.notEqual(late.status, 200, platform);
    assert.doesNotMatch(JSON.stringify(late), /a-login-token/);
  }
});

test('a code of a session belongs to its user: only the user’s next session gets the response', async (t) => {
  const sim = await simulator(t);
  const { service, phones } = serviceOf(sim, { wechat: sim.config('wechat') });
  const [alice, mallory] = [sim.device('wechat'), sim.device('wechat')];
  const [aliceSession, mallorySession] = [await login(service, alice), await login(service, mallory)];
  const detail = await alice.tap({ fast: 'code' });
  const first = await post(service, 'phone', { platform: 'wechat', session: aliceSession, detail });
  await service.logout({ session: aliceSession });
  sim.advance(200_000);
  assert.equal((await post(service, 'phone', { platform: 'wechat', session: aliceSession, detail })).status, 401);
  assert.deepEqual(
    await post(service, 'phone', { platform: 'wechat', session: await login(service, alice), detail }),
    first,
  );
  for (const session of [mallorySession, undefined])
    assert.equal((await post(service, 'phone', { platform: 'wechat', session, detail })).status, 422);
  assert.equal(phones.length, 1);
});

test('a number that onPhone has not accepted yet is stored also for a code without a session', async (t) => {
  const sim = await simulator(t);
  let fails = true;
  const { service } = serviceOf(
    sim,
    { wechat: sim.config('wechat') },
    {
      onPhone: () => {
        if (fails) throw new Error('the database is down');
        return 'bound';
      },
    },
  );
  const request = { platform: 'wechat', detail: await sim.device('wechat').tap({ fast: 'code' }) };
  assert.equal((await post(service, 'phone', request)).status, 500);
  sim.advance(200_000);
  fails = false;
  assert.equal((await post(service, 'phone', request)).result, 'bound');
  assert.equal(sim.count('wechat', 'getuserphonenumber'), 1);
});
