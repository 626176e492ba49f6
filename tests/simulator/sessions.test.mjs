// Baidu, Kuaishou and Xiaohongshu: session keys, and payloads that are sealed with them. The tests open the payloads
// with node:crypto.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decrypt, get, MINUTE, open, postForm, postJson, simulate } from './client.mjs';

const simulator = await simulate();
const at = (path) => simulator.url + path;

// ---------------------------------------------------------------------------------------------------------------------
// Baidu

const baidu = simulator.config('baidu');
const byCode = { client_id: baidu.appKey, sk: baidu.appSecret };
const baiduToken = (more) =>
  get(at('/oauth/2.0/token'), {
    grant_type: 'client_credentials',
    client_id: baidu.appKey,
    client_secret: baidu.appSecret,
    scope: 'smartapp_snsapi_base',
    ...more,
  });
const REST = at('/rest/2.0/smartapp/getsessionkey');
const SESSION_REQUESTS = {
  'nalogin/getSessionKeyByCode': (code) => postForm(at('/nalogin/getSessionKeyByCode'), { ...byCode, code }),
  'oauth/jscode2sessionkey': (code) => postForm(at('/oauth/jscode2sessionkey'), { ...byCode, code }),
  'oauth/jscode2sessionkey by GET': (code) => get(at('/oauth/jscode2sessionkey'), { ...byCode, code }),
  'rest/2.0': async (code) => {
    const { data, errno } = await get(REST, { access_token: (await baiduToken()).access_token, code });
    return { errno, openid: data?.open_id, session_key: data?.session_key };
  },
};

/** Opens a payload in Baidu's frame, according to log_userdata.md. */
function openFrame(detail, sessionKey) {
  const plain = decrypt(detail, Buffer.from(sessionKey, 'base64'), 'aes-192-cbc');
  const padding = plain[plain.length - 1];
  assert.ok(padding >= 1 && padding <= 32 && plain.length % 32 === 0, 'padded to blocks of 32');
  assert.ok(plain.subarray(-padding).every((byte) => byte === padding));
  const length = plain.readUInt32BE(16);
  return {
    content: JSON.parse(plain.subarray(20, 20 + length)),
    appKey: plain.subarray(20 + length, -padding).toString(),
  };
}

for (const [name, session] of Object.entries(SESSION_REQUESTS)) {
  test(`baidu, ${name}: a code is exchanged once, within ten minutes, for open id and session key`, async () => {
    const device = simulator.device('baidu');
    const code = await device.login();
    const response = await session(code);
    assert.equal(response.openid, device.openId);
    assert.match(response.session_key, /^[0-9a-f]{32}$/, 'an MD5 in hex, which clients decode as base64');
    assert.deepEqual(openFrame(await device.tap(), response.session_key), {
      content: { mobile: device.phone },
      appKey: baidu.appKey,
    });
    const assertRejected = (rejection) =>
      assert.ok(rejection.error === 'invalid_grant' || rejection.errno === 10010100, JSON.stringify(rejection));
    assertRejected(await session(code));
    assertRejected(await session('nonsense'));
    const old = await device.login();
    simulator.advance(10 * MINUTE);
    assertRejected(await session(old));
  });
}

test('baidu: the padding to 32 bytes takes every length from 1 to 32', async () => {
  const device = simulator.device('baidu');
  const { session_key } = await SESSION_REQUESTS['oauth/jscode2sessionkey'](await device.login());
  const paddings = new Set();
  for (let i = 0; i < 32; i++) {
    const detail = device.sealed({ x: 'y'.repeat(i) });
    assert.equal(openFrame(detail, session_key).content.x.length, i);
    const plain = decrypt(detail, Buffer.from(session_key, 'base64'));
    paddings.add(plain[plain.length - 1]);
  }
  assert.equal(paddings.size, 32);
});

