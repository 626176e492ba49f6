// Events and log lines: the cause, the command that explains it, and no text of a platform or a client.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import { createServer as createTcp } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { compiled } from '../support/compiled.mjs';
import { createPhoneService, PhoneError, post, serviceOf, simulator } from './service.mjs';

const { safeEvent } = await compiled('server/event-content.ts');
const { causeOf } = await compiled('server/transport-errors.ts');

const ESC = '\u001b';
const REQUEST_IDS = [
  '65a1b2c3-0d4e5f60-7a8b9c0d', // WeChat's
  '202311150613200102030405060708090A', // Douyin's and Feishu's
  '4F5C0000-0000-7000-8000-000000000000', // DingTalk's
  '1734567890123456', // Baidu's
  // Some hexadecimal digits look like a mobile number by chance.
  '65a1b2cf-13912345-678b9c0d',
  '4F5C000A-1391-2345-678A-000000000000',
  'a13912345678b9c0d1e2f3a4b5c6d7e8', // the gateway of WeChat's cloud
  '20231115061320A13912345678B2C3D4E5',
];

const HOSTILE = [
  '+8613912345678 paid\n2026-11-27 mp-phone phone {"ok":true}',
  `${ESC}[2J${ESC}]0;title\u0007`,
  'x'.repeat(16_000),
  '13912345678',
  'a13912345678',
  '139-1234-5678',
  '40029"} mp_phone_ok{a="b',
  '<img src=x onerror=alert(1)>',
  '$(reboot)',
  '令牌',
  '\u2028',
  '',
  ' ',
];

test('no member of an event contains a text of a platform or a client', () => {
  const members = [
    'event',
    'platform',
    'method',
    'phone',
    'code',
    'reason',
    'action',
    'field',
    'platformCode',
    'rid',
    'cause',
    'operation',
    'newer',
    'constructor',
    '__proto__',
  ];
  for (const text of HOSTILE) {
    for (const member of members) {
      const event = Object.defineProperty({ ok: false, ms: 1 }, member, { value: text, enumerable: true });
      const safe = safeEvent(event);
      assert.deepEqual({ ok: safe.ok, ms: safe.ms }, { ok: false, ms: 1 });
      const output = Object.getOwnPropertyDescriptor(safe, member)?.value;
      // An empty number or a constant sentence may be blank.
      if (output?.trim()) assert.ok(['Error', 'UNREADABLE'].includes(output), `${member}: ${output.slice(0, 60)}`);
    }
  }
  for (const value of [{ toString: () => 'x' }, ['x'], () => 'x', Symbol('x'), 1n, NaN, Infinity]) {
    for (const member of members)
      assert.ok(
        [undefined, 'Error', 'UNREADABLE'].includes(
          Object.getOwnPropertyDescriptor(
            safeEvent(Object.defineProperty({}, member, { value, enumerable: true })),
            member,
          )?.value,
        ),
        member,
      );
  }
});

test('the service’s own texts stay unchanged', () => {
  for (const event of [
    {
      event: 'phone',
      ok: true,
      ms: 12.5,
      platform: 'wechat',
      method: 'sealed',
      phone: '+86*******8000',
      repeated: true,
    },
    { event: 'phone', ok: true, ms: 0, phone: '+852****4567' },
    { event: 'phone', ok: true, ms: 0, phone: '*****' },
    { event: 'phone', ok: true, ms: 0, phone: '*******8***' },
    {
      event: 'login',
      ok: false,
      ms: 1,
      platform: 'wechat',
      code: 'ERR_PLATFORM',
      reason: 'the platform responded with an error',
      action: 'login-again',
      platformCode: '40029',
      rid: '65a1b2c3-0d4e5f60-7a8b9c0d',
    },
    { event: 'token', ok: false, ms: 1, platform: 'baidu', code: 'ERR_PLATFORM', platformCode: 'HTTP 502' },
    {
      event: 'token',
      ok: false,
      ms: 1,
      platform: 'baidu',
      code: 'ERR_PLATFORM',
      platformCode: 'NETWORK',
      cause: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    },
    {
      event: 'request',
      ok: false,
      ms: 0,
      code: 'HTTP 415',
      reason: 'content type is not application/json in UTF-8',
      field: 'detail.iv',
    },
    {
      event: 'error',
      ok: false,
      ms: 0,
      code: 'PrismaClientKnownRequestError',
      reason: 'onPhone threw, or a bug: see onError',
    },
    ...['-1', '100200500', 'isv.invalid-auth-relations', 'invalidParameter.authCode.notFound', 'invalid_grant'].map(
      (platformCode) => ({ event: 'phone', ok: false, ms: 1, platformCode }),
    ),
    ...REQUEST_IDS.map((rid) => ({ event: 'phone', ok: false, ms: 1, rid })),
  ])
    assert.deepEqual(safeEvent(event), event);
});

