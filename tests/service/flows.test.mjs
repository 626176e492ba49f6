// From the tap on a device to onPhone, for every platform and method.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { served, servedWithSessionKey, withLoginCode } from '../../js/build/platforms.mjs';
import { login, post, serviceOf, simulator } from './service.mjs';

/** Name, platform, its options, and the actions of the device. */
const FLOWS = [
  ['WeChat, code', 'wechat', (sim) => sim.config('wechat'), { fast: 'code' }],
  ['WeChat, code, realtime button', 'wechat', (sim) => sim.config('wechat'), { realtime: true }],
  ['WeChat, code, plain token', 'wechat', (sim) => ({ ...sim.config('wechat'), token: 'plain' }), { fast: 'code' }],
  ['WeChat, code, third-party platform', 'wechat', component, { fast: 'code' }],
  ['WeChat, an event with a code and sealed data: the code is used', 'wechat', (sim) => sim.config('wechat'), {}],
  ['WeChat, encryptedData', 'wechat', (sim) => sim.config('wechat'), { fast: 'sealed' }],
  ['Alipay', 'alipay', (sim) => sim.config('alipay'), {}],
  ['Alipay, response as text', 'alipay', (sim) => sim.config('alipay'), { form: 'text' }],
  ['Alipay, newer event', 'alipay', (sim) => sim.config('alipay'), { form: 'event' }],
  ['Alipay, certificate mode', 'alipay', (sim) => sim.config('alipay', { certificates: true }), {}],
  ['Douyin, code', 'douyin', (sim) => sim.config('douyin'), { fast: 'code' }],
  ['Douyin, encryptedData', 'douyin', (sim) => ({ ...sim.config('douyin'), privateKey: undefined }), {}],
  ['Huawei, button', 'huawei', (sim) => sim.config('huawei'), {}],
  ['Huawei, one tap', 'huawei', (sim) => ({ ...sim.config('huawei'), flow: 'one-tap' }), {}],
  ['DingTalk, in the app', 'dingtalk', (sim) => sim.config('dingtalk'), {}],
  ['DingTalk, OAuth', 'dingtalk', (sim) => sim.config('dingtalk', { flow: 'oauth' }), { flow: 'oauth' }],
];
// Every other platform has a single flow.
for (const id of served)
  if (!FLOWS.some(([, platform]) => platform === id)) FLOWS.push([id, id, (sim) => sim.config(id), {}]);

function component(sim) {
  return sim.config('wechat', { component: true });
}

for (const [name, platform, config, tap] of FLOWS) {
  test(`${name}: the tap's number reaches onPhone and the client`, async (t) => {
    const sim = await simulator(t);
    const { service, events, phones } = serviceOf(sim, { [platform]: config(sim) });
    const device = sim.device(platform);
    let session;
    if (withLoginCode.includes(platform)) {
      const loginResponse = await post(service, 'login', { platform, code: await device.login() });
      assert.equal(loginResponse.status, 200);
      assert.match(loginResponse.session, /^[\w-]{43}$/);
      assert.deepEqual(Object.keys(loginResponse), ['status', 'session', 'expiresIn']);
      session = loginResponse.session;
    }
    const response = await post(service, 'phone', { platform, session, detail: await device.tap(tap) });
    const e164 = `+86${device.phone}`;
    assert.deepEqual(response, {
      status: 200,
      phone: { e164, countryCode: '86', nationalNumber: device.phone },
      result: { number: 1 },
    });
    assert.equal(phones.length, 1);
    assert.equal(phones[0].phone.platform, platform);
    assert.equal(phones[0].user.openId, device.openId);
    assert.equal(events.at(-1).phone, `+86*******${device.phone.slice(-4)}`);
    assert.ok(events.every((event) => event.ok));
  });
}

