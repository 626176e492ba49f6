// The service while its store fails: an instance uses the values that it wrote itself, throws ERR_STORE for values that
// it cannot read, and responds in time.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { mapStore } from './adapters.mjs';
import {
  codeOf,
  deferred,
  login,
  numberOf,
  PhoneError,
  post,
  serviceOf,
  simulatorOf,
  timed,
  times,
} from './helpers.mjs';

/** The ways in which a store fails. */
const FAILURES = {
  'never responds': () => new Promise(() => {}),
  rejects: async () => {
    throw new Error('ECONNREFUSED redis://user:secret@10.0.0.1');
  },
  'rejects with undefined': () => Promise.reject(undefined),
  throws: () => {
    throw new Error('not connected');
  },
  'returns undefined and false, as Keyv 5 does': async (operation) => (operation === 'get' ? undefined : false),
};

/** A Map as a store that can be made to fail: `broken` is undefined or one of FAILURES. */
function breakable({ atomic = true } = {}) {
  const map = new Map();
  const full = mapStore(map);
  if (atomic) full.setIfAbsent = async (key, value) => !map.has(key) && Boolean(map.set(key, value));
  const store = { map, broken: undefined };
  for (const operation of Object.keys(full))
    store[operation] = (...args) => (store.broken ? store.broken(operation, ...args) : full[operation](...args));
  return store;
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');

/** MB of JavaScript's heap that are still referenced. */
function heapInUse() {
  collectGarbage();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

/** Fails a test that hangs. */
const LIMIT = { timeout: 20_000 };
const QUICK = { limits: { storeTimeout: 0.05 } };

for (const [name, broken] of Object.entries(FAILURES)) {
  const keyv = name.includes('Keyv');
  const brokenStore = () => Object.assign(breakable({ atomic: !keyv }), { broken });

  describe(`a store that ${name}`, LIMIT, () => {
    test('from the start: login and phone work on one instance, and the failure is logged', async (t) => {
      const simulator = await simulatorOf(t);
      const { service, failures } = serviceOf(simulator, { store: brokenStore(), ...QUICK });
      const device = simulator.device('wechat');
      const session = await login(service, device);
      for (const fast of ['code', 'sealed', 'code'])
        assert.equal(await numberOf(service, device, session, { fast }), device.phone);
      assert.equal(simulator.count('wechat', 'stable_token'), 1, 'the access token is kept in memory, too');
      assert.ok(failures().length > 0);
      assert.doesNotMatch(JSON.stringify(failures()), /secret|mp-phone:|ECONN/);
    });

    test('a code that is sent again to the same instance causes no second paid call', async (t) => {
      const simulator = await simulatorOf(t);
      const { service, phones } = serviceOf(simulator, { store: brokenStore(), ...QUICK });
      const device = simulator.device('wechat');
      const request = {
        platform: 'wechat',
        session: await login(service, device),
        detail: await device.tap({ fast: 'code' }),
      };
      const responses = await Promise.all([service.phone(request), service.phone(request)]);
      responses.push(await service.phone(request));
      for (const response of responses) assert.deepEqual(response, responses[0]);
      assert.equal(simulator.count('wechat', 'getuserphonenumber'), 1);
      assert.equal(phones.length, 1);
    });

    test('after the first requests: an instance uses the values that it wrote before', async (t) => {
      const simulator = await simulatorOf(t);
      const store = breakable();
      const { service } = serviceOf(simulator, { store, ...QUICK });
      const device = simulator.device('wechat');
      const session = await login(service, device);
      await numberOf(service, device, session);
      store.broken = broken;
      // Keyv 5 returns undefined when it fails, which cannot be distinguished from a logout at another instance.
      const expected = keyv ? 'ERR_SESSION' : 'ok';
      for (const fast of ['sealed', 'code'])
        assert.equal(await codeOf(numberOf(service, device, session, { fast })), expected);
    });

    if (keyv) return;

    test('a session of another instance is ERR_STORE and not ERR_SESSION: status 503, action retry', async (t) => {
      const simulator = await simulatorOf(t);
      const store = breakable();
      const [first, second] = times(2, () => serviceOf(simulator, { store, ...QUICK }).service);
      const device = simulator.device('wechat');
      const session = await login(first, device);
      store.broken = broken;
      for (const fast of ['sealed', 'code']) {
        const detail = await device.tap({ fast });
        assert.equal(await codeOf(second.phone({ platform: 'wechat', session, detail })), 'ERR_STORE');
        const { status, error } = await post(second, 'phone', { platform: 'wechat', session, detail });
        assert.deepEqual([status, error.code, error.action], [503, 'unavailable', 'retry']);
      }
      assert.equal(simulator.count('wechat', 'getuserphonenumber'), 0, 'no code is redeemed for an unknown user');
    });

    test('a logout that the store rejects is ERR_STORE, and succeeds when it is sent again', async (t) => {
      const simulator = await simulatorOf(t);
      const store = breakable();
      const [first, second] = times(2, () => serviceOf(simulator, { store, ...QUICK }).service);
      const device = simulator.device('wechat');
      const session = await login(first, device);
      store.broken = broken;
      for (const service of [first, second]) assert.equal(await codeOf(service.logout({ session })), 'ERR_STORE');
      store.broken = undefined;
      if (name === 'never responds') await sleep(1100); // the service does not call the store before
      await first.logout({ session });
      for (const service of [first, second])
        assert.equal(await codeOf(numberOf(service, device, session)), 'ERR_SESSION');
    });

    test('an Alipay payload is rejected if the service cannot check whether it was used before', async (t) => {
      const simulator = await simulatorOf(t);
      const store = breakable();
      const { service, phones } = serviceOf(simulator, {
        store,
        platforms: { alipay: simulator.config('alipay') },
        ...QUICK,
      });
      const device = simulator.device('alipay');
      const session = await login(service, device);
      store.broken = broken;
      assert.equal(await codeOf(numberOf(service, device, session, {})), 'ERR_STORE');
      assert.equal(phones.length, 0);
    });
  });
}

describe('the time limit', LIMIT, () => {
  const hang = FAILURES['never responds'];

  for (const [seconds, label] of [
    [undefined, 'half a second by default'],
    [0.1, 'limits.storeTimeout'],
  ]) {
    test(`one request waits once: ${label}`, async (t) => {
      const simulator = await simulatorOf(t);
      const { service } = serviceOf(simulator, {
        store: Object.assign(breakable(), { broken: hang }),
        limits: { storeTimeout: seconds },
      });
      const device = simulator.device('wechat');
      const limit = (seconds ?? 0.5) * 1000;
      const first = await timed(() => login(service, device));
      // After a failure the service does not call the store for a second, so only the first step of a request waits.
      const second = await timed(() => numberOf(service, device, first.value));
      t.diagnostic(`login ${first.ms.toFixed(0)} ms, phone ${second.ms.toFixed(0)} ms`);
      assert.ok(first.ms >= limit * 0.9, `${first.ms}`);
      for (const { ms } of [first, second]) assert.ok(ms < limit + 400, `${ms}`);
    });
  }

  test('a hundred simultaneous requests do not wait for one another', async (t) => {
    const simulator = await simulatorOf(t);
    const { service } = serviceOf(simulator, {
      store: Object.assign(breakable(), { broken: hang }),
      limits: { storeTimeout: 0.2 },
    });
    const { ms } = await timed(() =>
      Promise.all(
        times(100, async () => {
          const device = simulator.device('wechat');
          assert.equal(await numberOf(service, device, await login(service, device)), device.phone);
        }),
      ),
    );
    t.diagnostic(`${ms.toFixed(0)} ms`);
    assert.ok(ms < 5000, `${ms}`);
  });

  test('a store that responds again is used again within two seconds', async (t) => {
    const simulator = await simulatorOf(t);
    const store = breakable();
    const [first, second] = times(2, () => serviceOf(simulator, { store, limits: { storeTimeout: 0.05 } }).service);
    const device = simulator.device('wechat');
    const session = await login(first, device);
    store.broken = hang;
    assert.equal(await codeOf(numberOf(second, device, session)), 'ERR_STORE');
    store.broken = undefined;
    assert.equal(await codeOf(numberOf(second, device, session)), 'ERR_STORE', 'not yet');
    await sleep(1100);
    assert.equal(await numberOf(second, device, session), device.phone);
  });

  test('a late response has no effect', async (t) => {
    const simulator = await simulatorOf(t);
    const store = breakable();
    const late = deferred();
    const { service } = serviceOf(simulator, { store, limits: { storeTimeout: 0.05 } });
    const device = simulator.device('wechat');
    const session = await login(service, device);
    store.broken = () => late.promise;
    assert.equal(await numberOf(service, device, session), device.phone);
    late.reject(new Error('at last'));
    await sleep(20);
    assert.equal(await numberOf(service, device, session), device.phone);
  });
});

describe('the cause of a failure', () => {
  const failing = async (t, store) => {
    const simulator = await simulatorOf(t);
    const created = serviceOf(simulator, { store, ...QUICK });
    const error = await created.service.user({ session: 'nobody' }).catch((thrown) => thrown);
    return { error, event: created.failures()[0] };
  };
  const code = (code) => Object.assign(new Error('SECRET'), { code });
  const trap = () => {
    throw new Error('SECRET');
  };
  for (const [subject, thrown, cause] of [
    ['a connection that is rejected', code('ECONNREFUSED'), 'ECONNREFUSED'],
    [
      'an error within an AggregateError',
      Object.assign(new AggregateError([code('ETIMEDOUT')], 'SECRET')),
      'ETIMEDOUT',
    ],
    ['a missing password', new Error('NOAUTH Authentication required.'), 'NOAUTH'],
    [
      'a read-only replica',
      new (class ReplyError extends Error {})("READONLY You can't write against a read only replica."),
      'READONLY',
    ],
    ['an error of SQLite', code('SQLITE_BUSY'), 'SQLITE_BUSY'],
    ['an error of Node', code('ERR_SQLITE_ERROR'), 'ERR_SQLITE_ERROR'],
    ['a bug of the adapter', new TypeError("Cannot read properties of undefined (reading 'SECRET')"), 'TypeError'],
    ['a word that Redis does not use', new Error('SECRET Authentication'), 'Error'],
    ['an unknown error code', code('SECRET'), 'Error'],
    ['a custom name', Object.assign(new Error('x'), { name: 'SECRET of 13912345678' }), 'Error'],
    ['a PhoneError', new PhoneError({ code: 'ERR_SESSION', message: 'SECRET', action: 'login-again' }), 'ERR_SESSION'],
    ['undefined', undefined, 'undefined'],
    ['a text', 'SECRET', 'string'],
    ['an error whose getters throw', new Proxy(new Error('x'), { get: trap, getPrototypeOf: trap }), 'Error'],
  ]) {
    test(`${subject}: the cause is ${cause} in the event and in the error, without the text of the error`, async (t) => {
      const { error, event } = await failing(t, { ...mapStore(new Map()), get: () => Promise.reject(thrown) });
      assert.deepEqual(
        [error.code, error.action, error.message, error.cause],
        ['ERR_STORE', 'retry', 'the store failed', cause],
      );
      assert.deepEqual(
        [event.code, event.operation, event.reason, event.cause],
        ['ERR_STORE', 'get', 'the store failed', cause],
      );
      assert.doesNotMatch(JSON.stringify(event), /SECRET|1391234/);
    });
  }

  test('a store that does not respond in time has its own text', async (t) => {
    const { error, event } = await failing(t, { ...mapStore(new Map()), get: () => new Promise(() => {}) });
    const text = 'the store did not respond within limits.storeTimeout';
    assert.deepEqual(
      [error.code, error.message, error.cause, event.reason, event.cause],
      ['ERR_STORE', text, undefined, text, undefined],
    );
  });

  test('a set that returns false has its own text', async (t) => {
    const simulator = await simulatorOf(t);
    const { service, failures } = serviceOf(simulator, { store: { ...mapStore(new Map()), set: async () => false } });
    await login(service, simulator.device('wechat'));
    assert.ok(failures().length);
    for (const { operation, reason } of failures())
      assert.deepEqual([operation, reason], ['set', 'set of the store returned false']);
  });
});

describe('the result of setIfAbsent', LIMIT, () => {
  const storeWith = (resultOf) => {
    const map = new Map();
    const take = (key, value) => !map.has(key) && Boolean(map.set(key, value));
    return { map, store: { ...mapStore(map), setIfAbsent: async (key, value) => resultOf(take(key, value)) } };
  };
  for (const [description, resultOf, fails] of [
    ['true and false', (took) => took],
    ['OK and null, as Redis does', (took) => (took ? 'OK' : null)],
    ['1 and 0', Number],
    ['undefined, from a forgotten return', () => undefined, true],
    ['an object', () => ({}), true],
    ['a text', (took) => String(took), true],
    ['2', () => 2, true],
  ]) {
    test(`${description}: ${fails ? 'a failure, which is logged and delays no request' : 'valid'}`, async (t) => {
      const simulator = await simulatorOf(t);
      const { store, map } = storeWith(resultOf);
      const platforms = { wechat: simulator.config('wechat'), alipay: simulator.config('alipay') };
      const { service, failures } = serviceOf(simulator, { store, platforms });
      const device = simulator.device('wechat');
      const { value: session, ms } = await timed(() => login(service, device));
      assert.ok(ms < 2000, `${ms}`);
      for (const fast of ['code', 'sealed'])
        assert.equal(await numberOf(service, device, session, { fast }), device.phone);
      // For Alipay the service must know whether a payload was used before.
      const alipayDevice = simulator.device('alipay');
      assert.equal(
        await codeOf(numberOf(service, alipayDevice, await login(service, alipayDevice), {})),
        fails ? 'ERR_STORE' : 'ok',
      );
      const logged = new Set(failures().map(({ operation, code, reason }) => `${operation} ${code} ${reason}`));
      assert.deepEqual(
        [...logged],
        fails ? ['setIfAbsent ERR_STORE setIfAbsent of the store returned neither true nor false'] : [],
      );
      await sleep(50);
      assert.deepEqual(
        [...map.keys()].filter((key) => key.includes(':lock:')),
        [],
        'a lock that was set nevertheless is removed',
      );
    });
  }
});

test('a lock that the store sets too late does not delay later requests', async (t) => {
  const simulator = await simulatorOf(t);
  const store = breakable();
  const late = { ...store, setIfAbsent: (...args) => sleep(150).then(() => store.setIfAbsent(...args)) };
  const first = serviceOf(simulator, { store: late, ...QUICK }).service;
  const second = serviceOf(simulator, { store }).service;
  const device = simulator.device('wechat');
  await login(first, device);
  await sleep(300);
  const { ms } = await timed(() => login(second, device));
  t.diagnostic(`the next login of this user at another instance: ${ms.toFixed(0)} ms`);
  assert.ok(ms < 2000, `${ms.toFixed(0)} ms`);
});

describe('a value that was written while the store was unavailable', () => {
  const rejects = FAILURES.rejects;

  test('is available to another instance after a request at the first instance needed it', async (t) => {
    const simulator = await simulatorOf(t);
    const store = Object.assign(breakable(), { broken: rejects });
    const [first, second] = times(2, () => serviceOf(simulator, { store }).service);
    const device = simulator.device('wechat');
    const session = await login(first, device);
    store.broken = undefined;
    assert.equal(await numberOf(first, device, session, { fast: 'sealed' }), device.phone);
    assert.equal(await numberOf(second, device, session, { fast: 'sealed' }), device.phone);
  });

  test('is available to another instance after any call of the store by the first instance', async (t) => {
    const simulator = await simulatorOf(t);
    const store = Object.assign(breakable(), { broken: rejects });
    const [first, second] = times(2, () => serviceOf(simulator, { store }).service);
    const devices = times(20, () => simulator.device('wechat'));
    const sessions = [];
    for (const device of devices) sessions.push(await login(first, device));
    store.broken = undefined;
    await login(first, simulator.device('wechat'));
    await sleep(100);
    for (const [index, device] of devices.entries())
      assert.equal(await codeOf(numberOf(second, device, sessions[index], { fast: 'sealed' })), 'ok');
  });

  test('takes precedence over the older value in the store: the newest session key', async (t) => {
    const simulator = await simulatorOf(t);
    const store = breakable();
    const { service } = serviceOf(simulator, { store });
    const device = simulator.device('wechat');
    await login(service, device);
    store.broken = rejects;
    const session = await login(service, device);
    store.broken = undefined;
    assert.equal(await service.checkSession({ session }), true);
  });

  test('takes precedence over the older value in the store: a key that was reset', async (t) => {
    const simulator = await simulatorOf(t);
    const store = breakable();
    const { service } = serviceOf(simulator, { store });
    const device = simulator.device('wechat');
    const session = await login(service, device);
    store.broken = rejects;
    await service.resetSessionKey({ session });
    store.broken = undefined;
    assert.equal(await codeOf(numberOf(service, device, session, { fast: 'sealed' })), 'ok');
  });

  test('takes precedence over the older value in the store: the result of onPhone', async (t) => {
    const simulator = await simulatorOf(t);
    const store = breakable();
    let ran = 0;
    const onPhone = () => {
      store.broken = rejects;
      return ++ran;
    };
    const { service } = serviceOf(simulator, { store, onPhone });
    const device = simulator.device('wechat');
    const request = {
      platform: 'wechat',
      session: await login(service, device),
      detail: await device.tap({ fast: 'code' }),
    };
    const received = await service.phone(request);
    store.broken = undefined;
    assert.deepEqual(await service.phone(request), received);
    assert.equal(ran, 1);
  });

  test('does not restore a session that ended in the meantime', async (t) => {
    const simulator = await simulatorOf(t);
    const store = Object.assign(breakable(), { broken: rejects });
    const { service } = serviceOf(simulator, { store });
    const device = simulator.device('wechat');
    const session = await login(service, device);
    assert.equal(await codeOf(service.logout({ session })), 'ERR_STORE');
    store.broken = undefined;
    assert.equal(await codeOf(numberOf(service, device, session)), 'ERR_SESSION');
    assert.ok(![...store.map.keys()].some((key) => key.includes('session:')));
  });

  test('expires at its original time', async (t) => {
    const simulator = await simulatorOf(t);
    const store = Object.assign(breakable(), { broken: rejects });
    const { service } = serviceOf(simulator, { store, limits: { session: 60 } });
    const device = simulator.device('wechat');
    const session = await login(service, device);
    simulator.advance(59_000);
    assert.equal(await numberOf(service, device, session), device.phone);
    simulator.advance(1_000);
    assert.equal(
      await codeOf(numberOf(service, device, session)),
      'ERR_SESSION',
      'this instance knows that the session has expired',
    );
    store.broken = undefined;
    assert.equal(await codeOf(numberOf(service, device, session)), 'ERR_SESSION');
  });
});

describe('a store that returns values that the service did not write', () => {
  const future = Date.now() + 3_600_000;
  const stored = { user: { platform: 'wechat', openId: 'o' }, app: 'wx', ends: future };
  const ABSENT = {
    'an empty text': '',
    'null as text': 'null',
    'an envelope that has expired': JSON.stringify({ version: 1, expires: 1, value: stored }),
  };
  for (const [name, answer] of Object.entries(ABSENT)) {
    test(`${name}: counts as absent, without a number or a 500`, async (t) => {
      const simulator = await simulatorOf(t);
      const { service, failures } = serviceOf(simulator, {
        store: { ...mapStore(new Map()), get: async () => answer },
      });
      const device = simulator.device('wechat');
      const session = await login(service, device);
      for (const fast of ['sealed', 'code']) {
        const { status, error } = await post(service, 'phone', {
          platform: 'wechat',
          session,
          detail: await device.tap({ fast }),
        });
        assert.deepEqual([status, error?.action], [401, 'login-again']);
      }
      assert.equal(
        await numberOf(service, device, undefined),
        device.phone,
        'a code needs neither the session nor a stored token',
      );
      assert.deepEqual(failures(), []);
    });
  }

  // These values are a failure of the store and not an absent session: after a new login the store would return the
  // next session in the same way.
  const envelope = (value) => JSON.stringify({ version: 1, expires: future, value });
  const phone = { nationalNumber: '13800138000', e164: null, countryCode: null };
  const ANOTHER = {
    'text that is not JSON': '<html>SECRET</html>',
    'a number as text': '42',
    '2 MB of text': 'x'.repeat(2_000_000),
    'half an envelope': '{"version":1,"expires":99999999999999,"value":{"user":{"platform":"wechat"',
    'an envelope without an expiry time': JSON.stringify({ version: 1, value: stored }),
    'an envelope with an invalid expiry time': JSON.stringify({ version: 1, expires: 'tomorrow', value: stored }),
    'an envelope that was serialised twice': JSON.stringify(envelope(stored)),
    'an envelope as bytes': Buffer.from(envelope(stored)),
    'a parsed envelope': JSON.parse(envelope(stored)),
    'a large envelope': envelope({ ...stored, app: 'x'.repeat(1_100_000) }),
    'a number': 42,
    true: true,
    false: false,
    'an object': { value: envelope(stored) },
  };
  const user = { platform: 'wechat', openId: 5 };
  for (const v of [
    5,
    'SECRET',
    null,
    [],
    {},
    { user: {} },
    { ...stored, user },
    { ...stored, sessionKey: 5 },
    { ...stored, ends: 'soon' },
    { token: 5 },
  ]) {
    ANOTHER[`an envelope of ${JSON.stringify(v)}`.replace(future, 0)] = envelope(v);
  }
  for (const outcome of [true, 5, { json: '{' }, { json: 5 }, { refusal: {} }, { refusal: { status: 200 } }]) {
    ANOTHER[`a result with the outcome ${JSON.stringify(outcome)}`] = envelope({
      phone,
      user: null,
      owner: '',
      outcome,
    });
  }
  for (const [name, answer] of Object.entries(ANOTHER)) {
    test(`${name}: a failure, logged without the value; an instance uses what it wrote itself`, async (t) => {
      const simulator = await simulatorOf(t);
      const store = { ...mapStore(new Map()), get: async () => answer };
      const [first, second] = times(2, () => serviceOf(simulator, { store }));
      const device = simulator.device('wechat');
      const session = await login(first.service, device);
      for (const fast of ['sealed', 'code']) {
        assert.equal(
          await numberOf(first.service, device, session, { fast }),
          device.phone,
          'the instance that created the session uses its memory',
        );
        const { status, error } = await post(second.service, 'phone', {
          platform: 'wechat',
          session,
          detail: await device.tap({ fast }),
        });
        assert.deepEqual([status, error?.code, error?.action], [503, 'unavailable', 'retry']);
        assert.equal(second.events.at(-1).code, 'ERR_STORE');
      }
      assert.equal(
        await numberOf(second.service, device, undefined),
        device.phone,
        'a code needs neither the session nor a stored token',
      );
      for (const { ms, ...failure } of [...first.failures(), ...second.failures()]) {
        const reason = 'get of the store returned a value that set did not write';
        assert.deepEqual(failure, { event: 'store', ok: false, operation: 'get', code: 'ERR_STORE', reason });
      }
      assert.ok(first.failures().length && second.failures().length);
    });
  }

  test('a claimed payload whose claim cannot be read stays claimed: no second user can use the payload', async (t) => {
    const simulator = await simulatorOf(t);
    const map = new Map();
    const store = {
      ...mapStore(map),
      setIfAbsent: async (key, value) => !map.has(key) && Boolean(map.set(key, value)),
    };
    const { service } = serviceOf(simulator, { store, platforms: { alipay: simulator.config('alipay') } });
    const device = simulator.device('alipay');
    const session = await login(service, device);
    const detail = await device.tap();
    const send = () => codeOf(service.phone({ platform: 'alipay', session, detail }));
    assert.equal(await send(), 'ok');
    const [claim] = [...map.keys()].filter((key) => key.includes(':replay:'));
    map.set(claim, 'unreadable');
    assert.equal(await send(), 'ERR_STORE');
  });

  test('an expired envelope is not a session of another instance', async (t) => {
    const simulator = await simulatorOf(t);
    const store = breakable();
    const [first, second] = times(2, () => serviceOf(simulator, { store, limits: { session: 60 } }).service);
    const device = simulator.device('wechat');
    const session = await login(first, device);
    const storedValues = [...store.map];
    simulator.advance(61_000);
    for (const [key, value] of storedValues) store.map.set(key, value);
    for (const service of [first, second])
      assert.equal(await codeOf(numberOf(service, device, session)), 'ERR_SESSION');
  });
});

describe('the memory store', () => {
  test('holds limits.entries values of a kind and removes the oldest', async (t) => {
    const simulator = await simulatorOf(t);
    const { service } = serviceOf(simulator, { limits: { entries: 10 } });
    const devices = times(15, () => simulator.device('wechat'));
    const sessions = [];
    for (const device of devices) sessions.push(await login(service, device));
    const codes = [];
    for (const [index, device] of devices.entries())
      codes.push(await codeOf(numberOf(service, device, sessions[index], { fast: 'sealed' })));
    assert.deepEqual(codes, [...times(5, () => 'ERR_SESSION'), ...times(10, () => 'ok')]);
  });

  test('many codes and many Alipay numbers end no session', async (t) => {
    const simulator = await simulatorOf(t);
    const { service } = serviceOf(simulator, {
      limits: { entries: 10 },
      platforms: { wechat: simulator.config('wechat'), alipay: simulator.config('alipay') },
    });
    const device = simulator.device('wechat');
    const session = await login(service, device);
    for (const other of times(30, () => simulator.device('wechat'))) await numberOf(service, other);
    for (const other of times(9, () => simulator.device('alipay'))) {
      const theirs = await login(service, other);
      await service.phone({ platform: 'alipay', session: theirs, detail: await other.tap() });
      await service.logout({ session: theirs });
    }
    assert.equal(await numberOf(service, device, session, { fast: 'sealed' }), device.phone);
  });

  test('ten thousand logins above the limit do not increase the memory', async (t) => {
    const fetch = async () => ({
      status: 200,
      headers: { get: () => null },
      text: async () => JSON.stringify({ openid: `o${Math.random()}`, session_key: 'AAECAwQFBgcICQoLDA0ODw==' }),
    });
    const simulator = await simulatorOf(t);
    const { service, events } = serviceOf(simulator, { fetch, limits: { entries: 200 }, onEvent: undefined });
    let sent = 0;
    const logins = async (count) => {
      for (let i = 0; i < count; i++)
        await service.login({ platform: 'wechat', code: `0${String(sent++).padStart(31, 'a')}` });
    };
    await logins(1000);
    const before = heapInUse();
    const { ms } = await timed(() => logins(10_000));
    const growth = heapInUse() - before;
    t.diagnostic(`10,000 logins in ${ms.toFixed(0)} ms; the heap grew by ${growth.toFixed(1)} MB`);
    assert.equal(events.length, 0);
    // A thousand bytes for every login would be 10 MB.
    assert.ok(growth < 5, `${growth} MB`);
  });
});
