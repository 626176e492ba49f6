// Every promise of the service resolves, regardless of how a request, a connection or the application's code ends.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import http2 from 'node:http2';
import { connect } from 'node:net';
import { after, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import express from 'express';
import { listen, post, send } from './client.mjs';
import { phoneKit } from './phone-kit.mjs';

const { createPhoneService, createSimulator } = phoneKit('http-endings');
const simulator = await createSimulator();
after(() => simulator.close());
const unhandled = [];
for (const event of ['unhandledRejection', 'uncaughtException']) process.on(event, (reason) => unhandled.push(reason));

function serviceOf(options) {
  const events = [];
  const errors = [];
  const service = createPhoneService({
    platforms: { wechat: simulator.config('wechat') },
    logger: false,
    onEvent: (event) => events.push(event),
    onError: (error) => errors.push(error),
    ...options,
  });
  return { service, events, errors };
}

/** `'settled'`, `'rejected: …'`, or `'waits'` after two seconds. */
const outcome = (promise) =>
  Promise.race([
    promise.then(
      () => 'settled',
      (error) => `rejected: ${error}`,
    ),
    sleep(2000, 'waits', { ref: false }),
  ]);

async function serve(t, listener, make = createServer) {
  const server = make(listener);
  const sessions = new Set();
  server.on('session', (session) => sessions.add(session));
  t.after(() => {
    server.closeAllConnections?.();
    for (const session of sessions) session.destroy();
    server.close();
  });
  return listen(server);
}

const HALF = 'POST /login HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 40\r\n\r\n{';

describe('a client that disconnects', () => {
  const { service, events } = serviceOf();
  /** Sends a complete or incomplete request; the caller closes the socket. */
  const client = async (port, text) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => {});
    await once(socket, 'connect');
    socket.write(text);
    return socket;
  };

  test('before the service is called and the body is read', async (t) => {
    const outcomes = [];
    const called = new Promise((resolve) => {
      let left = 20;
      serve(t, async (request, response) => {
        request.on('error', () => {});
        await once(response, 'close');
        outcomes.push(await outcome(service.node(request, response)));
        if (!--left) resolve();
      }).then(async (port) => {
        for (let i = 0; i < 20; i++)
          client(port, HALF).then((socket) =>
            setTimeout(() => (i % 2 ? socket.destroy() : socket.resetAndDestroy()), 20),
          );
      });
    });
    await called;
    assert.deepEqual([...new Set(outcomes)], ['settled']);
    assert.equal(events.at(-1).reason, 'the client closed the connection before the body had arrived');
  });

  test('while the body arrives, and while the service works', async (t) => {
    for (const text of [HALF, `${HALF}${' '.repeat(38)}}`]) {
      let settled;
      const port = await serve(t, (request, response) => (settled = outcome(service.node(request, response))));
      const socket = await client(port, text);
      while (!settled) await sleep(5);
      socket.resetAndDestroy();
      assert.equal(await settled, 'settled');
    }
  });

  test('with HTTP/2: before and during the call; a client that stays gets its response', async (t) => {
    const outcomes = [];
    let wait = 0;
    const port = await serve(
      t,
      async (request, response) => {
        request.on('error', () => {});
        await sleep(wait);
        outcomes.push(await outcome(service.node(request, response)));
      },
      http2.createServer,
    );
    const session = http2.connect(`http://127.0.0.1:${port}`);
    session.on('error', () => {});
    t.after(() => session.destroy());
    const headers = { ':method': 'POST', ':path': '/login', 'content-type': 'application/json' };
    for (wait of [0, 150]) {
      const stream = session.request(headers, { endStream: false });
      stream.on('error', () => {});
      stream.write('{');
      await sleep(50);
      stream.close(http2.constants.NGHTTP2_CANCEL);
      await sleep(300);
    }
    assert.deepEqual(outcomes, ['settled', 'settled']);
    wait = 0;
    for (const [body, status] of [
      [JSON.stringify({ platform: 'wechat', code: await simulator.device('wechat').login() }), 200],
      ['x'.repeat(70_000), 413],
    ]) {
      const stream = session.request(headers);
      stream.on('error', () => {});
      stream.end(body);
      const [responseHeaders] = await once(stream, 'response');
      assert.equal(responseHeaders[':status'], status);
      stream.close();
    }
    session.destroy();
  });
});

