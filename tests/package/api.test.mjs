// The errors of the packed package.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { root } from '../../js/build/paths.mjs';
import { inFolder, withSealed } from '../../js/build/platforms.mjs';
import { install, requireIn } from '../support/installed.mjs';

const folder = install('api');
const api = requireIn(folder)('mp-phone');

const vectors = Object.fromEntries(
  [...inFolder('tests/vectors', 'json'), 'common'].map((name) => [
    name,
    JSON.parse(readFileSync(join(root, 'tests', 'vectors', `${name}.json`), 'utf8')).cases,
  ]),
);
const opens = (platform, matches = () => true) =>
  vectors[platform].find((vector) => vector.call === 'openPhone' && vector.returns && matches(vector.args));

/** Every text of more than seven characters in a value, at any depth. */
function texts(value, result = new Set()) {
  if (typeof value === 'string' && value.length > 7) result.add(value);
  else if (value && typeof value === 'object') for (const inner of Object.values(value)) texts(inner, result);
  return result;
}

const wechat = opens('wechat', ([, keys]) => typeof keys.sessionKey === 'string').args;
const alipay = opens(
  'alipay',
  ([sealed, keys]) => typeof sealed.response === 'string' && sealed.sign && typeof keys.alipayPublicKey === 'string',
).args;
const change = ([sealed, keys, options], { sealed: s = {}, keys: k = {}, options: o = {} }) => [
  { ...sealed, ...s },
  { ...keys, ...k },
  { ...options, ...o },
];

const TABLE = [
  ['ERR_INPUT', 'iv', () => api.openPhone(...change(wechat, { sealed: { iv: '' } }))],
  ['ERR_INPUT', 'platform', () => api.openPhone(...change(wechat, { sealed: { platform: 'taobao-secret' } }))],
  ['ERR_INPUT', 'maxAge', () => api.openPhone(...change(wechat, { options: { maxAge: '600-secret' } }))],
  ['ERR_INPUT', 'allowUnsigned', () => api.openPhone(...change(alipay, { options: { allowUnsigned: 'yes-secret' } }))],
  [
    'ERR_ENCODING',
    'encryptedData',
    () => api.openPhone(...change(wechat, { sealed: { encryptedData: 'not base64 at all' } })),
  ],
  [
    'ERR_LENGTH',
    'sessionKey',
    () => api.openPhone(...change(wechat, { keys: { sessionKey: randomBytes(24).toString('base64') } })),
  ],
  [
    'ERR_KEY',
    'alipayPublicKey',
    () => api.openPhone(...change(alipay, { keys: { alipayPublicKey: 'bm90IGEga2V5IGF0IGFsbA==' } })),
  ],
  [
    'ERR_SIGNATURE',
    'sign',
    () => api.openPhone(...change(alipay, { sealed: { sign: randomBytes(256).toString('base64') } })),
  ],
  [
    'ERR_DECRYPT',
    undefined,
    () => api.openPhone(...change(wechat, { keys: { sessionKey: 'c2VjcmV0LXNlY3JldC0xMg==' } })),
  ],
  ['ERR_APP_MISMATCH', undefined, () => api.openPhone(...change(wechat, { keys: { appId: 'wx-of-another-app' } }))],
  ['ERR_EXPIRED', undefined, () => api.openPhone(...change(wechat, { options: { now: wechat[2].now + 3_600_000 } }))],
  [
    'ERR_NOT_PHONE',
    undefined,
    () => api.readPhone({ platform: 'wechat', answer: { errcode: 0, errmsg: 'ok-secret' } }),
  ],
  [
    'ERR_PLATFORM',
    undefined,
    () =>
      api.readPhone({
        platform: 'wechat',
        answer: { errcode: 40029, errmsg: 'invalid code, rid: 65a1b2c3-0d4e5f60-7a8b9c0d' },
      }),
  ],
  ['ERR_NOT_READY', undefined, () => requireIn(install('not-ready'))('mp-phone/slim').openPhone(...wechat)],
];

/** Codes that other tests produce: those of mp-phone/server in tests/service, and ERR_INTERNAL in recovery.test.mjs. */
const ELSEWHERE = ['ERR_INTERNAL', 'ERR_SESSION', 'ERR_REPLAY', 'ERR_STORE', 'ERR_TIMEOUT'];

