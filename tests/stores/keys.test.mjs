// Session keys: a login can replace the key while a payload is on its way. The tests check which keys open which
// payloads, and how many keys are stored.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { servedWithSessionKey } from '../../js/build/platforms.mjs';
import { mapStore } from './adapters.mjs';
import { codeOf, login, numberOf, serviceOf, simulatorOf, times } from './helpers.mjs';

/**
 * One process with the memory store; two processes with a shared store; two processes with a shared store that can
 * lock.
 */
const WORLDS = {
  'one process': (simulator, options) => Array(2).fill(serviceOf(simulator, options)),
  'two processes': (simulator, options) => {
    const store = mapStore(new Map());
    return times(2, () => serviceOf(simulator, { store, ...options }));
  },
  'two processes, a store that can lock': (simulator, options) => {
    const map = new Map();
    const store = {
      ...mapStore(map),
      setIfAbsent: async (key, value) => !map.has(key) && Boolean(map.set(key, value)),
    };
    return times(2, () => serviceOf(simulator, { store, ...options }));
  },
};

const sealed = { fast: 'sealed' };
const open = (service, device, session, detail) =>
  codeOf(
    service
      .phone({ platform: device.platform, session, detail })
      .then(({ phone }) => assert.equal(phone.nationalNumber, device.phone)),
  );

