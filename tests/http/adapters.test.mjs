// The same requests to every adapter, in the real frameworks.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { after, test } from 'node:test';
import bodyParser from '@koa/bodyparser';
import Koa from 'koa';
import { listen, post, send } from './client.mjs';
import { responseChecker } from './document.mjs';
import { FRAMEWORKS } from './frameworks.mjs';
import { phoneKit, rejectedPayloads } from './phone-kit.mjs';
import { canary, rejectedBodies, rejectedRequests, unusualRequests } from './requests.mjs';

const { folder: installed, createPhoneService, createSimulator } = phoneKit('http-adapters');
const simulator = await createSimulator();
after(() => simulator.close());

const platforms = { wechat: simulator.config('wechat'), alipay: simulator.config('alipay') };
const unhandled = [];
process.on('unhandledRejection', (reason) => unhandled.push(reason));

const PUBLIC = ['invalid_request', 'login_required', 'refused', 'unavailable', 'internal'];
const CORS = (headers) => Object.keys(headers).filter((name) => /^access-control|^vary$/i.test(name));
const lower = (headers) =>
  Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]));

/** Starts a framework with a new service. */
async function start(name, t, options = {}) {
  const bugs = [];
  // Express removes the mount point from the path; the other frameworks need basePath.
  const all = { platforms, ...(!FRAMEWORKS[name].mounted && { basePath: '/api' }), ...options };
  const service = createPhoneService({
    ...all,
    logger: false,
    onPhone: ({ request }) => ({ member: request ? 7 : 0 }),
    onError: (error) => bugs.push(error),
  });
  const server = await FRAMEWORKS[name].start({ service, options: all, installed });
  t.after(() => server.close());
  const send = async (request) => {
    const { status, headers, text } = await server.send(request);
    return { status, headers: lower(headers), text };
  };
  const ask = async (path, body) => {
    const { status, text } = await send({ path: `/api/${path}`, ...post(body) });
    return [status, JSON.parse(text)];
  };
  return { ask, send, port: server.port, bugs, service };
}

async function logIn({ ask }, platform = 'wechat') {
  const device = simulator.device(platform);
  const [, { session }] = await ask('login', { platform, code: await device.login() });
  return { device, session };
}

/** The faults of the response to a rejected request. */
function faults({ status, headers, text }, row, call, conforms) {
  const wrong = [];
  const expect = (label, actual, expected) =>
    actual === expected || wrong.push(`${label}: ${actual} instead of ${expected}`);
  if (!call) {
    expect('status', status, row.status);
    expect('content-type', headers['content-type'], 'application/json; charset=utf-8');
    expect('cache-control', headers['cache-control'], 'no-store');
    expect('x-content-type-options', headers['x-content-type-options'], 'nosniff');
    expect('allow', headers.allow, row.status === 405 ? 'POST' : undefined);
    expect('CORS headers', CORS(headers).join(), '');
    if (JSON.stringify(headers).includes(canary)) wrong.push('the input is in a header');
  }
  if (row.method === 'HEAD') return wrong;
  if (text.includes(canary)) wrong.push('the input is in the response');
  try {
    const body = JSON.parse(text);
    const { code, action, message, ...rest } = body.error;
    expect('code', code, row.code);
    if (!PUBLIC.includes(code) || typeof action !== 'string' || !message.en || !message.zh)
      wrong.push(`an invalid error response: ${text}`);
    expect('members', [...Object.keys(rest), ...Object.keys(message)].join(), 'en,zh');
    const promised = conforms(row.path.slice(4), call ? row.status : status, body);
    if (promised) wrong.push(promised);
  } catch {
    wrong.push(`no JSON: ${text.slice(0, 80)}`);
  }
  return wrong;
}

