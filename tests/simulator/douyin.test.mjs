// Douyin's servers and devices, tested with plain requests and with Douyin's own SDK.
import assert from 'node:assert/strict';
import http from 'node:http';
import https from 'node:https';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { get, MINUTE, open, openRsa, postForm, postJson, simulate } from './client.mjs';

const simulator = await simulate();
const { appId, appSecret, privateKey } = simulator.config('douyin');
const at = (path) => simulator.url + path;
const LOGIN = at('/api/apps/v2/jscode2session');
const TOKEN = at('/oauth/client_token/');
const PHONE = at('/api/apps/v1/get_phonenumber_info/');

const login = (more) => postJson(LOGIN, { appid: appId, secret: appSecret, ...more });
const token = async (more) =>
  (await postJson(TOKEN, { grant_type: 'client_credential', client_key: appId, client_secret: appSecret, ...more }))
    .data;
const phoneOf = (code, access) => postJson(PHONE, { code }, { 'access-token': access });
const probe = async (access) => (await phoneOf('none', access)).err_no;
/** The error for the invalid code of `probe`: the server has accepted the token. */
const TOKEN_ACCEPTED = 28005187;

test('a login code is exchanged once, within five minutes, for open id and session key', async () => {
  const device = simulator.device('douyin', { unionId: 'a union' });
  const code = await device.login();
  const { err_no, data } = await login({ code });
  assert.deepEqual([err_no, data.openid, data.unionid], [0, device.openId, 'a union']);
  assert.equal(open(await device.tap(), data.session_key).phoneNumber, device.phone);
  assert.equal((await login({ code })).err_no, 40018);
  const old = await device.login();
  simulator.advance(5 * MINUTE);
  assert.equal((await login({ code: old })).err_no, 40018);
});

test('jscode2session rejects each fault with its own error code', async () => {
  const code = await simulator.device('douyin').login();
  for (const [more, err_no] of [
    [{ code: undefined }, 40014],
    [{ secret: '' }, 40014],
    [{ appid: 'tt00000000000000' }, 40015],
    [{ secret: 'wrong' }, 40017],
    [{ code: 'nonsense' }, 40018],
    [{ code: undefined, anonymous_code: 'nonsense' }, 40019],
  ])
    assert.equal((await login({ code, ...more })).err_no, err_no, JSON.stringify(more));
  assert.equal(
    (await postForm(LOGIN, { appid: appId, secret: appSecret, code })).err_no,
    40014,
    'a form is not accepted instead of JSON',
  );
  assert.equal((await get(LOGIN)).err_no, 40014);
});

test('a login replaces the session key', async () => {
  const device = simulator.device('douyin');
  const { data } = await login({ code: await device.login() });
  await device.login();
  assert.throws(() => open(device.sealed({}), data.session_key));
});

test('a tap returns a sealed payload and a code; the payload names app and time', async () => {
  const device = simulator.device('douyin', { phone: '51234567', countryCode: '852' });
  const { data } = await login({ code: await device.login() });
  const detail = await device.tap();
  assert.deepEqual(Object.keys(detail), ['errMsg', 'encryptedData', 'iv', 'code']);
  assert.deepEqual(open(detail, data.session_key), {
    phoneNumber: '+85251234567',
    purePhoneNumber: '51234567',
    countryCode: '852',
    watermark: { appid: appId, timestamp: 1_700_000_000 + 5 * 60 },
  });
  assert.deepEqual(Object.keys(await device.tap({ fast: 'code' })), ['errMsg', 'code']);
  assert.deepEqual(Object.keys(await device.tap({ fast: 'sealed' })), ['errMsg', 'encryptedData', 'iv']);
  assert.deepEqual(
    ['denied', 'no-permission', 'not-logged-in', 'no-phone'].map((reason) => device.refuse(reason).errMsg.slice(20)),
    ['auth deny', 'no permission', 'not login', 'no phone number'],
  );
});

test('a phone code is exchanged once, within five minutes, for the number encrypted with the app key', async () => {
  const device = simulator.device('douyin');
  const { access_token } = await token();
  const { code } = await device.tap();
  const { err_no, log_id, data } = await phoneOf(code, access_token);
  assert.equal(err_no, 0);
  assert.match(log_id, /^2023\d{10}[0-9A-F]{18}$/);
  assert.equal(openRsa(privateKey, data).phoneNumber, device.phone);
  assert.equal((await phoneOf(code, access_token)).err_no, 28005187);
  const { code: old } = await device.tap();
  simulator.advance(5 * MINUTE);
  assert.equal((await phoneOf(old, access_token)).err_no, 28005187);
});

