// Secrets must not leak: in complete flows of every platform, events, log lines, errors and responses contain no
// secret.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { inspect } from 'node:util';
import { post } from './client.mjs';
import { phoneKit, rejectedPayloads } from './phone-kit.mjs';
import { canary, rejectedBodies, rejectedRequests } from './requests.mjs';

const { createPhoneService, createSimulator } = phoneKit('http-secrets');
const simulator = await createSimulator();
after(() => simulator.close());

const PHONE = '13800138999';
const FAULTS = [
  { code: -1 },
  { status: 502 },
  { html: true },
  { empty: true },
  { text: 'text that is not JSON' },
  { drop: true },
  { hang: true },
];

// Members of the platforms' requests and responses that are secret or from which secrets can be obtained.
const SECRET =
  /secret|token|^code$|code$|session_?key|^sk$|sign|private|aes|phone|mobile|authorization|^data$|encrypted/i;
const HARMLESS =
  /^(authorization_code|client_credentials?|code|errcode|\d{1,6}|refresh_token|hmac_sha256|RSA2?|AES|true|false|86|0086|countryCode)$/;

/** Collects the secrets in requests and responses. */
class Secrets {
  values = new Map();

  add(name, value) {
    if (typeof value === 'string' && value.length >= 8 && !HARMLESS.test(value)) this.values.set(value, name);
  }

  /** @param codes whether codes are secret; in a platform's response they are error codes */
  members(value, name = '', codes = true) {
    if (value && typeof value === 'object')
      for (const [member, inner] of Object.entries(value)) this.members(inner, member, codes);
    else if (SECRET.test(name) && (codes || !/code$/i.test(name))) this.add(name, value);
  }

  text(text, codes) {
    try {
      this.members(JSON.parse(text), '', codes);
    } catch {
      for (const [name, value] of new URLSearchParams(text)) this.members(value, name);
    }
  }

  /** The names of the secrets that a text contains, also in base64 or percent-encoded. */
  in(text) {
    const excerpts = [];
    for (const [value, name] of this.values)
      for (const form of [
        value,
        encodeURIComponent(value),
        Buffer.from(value).toString('base64').replace(/=+$/, ''),
        JSON.stringify(value).slice(1, -1),
      ])
        if (text.includes(form)) excerpts.push(name);
    return [...new Set(excerpts)];
  }
}

/** A service whose outputs are all recorded, and that collects the secrets of its requests to the platform. */
function watched(platform, options = {}) {
  const secrets = new Secrets();
  const records = [];
  const config = simulator.config(platform);
  for (const [name, value] of Object.entries(config))
    if (!['baseUrl', 'appId', 'appKey', 'clientId', 'alipayPublicKey'].includes(name)) secrets.add(name, value);
  const fetch = async (url, init) => {
    secrets.text(new URL(url).search.slice(1));
    secrets.members(init.headers);
    if (init.body) secrets.text(init.body);
    const response = await globalThis.fetch(url, init);
    const text = await response.text();
    secrets.text(text, false);
    return { status: response.status, headers: response.headers, text: async () => text };
  };
  const keep =
    (where) =>
    (...values) =>
      records.push([
        where,
        values
          .map((value) =>
            typeof value === 'string' ? value : inspect(value, { depth: 9, maxStringLength: null, showHidden: true }),
          )
          .join(' '),
      ]);
  const service = createPhoneService({
    platforms: { [platform]: config },
    fetch,
    logger: { info: keep('log'), warn: keep('log'), error: keep('log') },
    onEvent: (event) => keep('event')(JSON.stringify(event)),
    onError: keep('onError'),
    limits: { timeout: 0.3 },
    ...options,
  });

  /** Sends requests over HTTP and directly; records the responses and errors. */
  async function ask(path, body) {
    secrets.members(body.detail, 'data');
    secrets.add('code', body.code);
    const response = await service.fetch(new Request(`http://localhost/${path}`, { method: 'POST', ...post(body) }));
    const text = await response.text();
    const responseBody = JSON.parse(text);
    // Number and session are the purpose of these responses, not leaks.
    if (responseBody.phone) Object.assign(responseBody, { phone: 'expected' });
    if (responseBody.session) {
      secrets.add('session', responseBody.session);
      keep('answer')(JSON.stringify({ ...responseBody, session: 'expected' }));
    } else keep('answer')(JSON.stringify(responseBody), JSON.stringify([...response.headers]));
    return { status: response.status, ...JSON.parse(text) };
  }

  async function raw(request) {
    const response = await service.fetch(request);
    keep('answer')(await response.text(), JSON.stringify([...response.headers]));
  }

  async function direct(call, request) {
    secrets.members(request.detail, 'data');
    secrets.add('code', request.code);
    try {
      await service[call](request);
    } catch (error) {
      keep('error')(
        error,
        error.message,
        error.stack,
        String(error.cause),
        JSON.stringify(error),
        JSON.stringify(Object.getOwnPropertyDescriptors(error)),
      );
    }
  }
  return { ask, direct, raw, secrets, records, config };
}

