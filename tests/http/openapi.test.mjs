// The OpenAPI document: it is valid, the service conforms to it, and a client can be generated from it.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Validator } from '@seriousme/openapi-schema-validator';
import openapiTS, { astToString } from 'openapi-typescript';
import { root } from '../../js/build/paths.mjs';
import { listen } from './client.mjs';
import { responseChecker } from './document.mjs';
import { phoneKit } from './phone-kit.mjs';

const { createPhoneService, createSimulator, PhoneRefusal } = phoneKit('http-openapi');
const simulator = await createSimulator();
after(() => simulator.close());

const serviceOf = (names, options) =>
  createPhoneService({
    platforms: Object.fromEntries(names.map((name) => [name, simulator.config(name)])),
    logger: false,
    ...options,
  });
const COMBINATIONS = [
  ['wechat'],
  ['dingtalk'],
  ['dingtalk', 'feishu', 'huawei'],
  ['wechat', 'dingtalk'],
  [...simulator.platforms],
];

for (const names of COMBINATIONS) {
  test(`OpenAPI 3.1, with ${names.join(', ')}`, async () => {
    const { openapi } = serviceOf(names);
    const { valid, errors } = await new Validator().validate(structuredClone(openapi));
    assert.ok(valid, JSON.stringify(errors));
    assert.match(openapi.openapi, /^3\.1\./);
    assert.deepEqual(
      Object.entries(openapi.paths).flatMap(([path, item]) => Object.keys(item).map((method) => `${method} ${path}`)),
      ['post /login', 'post /phone', 'post /logout'],
    );
    assert.deepEqual(openapi.components.schemas.LoginRequest.properties.platform.enum, names);
    assert.deepEqual(
      JSON.parse(JSON.stringify(openapi)),
      openapi,
      'the document has only values that JSON can represent',
    );
  });
}

test('the document contains basePath as its server', () => {
  assert.deepEqual(serviceOf(['wechat'], { basePath: '/mp-phone/' }).openapi.servers, [{ url: '/mp-phone' }]);
  assert.equal(serviceOf(['wechat']).openapi.servers, undefined);
});

test('the validator rejects an invalid document', async () => {
  for (const spoil of [
    (document) => delete document.info,
    (document) => (document.paths['/login'].post.responses['2xx'] = {}),
    (document) => (document.paths.login = document.paths['/login']),
  ]) {
    const document = structuredClone(serviceOf(['wechat']).openapi);
    spoil(document);
    const { valid } = await new Validator().validate(document);
    assert.equal(valid, false, String(spoil));
  }
});

test('every schema is valid: without unknown keywords and contradictions', () => {
  const { openapi } = serviceOf(simulator.platforms);
  const check = responseChecker(openapi);
  for (const [path, { post }] of Object.entries(openapi.paths))
    for (const status of Object.keys(post.responses))
      assert.match(String(check(path, Number(status.replace('XX', '99')), 'a text')), /must be object/);
  const damaged = structuredClone(openapi);
  damaged.components.schemas.LoginResponse.type = 'text';
  assert.throws(() => responseChecker(damaged)('/login', 200, {}), /type must be JSONType/);
});

