// WeChat's server and devices, tested with plain requests. The expected responses are those of the pages on
// developers.weixin.qq.com.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { ask, get, MINUTE, open, postJson, simulate } from './client.mjs';

const simulator = await simulate();
const { appId, appSecret } = simulator.config('wechat');
const at = (path) => simulator.url + path;

const LOGIN = { appid: appId, secret: appSecret, grant_type: 'authorization_code' };
const login = (query) => get(at('/sns/jscode2session'), { ...LOGIN, ...query });
const stableToken = async (more) =>
  postJson(at('/cgi-bin/stable_token'), { grant_type: 'client_credential', appid: appId, secret: appSecret, ...more });
const plainToken = (more) =>
  get(at('/cgi-bin/token'), { grant_type: 'client_credential', appid: appId, secret: appSecret, ...more });
const phoneOf = (access_token, body) =>
  postJson(`${at('/wxa/business/getuserphonenumber')}?access_token=${access_token}`, body);
const probe = async (token) => (await phoneOf(token, { code: 'none' })).errcode;
/** The error for the invalid code of `probe`: the server has accepted the token. */
const TOKEN_ACCEPTED = 40029;

test('a login code is exchanged once for open id and session key', async () => {
  const device = simulator.device('wechat', { unionId: 'a union' });
  const js_code = await device.login();
  assert.match(js_code, /^0[0-9A-Za-z]{31}$/);
  const response = await login({ js_code });
  assert.equal(Buffer.from(response.session_key, 'base64').length, 16);
  assert.deepEqual({ ...response, session_key: '' }, { session_key: '', openid: device.openId, unionid: 'a union' });
  const again = await login({ js_code });
  assert.equal(again.errcode, 40163);
  assert.match(again.errmsg, / rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$/);
});

test('jscode2session rejects each fault with its own error code', async () => {
  const device = simulator.device('wechat');
  const js_code = await device.login();
  for (const [query, errcode] of [
    [{ appid: '' }, 41002],
    [{ secret: '' }, 41004],
    [{ js_code: '' }, 41008],
    [{ appid: 'wx0000000000000000' }, 40013],
    [{ secret: '0'.repeat(32) }, 40125],
    [{ grant_type: 'client_credential' }, 40002],
    [{ js_code: 'nonsense' }, 40029],
    [{ js_code: (await device.tap()).code }, 40029],
  ])
    assert.equal((await login({ js_code, ...query })).errcode, errcode, JSON.stringify(query));
  assert.equal(
    (await postJson(at('/sns/jscode2session'), { ...LOGIN, js_code })).errcode,
    41002,
    'the parameters belong in the URL',
  );
  assert.ok((await login({ js_code })).openid, 'rejected requests do not spend the code');
});

test('a login code is valid for five minutes', async () => {
  const device = simulator.device('wechat');
  const [early, late] = [await device.login(), await device.login()];
  simulator.advance(5 * MINUTE - 1);
  assert.ok((await login({ js_code: early })).openid);
  simulator.advance(1);
  assert.equal((await login({ js_code: late })).errcode, 40029);
});

test('a login replaces the session key: its code returns the key with which the device seals from then on', async () => {
  const device = simulator.device('wechat');
  const beforeLogin = await device.tap();
  const { session_key: first } = await login({ js_code: await device.login() });
  const second = await device.login();
  const detail = await device.tap();
  assert.throws(() => open(beforeLogin, first));
  assert.throws(() => open(detail, first));
  const { session_key } = await login({ js_code: second });
  assert.equal(open(detail, session_key).phoneNumber, device.phone);
});

test('two devices of one user share the session key', async () => {
  const [first, other] = [
    simulator.device('wechat', { openId: 'one user' }),
    simulator.device('wechat', { openId: 'one user' }),
  ];
  const { session_key } = await login({ js_code: await first.login() });
  assert.equal(open(await other.tap(), session_key).phoneNumber, other.phone);
});

