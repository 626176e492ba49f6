// One user cannot affect the others: limits are per user, in memory and in shared stores.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { mapStore } from './adapters.mjs';
import { codeOf, login, numberOf, serviceOf, simulatorOf, times } from './helpers.mjs';

const LIMITS = { entries: 10, sessionsPerUser: 4 };

for (const [name, storeOf] of Object.entries({
  'the memory store': () => undefined,
  'a shared store': () => mapStore(new Map()),
})) {
  describe(name, () => {
    const setUp = async (t) => {
      const simulator = await simulatorOf(t);
      const store = storeOf();
      const created = serviceOf(simulator, { limits: LIMITS, ...(store && { store }) });
      return { simulator, ...created };
    };

    test('the logins of a user end only the oldest sessions of the same user', async (t) => {
      const { simulator, service } = await setUp(t);
      const [victim, mallory] = times(2, () => simulator.device('wechat'));
      const session = await login(service, victim);
      const mallorySessions = [];
      for (let i = 0; i < 30; i++) mallorySessions.push(await login(service, mallory));
      assert.equal((await service.user({ session })).openId, victim.openId);
      assert.equal(await numberOf(service, victim, session, { fast: 'sealed' }), victim.phone);
      const codes = await Promise.all(mallorySessions.map((session) => codeOf(service.user({ session }))));
      assert.deepEqual(codes, [...times(26, () => 'ERR_SESSION'), ...times(4, () => 'ok')]);
    });

    test('an ended session makes room for another session', async (t) => {
      const { simulator, service } = await setUp(t);
      const device = simulator.device('wechat');
      const sessions = [];
      for (let i = 0; i < 4; i++) sessions.push(await login(service, device));
      await service.logout({ session: sessions[3] });
      sessions.push(await login(service, device));
      const codes = await Promise.all(sessions.map((session) => codeOf(service.user({ session }))));
      assert.deepEqual(codes, ['ok', 'ok', 'ok', 'ERR_SESSION', 'ok']);
    });

    test('a login code that is sent repeatedly opens one session', async (t) => {
      const { simulator, service } = await setUp(t);
      const device = simulator.device('wechat');
      const first = await login(service, device);
      const code = await device.login();
      for (let i = 0; i < 10; i++) await service.login({ platform: 'wechat', code });
      assert.equal(await codeOf(service.user({ session: first })), 'ok');
    });

    test('the codes of a user do not displace the stored response of another user', async (t) => {
      const { simulator, service, phones } = await setUp(t);
      const [victim, mallory] = times(2, () => simulator.device('wechat'));
      const request = {
        platform: 'wechat',
        session: await login(service, victim),
        detail: await victim.tap({ fast: 'code' }),
      };
      const response = await service.phone(request);
      const mallorySession = await login(service, mallory);
      for (let i = 0; i < 30; i++) await numberOf(service, mallory, mallorySession);
      for (let i = 0; i < 30; i++) await numberOf(service, mallory); // also without a session
      assert.deepEqual(await service.phone(request), response);
      assert.equal(phones.filter(({ user }) => user?.openId === victim.openId).length, 1);
    });

    test('requests of clients do not displace an access token', async (t) => {
      const { simulator, service } = await setUp(t);
      await numberOf(service, simulator.device('wechat'));
      for (const device of times(40, () => simulator.device('wechat')))
        await numberOf(service, device, await login(service, device));
      assert.equal(simulator.count('wechat', 'stable_token'), 1);
    });
  });
}

test('if all users have the same number of sessions, the oldest session is removed', async (t) => {
  const simulator = await simulatorOf(t);
  const { service } = serviceOf(simulator, { limits: { entries: 4 } });
  const devices = times(3, () => simulator.device('wechat'));
  const sessions = [];
  for (const device of [...devices, ...devices]) sessions.push(await login(service, device));
  const codes = await Promise.all(sessions.map((session) => codeOf(service.user({ session }))));
  assert.equal(codes.filter((code) => code === 'ok').length, 4);
  assert.deepEqual(codes.slice(3), ['ok', 'ok', 'ok'], 'the newest session of each user remains');
});