test('the service can produce every status of the document, with the documented body', async () => {
  const device = simulator.device('wechat');
  const service = serviceOf(['wechat'], {
    onPhone: () => {
      throw new Error('a bug');
    },
  });
  const conforms = responseChecker(service.openapi);
  const records = new Set();
  const ask = async (path, body, { fault, type = 'application/json' } = {}) => {
    if (fault) simulator.fail('wechat', fault);
    const response = await service.fetch(
      new Request(`http://localhost${path}`, {
        method: 'POST',
        headers: { 'content-type': type },
        body: JSON.stringify(body),
      }),
    );
    simulator.heal();
    const responseBody = await response.json();
    assert.equal(conforms(path, response.status, responseBody), undefined);
    records.add(`${path} ${response.status}`);
    return responseBody;
  };
  const login = async (more) => ask('/login', { platform: 'wechat', code: await device.login() }, more);
  const { session } = await login();
  for (const path of ['/login', '/phone', '/logout']) {
    await ask(path, {});
    await ask(path, { text: 'x'.repeat(70_000) });
    await ask(path, {}, { type: 'text/plain' });
  }
  await login({ fault: { code: 40029 } });
  await login({ fault: { code: -1 } });
  const phone = async (more, session_ = session, fast = 'code') =>
    ask('/phone', { platform: 'wechat', session: session_, detail: await device.tap({ fast }) }, more);
  await phone({}, 'nobody');
  await phone({ fault: { code: 40029, endpoint: 'getuserphonenumber' } });
  await phone({ fault: { html: true, endpoint: 'getuserphonenumber' } });
  await phone();
  const working = serviceOf(['wechat']);
  const { session: own } = await (
    await working.fetch(
      new Request('http://localhost/login', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ platform: 'wechat', code: await device.login() }),
      }),
    )
  ).json();
  const response = await working.fetch(
    new Request('http://localhost/phone', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ platform: 'wechat', session: own, detail: await device.tap() }),
    }),
  );
  assert.equal(conforms('/phone', response.status, await response.json()), undefined);
  records.add(`/phone ${response.status}`);
  await ask('/logout', { session });

  // A body that does not end.
  const impatient = serviceOf(['wechat'], { limits: { bodyTimeout: 0.05 } });
  for (const path of ['/login', '/phone', '/logout']) {
    const body = new ReadableStream({ start: (stream) => stream.enqueue(Buffer.from('{')) });
    const late = await impatient.fetch(
      new Request(`http://localhost${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
        duplex: 'half',
      }),
    );
    const responseBody = await late.json();
    assert.equal(conforms(path, late.status, responseBody), undefined);
    assert.equal(responseBody.error.action, 'retry');
    records.add(`${path} ${late.status}`);
  }

  // An unavailable store is the other reason for "unavailable".
  const away = serviceOf(['wechat'], {
    store: {
      get: () => Promise.reject(new Error('x')),
      set: () => Promise.reject(new Error('x')),
      delete: () => Promise.reject(new Error('x')),
    },
  });
  const failed = await away.fetch(
    new Request('http://localhost/logout', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"session":"x"}',
    }),
  );
  assert.equal(conforms('/logout', failed.status, await failed.json()), undefined);
  records.add(`/logout ${failed.status}`);

  // Refusals of the application: with the default status, with another status, and with a status that the service also
  // uses.
  for (const status of [undefined, 451, 422]) {
    const refusing = serviceOf(['wechat'], {
      onPhone: () => {
        throw new PhoneRefusal({ code: 'number_taken', status, message: { en: 'Taken.', zh: '已被占用。' } });
      },
    });
    const received = await refusing.fetch(
      new Request('http://localhost/phone', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ platform: 'wechat', detail: await device.tap({ fast: 'code' }) }),
      }),
    );
    assert.equal(received.status, status ?? 409);
    assert.equal(conforms('/phone', received.status, await received.json()), undefined);
    records.add(`/phone ${status === 451 ? '4XX' : received.status}`);
  }

  // A session of another app in the same store.
  const map = new Map();
  const store = {
    get: async (key) => map.get(key),
    set: async (key, value) => map.set(key, value),
    delete: async (key) => map.delete(key),
  };
  const { session: foreign } = await serviceOf(['wechat'], { store }).login({
    platform: 'wechat',
    code: await device.login(),
  });
  const stranger = serviceOf(['douyin'], { store });
  const unknown = await stranger.fetch(
    new Request('http://localhost/logout', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ session: foreign }),
    }),
  );
  assert.equal(conforms('/logout', unknown.status, await unknown.json()), undefined);
  records.add(`/logout ${unknown.status}`);

  const promised = Object.entries(service.openapi.paths).flatMap(([path, { post }]) =>
    Object.keys(post.responses).map((status) => `${path} ${status}`),
  );
  // A test cannot cause a bug of the service.
  assert.deepEqual(
    promised.filter((status) => !records.has(status)),
    ['/login 500', '/logout 500'],
  );
});

test('a client that is generated from the document compiles, rejects wrong calls, and receives the number', async (t) => {
  const folder = join(root, 'target', 'openapi-client');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  symlinkSync(fileURLToPath(new URL('node_modules', import.meta.url)), join(folder, 'node_modules'));
  const service = serviceOf(simulator.platforms, { onPhone: () => ({ member: 7 }) });
  writeFileSync(join(folder, 'phone.d.ts'), astToString(await openapiTS(structuredClone(service.openapi))));
  cpSync(new URL('client.ts', import.meta.url), join(folder, 'client.ts'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  try {
    execFileSync(
      process.execPath,
      [
        'node_modules/typescript/bin/tsc',
        '--strict',
        '--target',
        'es2022',
        '--module',
        'nodenext',
        '--skipLibCheck',
        '--lib',
        'es2022,dom',
        'client.ts',
      ],
      { cwd: folder, stdio: 'pipe' },
    );
  } catch (error) {
    assert.fail(String(error.stdout));
  }
  const server = createServer(service.node);
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const baseUrl = `http://127.0.0.1:${await listen(server)}`;
  const { run } = await import(pathToFileURL(join(folder, 'client.js')));
  const device = simulator.device('wechat');
  assert.deepEqual(await run(baseUrl, await device.login(), await device.tap({ fast: 'code' })), {
    e164: `+86${device.phone}`,
    afterwards: 'login_required',
    wrong: 'fix-config',
  });
});
