// A member that a vulnerable library put on Object.prototype must not act as a member of the service's own objects.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createPhoneService, PhoneRefusal } from './service.mjs';

/** An object without a prototype is not polluted. So only the objects of the service itself can be polluted here. */
const bare = (members) => Object.assign(Object.create(null), members);

const number = '13800138000';
const NUMBER = {
  phoneNumber: number,
  purePhoneNumber: number,
  countryCode: '86',
  watermark: { timestamp: 1, appid: 'wx1' },
};
const RESPONSES = new Map([
  ['jscode2session', JSON.stringify({ openid: 'o1', session_key: 'AAECAwQFBgcICQoLDA0ODw==' })],
  ['stable_token', JSON.stringify({ access_token: 'T', expires_in: 7200 })],
  ['getuserphonenumber', JSON.stringify({ errcode: 0, phone_info: NUMBER })],
]);

/** A login, phone requests that succeed and fail, and a logout: all requests, responses and events. */
async function scenario({ withStore, onPhone }) {
  const [log, map] = [[], new Map()];
  const note = (...label) => void log.push(JSON.stringify(label).replace(/"session\\?":\\?"[^"]+"/, ''));
  const fetch = async (url, { method, headers, body }) => {
    note(url, method, headers, body);
    const response = RESPONSES.get(/(\w+)(?:\?|$)/.exec(url)[1]);
    return bare({ status: 200, headers: bare({ get: () => null }), body: undefined, text: async () => response });
  };
  const set = async (key, value) => void map.set(key, value);
  const store = bare({ get: async (key) => map.get(key), set, delete: async (key) => map.delete(key) });
  const platforms = bare({ wechat: bare({ appId: 'wx1', appSecret: 's' }) });
  const limits = bare({ maxAge: Infinity });
  const service = createPhoneService(
    bare({ platforms, fetch, onPhone, logger: false, now: () => 1e12, limits, ...(withStore && { store }) }),
  );
  const step = async (work) => note(await work().catch((error) => [error.code, service.refusal(error)]));
  const requestOf = (session, detail) =>
    bare({ platform: 'wechat', session, detail: bare(detail), request: undefined });

  let session;
  await step(async () => {
    const { user, expiresIn, ...login } = await service.login(bare({ platform: 'wechat', code: 'login' }));
    ({ session } = login);
    return [user, expiresIn];
  });
  const [code, another, third] = ['c', 'd', 'e'].map((letter) => letter.repeat(64));
  for (const [owner, detail] of [
    [session, { code }],
    [session, { code }],
    [undefined, { code: another }],
    ['nobody', { code }],
    [session, { encryptedData: 'AAAA' }],
  ])
    await step(() => service.phone(requestOf(owner, detail)));
  const headers = bare({ 'content-type': 'application/json' });
  for (const [path, body] of [
    ['/login', { platform: 'wechat', code: 'again' }],
    ['/phone', { platform: 'wechat', session, detail: { code } }],
    ['/phone', { platform: 'wechat', detail: { code: third } }],
    ['/phone', { platform: 'wechat' }],
    ['/nowhere', {}],
    ['/logout', { session }],
  ])
    await step(() => service.cloud(bare({ httpMethod: 'POST', path, headers, body: JSON.stringify(body) })));
  return log;
}

const NAMES = [
  // Stored values and outcomes.
  ...['json', 'notJson', 'refusal', 'outcome', 'repeated', 'owner', 'phone', 'user', 'app', 'ends', 'sessionKey'],
  ...['session', 'expiresIn', 'e', 'v', 'token', 'expires', 'since'],
  // Users and errors.
  ...['openId', 'userId', 'unionId', 'unionid', 'code', 'action', 'field', 'platformCode', 'rid', 'cause'],
  ...['retry', 'status', 'message', 'en'],
  // Requests and responses.
  ...['query', 'headers', 'form', 'errcode', 'phone_info', 'openid', 'session_key'],
  ...['result', 'way', 'request', 'detail', 'platform', 'cloudID', 'encryptedData'],
  // Options and clients.
  ...[
    'limits',
    'maxAge',
    'store',
    'setIfAbsent',
    'methods',
    'cloud',
    'component',
    'checkOpenId',
    'baseUrl',
    'basePath',
  ],
  ...['cors', 'diagnose', 'onError', 'caller', 'login', 'open', 'byCode', 'byCloudId', 'fingerprint'],
  // Keywords of JSON Schema.
  ...['$ref', '$id', 'id', 'enum', 'const', 'not', 'if', 'allOf', 'anyOf', 'oneOf', 'type', 'pattern', 'required'],
  ...['maxLength', 'maxProperties', 'dependencies', 'properties', 'additionalProperties'],
];

const SCENARIOS = {
  'a result': { onPhone: async () => undefined },
  'a shared store': { withStore: true },
  'a refusal': {
    onPhone: () => Promise.reject(new PhoneRefusal(bare({ code: 'taken', message: bare({ en: 'a', zh: 'b' }) }))),
  },
};

for (const [name, options] of Object.entries(SCENARIOS)) {
  test(`a login and its phone requests do not depend on Object.prototype: ${name}`, async () => {
    const expected = await scenario(options);
    assert.ok(expected.length > 15);
    for (const member of NAMES) {
      for (const value of [true, 'evil', { json: '"evil"', code: 'evil', en: 'evil' }]) {
        Object.prototype[member] = value;
        let actual;
        try {
          actual = await scenario(options).catch(String);
        } finally {
          delete Object.prototype[member];
        }
        assert.deepEqual(actual, expected, `${member}: ${typeof value}`);
      }
    }
  });
}