test('a number from Hong Kong keeps its country code', async (t) => {
  const sim = await simulator(t);
  for (const [platform, tap] of [
    ['wechat', { fast: 'code' }],
    ['wechat', { fast: 'sealed' }],
    ['alipay'],
    ['douyin', { fast: 'code' }],
    ['huawei'],
    ['dingtalk'],
    ['feishu'],
  ]) {
    const { service } = serviceOf(sim, { [platform]: sim.config(platform) });
    const device = sim.device(platform, { countryCode: '852', phone: '51234567' });
    const session = withLoginCode.includes(platform) ? await login(service, device) : undefined;
    const { phone } = await service.phone({ platform, session, detail: await device.tap(tap) });
    assert.equal(phone.e164, '+85251234567', platform);
  }
});

test('a payload opens even if the user logged in again between the tap and the request', async (t) => {
  const sim = await simulator(t);
  for (const platform of servedWithSessionKey) {
    const { service } = serviceOf(sim, { [platform]: { ...sim.config(platform), privateKey: undefined } });
    const device = sim.device(platform);
    const first = await login(service, device);
    const detail = await device.tap({ fast: 'sealed' });
    const second = await login(service, device);
    for (const session of [first, second]) {
      const { phone } = await service.phone({ platform, session, detail });
      assert.equal(phone.nationalNumber, device.phone, platform);
    }
    assert.equal(
      (await service.phone({ platform, session: first, detail: await device.tap({ fast: 'sealed' }) })).phone
        .nationalNumber,
      device.phone,
      `${platform}: the older session can use the newer key`,
    );
  }
});

test('a code that is sent again gets the first response: one paid request, one call of onPhone', async (t) => {
  const sim = await simulator(t);
  for (const platform of ['wechat', 'douyin', 'huawei', 'dingtalk', 'feishu']) {
    const { service, phones, events } = serviceOf(sim, { [platform]: sim.config(platform) });
    const device = sim.device(platform);
    const session = ['wechat', 'douyin'].includes(platform) ? await login(service, device) : undefined;
    const detail = await device.tap({ fast: 'code' });
    const paid = {
      wechat: 'getuserphonenumber',
      douyin: 'get_phonenumber_info',
      huawei: 'rest.php',
      dingtalk: 'v2/user/getuserinfo',
      feishu: 'user_info',
    }[platform];
    const responses = await Promise.all([1, 2, 3].map(() => post(service, 'phone', { platform, session, detail })));
    responses.push(await post(service, 'phone', { platform, session, detail }));
    for (const response of responses) assert.deepEqual(response, responses[0], platform);
    assert.equal(responses[0].status, 200);
    assert.equal(sim.count(platform, paid), 1, platform);
    assert.equal(phones.length, 1);
    assert.equal(events.filter(({ repeated }) => repeated).length, 3);
    sim.advance(301_000);
    const late = await post(service, 'phone', { platform, session, detail });
    assert.notEqual(
      late.status,
      200,
      `${platform}: after the code has expired, the platform is called again and rejects it`,
    );
    if (['wechat', 'douyin'].includes(platform))
      assert.deepEqual([late.status, late.error.action], [422, 'ask-again'], platform);
  }
});

test('while a new token is delayed, the old token is used for as long as it is valid', async (t) => {
  const sim = await simulator(t);
  const { service } = serviceOf(sim, { wechat: sim.config('wechat') });
  const device = sim.device('wechat');
  const tap = async () =>
    (await post(service, 'phone', { platform: 'wechat', detail: await device.tap({ fast: 'code' }) })).status;
  assert.equal(await tap(), 200);
  sim.advance(6_950_000);
  sim.fail('wechat', { endpoint: 'stable_token', hang: true, times: Infinity });
  const start = Date.now();
  assert.equal(await tap(), 200);
  assert.ok(Date.now() - start < 4000, 'without waiting for the whole timeout');
});

test('a code that another user sends does not return the stored result: the platform rejects it', async (t) => {
  const sim = await simulator(t);
  const { service } = serviceOf(sim, { wechat: sim.config('wechat') });
  const [alice, mallory] = [sim.device('wechat'), sim.device('wechat')];
  const [aliceSession, mallorySession] = [await login(service, alice), await login(service, mallory)];
  const detail = await alice.tap({ fast: 'code' });
  const stolen = await post(service, 'phone', { platform: 'wechat', session: mallorySession, detail });
  assert.notEqual(stolen.status, 200, 'WeChat receives the user of the session, and rejects the code of another user');
  assert.equal(
    (
      await post(service, 'phone', {
        platform: 'wechat',
        session: aliceSession,
        detail: await alice.tap({ fast: 'code' }),
      })
    ).status,
    200,
  );
});