/** A service whose WeChat server responds to every request with these members. */
const serviceWithResponse = (platformResponse, options) => {
  const events = [];
  const service = createPhoneService({
    platforms: { wechat: { appId: 'wx1', appSecret: 's' } },
    fetch: async () => new Response(JSON.stringify(platformResponse)),
    logger: false,
    onEvent: (event) => events.push(event),
    ...options,
  });
  return {
    service,
    events,
    login: () => service.login({ platform: 'wechat', code: '0'.repeat(32) }).catch((error) => error),
  };
};

test('a made-up code or request id of a platform response is neither in the event nor in the error', async () => {
  for (const text of HOSTILE.filter((text) => text.trim())) {
    for (const platformResponse of [
      { errcode: text },
      { errcode: text, errmsg: `x rid: ${text}` },
      { errcode: 40029, errmsg: `x rid: ${text}` },
    ]) {
      const { events, login } = serviceWithResponse(platformResponse);
      const error = await login();
      for (const printed of [JSON.stringify(events), `${error.platformCode} ${error.rid}`]) {
        assert.ok(!/139-?1234|paid|x{100}|\\u001b|\\n|mp_phone_ok|<img|reboot|令/.test(printed), printed.slice(0, 300));
      }
      assert.match(error.platformCode, /^(UNREADABLE|40029)$/);
    }
  }
});

test('a platform response cannot produce the service’s own words', async () => {
  for (const word of ['TIMEOUT', 'NETWORK', 'EMPTY', 'NOT_JSON', 'TOO_LARGE', 'UNREADABLE', 'HTTP 502']) {
    const { events, login } = serviceWithResponse({ errcode: word });
    assert.equal((await login()).platformCode, 'UNREADABLE', word);
    assert.deepEqual([events[0].platformCode, events[0].action], ['UNREADABLE', 'fix-config']);
  }
  // The same without events.
  const fetch = async (url) =>
    new Response(
      JSON.stringify(
        url.includes('jscode2session')
          ? { openid: 'o', session_key: 'tiihtNczf5v6AKRyjwEUhQ==' }
          : url.includes('stable_token')
            ? { access_token: 'T', expires_in: 7200 }
            : { errcode: 'TIMEOUT' },
      ),
    );
  const { service: wechat } = serviceWithResponse({}, { fetch });
  const { session } = await wechat.login({ platform: 'wechat', code: '0'.repeat(32) });
  await assert.rejects(wechat.checkSession({ session }), { code: 'ERR_PLATFORM', platformCode: 'UNREADABLE' });
  // Baidu's newest endpoint responds with such a word to a code: the older endpoints are not called.
  const paths = [];
  const baiduFetch = async (url) => {
    paths.push(new URL(url).pathname);
    return new Response(url.includes('token?') ? '{"access_token":"T","expires_in":7200}' : '{"errno":"NETWORK"}');
  };
  const { service } = serviceWithResponse(
    {},
    { platforms: { baidu: { appKey: 'k', appSecret: 's' } }, fetch: baiduFetch },
  );
  await assert.rejects(service.login({ platform: 'baidu', code: 'c' }), { platformCode: 'UNREADABLE' });
  assert.deepEqual(paths, ['/oauth/2.0/token', '/rest/2.0/smartapp/getsessionkey']);
});

