// Unusable responses of a platform, a proxy or a token server: too large, too deep, cut off, without a token.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { createPhoneService, installed } from './service.mjs';

const MB = 1_000_000;
const TOKEN = '{"access_token":"T","expires_in":7200}';
const NUMBER = JSON.stringify({
  errcode: 0,
  phone_info: {
    phoneNumber: '13800138000',
    purePhoneNumber: '13800138000',
    countryCode: '86',
    watermark: { timestamp: 1_800_000_000, appid: 'wx1' },
  },
});

let codes = 0;
const code = () => (++codes).toString(16).padStart(64, '0');
const outcome = (service) =>
  service.phone({ platform: 'wechat', detail: { code: code() } }).then(
    ({ phone }) => phone.e164,
    ({ code, action, platformCode }) => `${code} ${action} ${platformCode}`,
  );
const options = (more) => ({
  platforms: { wechat: { appId: 'wx1', appSecret: 's' } },
  now: () => 1_800_000_000_000,
  logger: false,
  ...more,
});
const TOO_LARGE = 'ERR_PLATFORM retry TOO_LARGE';

/** A server that responds to every request for a number with `respond(response, request)`. */
async function platform(t, respond) {
  const server = createServer((request, response) => {
    request.resume();
    if (request.url.includes('stable_token')) return response.end(TOKEN);
    server.closed = once(response, 'close');
    respond(response, request);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close() && server.closeAllConnections());
  server.baseUrl = `http://127.0.0.1:${server.address().port}`;
  return server;
}

/** Node 16 has no fetch: a separate Node process without fetch sends the request, and reports its result and its memory. */
async function withoutFetch(baseUrl) {
  const script = `
    const { createPhoneService } = require('mp-phone/server');
    if (globalThis.fetch) throw new Error('this Node has a fetch');
    const service = createPhoneService({ platforms: { wechat: { appId: 'wx1', appSecret: 's', baseUrl: '${baseUrl}' } },
       now: () => 1800000000000, logger: false });
    const before = process.memoryUsage().rss;
    let peak = before;
    const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 5);
    service.phone({ platform: 'wechat', detail: { code: '${code()}' } })
      .then(({ phone }) => phone.e164, ({ code, action, platformCode, message }) => code + ' ' + action + ' ' + platformCode)
      .then((outcome) => { clearInterval(watch); console.log(JSON.stringify({ outcome, cost: peak - before })); });`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--no-experimental-fetch', '-e', script], {
    cwd: installed,
  });
  return JSON.parse(stdout);
}

/** Created before the first test, because compressing takes time. */
const BOMBS = Object.fromEntries(
  Object.entries({ gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync }).map(([encoding, compress]) => {
    const packed = compress(Buffer.alloc(20 * MB, 32));
    return [encoding, Buffer.concat(Array(encoding === 'gzip' ? 10 : 1).fill(packed))];
  }),
);
const bomb = (encoding) => (response) => response.writeHead(200, { 'content-encoding': encoding }).end(BOMBS[encoding]);
const endless = (response) => {
  const chunk = Buffer.alloc(65_536, 32);
  const pump = () => {
    while (!response.destroyed) if (!response.write(chunk)) return void response.once('drain', pump);
  };
  pump();
};