function leaks({ secrets, records: visited }) {
  secrets.add('phone', PHONE);
  return visited.flatMap(([where, text]) =>
    secrets.in(text).map((name) => `${name} in ${where}: ${text.slice(0, 300)}`),
  );
}

const count = ({ secrets, records: observed }) =>
  `${secrets.values.size} secrets (${[...new Set(secrets.values.values())].sort().join(', ')}) searched in ${observed.length} texts`;

/** Logs in, if the platform has logins. */
async function logIn(service, platform, device) {
  const { session } = await service.ask('login', { platform, code: await device.login() });
  return session;
}

const variants = (detail) => [detail, ...(detail.code && detail.encryptedData ? [{ ...detail, code: undefined }] : [])];

for (const platform of simulator.platforms) {
  test(`${platform}: numbers, keys, codes, tokens, secrets, sessions and payloads do not leak`, async (t) => {
    const service = watched(platform);
    const device = simulator.device(platform, { phone: PHONE });
    const session = await logIn(service, platform, device);
    for (const detail of variants(await device.tap())) {
      const { status, phone } = await service.ask('phone', { platform, session, detail });
      assert.deepEqual([status, phone?.nationalNumber], [200, PHONE]);
      await service.ask('phone', { platform, session, detail });
      await service.ask('phone', { platform, session: `${session}x`, detail });
      await service.ask('phone', { platform, detail });
      await service.direct('phone', { platform, session: `${session}x`, detail });
    }
    // The same login code again, and an invented one.
    const spent = await device.login();
    for (const code of [spent, spent, 'a-code-that-does-not-exist', 'x"y']) {
      await service.ask('login', { platform, code });
      await service.direct('login', { platform, code });
      await service.ask('phone', { platform, session, detail: { code } });
      await service.direct('phone', { platform, session, detail: { code } });
    }
    const payloads = (() => {
      try {
        return Object.values(rejectedPayloads(device, service.config.appId ?? '', simulator.now()));
      } catch {
        return [];
      }
    })();
    for (const detail of payloads) {
      await service.ask('phone', { platform, session, detail });
      await service.direct('phone', { platform, session, detail });
    }
    simulator.revokeToken(platform);
    await service.ask('phone', { platform, session, detail: await device.tap() });
    // Every fault of the platform, for requests with the secret in URL and body.
    for (const fault of FAULTS) {
      simulator.fail(platform, { ...fault, times: Infinity });
      const fresh = watched(platform);
      await fresh.direct('login', { platform, code: await device.login() });
      await fresh.ask('phone', { platform, detail: await device.tap() });
      await service.ask('login', { platform, code: await device.login() });
      await service.direct('phone', { platform, session, detail: await device.tap() });
      simulator.heal(platform);
      assert.deepEqual(leaks(fresh), [], JSON.stringify(fault));
    }
    if (session) await service.ask('logout', { session });
    t.diagnostic(count(service));
    assert.ok(service.secrets.values.size >= 5 && service.records.length >= 30, count(service));
    assert.deepEqual(leaks(service), []);
  });
}

test('the default logger writes failures without secrets', async (t) => {
  const lines = [];
  for (const level of ['log', 'info', 'warn', 'error', 'debug'])
    t.mock.method(console, level, (...subject) => lines.push(['console', subject.join(' ')]));
  const service = watched('wechat', { logger: undefined });
  const device = simulator.device('wechat', { phone: PHONE });
  const session = await logIn(service, 'wechat', device);
  await service.ask('login', { platform: 'wechat', code: 'a-code-that-does-not-exist' });
  for (const detail of [
    ...variants(await device.tap()),
    ...Object.values(rejectedPayloads(device, 'wx', simulator.now())),
  ])
    await service.ask('phone', { platform: 'wechat', session, detail });
  t.mock.restoreAll();
  assert.ok(lines.length > 10, `${lines.length} lines`);
  assert.deepEqual(leaks({ secrets: service.secrets, records: lines }), []);
});