describe('a body that never ends', () => {
  const { service, events } = serviceOf({ limits: { bodyTimeout: 0.2 } });
  const late = (status, text) =>
    assert.deepEqual([status, JSON.parse(text).error.action, events.at(-1).code], [408, 'retry', 'HTTP 408']);

  test('as a stream of a Request: the stream is cancelled', async () => {
    let cancelled = false;
    const body = new ReadableStream({
      start: (stream) => stream.enqueue(Buffer.from('{')),
      cancel: () => void (cancelled = true),
    });
    const response = await service.fetch(
      new Request('http://localhost/login', {
        method: 'POST',
        duplex: 'half',
        headers: { 'content-type': 'application/json' },
        body,
      }),
    );
    late(response.status, await response.text());
    assert.equal(cancelled, true);
  });
  test('over HTTP: the connection is closed', async (t) => {
    const port = await serve(t, service.node);
    const socket = connect(port, '127.0.0.1', () => socket.write(HALF));
    let text = '';
    socket.setEncoding('utf8').on('data', (part) => (text += part));
    await once(socket, 'close');
    assert.match(text, /connection: close/i);
    late(Number(text.slice(9, 12)), text.slice(text.indexOf('\r\n\r\n') + 4));
  });
  test('a stream that fails, that yields texts, or that was already read', async () => {
    const ask = async (body, read = () => {}) => {
      const request = new Request('http://localhost/login', {
        method: 'POST',
        duplex: 'half',
        headers: { 'content-type': 'application/json' },
        body,
      });
      await read(request);
      return (await service.fetch(request)).status;
    };
    assert.equal(await ask(new ReadableStream({ pull: (stream) => stream.error(new Error('gone')) })), 400);
    assert.equal(await ask(new ReadableStream({ pull: (stream) => stream.error() })), 400);
    assert.equal(await ask(new ReadableStream({ start: (stream) => (stream.enqueue('{}'), stream.close()) })), 400);
    for (const read of [(request) => request.text(), (request) => void request.body.getReader()]) {
      assert.equal(await ask('{}', read), 500);
      assert.match(events.at(-1).reason, /^the body has been read already/);
    }
  });
});

describe('a response that another handler has already sent', () => {
  const { service, errors } = serviceOf();
  for (const [when, respond] of Object.entries({
    'headers sent': (response) => response.writeHead(503),
    'ended before the call': (response) => response.end('mine'),
    'ended while the service works': (response) => void setTimeout(() => response.end('mine'), 5),
    destroyed: (response) => response.destroy(),
    'whose functions throw': (response) =>
      (response.writeHead = () => {
        throw new Error('not mine');
      }),
  })) {
    test(when, async (t) => {
      let settled;
      const port = await serve(t, (request, response) => {
        respond(response);
        settled = outcome(service.node(request, response)).finally(() => response.destroy());
      });
      await send(port, { path: '/login', ...post({ platform: 'wechat', code: 'x' }) }).catch(() => {});
      assert.equal(await settled, 'settled');
    });
  }
  after(() =>
    assert.deepEqual(
      errors.map(({ message }) => message),
      ['not mine'],
    ),
  );
});

// Values that an application may return or throw. For a result that is not JSON the response is a 500, and onError
// receives the error.
const cycle = {};
cycle.cycle = cycle;
const flaky = (failsAt) => () => {
  let n = 0;
  return {
    toJSON: () => {
      if (++n >= failsAt) throw new Error('flaky');
      return n;
    },
  };
};
const hostile = () =>
  new Proxy(
    {},
    {
      get: () => {
        throw new Error('trap');
      },
      getPrototypeOf: () => {
        throw new Error('trap');
      },
      ownKeys: () => {
        throw new Error('trap');
      },
    },
  );
