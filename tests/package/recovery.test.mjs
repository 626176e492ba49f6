// After a crash of the module the next call works. These tests overwrite the memory of the shipped modules.
import assert from 'node:assert/strict';
import { constants, createHmac, generateKeyPairSync, publicEncrypt } from 'node:crypto';
import { test } from 'node:test';
import { install, requireIn } from '../support/installed.mjs';

// Records all instances, so that the tests can access their memory.
const instances = [];
const Instance = WebAssembly.Instance;
WebAssembly.Instance = class extends Instance {
  constructor(...args) {
    super(...args);
    instances.push(this);
  }
};
const api = requireIn(install('recovery'))('mp-phone');
const platformResponse = { phone_info: { phoneNumber: '13800138000', countryCode: '86' } };
/** Overwrites the memory of one of the two modules. */
const overwrite = (hasDiagnose, text) =>
  Buffer.from(instances.findLast(({ exports }) => 'diagnose' in exports === hasDiagnose).exports.memory.buffer).fill(
    text,
    'latin1',
  );
const works = () =>
  assert.equal(api.readPhone({ platform: 'wechat', answer: platformResponse }).e164, '+8613800138000');

test('overwritten memory of the opener module: ERR_INTERNAL once, then a new instance', () => {
  for (let round = 1; round <= 5; round++) {
    works();
    assert.equal(instances.length, round, 'no instance is created unnecessarily');
    new Uint8Array(instances.at(-1).exports.memory.buffer).fill(0xff);
    assert.throws(
      () => api.readPhone({ platform: 'wechat', answer: platformResponse }),
      (error) => {
        assert.equal(error.name, 'PhoneError');
        assert.equal(error.code, 'ERR_INTERNAL');
        assert.equal(error.cause, undefined);
        return true;
      },
    );
    works();
  }
});

test('the diagnosis module crashes and gets a new instance independently of the opener module', () => {
  const explains = () => assert.equal(api.explain('wechat', 40029).action, 'ask-again');
  works();
  const [first, opener] = [instances.length, instances.at(-1)];
  for (let round = 1; round <= 5; round++) {
    explains();
    assert.equal(instances.length, first + round, 'no instance is created unnecessarily');
    new Uint8Array(instances.at(-1).exports.memory.buffer).fill(0xff);
    assert.throws(
      () => api.explain('wechat', 40029),
      (error) => error instanceof api.PhoneError && error.code === 'ERR_INTERNAL',
    );
    works();
  }
  explains();
  new Uint8Array(opener.exports.memory.buffer).fill(0xff);
  assert.throws(works, { code: 'ERR_INTERNAL' });
  explains();
  assert.equal(instances.length, first + 6);
  works();
});

test('a stack overflow: a RangeError or ERR_INTERNAL, and the next call works', () => {
  const deeper = () => {
    try {
      return deeper();
    } catch {
      return api.readPhone({ platform: 'wechat', answer: platformResponse });
    }
  };
  try {
    deeper();
  } catch (error) {
    assert.ok(error instanceof RangeError || error.code === 'ERR_INTERNAL', String(error));
  }
  works();
});

test('a hundred thousand calls do not enlarge the memory', () => {
  const size = () => instances.at(-1).exports.memory.buffer.byteLength;
  for (let i = 0; i < 1000; i++) works();
  const before = size();
  for (let i = 0; i < 100_000; i++) works();
  assert.equal(size(), before);
});

test('keys do not stay in the memory of the module', () => {
  const secret = 'c2VjcmV0LXNlY3JldC0xMg==';
  for (let i = 0; i < 20; i++) {
    assert.throws(
      () =>
        api.openPhone(
          { platform: 'wechat', encryptedData: 'AAECAwQFBgcICQoLDA0ODw==', iv: 'AAECAwQFBgcICQoLDA0ODw==' },
          { appId: 'wx', sessionKey: [secret, Buffer.from(secret, 'base64'), Buffer.from(secret)] },
        ),
      { code: 'ERR_DECRYPT' },
    );
  }
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const data = publicEncrypt({ key: publicKey, padding: constants.RSA_PKCS1_PADDING }, Buffer.from('{}')).toString(
    'base64',
  );
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
  assert.throws(() => api.openPhone({ platform: 'douyin', data }, { appId: 'tt', privateKey: pem }), {
    code: 'ERR_APP_MISMATCH',
  });

  const memory = Buffer.from(instances.at(-1).exports.memory.buffer);
  assert.notEqual(memory.indexOf('alipayPublicKey'), -1, 'this is the memory of the module');
  const exponent = Buffer.from(privateKey.export({ format: 'jwk' }).d, 'base64url');
  const forms = {
    text: Buffer.from(secret),
    bytes: Buffer.from(secret, 'base64'),
    pem: Buffer.from(pem.slice(100, 140)),
    exponent,
    reversed: Buffer.from(exponent).reverse(),
  };
  for (const [name, form] of Object.entries(forms)) assert.equal(memory.indexOf(form.subarray(0, 40)), -1, name);
});