test('an error that the application throws appears only as its class, if that is a valid name', async (t) => {
  const sim = await simulator(t);
  class QuotaError extends Error {
    name = 'QuotaError';
  }
  const named = (name) =>
    Object.defineProperty(new Error('x'), 'name', typeof name === 'function' ? { get: name } : { value: name });
  const ownError = (platformCode) =>
    new PhoneError({
      code: 'ERR_PLATFORM',
      message: '13912345678\npaid',
      action: 'retry',
      platform: 'wechat',
      platformCode,
      rid: '13912345678',
      field: 'a\nb',
    });
  for (const [thrown, code] of [
    [new QuotaError('x'), 'QuotaError'],
    ...HOSTILE.map((name) => [named(name), 'Error']),
    [
      named(() => {
        throw new Error('a getter');
      }),
      'Error',
    ],
    [named(Symbol('x')), 'Error'],
    [
      new Proxy(
        {},
        {
          getPrototypeOf: () => {
            throw new Error('a proxy');
          },
        },
      ),
      'Error',
    ],
    ['13912345678', 'string'],
    [null, 'object'],
    [ownError('13912345678'), 'PhoneError'],
    [ownError('TIMEOUT'), 'PhoneError'],
  ]) {
    const { service, events } = serviceOf(
      sim,
      { wechat: sim.config('wechat') },
      { onPhone: () => Promise.reject(thrown) },
    );
    assert.equal(
      (await post(service, 'phone', { platform: 'wechat', detail: await sim.device('wechat').tap({ fast: 'code' }) }))
        .status,
      500,
    );
    assert.deepEqual(
      events.filter(({ ok }) => !ok).map((event) => [event.event, event.code]),
      [
        ['phone', code],
        ['error', code],
      ],
    );
    assert.ok(!/139-?1234|paid|TIMEOUT/.test(JSON.stringify(events)));
    // A caller of the function receives the original error.
    await assert.rejects(
      service.phone({ platform: 'wechat', detail: await sim.device('wechat').tap({ fast: 'code' }) }),
      (error) => error === thrown,
    );
  }
});

test('an error that a token function throws appears only as its class, if that is a valid name', async (t) => {
  const sim = await simulator(t);
  const device = sim.device('wechat');
  const looksLikeOwnError = new PhoneError({
    code: 'ERR_PLATFORM',
    message: '13912345678\npaid',
    action: 'refresh-token',
    platform: 'wechat',
    platformCode: '13912345678',
    rid: 'paid',
  });
  for (const [thrown, platformCode, cause] of [
    [Object.assign(new Error('x'), { name: '13912345678 paid' }), 'NETWORK'],
    [Object.assign(new Error('x'), { code: 'ECONNREFUSED' }), 'NETWORK', 'ECONNREFUSED'],
    [Object.assign(new Error('x'), { code: '13912345678 paid' }), 'NETWORK'],
    [looksLikeOwnError, 'NETWORK'],
    ['13912345678', 'NETWORK'],
  ]) {
    const { service, events } = serviceOf(sim, {
      wechat: { ...sim.config('wechat'), token: () => Promise.reject(thrown) },
    });
    await assert.rejects(service.phone({ platform: 'wechat', detail: await device.tap({ fast: 'code' }) }), {
      code: 'ERR_PLATFORM',
      platformCode,
    });
    const token = events.find(({ event }) => event === 'token');
    assert.deepEqual([token.platformCode, token.cause, token.action], [platformCode, cause, 'retry']);
    assert.ok(!/139-?1234|paid/.test(JSON.stringify(events)));
  }
});

test('the log line ends with the command that explains the platform’s error code', async (t) => {
  const lines = [];
  for (const level of ['info', 'warn', 'error'])
    t.mock.method(console, level, (...line) => lines.push([level, line.join(' ')]));
  await serviceWithResponse({ errcode: 40029 }, { logger: undefined }).login();
  await serviceWithResponse({ errcode: '-1; reboot' }, { logger: undefined }).login();
  await serviceWithResponse({}, { logger: undefined, fetch: () => Promise.reject(new Error('x')) }).login();
  t.mock.restoreAll();
  assert.deepEqual(
    lines.map(([level, line]) => [level, line.replace(/ \{.*\}/, '')]),
    [
      ['warn', 'mp-phone login failed mp-phone explain wechat 40029'],
      ['error', 'mp-phone login failed'],
      ['warn', 'mp-phone login failed'],
    ],
  );
  const logged = [];
  const logger = Object.fromEntries(
    ['info', 'warn', 'error'].map((level) => [level, (event, text) => logged.push(text)]),
  );
  await serviceWithResponse({ errcode: 40029 }, { logger }).login();
  assert.deepEqual(logged, ['mp-phone login failed: mp-phone explain wechat 40029']);
});

