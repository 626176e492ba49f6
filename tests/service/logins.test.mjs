// Logins: a code that is sent twice, the owner of a session, and the ids of a person on Alipay.
import assert from 'node:assert/strict';
import { createCipheriv, createPrivateKey, generateKeyPairSync, randomBytes, sign as signature } from 'node:crypto';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { served, withLoginCode } from '../../js/build/platforms.mjs';
import { login, post, serviceOf, simulator } from './service.mjs';

/** A store that several services share. It has setIfAbsent. */
function sharedStore() {
  const map = new Map();
  return {
    map,
    get: async (key) => map.get(key),
    set: async (key, value) => void map.set(key, value),
    delete: async (key) => void map.delete(key),
    setIfAbsent: async (key, value) => !map.has(key) && Boolean(map.set(key, value)),
  };
}

test('a login code that is sent twice, simultaneously or later, gets the same session with one request to the platform', async (t) => {
  const sim = await simulator(t);
  // The endpoint of the login. On some platforms a login needs other requests, too.
  const endpoints = {
    wechat: 'jscode2session',
    douyin: 'jscode2session',
    alipay: 'oauth.token',
    baidu: 'getsessionkey',
    xiaohongshu: 'session',
  };
  for (const platform of served.filter((id) => withLoginCode.includes(id))) {
    const endpoint = endpoints[platform];
    const { service } = serviceOf(sim, { [platform]: sim.config(platform) });
    const device = sim.device(platform);
    const code = await device.login();
    const detail = await device.tap();
    const before = sim.count(platform, endpoint);
    const logins = await Promise.all([1, 2, 3].map(() => post(service, 'login', { platform, code })));
    sim.advance(29_000);
    logins.push(await post(service, 'login', { platform, code }));
    for (const { status, session } of logins) assert.deepEqual([status, session], [200, logins[0].session], platform);
    assert.equal(sim.count(platform, endpoint) - before, 1, platform);
    assert.equal(
      (await post(service, 'phone', { platform, session: logins[3].session, detail })).status,
      200,
      platform,
    );
    sim.advance(1_001);
    assert.notEqual((await post(service, 'login', { platform, code })).status, 200, `${platform}: the code is spent`);
    assert.equal(sim.count(platform, endpoint) - before, 2, `${platform}: the platform rejects it`);
  }
});

test('a repeated login returns the remaining lifetime of the session', async (t) => {
  const sim = await simulator(t);
  const { service } = serviceOf(sim, { wechat: sim.config('wechat') }, { limits: { session: 3600 } });
  const code = await sim.device('wechat').login();
  assert.equal((await service.login({ platform: 'wechat', code })).expiresIn, 3600);
  sim.advance(20_000);
  const { expiresIn } = await service.login({ platform: 'wechat', code });
  assert.ok(expiresIn > 3570 && expiresIn <= 3580, `${expiresIn}`);
});

test('the same login code at two processes simultaneously: one session, one request', async (t) => {
  const sim = await simulator(t);
  const store = sharedStore();
  const services = [1, 2].map(() => serviceOf(sim, { wechat: sim.config('wechat') }, { store }).service);
  for (let round = 0; round < 10; round++) {
    const device = sim.device('wechat');
    const code = await device.login();
    const before = sim.count('wechat', 'jscode2session');
    const logins = await Promise.all([0, 1, 0, 1].map((index) => services[index].login({ platform: 'wechat', code })));
    for (const login of logins)
      assert.deepEqual([login.session, login.user.openId], [logins[0].session, device.openId]);
    assert.equal(sim.count('wechat', 'jscode2session') - before, 1);
    assert.ok(
      ![...store.map].flat().join(' ').includes(logins[0].session),
      'the store does not contain the session’s id',
    );
  }
});

test('a login code does not lead to a session that has ended', async (t) => {
  const sim = await simulator(t);
  const { service } = serviceOf(sim, { wechat: sim.config('wechat') });
  const device = sim.device('wechat');
  const code = await device.login();
  const { session } = await service.login({ platform: 'wechat', code });
  await service.logout({ session });
  const again = await post(service, 'login', { platform: 'wechat', code });
  assert.deepEqual([again.status, again.error.action], [422, 'login-again']);
});

test('if the platform rejected a login code or did not respond, the client’s next request sends the code again', async (t) => {
  const sim = await simulator(t);
  const { service } = serviceOf(sim, { wechat: sim.config('wechat') });
  const code = await sim.device('wechat').login();
  sim.fail('wechat', { endpoint: 'jscode2session', code: -1 });
  assert.equal((await post(service, 'login', { platform: 'wechat', code })).status, 503);
  assert.equal((await post(service, 'login', { platform: 'wechat', code })).status, 200);
});

test('a login code of one platform is not a login code of another', async (t) => {
  const sim = await simulator(t);
  const { service } = serviceOf(sim, { wechat: sim.config('wechat'), douyin: sim.config('douyin') });
  const code = await sim.device('douyin').login();
  assert.equal((await post(service, 'login', { platform: 'douyin', code })).status, 200);
  assert.equal((await post(service, 'login', { platform: 'wechat', code })).status, 422);
});

