// The same tests for every store, with the real libraries: an instance of the service can use what another instance
// stored.

import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import KeyvRedis from '@keyv/redis';
import { Redis } from 'ioredis';
import { Keyv } from 'keyv';
import Keyv4 from 'keyv4';
import { Keyv as Keyv6 } from 'keyv6';
import { Miniflare } from 'miniflare';
import { createClient } from 'redis';
import { createStorage } from 'unstorage';
import memoryDriver from 'unstorage/drivers/memory';
import redisDriver from 'unstorage/drivers/redis';
import { ioredisStore, kvStore, mapStore, nodeRedisStore, unstorageStore } from './adapters.mjs';
import { codeOf, login, numberOf, serviceOf, simulatorOf, timed, uniCloudRedisStore } from './helpers.mjs';
import { connection, startRedis } from './redis.mjs';

/** Stands in for a test's context: Redis is started once for the file, outside of a test. */
const file = { after };
const redis = await startRedis(file);
const miniflare = new Miniflare({
  modules: true,
  script: 'export default { fetch: () => new Response() }',
  kvNamespaces: ['PHONE'],
  host: '127.0.0.1',
  cf: false,
});
after(() => miniflare.dispose());

/**
 * Every store, and a function with which an instance of the service opens it, with its own connection if there is one.
 */
const STORES = {
  'the memory store, the default': () => () => undefined,
  'a Map': () => shared(mapStore(new Map())),
  'Keyv 4': () => shared(new Keyv4()),
  'Keyv 5': () => shared(new Keyv()),
  'Keyv 6': () => shared(new Keyv6()),
  'Keyv 5 on Redis': (t) => () => {
    const keyv = new Keyv(new KeyvRedis(redis.url));
    keyv.on('error', () => {});
    t.after(() => keyv.disconnect());
    return keyv;
  },
  ioredis: (t) => () => ioredisStore(connection(t, new Redis(redis.port, { maxRetriesPerRequest: 1 }))),
  'uniCloud.redis(), imitated on a real Redis': (t) => () =>
    uniCloudRedisStore(uniCloudRedis(connection(t, new Redis(redis.port, { maxRetriesPerRequest: 1 })))),
  'node-redis': (t) => async () =>
    nodeRedisStore(await connection(t, createClient({ url: redis.url, disableOfflineQueue: true })).connect()),
  'unstorage in memory, which ignores the TTL': () => shared(unstorageStore(createStorage({ driver: memoryDriver() }))),
  'unstorage on Redis': (t) => () => {
    const storage = createStorage({ driver: redisDriver({ url: redis.url }) });
    t.after(() => storage.dispose());
    return unstorageStore(storage);
  },
  'Cloudflare KV': () => async () => kvStore(await miniflare.getKVNamespace('PHONE')),
};

const shared = (store) => () => store;

/** The interface of uniCloud.redis() according to https://doc.dcloud.net.cn/uniCloud/redis.html; other calls fail. */
function uniCloudRedis(redis) {
  return {
    get: (key) => redis.get(key),
    set(key, value, ...rest) {
      assert.match(key, /^(?!uni:|dcloud:|unicloud:)/, 'these prefixes are reserved');
      assert.match(rest.join(' '), /^PX \d+( NX)?$/);
      return redis.set(key, value, ...rest);
    },
    del: (key) => redis.del(key),
  };
}

/** A store that records every call in `calls`. */
function recording(store, calls) {
  const recorded = {};
  for (const operation of ['get', 'set', 'delete', 'setIfAbsent']) {
    if (!store[operation]) continue;
    recorded[operation] = async (...args) => {
      const response = await store[operation](...args);
      calls.push({ operation, args, answer: response });
      return response;
    };
  }
  return recorded;
}

/** Two instances of the service that share a store. With the memory store both are the same instance. */
async function instances(t, open, options) {
  const simulator = await simulatorOf(t);
  const calls = [];
  const stores = [await open(), await open()];
  const [first, second] = stores.map((store) =>
    serviceOf(simulator, { ...(store && { store: recording(store, calls) }), ...options }),
  );
  if (!stores[1]) return { simulator, calls, first, second: first };
  t.after(() => assert.deepEqual([...first.failures(), ...second.failures()], [], 'the store never failed'));
  return { simulator, calls, first, second };
}