test('a tap returns the event of a recent base library', async () => {
  const device = simulator.device('wechat');
  const { session_key } = await login({ js_code: await device.login() });
  const detail = await device.tap();
  assert.deepEqual(Object.keys(detail).sort(), ['cloudID', 'code', 'encryptedData', 'errMsg', 'iv']);
  assert.equal(detail.errMsg, 'getPhoneNumber:ok');
  assert.match(detail.code, /^[0-9a-f]{64}$/);
  // A mainland payload is 146 bytes long with an app id of 18 characters.
  assert.equal(detail.encryptedData.length, 216);
  assert.equal(detail.iv.length, 24);
  const { watermark, ...number } = open(detail, session_key);
  assert.deepEqual(number, { phoneNumber: device.phone, purePhoneNumber: device.phone, countryCode: '86' });
  assert.deepEqual(watermark, { timestamp: Math.floor(simulator.now() / 1000), appid: appId });
  assert.deepEqual(Object.keys(await device.tap({ fast: 'code' })), ['errMsg', 'code']);
  assert.deepEqual(Object.keys(await device.tap({ fast: 'sealed' })), ['errMsg', 'encryptedData', 'iv', 'cloudID']);
  assert.deepEqual(Object.keys(await device.tap({ realtime: true })), ['errMsg', 'code']);
});

test('phoneNumber of a number from abroad has a plus and the country code', async () => {
  const device = simulator.device('wechat', { phone: '51234567', countryCode: '852' });
  const { session_key } = await login({ js_code: await device.login() });
  const { phoneNumber, purePhoneNumber, countryCode } = open(await device.tap(), session_key);
  assert.deepEqual([phoneNumber, purePhoneNumber, countryCode], ['+85251234567', '51234567', '852']);
});

test('events of declined taps have the texts of the platform', () => {
  const device = simulator.device('wechat');
  assert.deepEqual(device.refuse(), { errMsg: 'getPhoneNumber:fail user deny' });
  assert.equal(device.refuse('no-permission').errno, 102);
  assert.equal(device.refuse('privacy').errno, 104);
  assert.equal(device.refuse('quota').errno, 1400001);
  assert.throws(() => device.refuse('no-phone'), /is not known/);
});

test('a device seals any payload, and the server returns any payload of a tap', async () => {
  const device = simulator.device('wechat');
  const { session_key } = await login({ js_code: await device.login() });
  assert.deepEqual(open(device.sealed({ openGId: 'g' }), session_key), { openGId: 'g' });
  assert.throws(() => open(device.sealed('not JSON'), session_key), SyntaxError);
  const { code } = await device.tap({ payload: { phoneNumber: '' } });
  const { access_token } = await stableToken();
  assert.deepEqual((await phoneOf(access_token, { code })).phone_info, { phoneNumber: '' });
});

test('a phone code is exchanged once, within five minutes, for the number', async () => {
  const device = simulator.device('wechat');
  const { access_token } = await stableToken();
  const { code } = await device.tap();
  const response = await phoneOf(access_token, { code });
  assert.deepEqual(response, {
    errcode: 0,
    errmsg: 'ok',
    phone_info: {
      phoneNumber: device.phone,
      purePhoneNumber: device.phone,
      countryCode: '86',
      watermark: response.phone_info.watermark,
    },
  });
  assert.equal((await phoneOf(access_token, { code })).errcode, 40029, 'the code was used');
  const { code: old } = await device.tap();
  simulator.advance(5 * MINUTE);
  assert.equal((await phoneOf(access_token, { code: old })).errcode, 40029, 'the code expired');
});