/** A self-signed certificate, created by OpenSSL. */
function certificate(t) {
  const folder = mkdtempSync(join(tmpdir(), 'tls-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const [key, cert] = ['key', 'cert'].map((name) => join(folder, name));
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      key,
      '-out',
      cert,
      '-subj',
      '/CN=127.0.0.1',
      '-days',
      '2',
    ],
    { stdio: 'ignore' },
  );
  return { key: readFileSync(key), cert: readFileSync(cert) };
}

const listening = async (t, server) => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.listening && server.close());
  return server.address().port;
};

test('the error and the event name the cause of a failed request; the client does not learn the cause', async (t) => {
  const tls = await listening(
    t,
    createServer(certificate(t), (_, response) => response.end('{}')),
  );
  const free = createTcp();
  const closed = await listening(t, free);
  free.close();
  const resets = await listening(
    t,
    createTcp((socket) => socket.resetAndDestroy()),
  );
  for (const [baseUrl, cause, action, safe] of [
    [`https://127.0.0.1:${tls}`, /^DEPTH_ZERO_SELF_SIGNED_CERT$/, 'fix-config', 'enter-manually'],
    [`http://127.0.0.1:${closed}`, /^ECONNREFUSED$/, 'retry', 'retry'],
    ['http://127.0.0.1:1', /^BAD_PORT$/, 'fix-config', 'enter-manually'],
    // A machine without a network has no name server.
    ['http://no-such-host.invalid', /^(ENOTFOUND|EAI_AGAIN)$/],
    [`http://127.0.0.1:${resets}`, /^(ECONNRESET|UND_ERR_SOCKET)$/, 'retry', 'retry'],
  ]) {
    const { service, events, login } = serviceWithResponse(
      {},
      { fetch: undefined, platforms: { wechat: { appId: 'wx1', appSecret: 's', baseUrl } } },
    );
    const error = await login();
    const [event] = events;
    assert.deepEqual(
      [error.code, error.platformCode, event.platformCode],
      ['ERR_PLATFORM', 'NETWORK', 'NETWORK'],
      baseUrl,
    );
    assert.match(String(event.cause), cause, baseUrl);
    assert.equal(error.cause, event.cause);
    assert.equal(error.action, event.action);
    if (action) assert.equal(event.action, action, baseUrl);
    const response = await post(service, 'login', { platform: 'wechat', code: '0'.repeat(32) });
    assert.deepEqual([response.status, response.error.code], [503, 'unavailable'], baseUrl);
    if (safe) assert.equal(response.error.action, safe, baseUrl);
    assert.ok(!JSON.stringify(response).includes(event.cause));
  }
});

