// The response to the client for each kind of failure.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { login, post, serviceOf, simulator } from './service.mjs';

test('the response to the client for each error of a platform', async (t) => {
  const sim = await simulator(t);
  const { service } = serviceOf(sim, { wechat: sim.config('wechat') }, { limits: { timeout: 0.3 } });
  const device = sim.device('wechat');
  const session = await login(service, device);
  const phone = 'getuserphonenumber';
  for (const [fault, status, code, action] of [
    [{ endpoint: phone, code: 40029 }, 422, 'refused', 'ask-again'],
    [{ endpoint: phone, code: -1 }, 503, 'unavailable', 'retry'],
    [{ endpoint: phone, code: 45011 }, 503, 'unavailable', 'retry'],
    [{ endpoint: phone, code: 48001 }, 503, 'unavailable', 'enter-manually'],
    [{ endpoint: phone, code: 40001 }, 200],
    [{ endpoint: phone, code: 42001 }, 200],
    [{ endpoint: phone, code: 40014, times: 2 }, 503, 'unavailable', 'retry'],
    [{ endpoint: phone, html: true }, 503, 'unavailable', 'retry'],
    [{ endpoint: phone, empty: true }, 503, 'unavailable', 'retry'],
    [{ endpoint: phone, text: '{"errcode":0}' }, 503, 'unavailable', 'retry'],
    [{ endpoint: phone, text: '[]' }, 503, 'unavailable', 'retry'],
    [{ endpoint: phone, drop: true }, 503, 'unavailable', 'retry'],
    [{ endpoint: phone, hang: true }, 503, 'unavailable', 'retry'],
    [{ endpoint: phone, delay: 50 }, 200],
    [{ endpoint: phone, status: 302 }, 503, 'unavailable', 'retry'],
  ]) {
    sim.fail('wechat', fault);
    const response = await post(service, 'phone', {
      platform: 'wechat',
      session,
      detail: await device.tap({ fast: 'code' }),
    });
    assert.deepEqual(
      [response.status, response.error?.code, response.error?.action],
      [status, code, action],
      JSON.stringify(fault),
    );
    sim.heal();
  }
});

test('a login that the platform rejects requires another login; a wrong secret requires the developer', async (t) => {
  const sim = await simulator(t);
  const { service } = serviceOf(sim, { wechat: sim.config('wechat') });
  const device = sim.device('wechat');
  const code = await device.login();
  assert.equal((await post(service, 'login', { platform: 'wechat', code })).status, 200);
  const again = await post(serviceOf(sim, { wechat: sim.config('wechat') }).service, 'login', {
    platform: 'wechat',
    code,
  });
  assert.deepEqual(
    [again.status, again.error.code, again.error.action],
    [422, 'refused', 'login-again'],
    'spent elsewhere',
  );
  // WeChat may respond with 40029 to a phone code, too. In that case the user must tap again.
  const invented = await post(service, 'login', { platform: 'wechat', code: '0'.repeat(32) });
  assert.deepEqual([invented.status, invented.error.code, invented.error.action], [422, 'refused', 'login-again']);
  const { service: wrong, events } = serviceOf(sim, { wechat: { ...sim.config('wechat'), appSecret: 'wrong' } });
  const refused = await post(wrong, 'phone', { platform: 'wechat', detail: await device.tap({ fast: 'code' }) });
  assert.deepEqual([refused.status, refused.error.code, refused.error.action], [503, 'unavailable', 'enter-manually']);
  assert.equal(events.at(-1).action, 'fix-config');
});

