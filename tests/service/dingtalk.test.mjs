// The two kinds of DingTalk's codes. Documented, unproven.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { post, serviceOf, simulator } from './service.mjs';

const ABROAD = { phone: '51234567', countryCode: '852', unionId: 'u-1', openId: 'o-1' };
const FLOWS = [
  // flow, its endpoints, the user, the error for a code of the other kind
  [
    'in-app',
    ['/v1.0/oauth2/accessToken', '/topapi/v2/user/getuserinfo', '/topapi/v2/user/get'],
    { openId: 'u-1', unionId: 'u-1' },
    '40078',
  ],
  [
    'oauth',
    ['/v1.0/oauth2/userAccessToken', '/v1.0/contact/users/me'],
    { openId: 'o-1', unionId: 'u-1' },
    'invalidParameter.authCode.notFound',
  ],
];

for (const [flow, paths, user, platformCode] of FLOWS) {
  const other = flow === 'oauth' ? 'in-app' : 'oauth';

  test(`${flow}: the code becomes the number and the permanent user`, async (t) => {
    const sim = await simulator(t);
    const { service, phones } = serviceOf(sim, { dingtalk: sim.config('dingtalk', { flow }) });
    const device = sim.device('dingtalk', ABROAD);
    const { phone } = await service.phone({ platform: 'dingtalk', detail: await device.tap({ flow }) });
    assert.equal(phone.e164, '+85251234567');
    assert.deepEqual(phones[0].user, { platform: 'dingtalk', ...user });
    assert.deepEqual(
      sim.requests.map(({ path }) => path),
      paths,
    );
  });

  test(`${flow}: a code of the other kind is unknown, and the client has to log in again`, async (t) => {
    const sim = await simulator(t);
    const { service, events } = serviceOf(sim, { dingtalk: sim.config('dingtalk', { flow }) });
    const response = await post(service, 'phone', {
      platform: 'dingtalk',
      detail: await sim.device('dingtalk').tap({ flow: other }),
    });
    assert.deepEqual([response.status, response.error.code, response.error.action], [422, 'refused', 'login-again']);
    assert.equal(events.at(-1).platformCode, platformCode);
    assert.ok(events.at(-1).rid);
  });
}

test('in-app is the default flow of the service and of the simulator', async (t) => {
  const sim = await simulator(t);
  const { service, phones } = serviceOf(sim, { dingtalk: sim.config('dingtalk') });
  assert.equal(sim.config('dingtalk').flow, undefined);
  for (let taps = 1; taps <= 3; taps++)
    await service.phone({ platform: 'dingtalk', detail: await sim.device('dingtalk').tap() });
  assert.equal(phones.length, 3);
  assert.equal(sim.count('dingtalk', 'oauth2/accessToken'), 1, 'the app’s token is cached');
});

test('in-app: a rejected token is replaced at either request, and the code is spent once', async (t) => {
  const sim = await simulator(t);
  for (const endpoint of ['user/getuserinfo', 'user/get']) {
    for (const code of [40014, 42001]) {
      const { service } = serviceOf(sim, { dingtalk: sim.config('dingtalk') });
      sim.fail('dingtalk', { endpoint: endpoint === 'user/get' ? 'v2/user/get' : endpoint, code });
      const before = sim.count('dingtalk', 'getuserinfo');
      const device = sim.device('dingtalk');
      assert.equal(
        (await service.phone({ platform: 'dingtalk', detail: await device.tap() })).phone.nationalNumber,
        device.phone,
      );
      assert.ok(sim.count('dingtalk', 'getuserinfo') - before <= 2);
      sim.heal();
    }
  }
});

test('in-app: without the permission for mobile numbers there is no number; a wrong secret requires the developer', async (t) => {
  const sim = await simulator(t);
  const device = sim.device('dingtalk');
  for (const [config, tap, code, action, platformCode] of [
    [{}, { payload: {} }, 'ERR_NOT_PHONE', 'enter-manually'],
    [{ clientSecret: 'wrong' }, {}, 'ERR_PLATFORM', 'fix-config', 'invalidClientIdOrSecret'],
  ]) {
    const { service } = serviceOf(sim, { dingtalk: { ...sim.config('dingtalk'), ...config } });
    await assert.rejects(
      service.phone({ platform: 'dingtalk', detail: await device.tap(tap) }),
      (error) => error.code === code && error.action === action && error.platformCode === platformCode,
    );
  }
});

test('an unknown flow is rejected at start', () => {
  assert.throws(() => serviceOf({ now: Date.now }, { dingtalk: { clientId: 'c', clientSecret: 's', flow: 'inapp' } }), {
    code: 'ERR_INPUT',
    field: 'platforms.dingtalk.flow',
  });
});