test('the cause is a known code, from any property of the error, and never the error text', () => {
  const nested = (code) =>
    Object.assign(new TypeError('fetch failed'), { cause: Object.assign(new Error('x'), { code }) });
  for (const code of [
    'ECONNREFUSED',
    'ENOTFOUND',
    'EAI_AGAIN',
    'ECONNRESET',
    'CERT_HAS_EXPIRED',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'SELF_SIGNED_CERT_IN_CHAIN',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'UND_ERR_CONNECT_TIMEOUT',
  ]) {
    assert.equal(causeOf(nested(code)), code);
    assert.equal(causeOf(Object.assign(new Error('x'), { code })), code);
    assert.equal(
      causeOf(
        Object.assign(new TypeError('x'), {
          cause: Object.assign(new Error(''), { errors: [Object.assign(new Error('x'), { code })] }),
        }),
      ),
      code,
    );
  }
  const deno = (text) =>
    new TypeError(
      `error sending request for url (https://api.weixin.qq.com/sns/jscode2session?secret=s&js_code=c): ${text}`,
    );
  for (const [error, code] of [
    [deno('client error (Connect): tcp connect error: Connection refused (os error 111)'), 'ECONNREFUSED'],
    [
      deno('client error (Connect): dns error: failed to lookup address information: Name or service not known'),
      'ENOTFOUND',
    ],
    [deno('client error (Connect): invalid peer certificate: UnknownIssuer'), 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
    [deno('client error (Connect): invalid peer certificate: Expired'), 'CERT_HAS_EXPIRED'],
    [
      Object.assign(new Error('Unable to connect. Is the computer able to access the url?'), {
        code: 'ConnectionRefused',
      }),
      'ECONNREFUSED',
    ],
    [Object.assign(new Error('x'), { code: 'a secret of 13912345678' }), undefined],
    [nested('toString'), undefined],
    [
      new Proxy(
        {},
        {
          get: () => {
            throw new Error('x');
          },
        },
      ),
      undefined,
    ],
    ...[undefined, null, 'ECONNREFUSED', 5].map((thrown) => [thrown, undefined]),
    [new TypeError('Network connection lost.'), undefined],
    // V8, then JavaScriptCore.
    ...[
      "Cannot read properties of undefined (reading 'x')",
      'fetch is not a function',
      "undefined is not an object (evaluating 'a.b')",
      "a.get is not a function. (In 'a.get()', 'a.get' is undefined)",
    ].map((text) => [new TypeError(text), 'TypeError']),
    ...['axios is not defined', "Can't find variable: axios"].map((text) => [
      new ReferenceError(text),
      'ReferenceError',
    ]),
    [
      new TypeError('Request cannot be constructed from a URL that includes credentials: http://u:p@x/'),
      'ERR_INVALID_URL',
    ],
  ])
    assert.equal(causeOf(error), code);
  const loop = new Error('x');
  loop.cause = loop;
  assert.equal(causeOf(loop), undefined);
  // The URL contains data of the client, and Deno's error text contains the URL.
  for (const code of ['connection refused ', 'dns error: x', 'invalid peer certificate: Expired']) {
    assert.equal(
      causeOf(
        new TypeError(
          `error sending request for url (https://x/?js_code=${encodeURIComponent(code)}&b=${new URLSearchParams({ a: code })}): other`,
        ),
      ),
      undefined,
    );
  }
});

test('an error keeps its cause if the service changes its action', async () => {
  const refused = Object.assign(new TypeError('fetch failed'), {
    cause: Object.assign(new Error('x'), { code: 'ENOTFOUND' }),
  });
  const { service } = serviceWithResponse({}, { fetch: () => Promise.reject(refused) });
  await assert.rejects(service.phone({ platform: 'wechat', detail: { code: 'f'.repeat(64) } }), {
    platformCode: 'NETWORK',
    cause: 'ENOTFOUND',
    action: 'fix-config',
  });
});

test('a bug in the application’s fetch and a permanent status get the action fix-config', async () => {
  for (const [fetch, logText, cause, action] of [
    [async () => null.x, 'NETWORK', 'TypeError', 'fix-config'],
    [async () => undefined, 'NETWORK', 'TypeError', 'fix-config'],
    [async () => ({ status: 200, headers: {}, data: {} }), 'NETWORK', 'TypeError', 'fix-config'],
    [async () => notThere(), 'NETWORK', 'ReferenceError', 'fix-config'],
    [
      async () => {
        throw new TypeError('fetch failed');
      },
      'NETWORK',
      undefined,
      'retry',
    ],
    ...[403, 404, 407].map((status) => [
      async () => new Response('<html>', { status }),
      `HTTP ${status}`,
      undefined,
      'fix-config',
    ]),
    ...[302, 401, 429, 500, 502].map((status) => [
      async () => new Response('<html>', { status }),
      `HTTP ${status}`,
      undefined,
      'retry',
    ]),
  ]) {
    const { events, login } = serviceWithResponse({}, { fetch });
    const error = await login();
    assert.deepEqual([error.platformCode, error.cause, error.action], [logText, cause, action]);
    assert.deepEqual([events[0].platformCode, events[0].cause, events[0].action], [logText, cause, action]);
  }
});