test('getuserphonenumber rejects each fault with its own error code', async () => {
  const device = simulator.device('wechat');
  const { access_token } = await stableToken();
  const { code } = await device.tap();
  const url = at('/wxa/business/getuserphonenumber');
  const body = JSON.stringify({ code });
  const json = { 'content-type': 'application/json' };
  for (const [about, options, errcode, query = `?access_token=${access_token}`] of [
    ['GET', { method: 'GET' }, 43002],
    ['no token', { headers: json, body }, 41001, ''],
    ['a token in the header', { headers: { ...json, authorization: `Bearer ${access_token}` }, body }, 41001, ''],
    ['an unknown token', { headers: json, body }, 40001, '?access_token=nonsense'],
    ['a form', { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: `code=${code}` }, 47001],
    ['no body', { headers: json }, 47001],
    ['a list', { headers: json, body: '[]' }, 47001],
    ['a member name with a blank', { headers: json, body: JSON.stringify({ 'code ': code }) }, 47001],
    ['a code in quotes', { headers: json, body: JSON.stringify({ code: `"${code}"` }) }, 40029],
    ['a login code', { headers: json, body: JSON.stringify({ code: await device.login() }) }, 40029],
    [
      "another user's open id",
      { headers: json, body: JSON.stringify({ code, openid: simulator.device('wechat').openId }) },
      40003,
    ],
  ])
    assert.equal((await ask(url + query, { method: 'POST', ...options })).json.errcode, errcode, about);
  // The rejected requests did not spend the code. JSON with the content type of a form, as curl sends it, is accepted.
  const asForm = {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: JSON.stringify({ code, openid: device.openId }),
  };
  assert.equal((await ask(`${url}?access_token=${access_token}`, asForm)).json.errcode, 0);
});

test('the plain token: a new token invalidates the previous token after five minutes', async () => {
  const [{ access_token: first, expires_in }, { access_token: second }] = [await plainToken(), await plainToken()];
  assert.equal(expires_in, 7200);
  assert.notEqual(first, second);
  simulator.advance(5 * MINUTE - 1);
  assert.deepEqual([await probe(first), await probe(second)], [TOKEN_ACCEPTED, TOKEN_ACCEPTED]);
  simulator.advance(1);
  assert.deepEqual([await probe(first), await probe(second)], [40001, TOKEN_ACCEPTED]);
  simulator.advance(115 * MINUTE);
  assert.equal(await probe(second), 42001, 'the token expires after two hours');
});

test('the stable token stays the same until five minutes before its expiry; then old and new token are both valid', async () => {
  const { access_token: first } = await stableToken({ force_refresh: true });
  simulator.advance(114 * MINUTE);
  const again = await stableToken();
  assert.deepEqual(again, { access_token: first, expires_in: 360 });
  simulator.advance(1 * MINUTE);
  const { access_token: second, expires_in } = await stableToken();
  assert.notEqual(second, first);
  assert.equal(expires_in, 7200);
  assert.deepEqual([await probe(first), await probe(second)], [TOKEN_ACCEPTED, TOKEN_ACCEPTED]);
  simulator.advance(5 * MINUTE);
  assert.ok([40001, 42001].includes(await probe(first)));
  assert.equal(await probe(second), TOKEN_ACCEPTED);
});

test('force_refresh returns a new stable token immediately and invalidates the old one; the plain token stays valid', async () => {
  const [{ access_token: old }, { access_token: plainAccessToken }] = [await stableToken(), await plainToken()];
  const { access_token: fresh } = await stableToken({ force_refresh: true });
  assert.deepEqual(
    [await probe(old), await probe(fresh), await probe(plainAccessToken)],
    [40001, TOKEN_ACCEPTED, TOKEN_ACCEPTED],
  );
});

test('a revoked token is invalid, and the next token request returns a new token', async () => {
  const { access_token: old } = await stableToken();
  simulator.revokeToken('wechat');
  assert.equal(await probe(old), 40001);
  const { access_token: fresh } = await stableToken();
  assert.notEqual(fresh, old);
  assert.equal(await probe(fresh), TOKEN_ACCEPTED);
});

test('the token requests reject each fault with its own error code', async () => {
  for (const call of [plainToken, stableToken]) {
    for (const [more, errcode] of [
      [{ grant_type: 'authorization_code' }, 40002],
      [{ appid: '' }, 41002],
      [{ secret: '' }, 41004],
      [{ appid: 'wx0000000000000000' }, 40013],
      [{ secret: 'wrong' }, 40125],
    ])
      assert.equal((await call(more)).errcode, errcode, JSON.stringify(more));
  }
  assert.equal((await get(at('/cgi-bin/stable_token'))).errcode, 43002);
  assert.equal((await ask(at('/cgi-bin/stable_token'), { method: 'POST', body: 'appid=x' })).json.errcode, 47001);
});