test('the pending writes of a busy user do not displace those of other users', async (t) => {
  const simulator = await simulatorOf(t);
  const map = new Map();
  let unavailable = true;
  const store = Object.fromEntries(
    Object.entries(mapStore(map)).map(([name, operation]) => [
      name,
      async (...args) => {
        if (unavailable) throw new Error('unavailable');
        return operation(...args);
      },
    ]),
  );
  const [first, second] = times(2, () => serviceOf(simulator, { store, limits: LIMITS }).service);
  const [victim, mallory] = times(2, () => simulator.device('wechat'));
  const session = await login(first, victim);
  for (let i = 0; i < 40; i++) await login(first, mallory);
  unavailable = false;
  await login(first, simulator.device('wechat'));
  // Pending writes are repeated in the background.
  const since = Date.now();
  while ((await codeOf(second.user({ session }))) !== 'ok' && Date.now() - since < 5000)
    await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(await codeOf(second.user({ session })), 'ok');
});

test('if the platform identifies the user, codes without a session count for that user', async (t) => {
  const simulator = await simulatorOf(t);
  const { service: feishu, phones } = serviceOf(simulator, {
    platforms: { feishu: simulator.config('feishu') },
    limits: LIMITS,
  });
  const [victim, mallory] = times(2, () => simulator.device('feishu'));
  const request = { platform: 'feishu', detail: await victim.tap() };
  const firstResponse = await feishu.phone(request);
  for (let i = 0; i < 30; i++) await feishu.phone({ platform: 'feishu', detail: await mallory.tap() });
  assert.deepEqual(await feishu.phone(request), firstResponse);
  assert.equal(phones.length, 31);
});

test('the numbers of an Alipay user do not displace the owner of another number', async (t) => {
  const simulator = await simulatorOf(t);
  const { service: alipay } = serviceOf(simulator, {
    platforms: { alipay: simulator.config('alipay') },
    limits: LIMITS,
  });
  const [victim, mallory, thief] = times(3, () => simulator.device('alipay'));
  const detail = await victim.tap();
  await alipay.phone({ platform: 'alipay', session: await login(alipay, victim), detail });
  const mallorySession = await login(alipay, mallory);
  for (let i = 0; i < 30; i++)
    await alipay.phone({ platform: 'alipay', session: mallorySession, detail: await simulator.device('alipay').tap() });
  assert.equal(
    await codeOf(login(alipay, thief).then((session) => alipay.phone({ platform: 'alipay', session, detail }))),
    'ERR_REPLAY',
  );
});

test('unknown sessions, invalid codes and payloads that do not open store nothing', async (t) => {
  const map = new Map();
  const simulator = await simulatorOf(t);
  const store = { ...mapStore(map), setIfAbsent: async (key, value) => !map.has(key) && Boolean(map.set(key, value)) };
  const { service } = serviceOf(simulator, { store });
  const device = simulator.device('wechat');
  const session = await login(service, device);
  await numberOf(service, device, session);
  const before = [...map.keys()];
  for (let i = 0; i < 50; i++) {
    await codeOf(service.login({ platform: 'wechat', code: `0${String(i).padStart(31, 'x')}` }));
    await codeOf(service.phone({ platform: 'wechat', session: `unknown-${i}`, detail: { code: 'f'.repeat(64) } }));
    await codeOf(service.phone({ platform: 'wechat', detail: { code: String(i).padStart(64, 'f') } }));
    await codeOf(
      service.phone({
        platform: 'wechat',
        session,
        detail: { encryptedData: 'A'.repeat(64), iv: 'A'.repeat(22) + '==' },
      }),
    );
    await codeOf(service.logout({ session: `unknown-${i}` }));
    await codeOf(service.user({ session: `unknown-${i}` }));
  }
  assert.deepEqual([...map.keys()], before);
});