test('baidu: the session key in the token response opens no payload', async () => {
  const device = simulator.device('baidu');
  await device.login();
  const { session_key, access_token, expires_in } = await baiduToken();
  assert.ok(session_key && access_token && expires_in === 7200);
  assert.throws(() => openFrame(device.sealed({}), session_key));
});

test('baidu: each endpoint rejects in its own format', async () => {
  const code = await simulator.device('baidu').login();
  for (const [fields, error] of [
    [{ code }, 'invalid_request'],
    [{ ...byCode }, 'invalid_request'],
    [{ ...byCode, sk: 'wrong', code }, 'invalid_client'],
  ]) {
    const rejection = await postForm(at('/nalogin/getSessionKeyByCode'), fields);
    assert.equal(rejection.error, error);
    assert.ok(rejection.error_description);
  }
  assert.equal(
    (await get(at('/nalogin/getSessionKeyByCode'), { ...byCode, code })).error,
    'invalid_request',
    'the oldest endpoint accepts only POST',
  );
  assert.equal((await baiduToken({ client_secret: 'wrong' })).error, 'invalid_client');
  assert.equal((await baiduToken({ grant_type: 'client_credential' })).error, 'unsupported_grant_type');
  const { access_token } = await baiduToken();
  assert.equal((await get(REST, { code })).errno, 110);
  assert.equal((await get(REST, { access_token: 'nonsense', code })).errno, 110);
  assert.equal((await get(REST, { access_token })).errno, 10010100);
  simulator.advance(120 * MINUTE);
  const { errno, request_id } = await get(REST, { access_token, code });
  assert.equal(errno, 111);
  assert.match(request_id, /^\d+$/);
  assert.deepEqual(simulator.device('baidu').refuse(), { errMsg: 'getPhoneNumber:fail auth deny' });
});

// ---------------------------------------------------------------------------------------------------------------------
// Kuaishou

const ks = simulator.config('kuaishou');
const KS = { app_id: ks.appId, app_secret: ks.appSecret };
const CODE2SESSION = at('/oauth2/mp/code2session');

test('kuaishou: 1 means success; parameters may be in a form or in the URL; a code is valid once and for ten minutes', async () => {
  const device = simulator.device('kuaishou', { phone: '51234567', countryCode: '852' });
  const js_code = await device.login();
  const { result, session_key, open_id } = await postForm(CODE2SESSION, { ...KS, js_code });
  assert.deepEqual([result, open_id], [1, device.openId]);
  const detail = await device.tap();
  assert.deepEqual(Object.keys(detail), ['errMsg', 'encryptedData', 'iv']);
  assert.equal(Buffer.from(session_key, 'base64').length, 16);
  const { phoneNumber, purePhoneNumber, countryCode, watermark } = open(detail, session_key);
  assert.deepEqual(
    [phoneNumber, purePhoneNumber, countryCode, watermark.appid],
    ['+85251234567', '51234567', '852', ks.appId],
  );
  assert.equal((await postForm(CODE2SESSION, { ...KS, js_code })).result, 100200100);
  const [again, old] = [await device.login(), await device.login()];
  assert.equal((await postForm(`${CODE2SESSION}?${new URLSearchParams({ ...KS, js_code: again })}`, {})).result, 1);
  simulator.advance(10 * MINUTE);
  assert.equal((await postForm(CODE2SESSION, { ...KS, js_code: old })).result, 100200100);
});

test('kuaishou rejects wrong parameters and unknown codes', async () => {
  for (const [fields, result] of [
    [{ app_id: ks.appId, js_code: 'x' }, 100200100],
    [{ ...KS, app_secret: 'wrong', js_code: 'x' }, 100200101],
    [{ ...KS, js_code: 'nonsense' }, 100200100],
    [KS, 100200100],
  ]) {
    const rejection = await postForm(CODE2SESSION, fields);
    assert.deepEqual([rejection.result, typeof rejection.error_msg], [result, 'string']);
  }
  assert.equal((await get(CODE2SESSION, KS)).result, 100200100, 'the endpoint accepts only POST');
  assert.equal(simulator.device('kuaishou').refuse().errMsg, 'getPhoneNumber:user deny');
});