for (const [world, instances] of Object.entries(WORLDS)) {
  describe(world, () => {
    test('a login between the tap and the request: a payload of the previous key still opens, with both sessions', async (t) => {
      const simulator = await simulatorOf(t);
      for (const platform of servedWithSessionKey) {
        const [{ service: first }, { service: second }] = instances(simulator, {
          platforms: { [platform]: simulator.config(platform) },
        });
        const device = simulator.device(platform);
        const before = await login(first, device);
        const detail = await device.tap(sealed);
        const after = await login(second, device);
        for (const service of [first, second])
          for (const session of [before, after])
            assert.equal(await open(service, device, session, detail), 'ok', platform);
      }
    });

    test('a payload under a new key fails until the code of the new login arrives', async (t) => {
      const simulator = await simulatorOf(t);
      const [{ service: first }, { service: second }] = instances(simulator);
      const device = simulator.device('wechat');
      const session = await login(first, device);
      const code = await device.login();
      const detail = await device.tap(sealed);
      assert.equal(await open(first, device, session, detail), 'ERR_DECRYPT', 'the server does not have this key yet');
      await second.login({ platform: 'wechat', code });
      assert.equal(await open(first, device, session, detail), 'ok', 'the same payload, sent again');
    });

    test('two simultaneous logins of a user: both sessions work', async (t) => {
      const simulator = await simulatorOf(t);
      const [{ service: first }, { service: second }] = instances(simulator);
      for (let round = 0; round < 20; round++) {
        const device = simulator.device('wechat');
        const details = [];
        const codes = [];
        for (let i = 0; i < 2; i++) {
          codes.push(await device.login());
          details.push(await device.tap(sealed));
        }
        const logins = await Promise.all(
          codes.map((code, index) => [first, second][index].login({ platform: 'wechat', code })),
        );
        for (const service of [first, second]) {
          for (const [index, { session }] of logins.entries()) {
            assert.equal(await open(service, device, session, details[index]), 'ok', 'with the session of the key');
            assert.equal(await numberOf(service, device, session), device.phone);
          }
        }
        // Without a lock, two processes that write the list of keys simultaneously may lose a key; the key's session
        // still has the key.
        if (world === 'two processes') continue;
        for (const { session } of logins)
          for (const detail of details) assert.equal(await open(first, device, session, detail), 'ok');
      }
    });

    test('a double tap of sealed data: both requests get the number', async (t) => {
      const simulator = await simulatorOf(t);
      const [{ service: first, phones }, { service: second }] = instances(simulator);
      const device = simulator.device('wechat');
      const session = await login(first, device);
      const detail = await device.tap(sealed);
      const responses = await Promise.all(
        [first, second, first].map((service) => open(service, device, session, detail)),
      );
      assert.deepEqual(responses, ['ok', 'ok', 'ok']);
      assert.ok(phones.length >= 2);
    });

    for (const sessionKeys of [1, undefined, 5]) {
      const stored = sessionKeys ?? 3;
      test(`with the newest session, only the last ${stored} keys open payloads: limits.sessionKeys ${sessionKeys ?? '-'}`, async (t) => {
        const simulator = await simulatorOf(t);
        const services = instances(simulator, { limits: { sessionKeys } }).map(({ service }) => service);
        const device = simulator.device('wechat');
        const details = [];
        let session;
        for (let i = 0; i < stored + 3; i++) {
          session = await login(services[i % 2], device);
          details.push(await device.tap(sealed));
        }
        for (const service of services) {
          const opened = await Promise.all(details.map((detail) => open(service, device, session, detail)));
          assert.deepEqual(opened, [...times(3, () => 'ERR_DECRYPT'), ...times(stored, () => 'ok')]);
        }
      });
    }

    test('the key of a session opens payloads until the session ends, regardless of the number of later keys', async (t) => {
      const simulator = await simulatorOf(t);
      const [{ service: first }, { service: second }] = instances(simulator);
      const device = simulator.device('wechat');
      const session = await login(first, device);
      const detail = await device.tap(sealed);
      for (let i = 0; i < 6; i++) await login(second, device);
      assert.equal(await open(second, device, session, detail), 'ok');
    });

    test('a logout removes the key of its session and no other key', async (t) => {
      const simulator = await simulatorOf(t);
      const [{ service: first }, { service: second }] = instances(simulator);
      const device = simulator.device('wechat');
      const ended = await login(first, device);
      const old = await device.tap(sealed);
      const other = await login(second, device);
      const fresh = await device.tap(sealed);
      await second.logout({ session: ended });
      assert.equal(await open(first, device, other, old), 'ERR_DECRYPT');
      assert.equal(await open(first, device, other, fresh), 'ok');
      assert.equal(await open(first, device, ended, fresh), 'ERR_SESSION');
    });

    test('the keys and sessions of a user open no payload of another user', async (t) => {
      const simulator = await simulatorOf(t);
      const [{ service: first }, { service: second }] = instances(simulator);
      const [mine, yours] = times(2, () => simulator.device('wechat'));
      const session = await login(first, mine);
      await login(second, yours);
      assert.equal(
        await codeOf(second.phone({ platform: 'wechat', session, detail: await yours.tap(sealed) })),
        'ERR_DECRYPT',
      );
      assert.equal(
        await codeOf(second.phone({ platform: 'wechat', session, detail: await yours.tap({ fast: 'code' }) })),
        'ERR_PLATFORM',
      );
    });

    test('Alipay: two users send the same payload simultaneously', async (t) => {
      const simulator = await simulatorOf(t);
      const [{ service: first }, { service: second }] = instances(simulator, {
        platforms: { alipay: simulator.config('alipay') },
      });
      const users = times(2, () => simulator.device('alipay'));
      const sessions = [await login(first, users[0]), await login(second, users[1])];
      const detail = await simulator.device('alipay').tap();
      const send = (service, session) => codeOf(service.phone({ platform: 'alipay', session, detail }));
      const together = await Promise.all([send(first, sessions[0]), send(second, sessions[1])]);
      // Two simultaneous processes need a store with setIfAbsent to decide which request was first.
      if (world !== 'two processes') assert.deepEqual(together.sort(), ['ERR_REPLAY', 'ok']);
      const stranger = await login(second, simulator.device('alipay'));
      for (const service of [first, second])
        assert.equal(await send(service, stranger), 'ERR_REPLAY', 'later requests are rejected by all instances');
    });
  });
}

test('Alipay: two users send the same payload simultaneously to one process; slow store without setIfAbsent', async (t) => {
  const simulator = await simulatorOf(t);
  const store = mapStore(new Map());
  const slow = Object.fromEntries(
    Object.entries(store).map(([name, operation]) => [name, (...args) => sleep(20).then(() => operation(...args))]),
  );
  const { service } = serviceOf(simulator, { platforms: { alipay: simulator.config('alipay') }, store: slow });
  const sessions = [];
  for (const user of times(2, () => simulator.device('alipay'))) sessions.push(await login(service, user));
  const detail = await simulator.device('alipay').tap();
  const allResponses = await Promise.all(
    sessions.map((session) => codeOf(service.phone({ platform: 'alipay', session, detail }))),
  );
  assert.deepEqual(allResponses.sort(), ['ERR_REPLAY', 'ok']);
});
