// The application: the arguments that it receives, the errors that it throws, and how it mounts the service.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { test } from 'node:test';
import { installed, login, post, serviceOf, simulator } from './service.mjs';

test('after a failure of onPhone the client can send the same code again without another paid request', async (t) => {
  const sim = await simulator(t);
  const errors = [];
  let failures = 1;
  const onPhone = () => {
    if (failures-- > 0) throw new Error('the database is down');
    return 'bound';
  };
  const { service, events } = serviceOf(
    sim,
    { wechat: sim.config('wechat') },
    { onPhone, onError: (error) => errors.push(error.message) },
  );
  const device = sim.device('wechat');
  const session = await login(service, device);
  const detail = await device.tap({ fast: 'code' });
  const first = await post(service, 'phone', { platform: 'wechat', session, detail });
  assert.deepEqual([first.status, first.error.code, first.error.action], [500, 'internal', 'retry']);
  assert.deepEqual(errors, ['the database is down']);
  assert.ok(!JSON.stringify(events).includes('database'));
  const second = await post(service, 'phone', { platform: 'wechat', session, detail });
  assert.deepEqual([second.status, second.result], [200, 'bound']);
  assert.equal(sim.count('wechat', 'getuserphonenumber'), 1);
});

test('an error that onPhone returns, as after a forgotten throw, counts as thrown', async (t) => {
  const sim = await simulator(t);
  class QueryError extends TypeError {}
  for (const error of [
    new Error('the database is down'),
    new QueryError('the database is down'),
    Object.create(Error.prototype),
  ]) {
    const errors = [];
    const results = [error, 'bound'];
    const options = { onPhone: async () => results.shift(), onError: (thrown) => errors.push(thrown) };
    const { service, events } = serviceOf(sim, { wechat: sim.config('wechat') }, options);
    const device = sim.device('wechat');
    const request = {
      platform: 'wechat',
      session: await login(service, device),
      detail: await device.tap({ fast: 'code' }),
    };
    const first = await post(service, 'phone', request);
    assert.deepEqual([first.status, first.error.code], [500, 'internal']);
    assert.ok(errors.length === 1 && errors[0] === error);
    assert.ok(!JSON.stringify(events).includes('database'));
    const second = await post(service, 'phone', request);
    assert.deepEqual([second.status, second.result], [200, 'bound']);
  }
});

test('a slow onPhone still runs once for each code', async (t) => {
  const sim = await simulator(t);
  let runs = 0;
  const onPhone = async () => {
    runs++;
    await new Promise((resolve) => setTimeout(resolve, 1000));
  };
  const { service } = serviceOf(sim, { wechat: sim.config('wechat') }, { onPhone, limits: { timeout: 0.2 } });
  const device = sim.device('wechat');
  const session = await login(service, device);
  const detail = await device.tap({ fast: 'code' });
  const responses = await Promise.all(
    [1, 2, 3].map(() => post(service, 'phone', { platform: 'wechat', session, detail })),
  );
  assert.deepEqual(
    responses.map(({ status }) => status),
    [200, 200, 200],
  );
  assert.equal(runs, 1);
});

test('the application can read the user of a session', async (t) => {
  const sim = await simulator(t);
  const { service } = serviceOf(sim, { wechat: sim.config('wechat') });
  const device = sim.device('wechat', { unionId: 'u1' });
  assert.deepEqual(await service.user({ session: await login(service, device) }), {
    platform: 'wechat',
    openId: device.openId,
    unionId: 'u1',
  });
  await assert.rejects(service.user({ session: 'none' }), { code: 'ERR_SESSION', action: 'login-again' });
});

test('a token function that hangs, throws or returns nothing: the log has the reason, and the client may retry', async (t) => {
  const sim = await simulator(t);
  const device = sim.device('wechat');
  for (const [token, platformCode] of [
    [() => new Promise(() => {}), 'TIMEOUT'],
    [
      async () => {
        throw new Error('secret of the token server');
      },
      'NETWORK',
    ],
    [async () => undefined, 'EMPTY'],
  ]) {
    const { service, events } = serviceOf(
      sim,
      { wechat: { ...sim.config('wechat'), token } },
      { limits: { timeout: 0.2 } },
    );
    const { status, error } = await post(service, 'phone', {
      platform: 'wechat',
      detail: await device.tap({ fast: 'code' }),
    });
    assert.deepEqual([status, error.code, error.action], [503, 'unavailable', 'retry']);
    assert.equal(events.find(({ event }) => event === 'token').platformCode, platformCode);
    assert.ok(!JSON.stringify(events).includes('secret'));
  }
});

