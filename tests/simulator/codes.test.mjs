// Huawei, DingTalk and Feishu: the server exchanges a code for the user's number; no payload is sealed. Documented,
// unproven.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask, get, MINUTE, postForm, postJson, simulate } from './client.mjs';

const simulator = await simulate();
const at = (path) => simulator.url + path;
const ABROAD = { phone: '51234567', countryCode: '852' };

const huawei = simulator.config('huawei');
const exchange = (code, more) =>
  postForm(at('/oauth2/v3/token'), {
    grant_type: 'authorization_code',
    client_id: huawei.clientId,
    client_secret: huawei.clientSecret,
    code,
    ...more,
  });
const info = (body) =>
  ask(at('/rest.php?nsp_svc=GOpen.User.getInfo'), {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body,
  });
const quick = (code, more) =>
  postJson(at('/oauth2/v6/quickLogin/getPhoneNumber'), {
    code,
    clientId: huawei.clientId,
    clientSecret: huawei.clientSecret,
    ...more,
  });

test('huawei: code, token, user; a number from abroad begins with 00 and its country code', async () => {
  for (const [user, mobileNumber, phoneCountryCode] of [
    [{ phone: '13800138000' }, '13800138000', '0086'],
    [ABROAD, '0085251234567', '00852'],
  ]) {
    const device = simulator.device('huawei', user);
    const { access_token } = await exchange((await device.tap()).code);
    const { json } = await info(`access_token=${encodeURIComponent(access_token)}`);
    assert.deepEqual(json, {
      openID: device.openId,
      unionID: device.unionId,
      mobileNumber,
      purePhoneNumber: user.phone,
      phoneCountryCode,
    });
    const raw = await info(`access_token=${access_token}`);
    assert.deepEqual(
      [raw.status, raw.headers.nsp_status],
      [200, '6'],
      'a token that is not percent-encoded loses its plus',
    );
    assert.ok(raw.json.error);
  }
});

test('huawei: a login code returns only ids, and no number', async () => {
  const device = simulator.device('huawei');
  const { access_token } = await exchange(await device.login());
  assert.deepEqual((await info(`access_token=${encodeURIComponent(access_token)}`)).json, {
    openID: device.openId,
    unionID: device.unionId,
  });
});

test('huawei: the token request rejects wrong parameters, and its tokens are valid for an hour', async () => {
  const { code } = await simulator.device('huawei').tap();
  for (const more of [{ grant_type: 'refresh_token' }, { client_secret: 'wrong' }, { code: 'nonsense' }])
    assert.ok((await exchange(code, more)).error, JSON.stringify(more));
  const { access_token, expires_in } = await exchange(code);
  assert.equal(expires_in, 3600);
  assert.ok((await exchange(code)).error, 'used');
  simulator.advance(60 * MINUTE);
  assert.equal((await info(`access_token=${encodeURIComponent(access_token)}`)).headers.nsp_status, '6');
});

test('huawei, one-tap button: a mainland number has its country code, too; each error has its own code', async () => {
  const device = simulator.device('huawei', { phone: '13800138000' });
  const { code } = await device.tap();
  assert.equal((await quick(code, { clientId: 'nobody' })).resultCode, 60180003);
  assert.deepEqual(await quick(code), {
    openId: device.openId,
    unionId: device.unionId,
    phoneNumber: '008613800138000',
    purePhoneNumber: '13800138000',
    phoneCountryCode: '0086',
    phoneNumberValid: 1,
  });
  const { code: old } = await device.tap();
  simulator.advance(5 * MINUTE);
  assert.deepEqual(
    [(await quick(code)).resultCode, (await quick(old)).resultCode, (await quick(await device.login())).resultCode],
    [60180005, 60180004, 60180007],
  );
});

const dingtalk = simulator.config('dingtalk');
const dingToken = (code, more) =>
  postJson(at('/v1.0/oauth2/userAccessToken'), {
    clientId: dingtalk.clientId,
    clientSecret: dingtalk.clientSecret,
    code,
    grantType: 'authorization_code',
    ...more,
  });
const me = (token) => get(at('/v1.0/contact/users/me'), {}, { 'x-acs-dingtalk-access-token': token });