test('a payload that is not a phone number, of another app, too old or broken: always the same response', async (t) => {
  const sim = await simulator(t);
  const { service } = serviceOf(sim, { wechat: sim.config('wechat') });
  const device = sim.device('wechat');
  const session = await login(service, device);
  const { appId } = sim.config('wechat');
  const watermark = { timestamp: Math.floor(sim.now() / 1000), appid: appId };
  const number = { phoneNumber: '13800138000', purePhoneNumber: '13800138000', countryCode: '86' };
  const flip = ({ encryptedData, ...rest }) => ({
    ...rest,
    encryptedData: (encryptedData[0] === 'A' ? 'B' : 'A') + encryptedData.slice(1),
  });
  const details = {
    'user info': device.sealed({ nickName: 'x', openId: 'y', watermark }),
    'another app': device.sealed({ ...number, watermark: { ...watermark, appid: 'wxother' } }),
    'too old': device.sealed({ ...number, watermark: { ...watermark, timestamp: 1 } }),
    'not JSON': device.sealed('text'),
    'a changed bit': flip(await device.tap({ fast: 'sealed' })),
    'cut off': { ...(await device.tap({ fast: 'sealed' })), encryptedData: 'AAAA' },
    'not base64': { ...(await device.tap({ fast: 'sealed' })), encryptedData: '***' },
  };
  const responses = [];
  for (const detail of Object.values(details))
    responses.push(JSON.stringify(await post(service, 'phone', { platform: 'wechat', session, detail })));
  assert.equal(new Set(responses).size, 1, JSON.stringify(responses));
  assert.match(responses[0], /"status":422,"error":\{"code":"refused","action":"login-again"/);
});

test('a platform response without a required member is a fault of the platform', async (t) => {
  const sim = await simulator(t);
  for (const [platform, endpoint, text] of [
    ['douyin', 'get_phonenumber_info', '{"err_no":0}'],
    ['douyin', 'get_phonenumber_info', '{"err_no":0,"data":{}}'],
    ['douyin', 'get_phonenumber_info', '{"err_no":0,"data":"***"}'],
    ['alipay', 'alipay.system.oauth.token', '{}'],
    ['kuaishou', 'code2session', '{}'],
    ['wechat', 'jscode2session', '{}'],
    ['huawei', 'rest.php', '{}'],
  ]) {
    const { service } = serviceOf(sim, { [platform]: sim.config(platform) });
    const device = sim.device(platform);
    sim.fail(platform, { endpoint, text });
    const response = ['douyin', 'huawei'].includes(platform)
      ? await post(service, 'phone', { platform, detail: await device.tap({ fast: 'code' }) })
      : await post(service, 'login', { platform, code: await device.login() });
    assert.ok(
      [503, 422].includes(response.status) && response.error.code !== 'invalid_request',
      `${platform} ${text}: ${JSON.stringify(response)}`,
    );
    if (platform !== 'huawei') assert.equal(response.status, 503, `${platform} ${text}`);
  }
});

test('the log names the missing or wrong field by its path', async (t) => {
  const sim = await simulator(t);
  const { service, events } = serviceOf(sim, {
    wechat: sim.config('wechat'),
    alipay: sim.config('alipay'),
    baidu: sim.config('baidu'),
    kuaishou: sim.config('kuaishou'),
  });
  const sessions = {};
  for (const platform of ['wechat', 'alipay', 'baidu', 'kuaishou'])
    sessions[platform] = await login(service, sim.device(platform));
  const phone = (platform, detail) => ['phone', { platform, session: sessions[platform], detail }];
  for (const [path, body, field] of [
    ['login', {}, 'platform'],
    ['login', { code: 'x' }, 'platform'],
    ['login', { platform: 'wechat' }, 'code'],
    ['login', { platform: 'wechat', code: 1 }, 'code'],
    ['login', { platform: 'taobao', code: 'x' }, 'platform'],
    ['login', [], 'body'],
    ['login', null, 'body'],
    ['login', 'text', 'body'],
    ['phone', {}, 'platform'],
    ['phone', { detail: {} }, 'platform'],
    ['phone', { platform: 'wechat' }, 'detail'],
    ['phone', { platform: 'wechat', detail: 'text' }, 'detail'],
    ['phone', { platform: 'wechat', detail: { iv: 1 } }, 'detail.iv'],
    ['phone', { platform: 'wechat', detail: { encryptedData: 'x', iv: 'x' } }, 'session'],
    [...phone('wechat', {}), 'detail.encryptedData'],
    [...phone('wechat', { iv: 'x' }), 'detail.encryptedData'],
    [...phone('wechat', { encryptedData: 'x' }), 'detail.iv'],
    [...phone('wechat', { encryptedData: '***', iv: 'AAAA' }), 'detail.encryptedData'],
    [...phone('kuaishou', { code: 'x' }), 'detail.encryptedData'],
    [...phone('baidu', { data: 'x' }), 'detail.iv'],
    [...phone('alipay', {}), 'detail.response'],
    [...phone('alipay', { response: 'x' }), 'detail.sign'],
    [...phone('alipay', { response: 'x', sign: 'x', sign_type: 'x' }), 'detail.sign_type'],
    ['logout', {}, 'session'],
    ['logout', { session: null }, 'session'],
  ]) {
    events.length = 0;
    assert.ok((await post(service, path, body)).status >= 400);
    assert.equal(events.at(-1).field, field, `${path} ${JSON.stringify(body)}: ${JSON.stringify(events)}`);
  }
});

test('the event of a failed button: the log has the reason, and the client receives the next action', async (t) => {
  const sim = await simulator(t);
  const names = ['wechat', 'alipay', 'baidu', 'douyin', 'kuaishou', 'xiaohongshu'];
  const { service, events } = serviceOf(sim, Object.fromEntries(names.map((name) => [name, sim.config(name)])));
  for (const [platform, detail, action, reason] of [
    ['wechat', { errMsg: 'getPhoneNumber:fail user deny' }, 'ask-again', /the user declined/],
    [
      'wechat',
      { errMsg: 'getPhoneNumber:fail:user deny', encryptedData: '', iv: undefined },
      'ask-again',
      /the user declined/,
    ],
    ['douyin', { errMsg: 'getPhoneNumber:fail auth deny' }, 'ask-again', /the user declined/],
    [
      'wechat',
      { errMsg: 'getPhoneNumber:fail jsapi has no permission', errno: 102 },
      'enter-manually',
      /may not request/,
    ],
    ['wechat', { errMsg: 'getPhoneNumber:fail', errno: 1400001 }, 'enter-manually', /quota/],
    [
      'wechat',
      { errMsg: 'getPhoneNumber:fail privacy permission is not authorized', errno: 104 },
      'ask-again',
      /privacy/,
    ],
    ['kuaishou', { errMsg: 'CANARY\n' }, 'ask-again', /the button failed/],
  ]) {
    events.length = 0;
    const session = await login(service, sim.device(platform));
    for (const withSession of [{ session }, {}]) {
      const response = await post(service, 'phone', { platform, ...withSession, detail });
      assert.deepEqual(
        [response.status, response.error.code, response.error.action],
        [422, 'refused', action],
        JSON.stringify(detail),
      );
      const { event, code, field, reason: output } = events.at(-1);
      assert.deepEqual([event, code, field], ['phone', 'ERR_NOT_PHONE', 'detail.errMsg']);
      assert.match(output, reason);
      assert.ok(!JSON.stringify(events).includes('CANARY'));
    }
  }
  // An event with data is opened, also if its other members report an error.
  const device = sim.device('wechat');
  const { status } = await post(service, 'phone', {
    platform: 'wechat',
    session: await login(service, device),
    detail: { ...(await device.tap()), errMsg: 'getPhoneNumber:fail user deny' },
  });
  assert.equal(status, 200);
});

test('an event with objects in place of texts is rejected and is not a bug', async (t) => {
  const sim = await simulator(t);
  const names = ['wechat', 'alipay', 'baidu', 'douyin', 'huawei'];
  const [levels, errors] = [[], []];
  const logger = Object.fromEntries(['info', 'warn', 'error'].map((level) => [level, () => levels.push(level)]));
  const { service } = serviceOf(sim, Object.fromEntries(names.map((name) => [name, sim.config(name)])), {
    logger,
    onError: (error) => errors.push(error),
  });
  const invalid = { toString: 1, valueOf: null };
  let deep = invalid;
  for (let i = 0; i < 3000; i++) deep = [deep];
  const failures = [
    ...['errMsg', 'errorMessage', 'errString', 'errno', 'errCode', 'error'].flatMap((name) =>
      [invalid, [invalid], deep].map((value) => ({ [name]: value })),
    ),
    { errMsg: 'getPhoneNumber:fail', errno: invalid },
    // Alipay's event contains JSON as text.
    ...[{ code: 1, msg: invalid }, { code: invalid }, { response: { code: '40003', subMsg: [invalid] } }].map(
      (response) => ({
        response: JSON.stringify(response),
      }),
    ),
  ];
  for (const platform of names) {
    const session = platform === 'huawei' ? undefined : await login(service, sim.device(platform));
    levels.length = 0;
    const details = failures.flatMap((failure) => [
      ...('response' in failure ? [] : [failure]),
      { detail: failure },
      { mp: { detail: failure } },
    ]);
    for (const detail of details) {
      const { status, error } = await post(service, 'phone', { platform, session, detail });
      assert.ok(
        status === 400 || (status === 422 && error.action === 'ask-again'),
        `${platform} ${JSON.stringify(detail).slice(0, 80)}: ${status}`,
      );
    }
    assert.deepEqual(
      levels,
      details.map(() => 'warn'),
    );
  }
  assert.deepEqual(errors, []);
});
