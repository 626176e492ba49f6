// The behaviour that all platforms share: faults, the record of requests, clock, seeds, control through HTTP, closing.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask, get, postJson, simulate } from './client.mjs';

const simulator = await simulate();
const { appId, appSecret } = simulator.config('wechat');
const stableToken = (to = simulator) =>
  ask(`${to.url}/cgi-bin/stable_token`, {
    method: 'POST',
    body: JSON.stringify({ grant_type: 'client_credential', appid: appId, secret: appSecret }),
  });
const code2session = (query) => get(`${simulator.url}/sns/jscode2session`, query);

test('the simulator listens on 127.0.0.1 and serves every platform', () => {
  assert.match(simulator.url, /^http:\/\/127\.0\.0\.1:\d+$/);
  for (const platform of simulator.platforms) {
    assert.equal(simulator.config(platform).baseUrl, simulator.url);
    assert.equal(simulator.device(platform).platform, platform);
  }
  assert.throws(() => simulator.device('taobao'), /is not one of wechat/);
  assert.throws(() => simulator.config('constructor'), /is not one of wechat/);
});

test('wrong arguments throw a PhoneError; a misspelled name is not ignored', async () => {
  const device = simulator.device('wechat');
  for (const [call, field, message] of [
    [() => simulate({ prot: 1 }), 'port', 'options has an unknown member: did you mean port?'],
    [() => simulator.device('wechat', { phnoe: '1' }), 'phone', 'user has an unknown member: did you mean phone?'],
    [() => device.tap({ fats: 'code' }), 'fast', 'options has an unknown member: did you mean fast?'],
    [() => simulator.fail('wechat', { statuss: 502 }), 'status', 'fault has an unknown member: did you mean status?'],
    [() => simulator.fail('wechat', { teapot: 418 }), 'fault', 'fault has an unknown member'],
    [() => simulator.advance('1'), 'ms', 'mp-phone/simulator: advance takes a finite number of milliseconds'],
    [() => simulator.rotateKey('wechat'), 'platform', 'mp-phone/simulator: an app of wechat has no key to rotate'],
  ])
    await assert.rejects(async () => call(), {
      name: 'PhoneError',
      code: 'ERR_INPUT',
      action: 'fix-config',
      field,
      message,
    });
});

test('each user has a different fictitious number, or the number that was passed', () => {
  const phones = [1, 2, 3].map(() => simulator.device('baidu').phone);
  assert.equal(new Set(phones).size, 3);
  for (const phone of phones) assert.match(phone, /^138001380\d\d$/);
  const { phone, countryCode, openId } = simulator.device('baidu', {
    phone: '51234567',
    countryCode: '852',
    openId: 'mine',
  });
  assert.deepEqual([phone, countryCode, openId], ['51234567', '852', 'mine']);
});

test('createSimulator rejects if the port is in use', async () => {
  await assert.rejects(simulate({ port: Number(new URL(simulator.url).port) }), { code: 'EADDRINUSE' });
});

test('an unknown path has the status 404', async () => {
  for (const path of ['/', '/sns', '/sns/jscode2session/', '//', '/_device', '/constructor'])
    assert.equal((await ask(simulator.url + path)).status, 404, path);
});

test('the record of requests has method, path, time, status and error code, and no secret', async () => {
  const before = simulator.requests.length;
  await code2session({ appid: appId, secret: appSecret, js_code: 'secret', grant_type: 'authorization_code' });
  await stableToken();
  assert.deepEqual(simulator.requests.slice(before), [
    { platform: 'wechat', method: 'GET', path: '/sns/jscode2session', at: simulator.now(), status: 200, code: 40029 },
    { platform: 'wechat', method: 'POST', path: '/cgi-bin/stable_token', at: simulator.now(), status: 200 },
  ]);
  assert.equal(simulator.count('wechat', 'jscode2session'), 1);
  assert.equal(simulator.count('wechat'), 2);
  assert.equal(simulator.count('baidu'), 0);
});

test('faults of a response: error code, HTML, empty body, status, text, delay', async () => {
  for (const [fault, check] of [
    [{ code: 45011 }, ({ status, json }) => status === 200 && json.errcode === 45011],
    [{ code: 40001, status: 500 }, ({ status, json }) => status === 500 && json.errcode === 40001],
    [{ code: 99999 }, ({ json }) => json.errcode === 99999],
    [
      { html: true },
      ({ status, headers, text }) =>
        status === 502 && headers['content-type'] === 'text/html' && text.startsWith('<html>'),
    ],
    [{ html: true, status: 200 }, ({ status, text }) => status === 200 && text.startsWith('<html>')],
    [{ empty: true }, ({ status, text }) => status === 200 && text === ''],
    [{ status: 503 }, ({ status, text }) => status === 503 && text === ''],
    [{ text: '{"half' }, ({ status, text }) => status === 200 && text === '{"half'],
    [{ delay: 60 }, ({ status, json }) => status === 200 && json.access_token],
  ]) {
    simulator.fail('wechat', fault);
    const startedAt = Date.now();
    assert.ok(check(await stableToken()), JSON.stringify(fault));
    if (fault.delay) assert.ok(Date.now() - startedAt >= 55, 'the response is delayed');
    assert.ok((await stableToken()).json.access_token, 'the next response has no fault');
  }
});

