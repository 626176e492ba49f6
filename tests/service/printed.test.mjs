// Printing or serialising an object of the package reveals no secret.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { withLoginCode } from '../../js/build/platforms.mjs';
import { createPhoneService, createSimulator, login, serviceOf } from './service.mjs';

const simulator = await createSimulator();
test.after(() => simulator.close());

/** The outputs of all functions that write an object to a log. */
function printed(object) {
  const attempt = (print) => {
    try {
      return String(print());
    } catch {
      // An object that cannot be printed reveals nothing.
      return '';
    }
  };
  const records = new Set();
  /** Everything that is reachable through properties, including prototypes, functions, maps and symbols. */
  const walk = (value) => {
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null || records.has(value))
      return typeof value === 'string' ? value : '';
    records.add(value);
    if (value === globalThis || value instanceof Promise) return '';
    const parts = Reflect.ownKeys(value).flatMap((key) => {
      const { value: own, get } = Reflect.getOwnPropertyDescriptor(value, key);
      return [String(key), walk(get ? attempt(() => value[key]) : own)];
    });
    if (value instanceof Map || value instanceof Set) for (const entry of value) parts.push(walk(entry));
    return [...parts, walk(Object.getPrototypeOf(value))].join('\n');
  };
  return [
    inspect(object),
    inspect(object, {
      depth: 12,
      showHidden: true,
      maxStringLength: Infinity,
      maxArrayLength: Infinity,
      getters: true,
    }),
    attempt(() => JSON.stringify(object)),
    attempt(() => inspect(structuredClone(object), { depth: 12 })),
    // Like the serialisers of pino and winston.
    attempt(() => JSON.stringify({ ...object, message: object.message, stack: object.stack, cause: object.cause })),
    attempt(() => Object.entries(object).join()),
    attempt(() => `${object}`),
    walk(object),
  ].join('\n');
}

const shows = (object, secrets) => {
  const text = printed(object);
  return Object.keys(secrets).filter((name) => text.includes(secrets[name]));
};

test('the search finds a secret that an object contains', () => {
  class Hidden {
    constructor(secret) {
      this.deep = { map: new Map([['a', { secret }]]) };
    }
  }
  assert.deepEqual(shows(new Hidden('CANARY'), { secret: 'CANARY', other: 'NOT THERE' }), ['secret']);
  assert.deepEqual(
    shows(
      Object.assign(() => {}, { own: 'CANARY' }),
      { secret: 'CANARY' },
    ),
    ['secret'],
  );
});

test('a service with logged-in users, spent codes and tokens shows only its functions', async () => {
  const platforms = Object.fromEntries(simulator.platforms.map((name) => [name, simulator.config(name)]));
  const secrets = {};
  for (const [name, options] of Object.entries(platforms))
    for (const key of ['appSecret', 'clientSecret', 'privateKey', 'aesKey'])
      if (options[key]) secrets[`${name} ${key}`] = options[key];
  // The contents of the platforms' responses.
  const fetch = async (url, init) => {
    const response = await globalThis.fetch(url, init);
    const text = await response.text();
    for (const [, name, value] of text.matchAll(/"(\w*(?:token|session_key)\w*)"\s*:\s*"([^"]{8,})"/gi))
      secrets[`${name} ${Object.keys(secrets).length}`] = value;
    return new Response(text, { status: response.status, headers: response.headers });
  };
  const { service } = serviceOf({ now: simulator.now }, platforms, { fetch });
  for (const platform of simulator.platforms) {
    const device = simulator.device(platform);
    const session = withLoginCode.includes(platform) ? await login(service, device) : undefined;
    for (const fast of ['code', 'sealed'])
      await service.phone({
        platform,
        session,
        detail: await device.tap(['wechat', 'douyin'].includes(platform) ? { fast } : {}),
      });
    if (session) secrets[`${platform} session`] = session;
    secrets[`${platform} openId`] = device.openId;
    secrets[`${platform} phone`] = device.phone;
  }
  assert.ok(Object.keys(secrets).length > 40);
  assert.deepEqual(shows(service, secrets), []);
  assert.deepEqual(
    Object.keys(service).filter((name) => typeof service[name] !== 'function'),
    ['openapi'],
  );
  for (const name of Object.keys(service)) assert.deepEqual(shows(service[name], secrets), [], name);
});