test('checksession and resetusersessionkey require the HMAC of the empty text, keyed with the text of the session key', async () => {
  const device = simulator.device('wechat');
  const { session_key } = await login({ js_code: await device.login() });
  const { access_token } = await stableToken();
  const sign = (key) => createHmac('sha256', key).update('').digest('hex');
  const check = (path, more) =>
    get(at(path), {
      access_token,
      openid: device.openId,
      signature: sign(session_key),
      sig_method: 'hmac_sha256',
      ...more,
    });
  for (const path of ['/wxa/checksession', '/wxa/resetusersessionkey']) {
    for (const [more, errcode] of [
      [{ access_token: 'nonsense' }, 40001],
      [{ sig_method: 'sha1' }, 87008],
      [{ openid: 'nobody' }, 40003],
      [{ signature: sign(Buffer.from(session_key, 'base64')) }, 87009],
    ])
      assert.equal((await check(path, more)).errcode, errcode, JSON.stringify(more));
  }
  assert.equal((await check('/wxa/checksession')).errcode, 0);
  const reset = await check('/wxa/resetusersessionkey');
  assert.deepEqual([reset.errcode, reset.openid], [0, device.openId]);
  assert.equal((await check('/wxa/checksession')).errcode, 87009, 'the old key is invalid');
  assert.equal((await check('/wxa/checksession', { signature: sign(reset.session_key) })).errcode, 0);
  assert.equal(open(await device.tap(), reset.session_key).phoneNumber, device.phone);
});

test('getopendata returns data or an error for each CloudID', async () => {
  const device = simulator.device('wechat');
  const { access_token } = await stableToken();
  const { cloudID: old } = await device.tap();
  simulator.advance(5 * MINUTE);
  const { cloudID } = await device.tap();
  const openData = (openid, list) =>
    postJson(`${at('/wxa/getopendata')}?access_token=${access_token}${openid ? `&openid=${openid}` : ''}`, {
      cloudid_list: list,
    });
  const { errcode, data_list } = await openData(device.openId, [cloudID, old, 'nonsense', cloudID]);
  assert.equal(errcode, 0);
  const items = data_list.map(({ json }) => JSON.parse(json));
  assert.deepEqual(
    items.map((item) => item.errCode ?? item.data.phoneNumber),
    [device.phone, -601006, -601005, device.phone],
  );
  assert.deepEqual(
    data_list.map((item) => item.cloud_id),
    [cloudID, old, 'nonsense', cloudID],
  );
  assert.equal((await openData('nobody', [cloudID])).errcode, 40003);
  const other = await openData(simulator.device('wechat').openId, [cloudID]);
  assert.equal(JSON.parse(other.data_list[0].json).errCode, -601007);
});

test('a third-party platform exchanges login codes with its own token, and phone codes with the authorizer token', async () => {
  const config = simulator.config('wechat', { component: true });
  const authorizerAccessToken = await config.token();
  const device = simulator.device('wechat');
  const js_code = await device.login();
  const query = {
    appid: appId,
    js_code,
    grant_type: 'authorization_code',
    component_appid: config.component.appId,
    component_access_token: await config.component.token(),
  };
  for (const [more, errcode] of [
    [{ component_access_token: authorizerAccessToken }, 48001],
    [{ component_access_token: 'nonsense' }, 40094],
    [{ component_appid: appId }, 40094],
    [{ appid: 'wx0000000000000000' }, 61003],
    [{ js_code: 'nonsense' }, 40029],
  ])
    assert.equal(
      (await get(at('/sns/component/jscode2session'), { ...query, ...more })).errcode,
      errcode,
      JSON.stringify(more),
    );
  assert.equal((await get(at('/sns/component/jscode2session'), query)).openid, device.openId);
  const inJson = JSON.parse(JSON.stringify(config));
  assert.deepEqual(
    [inJson.token, inJson.component.token],
    [authorizerAccessToken, query.component_access_token],
    'in the JSON of the control interface the tokens are strings',
  );
  const { code } = await device.tap();
  assert.equal((await phoneOf(authorizerAccessToken, { code })).phone_info.phoneNumber, device.phone);
});