test('faults of a connection: reset, or no response', async () => {
  for (const fault of [{ drop: true }, {}, { processed: true }]) {
    simulator.fail('wechat', fault);
    await assert.rejects(stableToken(), { code: 'ECONNRESET' });
  }
  simulator.fail('wechat', { hang: true });
  const outcome = await Promise.race([
    stableToken().catch(() => 'ended'),
    new Promise((resolve) => setTimeout(resolve, 150, 'no response')),
  ]);
  assert.equal(outcome, 'no response');
  assert.equal(simulator.requests[simulator.requests.length - 1].status, 0);
});

test('faults occur in order, for the requested number of requests and endpoint, and can be removed', async () => {
  const codes = async (count) => {
    const errcodes = [];
    for (let i = 0; i < count; i++) errcodes.push((await stableToken()).json.errcode ?? 0);
    return errcodes;
  };
  simulator.fail('wechat', { code: 1, times: 2 });
  simulator.fail('wechat', { code: 2 });
  simulator.fail('baidu', { code: 3 });
  simulator.fail('wechat', { endpoint: 'jscode2session', code: 4 });
  assert.deepEqual(await codes(4), [1, 1, 2, 0]);
  assert.equal((await code2session({})).errcode, 4);
  simulator.fail('wechat', { code: 5, times: Infinity });
  assert.deepEqual(await codes(3), [5, 5, 5]);
  simulator.heal('baidu');
  assert.deepEqual(await codes(1), [5]);
  simulator.heal();
  assert.deepEqual(await codes(1), [0]);
});

test('every platform has its own format of error responses', async () => {
  for (const [platform, path, shape] of [
    ['wechat', '/wxa/checksession', { errcode: 7 }],
    ['baidu', '/oauth/2.0/token', { error: 7 }],
    ['baidu', '/rest/2.0/smartapp/getsessionkey', { errno: 7 }],
    ['douyin', '/api/apps/v2/jscode2session', { err_no: 7 }],
    ['douyin', '/oauth/client_token/', { message: 'error' }],
    ['kuaishou', '/oauth2/mp/code2session', { result: 7 }],
    ['xiaohongshu', '/api/rmp/token', { code: 7, success: false }],
    ['huawei', '/oauth2/v6/quickLogin/getPhoneNumber', { resultCode: 7 }],
    ['dingtalk', '/v1.0/contact/users/me', { code: 7 }],
    ['feishu', '/open-apis/authen/v1/user_info', { code: 7 }],
  ]) {
    simulator.fail(platform, { code: 7 });
    const { json } = await ask(simulator.url + path);
    for (const [name, value] of Object.entries(shape)) assert.equal(json[name], value, `${platform} ${path}`);
  }
});

test('a fault with `processed` processes the request and loses the response', async () => {
  const js_code = await simulator.device('wechat').login();
  const query = { appid: appId, secret: appSecret, js_code, grant_type: 'authorization_code' };
  simulator.fail('wechat', { drop: true });
  await assert.rejects(code2session(query));
  simulator.fail('wechat', { drop: true, processed: true });
  await assert.rejects(code2session(query));
  assert.equal((await code2session(query)).errcode, 40163, 'only the request that was processed spent the code');
});

test('advance() moves the clock by a number of milliseconds', () => {
  const before = simulator.now();
  simulator.advance(1234);
  assert.equal(simulator.now() - before, 1234);
  assert.throws(() => simulator.advance('soon'), /milliseconds/);
});

test('with the same seed everything except RSA keys is the same', async () => {
  const run = async (seed) => {
    const another = await simulate({ seed });
    const device = another.device('wechat');
    return JSON.stringify([another.config('wechat'), await device.login(), await device.tap()]).replaceAll(
      another.url,
      '',
    );
  };
  const [first, second, third] = [await run('a'), await run('a'), await run('b')];
  assert.equal(first, second);
  assert.notEqual(first, third);
});

const JSON_TYPE = { 'content-type': 'application/json' };