const APPLICATIONS = {
  'a BigInt': () => 1n,
  'a cycle': () => cycle,
  'a toJSON that throws on the first call': flaky(1),
  'a toJSON that throws on the second call': flaky(2),
  'a toJSON that throws on the third call': flaky(3),
  'a toJSON that throws on the fourth call': flaky(4),
  'a toJSON that throws on the fifth call': flaky(5),
  'a proxy whose traps throw': hostile,
  'a getter that throws': () => ({
    get result() {
      throw new Error('getter');
    },
  }),
  '20 MB': () => 'x'.repeat(20e6),
  'a function': () => () => {},
  'a symbol': () => Symbol('x'),
  'a toJSON that returns undefined': () => ({ toJSON: () => undefined }),
  'a thenable that throws': () => ({
    get then() {
      throw new Error('then');
    },
  }),
  'a thrown undefined': () => {
    throw undefined;
  },
  'a thrown proxy whose traps throw': () => {
    throw hostile();
  },
  'a thrown error whose name throws': () => {
    throw Object.defineProperty(new Error('x'), 'name', {
      get: () => {
        throw new Error('name');
      },
    });
  },
  'a rejection with null': () => Promise.reject(null),
};
const ADAPTERS = {
  node: async (t, { service }, body) => {
    const { status, text } = await send(await serve(t, service.node), { path: '/phone', ...post(body) });
    return [status, JSON.parse(text)];
  },
  fetch: async (t, { service }, body) => {
    const response = await service.fetch(new Request('http://localhost/phone', { method: 'POST', ...post(body) }));
    return [response.status, await response.json()];
  },
  'an HTTP event': async (t, { service }, body) => {
    const { statusCode, body: text } = await service.cloud({ httpMethod: 'POST', path: '/phone', ...post(body) });
    return [statusCode, JSON.parse(text)];
  },
  'a call': async (t, { service }, body) => {
    const received = await service.cloud({ path: '/phone', body });
    const plain = JSON.parse(JSON.stringify(received));
    assert.deepEqual(received, plain, 'the result is plain data, which the platform can serialise');
    return [received.error ? 500 : 200, received];
  },
};
for (const [label, onPhone] of Object.entries(APPLICATIONS)) {
  test(`onPhone with ${label}: every adapter responds`, async (t) => {
    const kit = serviceOf({ onPhone });
    const device = simulator.device('wechat');
    const { session } = await kit.service.login({ platform: 'wechat', code: await device.login() });
    for (const [adapter, ask] of Object.entries(ADAPTERS)) {
      for (const fast of ['code', 'sealed']) {
        kit.errors.length = 0;
        const [status, body] = await ask(t, kit, { platform: 'wechat', session, detail: await device.tap({ fast }) });
        if (status === 200) assert.equal(body.phone.nationalNumber, device.phone, adapter);
        else
          assert.deepEqual([status, body.error.code, kit.errors.length], [500, 'internal', 1], `${adapter}, ${fast}`);
      }
    }
  });
}