test('rejected input does not appear in an output', async () => {
  const service = watched('wechat');
  const device = simulator.device('wechat', { phone: PHONE });
  const session = await logIn(service, 'wechat', device);
  service.secrets.add('input', canary);
  const rows = [
    ...rejectedBodies({ session, alipaySession: 'of-another-platform', detail: await device.tap({ fast: 'sealed' }) }),
    ...rejectedRequests(),
  ];
  for (const { method = 'POST', path, headers, body } of rows) {
    await service.raw(
      new Request(`http://localhost${path}`, { method, headers, body: /GET|HEAD/.test(method) ? undefined : body }),
    );
  }
  assert.ok(service.records.length > rows.length);
  assert.deepEqual(leaks(service), []);
});

test('control: the search finds known secrets', () => {
  const secrets = new Secrets();
  secrets.text('{"session_key":"tiihtNczf5v6AKRyjwEUhQ==","data":{"access_token":"T/+3456789"}}');
  secrets.text('appid=wx123456789&secret=abcdef0123456789');
  assert.deepEqual([...secrets.values.values()], ['session_key', 'access_token', 'secret']);
  for (const [text, name] of [
    ['… tiihtNczf5v6AKRyjwEUhQ== …', 'session_key'],
    ['https://x/?access_token=T%2F%2B3456789', 'access_token'],
    [Buffer.from('abcdef0123456789').toString('base64'), 'secret'],
  ])
    assert.deepEqual(secrets.in(text), [name]);
});

test('an error that onPhone throws goes only to onError', async () => {
  class QuotaError extends Error {}
  const text = 'secret-of-the-application';
  const thrown = new QuotaError(text, { cause: new Error(`${text}-cause`) });
  Object.assign(thrown, { name: 'QuotaError', code: text, detail: { text } });
  const others = [
    thrown,
    text,
    { text },
    null,
    undefined,
    42,
    Object.assign(new Error(text), { code: 'ERR_DECRYPT', action: 'login-again', field: text, name: 'PhoneError' }),
  ];
  for (const description of others) {
    const errors = [];
    const service = watched('wechat', {
      onPhone: () => Promise.reject(description),
      onError: (...parameters) => errors.push(parameters),
    });
    service.secrets.add('text', text);
    const device = simulator.device('wechat', { phone: PHONE });
    const session = await logIn(service, 'wechat', device);
    for (const detail of variants(await device.tap())) {
      const { status, error } = await service.ask('phone', { platform: 'wechat', session, detail });
      assert.deepEqual([status, error.code, error.action], [500, 'internal', 'retry']);
    }
    assert.deepEqual(
      errors.map(([error]) => error === description),
      [true, true],
      inspect(description),
    );
    assert.ok(errors.every(([, request]) => request instanceof Request));
    assert.equal(
      service.records.filter(([where, line]) => where === 'event' && JSON.parse(line).event === 'error').length,
      2,
    );
    assert.deepEqual(leaks(service), []);
  }
});

test(
  'a result that is not JSON causes an internal error, even if onError throws; ' + 'onPhone runs once for each code',
  async () => {
    const loop = {};
    loop.self = loop;
    const flaky = {
      toJSON() {
        throw new Error('secret-of-the-application');
      },
    };
    for (const result of [loop, 1n, flaky, () => {}, Symbol('x'), 'x'.repeat(20_000_000)]) {
      const errors = [];
      let ran = 0;
      const service = watched('wechat', {
        onPhone: () => (ran++, result),
        onError: (error) => {
          errors.push(error);
          throw new Error('secret-of-the-application');
        },
      });
      service.secrets.add('text', 'secret-of-the-application');
      const device = simulator.device('wechat', { phone: PHONE });
      const session = await logIn(service, 'wechat', device);
      const [both, sealed] = variants(await device.tap());
      const responses = [];
      for (const detail of [both, both, sealed])
        responses.push(await service.ask('phone', { platform: 'wechat', session, detail }));
      for (const response of responses) assert.deepEqual(response, responses[0]);
      assert.deepEqual([responses[0].status, responses[0].error.code], [500, 'internal']);
      assert.deepEqual([ran, errors.length], [2, 3], 'once for the code, once for the payload');
      assert.ok(errors.every((error) => error instanceof TypeError));
      assert.equal(
        service.records.filter(([where, line]) => where === 'event' && JSON.parse(line).event === 'error').length,
        3,
      );
      assert.deepEqual(leaks(service), []);
    }
  },
);