test('control through HTTP accepts programs on this machine and rejects pages of other sites', async () => {
  const controlled = await simulate({ control: true });
  const { port } = new URL(controlled.url);
  const body = JSON.stringify({ platform: 'wechat', code: 45011 });
  const status = async (headers, more) =>
    (await ask(`${controlled.url}/_fail`, { method: 'POST', headers: { ...JSON_TYPE, ...headers }, body, ...more }))
      .status;
  for (const name of ['127.0.0.1', 'localhost', 'LOCALHOST', '[::1]']) {
    assert.equal(await status({ host: `${name}:${port}` }), 200, name);
    assert.equal(await status({ host: `${name}:${port}`, origin: `http://${name}:${port}` }), 200, name);
  }
  for (const host of [
    'attacker.example',
    `attacker.example:${port}`,
    'localhost',
    '127.0.0.1',
    `localhost:${Number(port) + 1}`,
    `localhost.attacker.example:${port}`,
    `127.0.0.1.nip.example:${port}`,
    `0.0.0.0:${port}`,
    `localhost@attacker.example:${port}`,
  ]) {
    assert.equal(await status({ host }), 403, host);
  }
  for (const origin of [
    'https://attacker.example',
    'null',
    '',
    `https://localhost:${port}`,
    'http://localhost',
    `http://localhost:${Number(port) + 1}`,
    `http://localhost:${port}.attacker.example`,
  ]) {
    assert.equal(await status({ origin }), 403, origin);
  }
  // The content types that a page can send without a preflight request.
  for (const type of [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=a',
    'text/plain; application/json',
    undefined,
  ]) {
    assert.equal(await status(type ? { 'content-type': type } : {}, type ? {} : { headers: {} }), 415, type);
  }
  for (const method of ['GET', 'PUT', 'DELETE', 'HEAD', 'OPTIONS'])
    assert.equal(await status({}, { method, body: undefined }), 405, method);
  for (const path of ['_requests', '_config', '_heal', '_device/1/tap', '_nothing'])
    assert.equal((await ask(`${controlled.url}/${path}`, { headers: { host: 'attacker.example' } })).status, 403, path);
  assert.equal((await ask(`${controlled.url}/_requests`)).status, 200);
  // The platforms' paths accept any Host, because a client may use the simulator as its proxy.
  assert.notEqual(
    (await ask(`${controlled.url}/sns/jscode2session`, { headers: { host: 'api.weixin.qq.com' } })).status,
    403,
  );
});

test('control through HTTP: devices, taps, faults, the clock, the record of requests', async () => {
  const controlled = await simulate({ control: true });
  const control = (path, body = {}) => postJson(`${controlled.url}/_${path}`, body);
  const { id, openId, phone } = await control('device', { platform: 'wechat', phone: '13800138099' });
  assert.deepEqual([id, phone], ['1', '13800138099']);
  const { appId: appid, appSecret: secret } = await control('config', { platform: 'wechat' });
  const { code: js_code } = await control(`device/${id}/login`);
  const session = await get(`${controlled.url}/sns/jscode2session`, {
    appid,
    secret,
    js_code,
    grant_type: 'authorization_code',
  });
  assert.equal(session.openid, openId);
  assert.deepEqual(Object.keys(await control(`device/${id}/tap`, { fast: 'code' })), ['errMsg', 'code']);
  assert.equal((await control(`device/${id}/refuse`, { reason: 'privacy' })).errno, 104);
  assert.ok((await control(`device/${id}/sealed`, { any: 'payload' })).encryptedData);
  await control('fail', { platform: 'wechat', code: 45011, times: null });
  for (let i = 0; i < 3; i++) assert.equal((await stableToken(controlled)).json.errcode, 45011);
  await control('heal');
  assert.equal((await stableToken(controlled)).json.errcode, 40013);
  await control('advance', { ms: 1000 });
  assert.equal(controlled.now(), 1_700_000_001_000);
  assert.match((await control('rotate', { platform: 'douyin' })).privateKey, /^-----BEGIN PRIVATE KEY-----/);
  assert.deepEqual(await control('revoke', { platform: 'wechat' }), {});
  const requests = await control('requests');
  assert.equal(requests.length, 5);
  assert.equal(requests[0].path, '/sns/jscode2session');
  assert.match((await control('device', { platform: 'taobao' })).error, /is not one of wechat/);
  for (const path of ['device/9/tap', 'device/1/fly', 'nothing', 'constructor'])
    assert.equal((await ask(`${controlled.url}/_${path}`)).status, 404, path);
  assert.equal(
    (await ask(`${controlled.url}/_device`, { method: 'POST', headers: JSON_TYPE, body: 'not JSON' })).status,
    400,
  );
});

test('close() ends requests without a response and requests with a delayed response', async () => {
  const another = await simulate();
  another.fail('wechat', { hang: true });
  another.fail('wechat', { delay: 60_000 });
  const outcomes = [stableToken(another), stableToken(another)].map((response) =>
    response.then(
      () => 'a response',
      (error) => error.code,
    ),
  );
  while (another.requests.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
  await another.close();
  assert.deepEqual(await Promise.all(outcomes), ['ECONNRESET', 'ECONNRESET']);
  await assert.rejects(stableToken(another), { code: 'ECONNREFUSED' });
});