test('dingtalk, OAuth: code, token, user; the number and its country code are separate members', async () => {
  const device = simulator.device('dingtalk', ABROAD);
  const { code } = await device.tap({ flow: 'oauth' });
  for (const [more, expected] of [
    [{ clientSecret: 'wrong' }, 'invalidClientIdOrSecret'],
    [{ grantType: 'password' }, 'invalidParameter'],
    [{ code: 'nonsense' }, 'invalidParameter.authCode.notFound'],
    [{ code: (await device.tap()).code }, 'invalidParameter.authCode.notFound'],
  ]) {
    const response = await dingToken(code, more);
    assert.deepEqual([response.code, Boolean(response.requestid)], [expected, true], JSON.stringify(more));
  }
  const { accessToken, expireIn } = await dingToken(code);
  assert.equal(expireIn, 7200);
  const { mobile, stateCode, openId, unionId } = await me(accessToken);
  assert.deepEqual([mobile, stateCode, openId, unionId], ['51234567', '852', device.openId, device.unionId]);
  assert.equal((await dingToken(code)).code, 'invalidParameter.authCode.notFound', 'used');
  assert.equal((await me('nonsense')).code, 'InvalidAuthentication');
  simulator.revokeToken('dingtalk');
  assert.equal((await me(accessToken)).code, 'InvalidAuthentication');
});

const dingApp = (more) =>
  postJson(at('/v1.0/oauth2/accessToken'), { appKey: dingtalk.clientId, appSecret: dingtalk.clientSecret, ...more });
const dingUser = (path, token, body, post = postJson) =>
  post(at(`/topapi/v2/user/${path}?access_token=${token}`), body);

test('dingtalk, in the app: app token, code, userid, number', async () => {
  const device = simulator.device('dingtalk', ABROAD);
  const { accessToken } = await dingApp();
  assert.deepEqual(await dingApp(), { accessToken, expireIn: 7200 }, 'a repeated request returns the same token');
  assert.equal((await dingApp({ appSecret: 'wrong' })).code, 'invalidClientIdOrSecret');
  const { code } = await device.tap();
  const { code: oauthCode } = await device.tap({ flow: 'oauth' });
  for (const [token, sent, errcode] of [
    ['nonsense', code, 40014],
    [accessToken, 'nonsense', 40078],
    [accessToken, oauthCode, 40078],
  ]) {
    const response = await dingUser('getuserinfo', token, { code: sent });
    assert.deepEqual([response.errcode, Boolean(response.request_id)], [errcode, true]);
  }
  const {
    errcode,
    result: { userid, unionid },
  } = await dingUser('getuserinfo', accessToken, { code }, postForm);
  assert.deepEqual([errcode, unionid], [0, device.unionId]);
  assert.equal((await dingUser('getuserinfo', accessToken, { code })).errcode, 40078, 'used');
  const { result } = await dingUser('get', accessToken, { userid });
  assert.deepEqual([result.mobile, result.state_code, result.unionid], ['51234567', '852', device.unionId]);
  assert.equal((await dingUser('get', accessToken, { userid: 'nobody' })).errcode, 33012);
  const { code: old } = await device.tap();
  simulator.advance(5 * MINUTE);
  assert.equal(
    (await dingUser('getuserinfo', accessToken, { code: old })).errcode,
    40078,
    'the code expires after five minutes',
  );
  simulator.revokeToken('dingtalk');
  assert.equal((await dingUser('get', accessToken, { userid })).errcode, 40014);
});

const feishu = simulator.config('feishu');
const feishuToken = (code, more) =>
  postJson(at('/open-apis/authen/v2/oauth/token'), {
    grant_type: 'authorization_code',
    client_id: feishu.appId,
    client_secret: feishu.appSecret,
    code,
    ...more,
  });
const userInfo = (authorization) => get(at('/open-apis/authen/v1/user_info'), {}, { authorization });

test('feishu: code, token, user; the number is in E.164', async () => {
  const device = simulator.device('feishu', ABROAD);
  const { code } = await device.tap();
  for (const [more, expected] of [
    [{ client_secret: 'wrong' }, 20002],
    [{ client_id: 'nobody' }, 20048],
    [{ grant_type: 'password' }, 20036],
    [{ code: 'nonsense' }, 20003],
  ])
    assert.equal((await feishuToken(code, more)).code, expected, JSON.stringify(more));
  const { access_token, token_type } = await feishuToken(code);
  assert.equal(token_type, 'Bearer');
  const { data } = await userInfo(`Bearer ${access_token}`);
  assert.deepEqual([data.mobile, data.open_id], ['+85251234567', device.openId]);
  assert.equal((await feishuToken(code)).code, 20003, 'used');
  const { code: old } = await device.tap();
  simulator.advance(5 * MINUTE);
  assert.equal((await feishuToken(old)).code, 20004);
  assert.equal((await userInfo(access_token)).code, 99991668, 'without Bearer');
  simulator.advance(120 * MINUTE);
  assert.equal((await userInfo(`Bearer ${access_token}`)).code, 99991668);
});

test('huawei, dingtalk and feishu: devices cannot seal a payload', () => {
  for (const platform of ['huawei', 'dingtalk', 'feishu'])
    assert.throws(() => simulator.device(platform).sealed({}), /cannot seal a payload/);
});