for (const [name, storeOf] of Object.entries(STORES)) {
  describe(name, () => {
    test('a session of one instance works on another instance, for sealed data and for codes', async (t) => {
      const { simulator, first, second } = await instances(t, storeOf(t));
      const device = simulator.device('wechat');
      const { value: session, ms } = await timed(() => login(first.service, device));
      t.diagnostic(`login ${ms.toFixed(1)} ms`);
      for (const fast of ['sealed', 'code']) {
        const { value: number, ms } = await timed(() => numberOf(second.service, device, session, { fast }));
        assert.equal(number, device.phone);
        t.diagnostic(`phone, ${fast} ${ms.toFixed(1)} ms`);
      }
      assert.deepEqual(
        second.phones.map(({ user }) => user.openId),
        [device.openId, device.openId],
      );
    });

    test('two logins on two instances: payloads of both keys open with both sessions, on both instances', async (t) => {
      const { simulator, first, second } = await instances(t, storeOf(t));
      const device = simulator.device('wechat');
      const [sessions, details] = [[], []];
      for (const { service } of [first, second]) {
        sessions.push(await login(service, device));
        details.push(await device.tap({ fast: 'sealed' }));
      }
      for (const { service } of [first, second]) {
        for (const session of sessions) {
          for (const detail of details)
            assert.equal(
              (await service.phone({ platform: 'wechat', session, detail })).phone.nationalNumber,
              device.phone,
            );
        }
      }
    });

    test('after a logout on one instance the session is unknown on both', async (t) => {
      const { simulator, first, second } = await instances(t, storeOf(t));
      const device = simulator.device('wechat');
      const session = await login(first.service, device);
      await second.service.logout({ session });
      for (const { service } of [first, second]) {
        for (const fast of ['sealed', 'code'])
          assert.equal(await codeOf(numberOf(service, device, session, { fast })), 'ERR_SESSION');
        await service.logout({ session });
      }
    });

    test('a code that is sent again to another instance gets the first response: one paid call, one call of onPhone', async (t) => {
      const { simulator, first, second } = await instances(t, storeOf(t));
      const device = simulator.device('wechat');
      const session = await login(first.service, device);
      const request = { platform: 'wechat', session, detail: await device.tap({ fast: 'code' }) };
      const firstResponse = await first.service.phone(request);
      assert.deepEqual(await second.service.phone(request), firstResponse);
      assert.deepEqual(await first.service.phone(request), firstResponse);
      assert.equal(simulator.count('wechat', 'getuserphonenumber'), 1);
      assert.equal(first.phones.length + (second === first ? 0 : second.phones.length), 1);
    });

    test('one access token serves both instances', async (t) => {
      const { simulator, first, second } = await instances(t, storeOf(t));
      for (const { service } of [first, second]) {
        const device = simulator.device('wechat');
        assert.equal(await numberOf(service, device), device.phone);
      }
      assert.equal(simulator.count('wechat', 'stable_token'), 1);
    });

    test('one instance renews an invalid token for both', async (t) => {
      const { simulator, first, second } = await instances(t, storeOf(t));
      for (const { service } of [first, second]) await numberOf(service, simulator.device('wechat'));
      simulator.revokeToken('wechat');
      for (const { service } of [first, second]) {
        const device = simulator.device('wechat');
        assert.equal(await numberOf(service, device), device.phone);
      }
      assert.equal(simulator.count('wechat', 'stable_token'), 2);
    });

    test('a session expires in time, even if the store still has it', async (t) => {
      const { simulator, first, second } = await instances(t, storeOf(t), { limits: { session: 3600 } });
      const device = simulator.device('wechat');
      const session = await login(first.service, device);
      simulator.advance(3_599_000);
      assert.equal(await numberOf(second.service, device, session), device.phone);
      simulator.advance(1_000);
      for (const { service } of [first, second])
        assert.equal(await codeOf(numberOf(service, device, session)), 'ERR_SESSION');
    });

    test('short lifetimes cause no error', async (t) => {
      const { simulator, first, second } = await instances(t, storeOf(t), { limits: { code: 0.9, session: 30 } });
      const device = simulator.device('wechat');
      const session = await login(first.service, device);
      assert.equal(await numberOf(second.service, device, session), device.phone);
    });

    if (!name.includes('default')) {
      test('keys begin with mp-phone: and contain no ids and no codes; values are text; every TTL is above 0', async (t) => {
        const { simulator, calls, first, second } = await instances(t, storeOf(t));
        const device = simulator.device('wechat');
        const code = await device.login();
        const { session } = await first.service.login({ platform: 'wechat', code });
        const detail = await device.tap({ fast: 'code' });
        await second.service.phone({ platform: 'wechat', session, detail });
        await second.service.phone({ platform: 'wechat', session, detail: await device.tap({ fast: 'sealed' }) });
        await second.service.logout({ session });

        const operations = new Set(calls.map(({ operation }) => operation));
        for (const operation of ['get', 'set', 'delete']) assert.ok(operations.has(operation), operation);
        for (const {
          operation,
          args: [key, value, ttl],
          answer: result,
        } of calls) {
          assert.match(key, /^mp-phone:[\w:-]{8,120}$/);
          for (const secret of [session, code, detail.code, device.openId, device.phone])
            assert.ok(!key.includes(secret), key);
          if (operation === 'get')
            assert.ok(
              result === undefined || result === null || typeof result === 'string',
              `${key} returns ${typeof result}`,
            );
          if (operation === 'get' || operation === 'delete') continue;
          assert.equal(typeof value, 'string');
          assert.ok(Number.isInteger(ttl) && ttl > 0, `${key}: ${ttl} ms`);
          for (const secret of [session, code, detail.code]) assert.ok(!value.includes(secret), key);
        }
      });
    }
  });
}

test('every key in Redis has a TTL and belongs to the package', async (t) => {
  const client = connection(t, new Redis(redis.port));
  const keys = await client.keys('*');
  assert.ok(keys.length > 20);
  for (const key of keys) {
    assert.match(key, /mp-phone:/);
    // Redis returns -1 for a key without a TTL, and -2 for a key that has expired since the list was read: some TTLs
    // are 30 seconds.
    assert.notEqual(await client.pttl(key), -1, key);
  }
  t.diagnostic(`${keys.length} keys`);
});