test(
  'a session belongs to its app and platform: for any other service on the same store it is ' +
    'ERR_SESSION, and in its own it stays valid',
  async (t) => {
    const [sim, otherSim] = [await simulator(t, { seed: 'here' }), await simulator(t, { seed: 'there' })];
    const store = sharedStore();
    for (const platform of ['wechat', 'douyin', 'alipay', 'kuaishou']) {
      const { service: own } = serviceOf(sim, { [platform]: sim.config(platform) }, { store });
      const { service: other } = serviceOf(
        otherSim,
        {
          [platform]: {
            ...otherSim.config(platform),
            ...(otherSim.config(platform).appId === sim.config(platform).appId && { appId: 'another' }),
          },
        },
        { store },
      );
      const { service: otherPlatform } = serviceOf(otherSim, { baidu: otherSim.config('baidu') }, { store });
      const device = sim.device(platform);
      const session = await login(own, device);
      for (const foreignService of [other, otherPlatform]) {
        for (const call of ['user', 'logout', 'checkSession', 'resetSessionKey'])
          await assert.rejects(foreignService[call]({ session }), { code: 'ERR_SESSION' }, `${platform} ${call}`);
        for (const name of foreignService === other ? [platform] : ['baidu']) {
          const refused = await post(foreignService, 'phone', { platform: name, session, detail: await device.tap() });
          assert.deepEqual([refused.status, refused.error.action], [401, 'login-again'], platform);
        }
        assert.equal((await post(foreignService, 'logout', { session })).status, 401);
      }
      assert.equal((await own.user({ session })).openId, device.openId);
      assert.equal((await post(own, 'phone', { platform, session, detail: await device.tap() })).status, 200);
    }
  },
);

/** Alipay's gateway. It returns `state.ids` for a login. */
async function gateway(t) {
  const pair = () =>
    generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'der' },
      privateKeyEncoding: { type: 'pkcs8', format: 'der' },
    });
  const [app, alipay] = [pair(), pair()];
  const key = createPrivateKey({ key: alipay.privateKey, format: 'der', type: 'pkcs8' });
  const sign = (text) => signature('RSA-SHA256', Buffer.from(text), key).toString('base64');
  const aesKey = randomBytes(16);
  const state = { ids: {}, now: Date.now() };
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      const node = JSON.stringify({ access_token: 't', expires_in: '3600', ...state.ids });
      response.end(`{"alipay_system_oauth_token_response":${node},"sign":"${sign(node)}"}`);
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => (server.closeAllConnections(), server.close()));
  const config = {
    appId: '2021000000000001',
    privateKey: app.privateKey.toString('base64'),
    alipayPublicKey: alipay.publicKey.toString('base64'),
    aesKey: aesKey.toString('base64'),
    baseUrl: `http://127.0.0.1:${server.address().port}`,
  };
  const payload = (mobile) => {
    const cipher = createCipheriv('aes-128-cbc', aesKey, Buffer.alloc(16));
    const response = Buffer.concat([
      cipher.update(JSON.stringify({ code: '10000', msg: 'Success', mobile })),
      cipher.final(),
    ]).toString('base64');
    return { response, sign: sign(`"${response}"`), sign_type: 'RSA2', encrypt_type: 'AES', charset: 'UTF-8' };
  };
  return { state, config, payload };
}

const U = { user_id: '2088000000000001' };
const O = { open_id: '0123456789abcdefopenid' };

test('Alipay: a person who logs in with user_id, with both ids, and with open_id is one person, in any order of logins', async (t) => {
  const { state, config, payload } = await gateway(t);
  const orders = {
    'an app that Alipay migrates': [U, { ...U, ...O }, O],
    'back again': [U, { ...U, ...O }, O, U],
    'by percentage of the logins': [{ ...U, ...O }, U, { ...U, ...O }, O, U],
    'from open_id to both ids': [O, { ...U, ...O }, U],
    'alipay_user_id instead of user_id': [{ alipay_user_id: U.user_id }, { alipay_user_id: U.user_id, ...O }, O],
    'a union_id instead of both': [{ ...U, union_id: 'u' }, { ...O, union_id: 'u' }, O, U],
  };
  for (const [order, logins] of Object.entries(orders)) {
    // The number is sent after every login, or only after the first and the last: the logins in between link the ids
    // although no number is sent.
    for (const always of [true, false]) {
      const { service, phones } = serviceOf({ now: () => state.now }, { alipay: config });
      for (const [index, ids] of logins.entries()) {
        state.ids = ids;
        const { session, user } = await service.login({ platform: 'alipay', code: randomBytes(8).toString('hex') });
        const userId = ids.user_id ?? ids.alipay_user_id;
        assert.deepEqual(user, {
          platform: 'alipay',
          openId: ids.open_id ?? userId,
          ...(userId && { userId }),
          ...(ids.union_id && { unionId: ids.union_id }),
        });
        assert.deepEqual(await service.user({ session }), user);
        if (!always && index > 0 && index < logins.length - 1) continue;
        await service.phone({ platform: 'alipay', session, detail: payload('13800138000') });
        assert.deepEqual(phones.at(-1).user, user, order);
        state.now += 86_400_000;
      }
      state.ids = { user_id: '2088000000000002', open_id: 'somebody-else' };
      const { session } = await service.login({ platform: 'alipay', code: randomBytes(8).toString('hex') });
      await assert.rejects(
        service.phone({ platform: 'alipay', session, detail: payload('13800138000') }),
        { code: 'ERR_REPLAY' },
        order,
      );
    }
  }
});

test('Alipay: ids that were never in the same login belong to two persons', async (t) => {
  const { state, config, payload } = await gateway(t);
  const { service } = serviceOf({ now: () => state.now }, { alipay: config });
  const send = async (ids) => {
    state.ids = ids;
    const { session } = await service.login({ platform: 'alipay', code: randomBytes(8).toString('hex') });
    return service.phone({ platform: 'alipay', session, detail: payload('13800138000') });
  };
  await send(U);
  await assert.rejects(send(O), { code: 'ERR_REPLAY' });
  await assert.rejects(send({ user_id: '2088000000000002', ...O }), { code: 'ERR_REPLAY' });
});