test('kuaishou: an access token is valid for two days', async () => {
  const { result, expires_in, access_token } = await postForm(at('/oauth2/access_token'), {
    ...KS,
    grant_type: 'client_credentials',
  });
  assert.ok(result === 1 && access_token && expires_in === 172800);
  assert.equal((await postForm(at('/oauth2/access_token'), KS)).result, 100200100);
});

// ---------------------------------------------------------------------------------------------------------------------
// Xiaohongshu

const xhs = simulator.config('xiaohongshu');
const xhsToken = (more) => postJson(at('/api/rmp/token'), { appid: xhs.appId, secret: xhs.appSecret, ...more });
const xhsSession = (access_token, code, more) =>
  get(at('/api/rmp/session'), { app_id: xhs.appId, access_token, code, ...more });

test('xiaohongshu: token, then session; the session key has 24 bytes; every second IV lacks its padding', async () => {
  const device = simulator.device('xiaohongshu');
  const {
    success,
    code,
    data: { access_token, expire_in },
  } = await xhsToken();
  assert.deepEqual([success, code, expire_in], [true, 0, 7200]);
  const login = await device.login();
  const { data } = await xhsSession(access_token, login);
  assert.equal(data.openid, device.openId);
  assert.equal(Buffer.from(data.session_key, 'base64').length, 24);
  const [first, other] = [await device.tap(), await device.tap()];
  assert.deepEqual([first.iv.length, other.iv.length], [22, 24]);
  for (const detail of [first, other])
    assert.deepEqual(open(detail, data.session_key), {
      phoneNumber: device.phone,
      purePhoneNumber: device.phone,
      countryCode: '86',
    });
  assert.equal((await xhsSession(access_token, login)).success, false, 'the code was used');
  const old = await device.login();
  simulator.advance(5 * MINUTE);
  assert.equal((await xhsSession(access_token, old)).success, false, 'the code expired');
});

test('xiaohongshu rejects wrong parameters and an expired token', async () => {
  const device = simulator.device('xiaohongshu');
  const {
    data: { access_token },
  } = await xhsToken();
  const code = await device.login();
  assert.equal((await xhsToken({ secret: 'wrong' })).success, false);
  assert.equal(
    (await postForm(at('/api/rmp/token'), { appid: xhs.appId, secret: xhs.appSecret })).success,
    false,
    'a form is not accepted instead of JSON',
  );
  assert.equal((await xhsSession(access_token, code, { app_id: 'nobody' })).success, false);
  assert.deepEqual(await xhsSession('nonsense', code), {
    success: false,
    msg: '应用访问令牌不匹配',
    data: null,
    code: 410101,
  });
  simulator.advance(120 * MINUTE);
  assert.equal((await xhsSession(access_token, code)).code, 410101);
});

test('baidu, kuaishou and xiaohongshu: a login replaces the session key', async () => {
  for (const [platform, session] of Object.entries({
    baidu: SESSION_REQUESTS['oauth/jscode2sessionkey'],
    kuaishou: (js_code) => postForm(CODE2SESSION, { ...KS, js_code }),
    xiaohongshu: async (code) => (await xhsSession((await xhsToken()).data.access_token, code)).data,
  })) {
    const device = simulator.device(platform);
    const [first, second] = [await device.login(), await device.login()];
    const [{ session_key: old }, { session_key: current }] = [await session(first), await session(second)];
    const detail = await device.tap();
    const openPayload = platform === 'baidu' ? openFrame : open;
    assert.notEqual(old, current);
    assert.throws(() => openPayload(detail, old), platform);
    assert.ok(openPayload(detail, current), platform);
  }
});
