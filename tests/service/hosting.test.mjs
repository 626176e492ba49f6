// Where the service runs: a warning if the process is probably one of several, and functions with a single path.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { installed, serviceOf, simulator } from './service.mjs';

/** Creates a service in a process with these environment variables, and returns its output. */
function output(env, options, platforms = "{ wechat: { appId: 'wx', appSecret: 's' } }") {
  const script = `require('mp-phone/server').createPhoneService({ platforms: ${platforms}, ${options} })`;
  return execFileSync(
    process.execPath,
    ['-e', `console.warn = console.error = console.info = console.log; ${script}`],
    { cwd: installed, env: { PATH: process.env.PATH, ...env }, encoding: 'utf8' },
  );
}

const LOGGER =
  'logger: { info: console.log, error: console.log, warn: (event, message) => console.log(message, JSON.stringify(event)) }';

test('a service with only its memory warns once if the process is probably one of several', () => {
  for (const variable of [
    'NODE_ENV=production',
    'FC_FUNCTION_NAME=f',
    'SCF_NAMESPACE=default',
    'TENCENTCLOUD_RUNENV=SCF',
    'AWS_LAMBDA_FUNCTION_NAME=f',
    'VERCEL=1',
    'K_SERVICE=s',
    'CBR_ENV_ID=prod-1',
  ]) {
    const env = Object.fromEntries([variable.split('=')]);
    for (const options of ['', LOGGER]) {
      const text = output(env, options);
      assert.equal(text.match(/mp-phone store/g)?.length, 1, `${variable}: ${text}`);
      assert.match(text, /another process or instance does not have them.*option store.*store: 'memory'/, variable);
    }
    for (const options of ['logger: false', "store: 'memory'", 'store: new Map()'])
      assert.equal(output(env, options), '', `${variable}, ${options}`);
  }
  for (const env of [{}, { NODE_ENV: 'development' }, { NODE_ENV: 'test' }, { VERCEL: '' }])
    assert.equal(output(env, ''), '', JSON.stringify(env));
});

test('no warning if nothing is stored for later requests', () => {
  assert.equal(output({ SCF_NAMESPACE: 'x' }, '', '{ wechat: { cloud: { openapi: {}, getWXContext() {} } } }'), '');
  assert.equal(output({ NODE_ENV: 'production' }, '', "{ feishu: { appId: 'a', appSecret: 's' } }"), '');
});

test("store: 'memory' uses the memory of the process, without a warning", async (t) => {
  const sim = await simulator(t);
  const { service } = serviceOf(sim, { wechat: sim.config('wechat') }, { store: 'memory' });
  const { session } = await service.login({ platform: 'wechat', code: await sim.device('wechat').login() });
  assert.equal((await service.user({ session })).platform, 'wechat');
  assert.throws(() => serviceOf(sim, { wechat: sim.config('wechat') }, { store: 'redis' }), { field: 'store' });
});

const json = { 'content-type': 'application/json' };

for (const [label, basePath, paths] of [
  [
    'a function that is mapped to a single path, without basePath',
    undefined,
    { login: ['/', ''], phone: ['/', undefined], logout: [''] },
  ],
  [
    'the same, on a platform that passes the whole path',
    '/mp-phone',
    { login: ['/mp-phone', '/mp-phone/', '/'], phone: ['/mp-phone', ''], logout: ['/mp-phone'] },
  ],
  [
    'a function on a platform that removes the path',
    '/mp-phone',
    { login: ['/login', 'login'], phone: ['/phone/'], logout: ['/logout'] },
  ],
  [
    'a function on a platform that keeps the path',
    '/mp-phone',
    { login: ['/mp-phone/login', '/mp-phone/login?x=1'], phone: ['/mp-phone/phone'], logout: ['/mp-phone/logout'] },
  ],
]) {
  test(`${label}: login, phone, logout`, async (t) => {
    const sim = await simulator(t);
    const { service } = serviceOf(sim, { wechat: sim.config('wechat') }, { basePath });
    const device = sim.device('wechat');
    const event = {
      uniCloud: (path, body) =>
        service.cloud({
          path,
          httpMethod: 'POST',
          headers: json,
          queryStringParameters: {},
          body: JSON.stringify(body),
          isBase64Encoded: false,
        }),
      FC: (path, body) =>
        service.cloud(
          Buffer.from(
            JSON.stringify({
              version: 'v1',
              rawPath: path,
              headers: json,
              requestContext: { http: { method: 'POST', path } },
              body: JSON.stringify(body),
              isBase64Encoded: false,
            }),
          ),
        ),
      call: async (path, body) => ({ body: JSON.stringify(await service.cloud({ path, body })), statusCode: 200 }),
    };
    for (const [kind, send] of Object.entries(event)) {
      const request = async (path, body) => {
        const response = await send(path, body);
        assert.equal(response.statusCode, 200, `${kind} ${path}: ${response.body}`);
        return JSON.parse(response.body);
      };
      let session;
      for (const path of paths.login)
        ({ session } = await request(path, { platform: 'wechat', code: await device.login() }));
      for (const path of paths.phone)
        assert.equal(
          (await request(path, { platform: 'wechat', session, detail: await device.tap({ fast: 'code' }) })).phone
            .nationalNumber,
          device.phone,
          kind,
        );
      for (const path of paths.logout) assert.deepEqual(await request(path, { session }), {});
      await assert.rejects(service.user({ session }), { code: 'ERR_SESSION' });
    }
  });
}

test('a function with a single path: requests that do not belong to the service', async (t) => {
  const sim = await simulator(t);
  const { service, events } = serviceOf(sim, { wechat: sim.config('wechat') }, { basePath: '/mp-phone' });
  const status = async (path, body, method = 'POST') =>
    (await service.cloud({ path, httpMethod: method, headers: json, body: JSON.stringify(body) })).statusCode;
  assert.deepEqual(
    [await status('/', {}), await status('/', []), await status('/', { code: 'x' }), await status('/', {}, 'GET')],
    [400, 400, 400, 405],
  );
  assert.match(events[0].reason, /neither detail nor platform nor session/);
  for (const path of [
    '/x',
    '/mp-phones',
    '/mp-phonelogin',
    '/x/login',
    '/mp-phone/mp-phone/login',
    '//login',
    '/LOGIN',
  ])
    assert.equal(await status(path, { platform: 'wechat', code: 'x' }), 404, path);
});

test('only responses for uniCloud on Aliyun have the member mpserverlessComposedResponse', async (t) => {
  const sim = await simulator(t);
  const { service } = serviceOf(sim, { wechat: sim.config('wechat') });
  const event = { path: '/logout', httpMethod: 'POST', headers: json, body: '{"session":"x"}' };
  for (const [provider, mark] of [
    ['aliyun', true],
    ['tencent', undefined],
    ['alipay', undefined],
  ])
    assert.equal(
      (await service.cloud(event, { SPACEINFO: { provider } })).mpserverlessComposedResponse,
      mark,
      provider,
    );
  assert.deepEqual(Object.keys(await service.cloud(event)), ['isBase64Encoded', 'statusCode', 'headers', 'body']);
});