test('every error code of the core occurs, with its field and an action', () => {
  const codes = new Set();
  const inputs = texts([
    wechat,
    alipay,
    'taobao-secret',
    '600-secret',
    'yes-secret',
    'not base64 at all',
    'ok-secret',
    'invalid code',
  ]);
  for (const [code, field, call] of TABLE) {
    assert.throws(
      call,
      (error) => {
        assert.equal(error.code, code);
        assert.equal(error.field, field);
        assert.equal(error.name, 'PhoneError');
        assert.match(error.action, /^(retry|refresh-token|login-again|ask-again|enter-manually|fix-config|none)$/);
        for (const input of inputs)
          assert.ok(!`${error.message} ${error.stack}`.includes(input), `${code} shows an input`);
        return true;
      },
      code,
    );
    codes.add(code);
  }
  const declared = readFileSync(join(folder, 'node_modules/mp-phone/dist/index.d.cts'), 'utf8')
    .match(/'ERR_[A-Z_]+'/g)
    .map((text) => text.slice(1, -1));
  assert.deepEqual([...codes, ...ELSEWHERE].sort(), [...new Set(declared)].sort());
});

test('no error of any vector shows an input', () => {
  let count = 0;
  for (const vector of Object.values(vectors)
    .flat()
    .filter((vector) => vector.throws)) {
    try {
      api[vector.call](...vector.args);
    } catch (error) {
      count++;
      for (const input of texts(vector.args))
        assert.ok(!error.message.includes(input), `${vector.name}: ${error.message}`);
    }
  }
  assert.ok(count > 30, `only ${count} errors`);
});

test('a platform error has its code, action and request id', () => {
  assert.throws(
    () =>
      api.readPhone({
        platform: 'weapp',
        answer: { errcode: '40029', errmsg: 'invalid code rid: 65a1b2c3-0d4e5f60-7a8b9c0d' },
      }),
    {
      code: 'ERR_PLATFORM',
      platform: 'wechat',
      platformCode: '40029',
      action: 'ask-again',
      rid: '65a1b2c3-0d4e5f60-7a8b9c0d',
    },
  );
});

test('arguments of any type cause errors with a code, never ERR_INTERNAL', () => {
  let deep = [];
  for (let i = 0; i < 100_000; i++) deep = [deep];
  const cycle = {};
  cycle.cycle = cycle;
  const throwing = {
    get platform() {
      throw new Error('no');
    },
  };
  const odd = [
    null,
    undefined,
    0,
    NaN,
    1n,
    Symbol('s'),
    true,
    '',
    'x',
    [],
    {},
    () => {},
    new Date(),
    new Map(),
    deep,
    cycle,
    throwing,
    new Proxy(
      {},
      {
        get() {
          throw 1;
        },
      },
    ),
    Object.create(null),
    new Uint8Array(3),
    'x'.repeat(8_000_000),
  ];
  for (const name of ['openPhone', 'readPhone', 'verifyRawData']) {
    for (const first of odd)
      for (const second of [undefined, ...odd])
        assert.throws(() => api[name](first, second), { code: 'ERR_INPUT', name: 'PhoneError' });
  }
  for (const platform of withSealed) {
    for (const value of odd) {
      const sealed = {
        platform,
        encryptedData: value,
        iv: value,
        data: value,
        response: value,
        sign: value,
        signType: value,
        charset: value,
        answer: value,
      };
      const keys = {
        appId: 'wx',
        appKey: 'k',
        sessionKey: value,
        privateKey: value,
        alipayPublicKey: value,
        aesKey: value,
      };
      for (const call of [
        () => api.openPhone(sealed, keys),
        () => api.openPhone(sealed, { ...keys, sessionKey: 'AAECAwQFBgcICQoLDA0ODw==' }),
        () => api.readPhone(sealed),
      ]) {
        assert.throws(call, (error) => error instanceof api.PhoneError && error.code !== 'ERR_INTERNAL');
      }
    }
    assert.throws(
      () =>
        api.openPhone(
          {
            platform,
            get encryptedData() {
              throw 1;
            },
            get response() {
              throw 1;
            },
          },
          { appId: 'a', appKey: 'a' },
        ),
      { code: 'ERR_INPUT' },
    );
  }
  for (const value of odd) assert.equal(api.platformOf(value), undefined);
  for (const value of odd.filter((value) => !['x'].includes(value) && !(value instanceof Uint8Array)))
    assert.throws(() => api.signSession(value), { name: 'PhoneError' });
});