test('a code of the wrong kind is rejected before any request, and the error names the kind', async (t) => {
  const sim = await simulator(t);
  const { service } = serviceOf(sim, { wechat: sim.config('wechat') });
  const device = sim.device('wechat');
  const session = await login(service, device);
  const [loginCode, { code: phoneCode }] = [await device.login(), await device.tap({ fast: 'code' })];
  const before = sim.requests.length;
  await assert.rejects(service.phone({ platform: 'wechat', session, detail: { code: loginCode } }), {
    code: 'ERR_INPUT',
    field: 'detail.code',
    message: /looks like a login code/,
  });
  await assert.rejects(service.login({ platform: 'wechat', code: phoneCode }), {
    code: 'ERR_INPUT',
    field: 'code',
    message: /looks like a phone code/,
  });
  assert.equal(sim.requests.length, before);
});

test('Alipay: a number that another user sent first is rejected; the same user may send it again', async (t) => {
  const sim = await simulator(t);
  const { service, phones, events } = serviceOf(sim, { alipay: sim.config('alipay') });
  const [alice, mallory] = [sim.device('alipay'), sim.device('alipay')];
  const [aliceSession, mallorySession] = [await login(service, alice), await login(service, mallory)];
  const detail = await alice.tap();
  assert.equal((await post(service, 'phone', { platform: 'alipay', session: aliceSession, detail })).status, 200);
  for (const form of [
    detail,
    { encryptedData: detail.response, sign: detail.sign },
    { response: JSON.stringify(detail) },
    { ...detail, response: ` ${detail.response}\n` },
  ]) {
    const response = await post(service, 'phone', { platform: 'alipay', session: mallorySession, detail: form });
    assert.deepEqual(
      [response.status, response.error?.code, response.error?.action],
      [422, 'refused', 'enter-manually'],
    );
  }
  assert.ok(events.some(({ code }) => code === 'ERR_REPLAY'));
  assert.equal(
    (await post(service, 'phone', { platform: 'alipay', session: await login(service, alice), detail })).status,
    200,
  );
  assert.equal(phones.length, 2);
});

test('Alipay: without a session the service returns no number', async (t) => {
  const sim = await simulator(t);
  const { service } = serviceOf(sim, { alipay: sim.config('alipay') });
  const response = await post(service, 'phone', { platform: 'alipay', detail: await sim.device('alipay').tap() });
  assert.deepEqual([response.status, response.error.code], [401, 'login_required']);
});

test('Douyin: while the key pair is being replaced, the old and the new private key open payloads', async (t) => {
  const sim = await simulator(t);
  const config = sim.config('douyin');
  const device = sim.device('douyin');
  const newKey = sim.rotateKey('douyin');
  const { service } = serviceOf(sim, { douyin: { ...config, privateKey: [newKey, config.privateKey] } });
  const session = await login(service, device);
  assert.equal(
    (await service.phone({ platform: 'douyin', session, detail: await device.tap({ fast: 'code' }) })).phone
      .nationalNumber,
    device.phone,
  );
  const { service: late } = serviceOf(sim, { douyin: config });
  await assert.rejects(late.phone({ platform: 'douyin', detail: await device.tap({ fast: 'code' }) }), {
    code: 'ERR_DECRYPT',
    action: 'fix-config',
  });
});

test('Baidu: if the newest endpoint is down or removed, the older endpoints return the session key', async (t) => {
  for (const [faults, expected] of [
    [['getsessionkey'], 'jscode2sessionkey'],
    [['getsessionkey', 'jscode2sessionkey'], 'getSessionKeyByCode'],
  ]) {
    for (const fault of [{ status: 404 }, { html: true }, { drop: true }, { empty: true }]) {
      const sim = await simulator(t);
      const { service } = serviceOf(sim, { baidu: sim.config('baidu') });
      for (const endpoint of faults) sim.fail('baidu', { ...fault, endpoint, times: Infinity });
      const device = sim.device('baidu');
      const session = await login(service, device);
      assert.equal(sim.count('baidu', expected), 1, `${expected} after ${JSON.stringify(fault)}`);
      assert.equal(
        (await service.phone({ platform: 'baidu', session, detail: await device.tap() })).phone.nationalNumber,
        device.phone,
      );
    }
  }
});