test('the module caches the last eight private keys, as numbers, and wipes older ones', () => {
  const use = (privateKey) =>
    assert.throws(
      () => api.openPhone({ platform: 'douyin', data: 'A'.repeat(171) + '=' }, { appId: 'tt', privateKey }),
      { code: 'ERR_DECRYPT' },
    );
  /** A prime in limbs of 29 bits. */
  const limbsOf = (key) => {
    const prime = BigInt(`0x${Buffer.from(key.export({ format: 'jwk' }).p, 'base64url').toString('hex')}`);
    return Buffer.from(
      Uint32Array.from({ length: 17 }, (_, index) => Number((prime >> BigInt(29 * index)) & 0x1fffffffn)).buffer,
    );
  };
  const memory = () => Buffer.from(instances.at(-1).exports.memory.buffer);
  const key = () => generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey;
  const first = key();
  use(first.export({ type: 'pkcs8', format: 'pem' }));
  assert.notEqual(memory().indexOf(limbsOf(first)), -1, 'the key is in the cache');
  for (let count = 0; count < 8; count++) use(key().export({ type: 'pkcs8', format: 'pem' }));
  assert.equal(memory().indexOf(limbsOf(first)), -1, 'the key is wiped');
});

test("a crash in a call from the caller's getter or toJSON: the outer call and all later calls work", () => {
  const sessionKey = 'a-session-key-that-no-error-may-show';
  const signature = createHmac('sha256', sessionKey).digest('hex');
  const breaking = (call, hasDiagnose) => () => {
    works();
    api.explain('wechat', 40029);
    overwrite(hasDiagnose, '\xff');
    assert.throws(call, {
      code: 'ERR_INTERNAL',
      message: 'a bug in mp-phone; the next call uses a new instance',
      action: 'retry',
    });
  };
  const breakers = [breaking(works, false), breaking(() => api.explain('wechat', 40029), true)];
  breakers.push(() => breakers[0](breakers[1]()));
  for (const crash of breakers) {
    const crashing = (value) => ({
      toJSON() {
        crash();
        return value;
      },
    });
    for (let round = 0; round < 3; round++) {
      assert.equal(api.readPhone({ platform: 'wechat', answer: crashing(platformResponse) }).e164, '+8613800138000');
      assert.equal(
        api.readPhone({
          platform: 'wechat',
          get answer() {
            crash();
            return platformResponse;
          },
        }).e164,
        '+8613800138000',
      );
      assert.equal(api.explain('wechat', crashing({ errcode: 40029 })).code, '40029');
      assert.equal(api.diagnose({ platform: 'wechat', errno: crashing({}) }).ok, false);
      assert.equal(api.signSession(sessionKey), signature);
      assert.throws(() => api.openPhone({ platform: 'wechat', response: crashing({}) }, { sessionKey }), {
        code: 'ERR_INPUT',
        field: 'appId',
      });
      works();
    }
  }
});

test('after a crash, the error does not contain text from the overwritten memory', () => {
  const known = /^ERR_(INPUT|ENCODING|LENGTH|KEY|SIGNATURE|DECRYPT|APP_MISMATCH|EXPIRED|NOT_PHONE|PLATFORM|INTERNAL)$/;
  for (const text of ['a key of the server. ', '\0', 'ERR_']) {
    for (const [call, hasDiagnose] of [
      [works, false],
      [() => api.signSession(''), false],
      [() => api.platformOf('wx'), false],
      [() => api.explain('nobody', {}), true],
      [() => api.diagnose({ platform: 'wechat' }), true],
    ]) {
      works();
      api.explain('wechat', 40029);
      overwrite(hasDiagnose, text);
      assert.throws(call, (error) => known.test(error.code) && !error.message.includes(text), `${call} ${text}`);
      works();
      assert.equal(api.explain('wechat', 40029).code, '40029');
    }
  }
});

test('a call that enlarges the memory leaves no key in it', () => {
  const sessionKey = Buffer.from('grown-memory-key').toString('base64');
  const long = Object.fromEntries(
    ['encryptedData', 'iv', 'data', 'response', 'sign'].map((name) => [name, '长'.repeat(65_000)]),
  );
  api.explain('wechat', 40029);
  const memories = () => instances.map(({ exports }) => Buffer.from(exports.memory.buffer));
  const size = () => memories().reduce((sum, { length }) => sum + length, 0);
  const before = size();
  api.diagnose({ platform: 'wechat', ...long }, { appId: 'wx', sessionKey });
  assert.ok(size() > before, 'the memory has grown');
  for (const memory of memories()) assert.equal(memory.indexOf(sessionKey), -1);
});

test('a call with the largest allowed fields: an error with a code, and the memory is released', () => {
  const names = [
    'encryptedData',
    'iv',
    'data',
    'response',
    'sign',
    'signType',
    'encryptType',
    'charset',
    'appId',
    'appKey',
    'sessionKey',
    'privateKey',
    'alipayPublicKey',
    'aesKey',
  ];
  const all = (value) => Object.fromEntries(names.map((name) => [name, value]));
  const text = '长'.repeat(65_536);
  const size = () => instances.at(-1).exports.memory.buffer.byteLength;
  const call = (fields) =>
    assert.throws(() => api.openPhone({ ...fields, platform: 'wechat' }, fields), { name: 'PhoneError' });
  works();
  const before = size();
  for (const value of [
    text,
    Array(16).fill(text),
    Array(64).fill(text),
    Array(64).fill(new Uint8Array(65_536)),
    Array(16).fill(new Uint8Array(65_536)),
  ]) {
    call(all(value));
    const largest = size();
    assert.ok(largest < 100_000_000, `${largest} bytes`);
    works();
    assert.ok(size() <= before + 4_000_000, `${size()} bytes stay`);
  }
  assert.throws(() => api.openPhone({ platform: 'wechat' }, { appId: 'wx', sessionKey: Array(17).fill(text) }), {
    code: 'ERR_INPUT',
  });
});