test('__proto__ in a payload is not a prototype', () => {
  const response = '{"errcode":0,"phone_info":{"__proto__":{"phoneNumber":"13800138000"}}}';
  assert.throws(() => api.readPhone({ platform: 'wechat', answer: response }), { code: 'ERR_INPUT' });
  assert.equal({}.phoneNumber, undefined);
});

test('maxAge is in seconds, now in milliseconds, and now defaults to the clock', () => {
  const issuedAt = Math.floor(Date.now() / 1000) - 30;
  const response = {
    phone_info: { phoneNumber: '13800138000', countryCode: '86', watermark: { timestamp: issuedAt, appid: 'wx1' } },
  };
  assert.equal(api.readPhone({ platform: 'wechat', answer: response }).issuedAt, issuedAt);
  assert.throws(() => api.readPhone({ platform: 'wechat', answer: response }, {}, { maxAge: 10 }), {
    code: 'ERR_EXPIRED',
  });
  assert.throws(() => api.readPhone({ platform: 'wechat', answer: response }, {}, { now: issuedAt * 1000 - 301_000 }), {
    code: 'ERR_EXPIRED',
  });
});

describe('a misspelled name is an error that suggests the known name', () => {
  const message = (subject, name) => `${subject} has an unknown member${name ? `: did you mean ${name}?` : ''}`;
  const [sealed, keys, options] = wechat;
  const rejects = (call, subject, name) =>
    assert.throws(call, {
      code: 'ERR_INPUT',
      action: 'fix-config',
      field: name ?? subject,
      message: message(subject, name),
    });

  test('options of openPhone and readPhone', () => {
    for (const [wrong, name] of [
      ['maxage', 'maxAge'],
      ['max_age', 'maxAge'],
      ['allowUnsigend', 'allowUnsigned'],
      ['Now', 'now'],
      ['verify', undefined],
      ['x'.repeat(100_000), undefined],
    ]) {
      rejects(() => api.openPhone(sealed, keys, { ...options, [wrong]: 1 }), 'options', name);
      rejects(() => api.readPhone({ platform: 'wechat', answer: '{}' }, {}, { [wrong]: 1 }), 'options', name);
    }
  });

  test('a misspelled key: without the error the app id would silently not be checked', () => {
    const { appId, ...others } = keys;
    for (const wrong of ['appid', 'app_id', 'AppID', 'appld'])
      rejects(() => api.openPhone(sealed, { ...others, [wrong]: appId }, options), 'keys', 'appId');
    const { sessionKey, ...rest } = keys;
    rejects(() => api.openPhone(sealed, { ...rest, session_key: sessionKey }, options), 'keys', 'sessionKey');
    rejects(() => api.readPhone({ platform: 'wechat', answer: '{}' }, { appid: appId }), 'keys', 'appId');
  });

  test('keys may have additional members, and options may be an instance of a class', () => {
    const session = { ...keys, session_key: 'x', openid: 'o', unionid: 'u', expires: 7, appid: keys.appId };
    assert.equal(api.openPhone(sealed, session, options).platform, 'wechat');
    class Options {
      constructor() {
        Object.assign(this, options, { own: 1 });
      }
    }
    assert.equal(api.openPhone(sealed, keys, new Options()).platform, 'wechat');
    const hostile = new Proxy({ ...options }, { ownKeys: () => assert.fail('read') });
    assert.equal(api.openPhone(sealed, keys, hostile).platform, 'wechat');
  });
});

test('every entry exports PhoneError, and on Node it is the same class', async () => {
  const require = requireIn(folder);
  for (const entry of ['mp-phone/server', 'mp-phone/simulator', 'mp-phone/slim'])
    assert.equal(require(entry).PhoneError, api.PhoneError, entry);
  assert.ok('PhoneError' in api);
});