test('get_phonenumber_info rejects each fault with its own error code', async () => {
  const { access_token } = await token();
  const { code } = await simulator.device('douyin').tap();
  assert.equal((await postJson(PHONE, { code })).err_no, 28001003, 'no token');
  assert.equal(
    (await postJson(`${PHONE}?access_token=${access_token}`, { code })).err_no,
    28001003,
    'the token belongs in the header',
  );
  assert.equal((await phoneOf(code, 'nonsense')).err_no, 28001003);
  assert.equal((await phoneOf(undefined, access_token)).err_no, 28001007);
  assert.equal((await phoneOf('nonsense', access_token)).err_no, 28005187);
  assert.equal(
    (await phoneOf(await simulator.device('douyin').login(), access_token)).err_no,
    28005187,
    'a login code is not a phone code',
  );
  simulator.advance(120 * MINUTE);
  assert.equal((await phoneOf(code, access_token)).err_no, 28001008);
});

test('client_token rejects each fault with its own error code', async () => {
  for (const [more, error_code] of [
    [{ grant_type: 'client_credentials' }, 10002],
    [{ client_secret: undefined }, 10002],
    [{ client_key: 'nobody' }, 10003],
    [{ client_secret: 'wrong' }, 10013],
  ])
    assert.equal((await token(more)).error_code, error_code, JSON.stringify(more));
});

test('a new token leaves the previous token valid for five minutes, and invalidates older tokens immediately', async () => {
  const [{ access_token: first }, { access_token: second }] = [await token(), await token()];
  assert.deepEqual([await probe(first), await probe(second)], [TOKEN_ACCEPTED, TOKEN_ACCEPTED]);
  const { access_token: third } = await token();
  assert.deepEqual(
    [await probe(first), await probe(second), await probe(third)],
    [28001003, TOKEN_ACCEPTED, TOKEN_ACCEPTED],
  );
  simulator.advance(5 * MINUTE);
  assert.deepEqual([await probe(second), await probe(third)], [28001003, TOKEN_ACCEPTED]);
  simulator.revokeToken('douyin');
  assert.equal(await probe(third), 28001003);
});

test('a new key pair is used immediately', async () => {
  const device = simulator.device('douyin');
  const { code } = await device.tap();
  const next = simulator.rotateKey('douyin');
  assert.notEqual(next, privateKey);
  assert.equal(simulator.config('douyin').privateKey, next);
  const { access_token } = await token();
  const { data } = await phoneOf(code, access_token);
  assert.equal(openRsa(next, data).phoneNumber, device.phone);
  assert.throws(() => simulator.rotateKey('wechat'), /no key/);
});

test("Douyin's own SDK exchanges a login code, fetches a token and exchanges a phone code", async () => {
  // The SDK's hosts are fixed and use HTTPS: its requests are redirected to the simulator.
  const hosts = new Set();
  const { port } = new URL(simulator.url);
  const here = { protocol: 'http:', host: '127.0.0.1', hostname: '127.0.0.1', port, agent: undefined };
  https.request = (options, ...rest) => {
    hosts.add(options.headers.host ?? options.hostname);
    return http.request({ ...options, ...here }, ...rest);
  };
  // Loaded only now: an SDK that was loaded earlier would keep the original https.request.
  const require = createRequire(import.meta.url);
  const { default: Client, V2Jscode2sessionRequest } = require('@open-dy/open_api_sdk');
  const { default: Credential } = require('@open-dy/open_api_credential');

  const device = simulator.device('douyin');
  const credential = { clientKey: appId, clientSecret: appSecret };
  const client = new Client(credential);
  const session = await client.v2Jscode2session(
    new V2Jscode2sessionRequest({ appid: appId, secret: appSecret, code: await device.login() }),
  );
  assert.equal(open(await device.tap(), session.data.sessionKey).phoneNumber, device.phone);

  const { accessToken } = await new Credential(credential).getClientToken();
  const { code } = await device.tap();
  const header = { 'content-type': 'application/json', 'access-token': accessToken };
  const response = await client.commonOpenAPI({
    host: 'open.douyin.com',
    method: 'POST',
    path: new URL(PHONE).pathname,
    query: {},
    header,
    body: { code },
  });
  assert.equal(openRsa(simulator.config('douyin').privateKey, response.data).phoneNumber, device.phone);
  assert.deepEqual([...hosts].sort(), ['developer.toutiao.com', 'open.douyin.com']);
});