test('the `this` of the application’s functions reveals no secret', async () => {
  const config = simulator.config('wechat');
  const secrets = { appSecret: config.appSecret };
  const receivers = [];
  /** A function that stores its `this` and calls `use`. */
  const recording = (use) =>
    function recording(...parameters) {
      receivers.push(this);
      return use(...parameters);
    };
  const map = new Map();
  const options = {
    platforms: { wechat: { ...config, token: recording(async () => 'T') } },
    store: {
      get: recording(async (key) => map.get(key)),
      set: recording(async (key, value) => (map.set(key, value), true)),
      delete: recording(async (key) => map.delete(key)),
    },
    onPhone: recording(() => {}),
    onEvent: recording(() => {}),
    now: recording(() => simulator.now()),
    fetch: recording((...request) => globalThis.fetch(...request)),
    logger: Object.fromEntries(['info', 'warn', 'error'].map((level) => [level, recording(() => {})])),
  };
  const service = createPhoneService(options);
  const device = simulator.device('wechat');
  const { session } = await service.login({ platform: 'wechat', code: await device.login() });
  await service.phone({ platform: 'wechat', session, detail: await device.tap({ fast: 'sealed' }) });
  await service.phone({ platform: 'wechat', session, detail: await device.tap({ fast: 'code' }) }).catch(() => {});
  const own = [undefined, options, options.store, options.logger];
  const others = new Set(receivers.filter((value) => !own.includes(value)));
  assert.ok(receivers.length > 20);
  for (const value of others) assert.deepEqual(shows(value, { ...secrets, session, phone: device.phone }), []);
});

test('the functions of the service work without the service object', async () => {
  const { login, phone, user, logout } = createPhoneService({
    platforms: { wechat: simulator.config('wechat') },
    now: simulator.now,
    logger: false,
  });
  const device = simulator.device('wechat');
  const { session } = await login({ platform: 'wechat', code: await device.login() });
  assert.equal(
    (await phone({ platform: 'wechat', session, detail: await device.tap() })).phone.nationalNumber,
    device.phone,
  );
  assert.equal((await user({ session })).openId, device.openId);
  await logout({ session });
});

test('errors show neither keys nor data of the request, with and without a cause', async () => {
  const wechat = { ...simulator.config('wechat'), appSecret: 'CANARY-SECRET' };
  const alipay = simulator.config('alipay');
  const device = simulator.device('wechat');
  const canary = 'f'.repeat(60) + 'cafe';
  const errors = [];
  for (const options of [
    { platforms: { wechat } },
    { platforms: { wechat: { ...wechat, baseUrl: 'http://127.0.0.1:1' } } },
    {
      platforms: {
        wechat: {
          ...wechat,
          token: async () => {
            throw new Error('CANARY-SECRET');
          },
        },
      },
    },
    {
      platforms: { wechat },
      fetch: async (url, init) => {
        throw Object.assign(new Error(`failed: ${url}`), { init, cause: new Error('CANARY-SECRET') });
      },
    },
    {
      platforms: { wechat },
      store: {
        get: async () => {
          throw new Error('CANARY-SECRET');
        },
        set: async () => true,
        delete: async () => true,
      },
    },
  ]) {
    const service = createPhoneService({ logger: false, ...options });
    errors.push(
      await service
        .phone({ platform: 'wechat', session: 'CANARY-SESSION', detail: { code: canary, iv: canary } })
        .catch((error) => error),
    );
    errors.push(await service.login({ platform: 'wechat', code: 'CANARY-CODE' }).catch((error) => error));
    errors.push(
      await service.phone({ platform: 'wechat', detail: await device.tap({ fast: 'code' }) }).catch((error) => error),
    );
  }
  for (const options of [
    { ...alipay, aesKey: 'CANARY-KEY' },
    { ...alipay, privateKey: 'Q0FOQVJZLUtFWQ==' },
  ]) {
    try {
      createPhoneService({ platforms: { alipay: options } });
      assert.fail();
    } catch (error) {
      errors.push(error);
    }
  }
  assert.equal(errors.filter((error) => error instanceof Error).length, 17);
  for (const error of errors)
    assert.deepEqual(shows({ error }, { secret: 'CANARY', code: canary, key: 'Q0FOQVJZ' }), [], error.message);
});

test('a simulator and its devices show no secret: only the simulator’s configuration has them', async () => {
  const secrets = {};
  for (const name of simulator.platforms)
    for (const [key, value] of Object.entries(simulator.config(name)))
      if (/secret|privateKey|aesKey/i.test(key)) secrets[`${name} ${key}`] = value;
  const device = simulator.device('wechat');
  await device.login();
  assert.deepEqual(shows(simulator, secrets), []);
  assert.deepEqual(shows(device, secrets), []);
});