test('an error that onPhone throws reaches onError, even if the error looks like an error of the service', async (t) => {
  const sim = await simulator(t);
  const errors = [];
  const onPhone = () => service.user({ session: 'none' });
  const { service } = serviceOf(
    sim,
    { wechat: sim.config('wechat') },
    { onPhone, onError: (error) => errors.push(error.code) },
  );
  const { status, error } = await post(service, 'phone', {
    platform: 'wechat',
    detail: await sim.device('wechat').tap({ fast: 'code' }),
  });
  assert.deepEqual([status, error.code], [500, 'internal']);
  assert.deepEqual(errors, ['ERR_SESSION']);
});

test('an onError, onEvent or logger that fails, immediately or later, does not fail the request', async (t) => {
  const sim = await simulator(t);
  const later = async () => {
    throw new Error('the tracker is down');
  };
  const immediately = () => {
    throw new Error('the tracker is down');
  };
  const unhandled = [];
  const note = (error) => unhandled.push(error);
  process.on('unhandledRejection', note);
  t.after(() => process.off('unhandledRejection', note));
  for (const fails of [later, immediately]) {
    const { service } = serviceOf(
      sim,
      { wechat: sim.config('wechat') },
      { onPhone: fails, onError: fails, onEvent: fails, logger: { info: fails, warn: fails, error: fails } },
    );
    const { status } = await post(service, 'phone', {
      platform: 'wechat',
      detail: await sim.device('wechat').tap({ fast: 'code' }),
    });
    assert.equal(status, 500);
  }
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.deepEqual(unhandled, []);
});

test('a response that the application has already sent stays unchanged', async (t) => {
  const sim = await simulator(t);
  const { service } = serviceOf(sim, { wechat: sim.config('wechat') });
  const server = createServer((request, response) => {
    response.writeHead(503).end();
    service.node(request, response).catch((error) => t.diagnostic(String(error)) ?? assert.fail(error));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const response = await fetch(`http://127.0.0.1:${server.address().port}/phone`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  assert.equal(response.status, 503);
});

test('docs/flutter.md: the command that writes the OpenAPI document, in both languages', () => {
  const text = readFileSync(new URL('../../docs/flutter.md', import.meta.url), 'utf8');
  const [english, chinese] = text
    .split(/^---$/m)
    .map((part) => [...part.matchAll(/^```(\w+)\n([^]*?)^```$/gm)].map(([, language, code]) => ({ language, code })));
  assert.deepEqual(chinese, english);
  const script = /^node -e "\n([^]*)" > openapi\.json$/m.exec(english[0].code)[1];
  const document = JSON.parse(execFileSync(process.execPath, ['-e', script], { cwd: installed, encoding: 'utf8' }));
  assert.deepEqual(Object.keys(document.paths), ['/login', '/phone', '/logout']);
  for (const { post } of Object.values(document.paths))
    assert.ok(text.includes(`\`${post.operationId}\``), post.operationId);
});

test('the README’s first server, unchanged', async (t) => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const sample = /```js\n([^]*?)```/.exec(readme)[1];
  assert.match(sample, /createServer\(service\.node\)\.listen\(3000\)/);
  assert.equal(sample.trim().split('\n').length, 10);
  const sim = await simulator(t);
  const { appId, appSecret, baseUrl } = sim.config('wechat');
  // A reader of the README has an account, and port 3000 is free. This test uses the simulator and any free port.
  const code = sample
    .replace('appSecret: process.env.WECHAT_APP_SECRET', `$&, baseUrl: '${baseUrl}'`)
    .replace(
      'createServer(service.node).listen(3000)',
      'const server = createServer(service.node).listen(0, "127.0.0.1", () => console.log("port", server.address().port))',
    );
  const file = join(installed, 'first-server.mjs');
  writeFileSync(file, code);
  const server = spawn(process.execPath, [file], {
    env: { ...process.env, WECHAT_APP_ID: appId, WECHAT_APP_SECRET: appSecret },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.after(() => server.kill());
  let output = '';
  server.stdout.on('data', (chunk) => (output += chunk));
  while (!/port \d+/.test(output)) await once(server.stdout, 'data');
  const url = `http://127.0.0.1:${/port (\d+)/.exec(output)[1]}/mp-phone`;
  const send = async (path, body) =>
    (
      await fetch(`${url}/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    ).json();
  const device = sim.device('wechat');
  const { session } = await send('login', { platform: 'wechat', code: await device.login() });
  const { phone } = await send('phone', { platform: 'wechat', session, detail: await device.tap() });
  assert.equal(phone.e164, `+86${device.phone}`);
  while (!output.includes(device.phone)) await once(server.stdout, 'data');
  assert.ok(output.includes(`${device.openId} +86${device.phone}`));
});