for (const [name, { own = [], call = false }] of Object.entries(FRAMEWORKS)) {
  test(name, async (t) => {
    const server = await start(name, t);
    const { ask, send, bugs, service } = server;
    const conforms = responseChecker(service.openapi);
    const ok = call ? undefined : 200;
    const { device, session } = await logIn(server);
    const { session: alipaySession } = await logIn(server, 'alipay');

    await t.test('login, the phone by code and sealed, logout', async () => {
      const { device, session } = await logIn(server);
      assert.match(session, /^[\w-]{43}$/);
      const phone = { e164: `+86${device.phone}`, countryCode: '86', nationalNumber: device.phone };
      for (const fast of ['code', 'sealed']) {
        const [status, body] = await ask('phone', {
          platform: 'mp-weixin',
          session,
          detail: await device.tap({ fast }),
        });
        assert.deepEqual([status, body], [ok, { phone, result: { member: 7 } }], fast);
        assert.equal(conforms('/phone', 200, body), undefined);
      }
      assert.deepEqual(await ask('logout', { session }), [ok, {}]);
      assert.deepEqual(await ask('logout', { session }), [ok, {}], 'a second logout of the same session succeeds');
      const [, body] = await ask('phone', {
        platform: 'wechat',
        session,
        detail: await device.tap({ fast: 'sealed' }),
      });
      assert.equal(body.error.code, 'login_required');
    });

    await t.test('rejected requests', async (t) => {
      const detail = await device.tap({ fast: 'sealed' });
      const rows = [...rejectedBodies({ session, alipaySession, detail }), ...(call ? [] : rejectedRequests())];
      const wrong = [];
      const elsewhere = new Map();
      for (const row of rows) {
        let response;
        try {
          response = await send(row);
        } catch (error) {
          wrong.push(`${row.label}: no response, ${error.code ?? error.message}`);
          continue;
        }
        const hit = faults(response, row, call, conforms);
        if (!own.includes(row.own)) wrong.push(...hit.map((fault) => `${row.label}: ${fault}`));
        else if (!call && !(response.status >= 400 && response.status < 500))
          wrong.push(`${row.label}: the framework responds ${response.status}`);
        else if (hit.length) elsewhere.set(row.own, (elsewhere.get(row.own) ?? 0) + 1);
      }
      t.diagnostic(
        `${rows.length} requests rejected; of these by the framework itself: ${JSON.stringify([...elsewhere])}`,
      );
      assert.deepEqual(
        [...elsewhere.keys()].sort(),
        [...own].sort(),
        'the requests to which the framework itself responds',
      );
      assert.deepEqual(wrong, []);
      assert.deepEqual(bugs, []);
      assert.deepEqual([{}.platform, {}.code, {}.session], [undefined, undefined, undefined]);
    });

    if (!call) {
      await t.test('unusual requests that are served', async () => {
        for (const [subject, with_] of unusualRequests) {
          const { status, text } = await send({
            path: '/api/login',
            ...post({ platform: 'wechat', code: await simulator.device('wechat').login() }),
            ...with_,
          });
          assert.equal(status, 200, `${subject}: ${text}`);
        }
      });

      await t.test('with CORS, the preflight and every response name the allowed origin and no other', async (t) => {
        const { send } = await start(name, t, { cors: { origins: ['https://ours.example'] } });
        for (const [origin, allowed] of [
          ['https://ours.example', 'https://ours.example'],
          ['https://theirs.example', undefined],
          ['null', undefined],
          ['https://ours.example.theirs.example', undefined],
        ]) {
          const preflight = await send({
            method: 'OPTIONS',
            path: '/api/phone',
            headers: {
              origin,
              'access-control-request-method': 'POST',
              'access-control-request-headers': 'content-type',
            },
          });
          assert.deepEqual(
            [preflight.status, preflight.text || '', preflight.headers['access-control-allow-origin']],
            [204, '', allowed],
          );
          // RFC 9110, 8.6: a 204 has no length.
          assert.equal(preflight.headers['content-length'], undefined);
          assert.deepEqual(
            [preflight.headers['access-control-allow-methods'], preflight.headers['access-control-allow-headers']],
            ['POST', 'content-type'],
          );
          const refusal = await send({
            path: '/api/login',
            headers: { origin, 'content-type': 'application/json' },
            body: '{}',
          });
          assert.deepEqual(
            [refusal.status, refusal.headers['access-control-allow-origin'], /\borigin\b/i.test(refusal.headers.vary)],
            [400, allowed, true],
          );
          assert.equal(refusal.headers['access-control-allow-credentials'], undefined);
        }
      });
    }

    await t.test('all rejected payloads get the same response, regardless of the reason', async () => {
      const responses = new Map();
      for (const [description, detail] of Object.entries(
        rejectedPayloads(device, platforms.wechat.appId, simulator.now()),
      )) {
        const { status, headers, text } = await send({
          path: '/api/phone',
          ...post({ platform: 'wechat', session, detail }),
        });
        // Without the headers of frameworks that differ per request.
        const { date, 'x-request-id': id, 'function-execution-id': execution, ...same } = headers;
        const key = JSON.stringify([status, same, text]);
        responses.set(key, [...(responses.get(key) ?? []), description]);
      }
      assert.equal(responses.size, 1, [...responses].map((entry) => entry.join(': ')).join('\n'));
      assert.match([...responses.keys()][0], call ? /refused/ : /^\[422,.*refused/);
    });

    if (server.port) {
      await t.test('a client that disconnects while sending its body does not affect other clients', async () => {
        for (let i = 0; i < 20; i++) {
          await new Promise((resolve) => {
            const socket = connect(server.port, '127.0.0.1', () =>
              socket.write(
                'POST /api/login HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n{"platform":',
                () => (i % 2 ? socket.destroy() : socket.resetAndDestroy()),
              ),
            );
            socket.on('close', resolve);
          });
        }
        assert.match((await logIn(server)).session, /^[\w-]{43}$/);
        assert.deepEqual(bugs, []);
      });
    }
    assert.deepEqual(unhandled, []);
  });
}

const service = createPhoneService({ platforms, logger: false });

test('an event of any shape gets a response: a client of wx.cloud.callFunction chooses the shape', async () => {
  const http = { httpMethod: 'POST', path: '/login', headers: { 'content-type': 'application/json' } };
  const odd = { toString: 1, valueOf: 1 };
  const events = [
    undefined,
    null,
    0,
    1,
    true,
    '',
    'x',
    '{',
    'null',
    '[]',
    [],
    {},
    Buffer.from('{'),
    Buffer.from([0xff]),
    new Uint8Array(0),
    Symbol.iterator,
    1n,
    { path: odd },
    { path: [] },
    { path: 1 },
    { path: 'login' },
    { path: 'login', body: odd },
    { path: 'login', body: { platform: odd, code: odd } },
    { path: 'phone', cloudID: odd, body: 1 },
    { path: 'phone', cloudID: odd, body: { platform: 'wechat', detail: 'text' } },
    { path: 'login', body: '{"platform":"wechat"}' },
    { path: 'login', httpMethod: odd },
    { path: 'login', httpMethod: '' },
    { ...http, path: odd },
    { ...http, path: undefined },
    { ...http, headers: null },
    { ...http, headers: 'text' },
    { ...http, headers: { ...http.headers, 'content-length': odd } },
    { ...http, headers: { 'content-type': odd } },
    { ...http, body: odd },
    { ...http, body: odd, isBase64Encoded: true },
    { ...http, body: '*', isBase64Encoded: true },
    { ...http, body: null, isBase64Encoded: true },
    { requestContext: null },
    { requestContext: { http: odd } },
    { requestContext: { http: { method: 'POST', path: odd } } },
    { ...http, requestContext: 'text' },
  ];
  const wrong = [];
  for (const [index, event] of events.entries()) {
    try {
      const response = await service.cloud(event);
      const { error } = response.statusCode === undefined ? response : JSON.parse(response.body);
      if (!PUBLIC.includes(error.code) || error.code === 'internal')
        wrong.push(`event ${index}: ${JSON.stringify(response)}`);
    } catch (error) {
      wrong.push(`event ${index} rejects: ${error.message}`);
    }
  }
  assert.deepEqual(wrong, []);
});

test('long inputs take linear time', async () => {
  const filler = 100_000;
  const http = { httpMethod: 'POST', path: '/login', headers: { 'content-type': 'application/json' }, body: '{}' };
  const slow = [];
  for (const [caseName, event] of [
    ['slashes in a path', { ...http, path: `${'/'.repeat(filler)}x` }],
    ['slashes in the path of a call', { path: `${'/'.repeat(filler)}x`, body: {} }],
    ['spaces in a content type', { ...http, headers: { 'content-type': `application/json${' '.repeat(filler)}x` } }],
    ['headers that are a text', { ...http, headers: 'x'.repeat(3_000_000) }],
    ['headers that are a list', { ...http, headers: Array(300_000).fill('x') }],
    [
      '300,000 headers',
      { ...http, headers: Object.fromEntries(Array.from({ length: 300_000 }, (_, i) => [`X-${i}`, 'x'])) },
    ],
    [
      'a content type of many parts',
      { ...http, headers: { 'content-type': `application/json${';'.repeat(3_000_000)}` } },
    ],
    [
      'a detail that is a text, with a CloudID',
      { path: '/phone', cloudID: 'x', body: { platform: 'wechat', detail: 'x'.repeat(3_000_000) } },
    ],
    [
      'spaces before a charset',
      { ...http, headers: { 'content-type': `application/json;${' '.repeat(filler)}charset` } },
    ],
  ]) {
    const since = process.cpuUsage();
    await service.cloud(event);
    const { user } = process.cpuUsage(since);
    // Linear time is below one millisecond, quadratic time is several seconds.
    if (user > 500_000) slow.push(`${caseName}: ${Math.round(user / 1000)} ms`);
  }
  assert.deepEqual(slow, []);
});

test('a body that other middleware has already read is rejected immediately', async (t) => {
  const app = new Koa();
  app.use(bodyParser());
  app.use((ctx) => {
    ctx.respond = false;
    return service.node(ctx.req, ctx.res);
  });
  const server = createServer(app.callback());
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const received = await Promise.race([
    send(await listen(server), { path: '/api/login', ...post({ platform: 'wechat', code: 'x' }) }),
    new Promise((resolve) => setTimeout(resolve, 2000, 'no response within two seconds').unref()),
  ]);
  assert.equal(received.status >= 400, true, String(received));
});