// limits.body counts bytes, for every form of a body.
const LIMIT = 1000;
const bodyOf = (size, letter) => {
  const empty = Buffer.byteLength(JSON.stringify({ session: 'x', junk: '' }));
  return {
    session: 'x',
    junk: letter.repeat(Math.floor((size - empty) / Buffer.byteLength(JSON.stringify(letter).slice(1, -1)))),
  };
};
const event = { httpMethod: 'POST', path: '/logout', headers: { 'content-type': 'application/json' } };
const FORMS = {
  'a Request': async (service, value) =>
    (await service.fetch(new Request('http://localhost/logout', { method: 'POST', ...post(value) }))).status,
  'an event with text': async (service, value) =>
    (await service.cloud({ ...event, body: JSON.stringify(value) })).statusCode,
  'an event with base64': async (service, value) =>
    (
      await service.cloud({
        ...event,
        isBase64Encoded: true,
        body: Buffer.from(JSON.stringify(value)).toString('base64'),
      })
    ).statusCode,
  'an event with an object': async (service, value) => (await service.cloud({ ...event, body: value })).statusCode,
  'an event as bytes': async (service, value) =>
    (await service.cloud(Buffer.from(JSON.stringify({ ...event, body: JSON.stringify(value) })))).statusCode,
  'a call': async (service, value) => ('error' in (await service.cloud({ path: '/logout', body: value })) ? 413 : 200),
  'a call, as text': async (service, value) =>
    'error' in (await service.cloud(JSON.stringify({ path: '/logout', body: value }))) ? 413 : 200,
  'Node, a stream': async (service, value, t) =>
    (await send(await serve(t, service.node), { path: '/logout', ...post(value), chunked: true })).status,
  'Node, parsed by other middleware': async (service, value, t) =>
    (
      await send(await serve(t, express().use(express.json({ limit: '1mb' }), service.node)), {
        path: '/logout',
        ...post(value),
        chunked: true,
      })
    ).status,
};
for (const [form, ask] of Object.entries(FORMS)) {
  test(`${form}: the limit of a body is in bytes`, async (t) => {
    const { service } = serviceOf({ limits: { body: LIMIT } });
    for (const letter of ['y', '好', '\n', '"', '𠀀', '\u0001']) {
      assert.equal(await ask(service, bodyOf(LIMIT, letter), t), 200, JSON.stringify(letter));
      assert.equal(await ask(service, bodyOf(LIMIT + 12, letter), t), 413, JSON.stringify(letter));
    }
  });
}

test('the size of an object is counted only up to the limit', async () => {
  const { service } = serviceOf({ limits: { body: LIMIT } });
  const wide = Array.from({ length: 2_000_000 }, () => 1);
  const deep = JSON.parse(`${'['.repeat(5000)}${']'.repeat(5000)}`);
  const members = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`m${i}`, i]));
  for (const [subject, junk] of Object.entries({
    bytes: new Uint8Array(20e6),
    cycle,
    wide,
    deep,
    members,
    long: 'x'.repeat(50e6),
    names: { ['x'.repeat(5e6)]: 1 },
    numbers: Array(300).fill(123456),
    nulls: Array(300).fill(null),
  })) {
    const start = process.cpuUsage();
    const answer = await service.cloud({ path: '/logout', body: { session: 'x', junk } });
    assert.equal(answer.error?.code, 'invalid_request', subject);
    assert.ok(process.cpuUsage(start).user < 500_000, subject);
  }
  const { service: plain } = serviceOf();
  assert.deepEqual(
    await plain.cloud({ path: '/logout', body: { session: 'x', big: 1n, nothing: undefined } }),
    {},
    'values that JSON does not have are not rejected',
  );
});

test('an event whose getters throw counts as empty', async () => {
  const { service } = serviceOf();
  const trap = () => {
    throw new Error('trap');
  };
  const events = [
    {
      get path() {
        return trap();
      },
    },
    {
      httpMethod: 'POST',
      path: '/login',
      headers: {
        get x() {
          return trap();
        },
      },
    },
    {
      requestContext: {
        get http() {
          return trap();
        },
      },
    },
    {
      path: '/login',
      body: {
        get platform() {
          return trap();
        },
      },
    },
    {
      path: '/phone',
      cloudID: 'x',
      body: {
        platform: 'wechat',
        get detail() {
          return trap();
        },
      },
    },
    {
      path: '/phone',
      body: {
        platform: 'wechat',
        detail: {
          get code() {
            return trap();
          },
        },
      },
    },
    new Proxy({}, { get: trap, has: trap, ownKeys: trap }),
    { httpMethod: 'POST', path: '/login', headers: new Proxy({}, { ownKeys: trap }) },
    { path: '/login', body: 1n },
    { path: '/login', body: Symbol('x') },
    { path: '/login', body: () => {} },
    { path: '/login', body: { platform: 'wechat', code: 1n } },
  ];
  for (const [index, event] of events.entries()) {
    const answer = await service.cloud(event, {
      get SPACEINFO() {
        return trap();
      },
    });
    assert.ok((answer.error ?? JSON.parse(answer.body).error).code, `event ${index}`);
  }
});

test('none of these tests caused an unhandled rejection or exception', () => assert.deepEqual(unhandled, []));