const RESPONSES = {
  endless: [endless, TOO_LARGE],
  'gzip of 200 MB': [bomb('gzip'), TOO_LARGE],
  'deflate of 20 MB': [bomb('deflate'), TOO_LARGE],
  'brotli of 20 MB': [bomb('br'), TOO_LARGE],
  'a content-length of 1 GB': [(response) => response.writeHead(200, { 'content-length': 1e9 }).write('{}'), TOO_LARGE],
  'one byte more than the limit': [(response) => response.end(NUMBER.padEnd(65_537)), TOO_LARGE],
  'exactly the limit': [(response) => response.end(NUMBER.padEnd(65_536)), '+8613800138000'],
  'exactly the limit, with gzip': [
    (response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(NUMBER.padEnd(65_536))),
    '+8613800138000',
  ],
  'an error that is also too large': [(response) => response.writeHead(500).end('x'.repeat(MB)), TOO_LARGE],
  brackets: [(response) => response.end('['.repeat(60_000)), 'ERR_PLATFORM retry NOT_JSON'],
  'deeply nested brackets': [
    (response) => response.end(`{"a":${'['.repeat(30_000)}${']'.repeat(30_000)}}`),
    'ERR_PLATFORM retry NOT_JSON',
  ],
  'a content-length greater than the body': [
    (response) => response.writeHead(200, { 'content-length': 60_000 }).write('{}', () => response.destroy()),
    'ERR_PLATFORM retry NETWORK',
  ],
  'invalid gzip': [
    (response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('{}'),
    'ERR_PLATFORM retry NETWORK',
  ],
  'an endless header': [
    (response) => response.socket.end(`HTTP/1.1 200 OK\r\nx-a: ${'b'.repeat(100_000)}\r\n\r\n{}`),
    'ERR_PLATFORM retry NETWORK',
  ],
};

for (const [name, [respond, expected]] of Object.entries(RESPONSES)) {
  test(`a response ${name}`, async (t) => {
    const server = await platform(t, respond);
    const before = process.memoryUsage().rss;
    const service = createPhoneService(
      options({ platforms: { wechat: { appId: 'wx1', appSecret: 's', baseUrl: server.baseUrl } } }),
    );
    assert.equal(await outcome(service), expected);
    assert.ok(process.memoryUsage().rss - before < 150 * MB);
    // The connection to a server with more data is closed.
    if (expected === TOO_LARGE) await server.closed;
  });

  test(`a response ${name}, on Node without fetch`, async (t) => {
    const server = await platform(t, respond);
    const { outcome, cost } = await withoutFetch(server.baseUrl);
    assert.equal(outcome, expected);
    assert.ok(cost < 60 * MB, `${cost} bytes`);
    if (expected === TOO_LARGE) await server.closed;
  });
}

test('Node without fetch requests no content encoding, and rejects an unknown one', async (t) => {
  const requests = [];
  const server = await platform(t, (response, { headers }) => {
    requests.push(headers['accept-encoding']);
    response.writeHead(200, { 'content-encoding': 'zstd' }).end(NUMBER);
  });
  assert.equal((await withoutFetch(server.baseUrl)).outcome, 'ERR_PLATFORM retry NETWORK');
  assert.deepEqual(requests, ['identity']);
});

test('the application’s fetch: any kind of body is counted, and reading stops at the limit', async () => {
  for (const [name, body, expected] of [
    ['only text()', { text: async () => NUMBER }, '+8613800138000'],
    ['a text that is too large', { text: async () => ' '.repeat(MB) }, TOO_LARGE],
    ['a text of multi-byte characters', { text: async () => '字'.repeat(30_000) }, TOO_LARGE],
    [
      'a content-length over the limit: the body is not read',
      { headers: { get: () => '70000' }, text: () => assert.fail('the body is read') },
      TOO_LARGE,
    ],
    ['no text', { text: async () => undefined }, 'ERR_PLATFORM retry NETWORK'],
    ['a stream of Node', { body: Readable.from([NUMBER.slice(0, 9), Buffer.from(NUMBER.slice(9))]) }, '+8613800138000'],
    [
      'a stream of Node over the limit',
      {
        body: Readable.from(
          (function* () {
            for (;;) yield Buffer.alloc(10_000, 32);
          })(),
        ),
      },
      TOO_LARGE,
    ],
    ['a Response', new Response(NUMBER), '+8613800138000'],
    ['a Response with a byte order mark', new Response(`\ufeff${NUMBER}`), '+8613800138000'],
    ['a stream without bytes', { body: Readable.from([{ length: 1 }, 1]) }, 'ERR_PLATFORM retry NETWORK'],
    [
      'a status that is not a number',
      { status: 'OK\n2026 mp-phone phone', text: async () => NUMBER },
      'ERR_PLATFORM retry UNREADABLE',
    ],
  ]) {
    const fetch = async (url) =>
      url.includes('stable_token')
        ? new Response(TOKEN)
        : body instanceof Response
          ? body
          : { status: 200, headers: { get: () => null }, ...body };
    assert.equal(await outcome(createPhoneService(options({ fetch }))), expected, name);
  }
});

test('the application’s fetch is aborted when a response is too large', async () => {
  const signals = [];
  const fetch = async (url, { signal }) => {
    if (url.includes('stable_token')) return new Response(TOKEN);
    signals.push(signal);
    return new Response(
      new ReadableStream({
        pull: (controller) => controller.enqueue(new Uint8Array(10_000)),
        cancel: () => signals.push('cancelled'),
      }),
    );
  };
  assert.equal(await outcome(createPhoneService(options({ fetch }))), TOO_LARGE);
  assert.deepEqual([signals[0].aborted, signals[1]], [true, 'cancelled']);
});

test('responses of cloud calls have the same limits', async () => {
  const loop = {};
  loop.self = loop;
  for (const [sdkResponse, expected, thrown] of [
    [JSON.parse(NUMBER), '+8613800138000'],
    [{ ...JSON.parse(NUMBER), pad: 'x'.repeat(65_536) }, TOO_LARGE],
    [loop, 'ERR_PLATFORM retry NOT_JSON'],
    [
      {
        toJSON: () => {
          throw new Error('x');
        },
      },
      'ERR_PLATFORM retry NOT_JSON',
    ],
    [undefined, 'ERR_PLATFORM retry NOT_JSON'],
    [undefined, 'ERR_PLATFORM fix-config NETWORK', Object.assign(new Error('x'), { code: 'ENOTFOUND' })],
    [undefined, TOO_LARGE, { errCode: 'TIMEOUT', errMsg: 'x'.repeat(100_000) }],
    [undefined, 'ERR_PLATFORM fix-config UNREADABLE', { errCode: 'TIMEOUT', errMsg: 'x' }],
    [undefined, 'ERR_PLATFORM retry NETWORK', new Error('x')],
    [undefined, 'ERR_PLATFORM fix-config NETWORK', new TypeError("Cannot read properties of undefined (reading 'x')")],
    [undefined, 'ERR_INPUT fix-config undefined', new Error("Cloud API isn't enabled, please call init first")],
    [undefined, 'ERR_INPUT fix-config undefined', { errCode: -1, errMsg: 'please call init first' }],
  ]) {
    const cloud = {
      openapi: {
        phonenumber: { getPhoneNumber: () => (thrown ? Promise.reject(thrown) : Promise.resolve(sdkResponse)) },
      },
      getOpenData: async () => ({}),
      getWXContext: () => ({ APPID: 'wx1', OPENID: 'o'.repeat(300) }),
    };
    const service = createPhoneService(options({ platforms: { wechat: { cloud } } }));
    assert.equal(await outcome(service), expected);
    assert.equal((await service.login({ platform: 'wechat' })).user, null);
  }
});

test('an invalid token is rejected: it would become part of URLs, headers and the store', async () => {
  for (const [name, tokenResponse, expected] of [
    ['a token', { access_token: 'T', expires_in: 7200 }, '+8613800138000'],
    ['a token of 4,096 characters', { access_token: 'T'.repeat(4096), expires_in: 7200 }, '+8613800138000'],
    ['a lifetime as text', { access_token: 'T', expires_in: '7200' }, '+8613800138000'],
    ['an infinite lifetime', '{"access_token":"T","expires_in":1e999}', '+8613800138000'],
    ['60 KB', { access_token: 'T'.repeat(60_000), expires_in: 7200 }, 'ERR_PLATFORM retry UNREADABLE'],
    ['a second header', { access_token: 'T\r\nX-Evil: 1', expires_in: 7200 }, 'ERR_PLATFORM retry UNREADABLE'],
    ['a blank', { access_token: 'T T', expires_in: 7200 }, 'ERR_PLATFORM retry UNREADABLE'],
    ['not ASCII', { access_token: '令牌', expires_in: 7200 }, 'ERR_PLATFORM retry UNREADABLE'],
    ['a number', { access_token: 5, expires_in: 7200 }, 'ERR_PLATFORM retry EMPTY'],
    ['a list', { access_token: ['T'], expires_in: 7200 }, 'ERR_PLATFORM retry EMPTY'],
    ['nothing', { access_token: '', expires_in: 7200 }, 'ERR_PLATFORM retry EMPTY'],
    ...[0, -1, null, true, 'abc', [7200], {}, undefined].map((expires_in) => [
      `a lifetime of ${JSON.stringify(expires_in)}`,
      { access_token: 'T', expires_in },
      'ERR_PLATFORM retry EMPTY',
    ]),
  ]) {
    const stored = new Map();
    const store = {
      get: async (key) => stored.get(key),
      set: async (key, value, ttl) => (
        assert.ok(ttl <= 31 * 86_400_000, 'a limited lifetime'), stored.set(key, value), true
      ),
      delete: async (key) => stored.delete(key),
    };
    const fetch = async (url) =>
      new Response(
        url.includes('stable_token')
          ? typeof tokenResponse === 'string'
            ? tokenResponse
            : JSON.stringify(tokenResponse)
          : NUMBER,
      );
    assert.equal(await outcome(createPhoneService(options({ fetch, store }))), expected, name);
    assert.ok(
      [...stored.values()].every((value) => value.length < 5000),
      name,
    );
  }
});

test('the token of a token function has the same limits', async () => {
  for (const [token, expected] of [
    ['T', '+8613800138000'],
    ['T'.repeat(60_000), 'ERR_PLATFORM retry UNREADABLE'],
    ['T\nT', 'ERR_PLATFORM retry UNREADABLE'],
    [{}, 'ERR_PLATFORM retry UNREADABLE'],
    ['', 'ERR_PLATFORM retry EMPTY'],
  ]) {
    const platforms = { wechat: { appId: 'wx1', token: async () => token, appSecret: 's' } };
    assert.equal(
      await outcome(createPhoneService(options({ platforms, fetch: async () => new Response(NUMBER) }))),
      expected,
    );
  }
});

test('a token from the store has the same limits', async () => {
  const envelopeOf = (token) => JSON.stringify({ version: 1, expires: 1e15, value: token });
  for (const token of [
    null,
    5,
    {},
    { token: 5, expires: 1e15, requestedAt: 0 },
    { token: 'T'.repeat(60_000), expires: 1e15, requestedAt: 0 },
    { token: 'T', expires: '1e15', requestedAt: 0 },
  ]) {
    let requestCount = 0;
    const store = {
      get: async (name) => (name.includes('token') ? envelopeOf(token) : undefined),
      set: async () => true,
      delete: async () => true,
    };
    const fetch = async (url) => new Response(url.includes('stable_token') ? (requestCount++, TOKEN) : NUMBER);
    assert.equal(await outcome(createPhoneService(options({ fetch, store }))), '+8613800138000');
    assert.equal(requestCount, 1, JSON.stringify(token)?.slice(0, 50));
  }
});

test('an invalid id is rejected: it would become part of the store’s keys and of requests', async () => {
  for (const [loginResponse, expected] of [
    [{ openid: 'o1', session_key: 'k' }, 'ok'],
    [{ openid: 'o'.repeat(257), session_key: 'k' }, 'UNREADABLE'],
    [{ openid: 'o\n1', session_key: 'k' }, 'UNREADABLE'],
    [{ openid: 'o1', session_key: 'k'.repeat(60_000) }, 'UNREADABLE'],
    [{ openid: 'o1' }, 'EMPTY'],
  ]) {
    const service = createPhoneService(
      options({ fetch: async () => new Response(JSON.stringify({ unionid: 'u'.repeat(300), ...loginResponse })) }),
    );
    const login = await service.login({ platform: 'wechat', code: '0'.repeat(32) }).then(
      ({ user }) => (assert.deepEqual(user, { platform: 'wechat', openId: 'o1' }), 'ok'),
      ({ platformCode }) => platformCode,
    );
    assert.equal(login, expected);
  }
});

test('a clock that is set back does not prolong the pause after a failed token request', async () => {
  let now = 1_800_000_000_000;
  let tokenResponse = '{"errcode":40125}';
  const service = createPhoneService(
    options({
      now: () => now,
      fetch: async (url) => new Response(url.includes('stable_token') ? tokenResponse : NUMBER),
    }),
  );
  assert.equal(await outcome(service), 'ERR_PLATFORM fix-config 40125');
  tokenResponse = TOKEN;
  now -= 3_600_000;
  assert.notEqual(await outcome(service), 'ERR_PLATFORM fix-config 40125');
});

test('a wx-server-sdk without a required function is rejected as a wrong option', async () => {
  const getWXContext = () => ({ APPID: 'wx1', OPENID: 'o' });
  for (const cloud of [
    { openapi: {} },
    { openapi: { phonenumber: {} } },
    { openapi: { phonenumber: { getPhoneNumber: 'x' } } },
  ]) {
    const service = createPhoneService(options({ platforms: { wechat: { cloud: { getWXContext, ...cloud } } } }));
    for (const [detail, name] of [
      [{ code: code() }, /openapi\.phonenumber\.getPhoneNumber/],
      [{ cloudID: 'x' }, /getOpenData/],
    ]) {
      const error = await service.phone({ platform: 'wechat', detail }).then(
        () => undefined,
        (error) => error,
      );
      assert.deepEqual(
        [error.code, error.action, error.field, service.refusal(error).action],
        ['ERR_INPUT', 'fix-config', 'platforms.wechat.cloud', 'enter-manually'],
      );
      assert.match(error.message, name);
    }
  }
});