test('Baidu: an invalid code is not sent to every endpoint', async (t) => {
  const sim = await simulator(t);
  const { service } = serviceOf(sim, { baidu: sim.config('baidu') });
  await assert.rejects(service.login({ platform: 'baidu', code: 'nonsense' }), { code: 'ERR_PLATFORM' });
  assert.equal(sim.count('baidu', 'sessionkey') + sim.count('baidu', 'getSessionKeyByCode'), 1);
});

test('WeChat: checkSession and resetSessionKey', async (t) => {
  const sim = await simulator(t);
  const { service } = serviceOf(sim, { wechat: sim.config('wechat'), alipay: sim.config('alipay') });
  const device = sim.device('wechat');
  const session = await login(service, device);
  assert.equal(await service.checkSession({ session }), true);
  await service.resetSessionKey({ session });
  assert.equal(await service.checkSession({ session }), true);
  const detail = await device.tap({ fast: 'sealed' });
  assert.equal((await service.phone({ platform: 'wechat', session, detail })).phone.nationalNumber, device.phone);
  await device.login();
  assert.equal(await service.checkSession({ session }), false);
  await assert.rejects(service.checkSession({ session: await login(service, sim.device('alipay')) }), {
    code: 'ERR_SESSION',
  });
  await assert.rejects(service.checkSession({ session: 'none' }), { code: 'ERR_SESSION' });
});

test('sessions end by logout and by time, and belong to their platform', async (t) => {
  const sim = await simulator(t);
  const { service } = serviceOf(sim, { wechat: sim.config('wechat'), douyin: sim.config('douyin') });
  const device = sim.device('wechat');
  const [first, second] = [await login(service, device), await login(service, device)];
  assert.notEqual(first, second);
  const tap = async (session) =>
    (await post(service, 'phone', { platform: 'wechat', session, detail: await device.tap({ fast: 'sealed' }) }))
      .status;
  assert.equal(await tap(first), 200);
  assert.equal((await post(service, 'logout', { session: first })).status, 200);
  assert.equal((await post(service, 'logout', { session: first })).status, 200);
  assert.equal(await tap(first), 401);
  assert.equal(await tap(second), 200);
  assert.equal(
    (
      await post(service, 'phone', {
        platform: 'douyin',
        session: second,
        detail: await sim.device('douyin').tap({ fast: 'code' }),
      })
    ).status,
    401,
  );
  sim.advance(7 * 86_400_000 + 1000);
  assert.equal(await tap(second), 401);
});

test('a third-party platform: after a rejected component token the function is called again for a new token', async (t) => {
  const sim = await simulator(t);
  const { component, ...wechat } = sim.config('wechat', { component: true });
  const calls = [];
  const token = async (rejected) => {
    calls.push(rejected);
    return rejected ? component.token() : 'old';
  };
  const { service } = serviceOf(sim, { wechat: { ...wechat, component: { ...component, token } } });
  sim.fail('wechat', { endpoint: 'component/jscode2session', code: 42001 });
  const device = sim.device('wechat');
  assert.ok(await login(service, device));
  assert.deepEqual(calls, [undefined, 'old']);
});

test('with sixteen session keys, the maximum, the oldest session still opens a payload', async (t) => {
  const sim = await simulator(t);
  const { service } = serviceOf(sim, { wechat: sim.config('wechat') }, { limits: { sessionKeys: 16 } });
  const device = sim.device('wechat');
  const first = await login(service, device);
  const detail = await device.tap({ fast: 'sealed' });
  for (let i = 0; i < 17; i++) await login(service, device);
  assert.equal(
    (await service.phone({ platform: 'wechat', session: first, detail })).phone.nationalNumber,
    device.phone,
  );
});
