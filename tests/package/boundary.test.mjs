// Arguments that the types do not allow, and how arguments pass through the buffer at the boundary between JavaScript and the
// module.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import vm from 'node:vm';
import { root } from '../../js/build/paths.mjs';
import { install, requireIn } from '../support/installed.mjs';

const folder = install('boundary');
const api = requireIn(folder)('mp-phone');

const cases = (name) => JSON.parse(readFileSync(join(root, 'tests', 'vectors', `${name}.json`), 'utf8')).cases;
const [sealed, keys, options] = cases('wechat').find(
  ({ call, returns, args }) => call === 'openPhone' && returns && typeof args[1].sessionKey === 'string',
).args;
const works = () => api.openPhone(sealed, keys, options).e164;
const expected = works();

const rejection = (code, field) => (error) => {
  assert.ok(error instanceof api.PhoneError);
  assert.deepEqual([error.code, error.field], [code, field]);
  return true;
};

const throwing = (object, name) =>
  Object.defineProperty({ ...object }, name, {
    get() {
      throw new Error('no');
    },
    enumerable: true,
  });
const deep = () => {
  let nested = [];
  for (let depth = 0; depth < 100_000; depth++) nested = [nested];
  return nested;
};
const cyclic = () => {
  const object = {};
  object.self = object;
  return object;
};
const allThrows = new Proxy(
  {},
  {
    get() {
      throw new Error('no');
    },
  },
);

/** One value of each kind that is not a valid argument. */
const ODD = [
  null,
  undefined,
  5,
  NaN,
  true,
  'text',
  Symbol('s'),
  1n,
  [],
  {},
  () => {},
  new Date(0),
  new Map(),
  allThrows,
  throwing({}, 'platform'),
  new Proxy([], {
    get() {
      throw new Error('no');
    },
  }),
];

test('invalid arguments of every kind cause errors with a code', () => {
  for (const first of ODD) {
    for (const second of ODD) {
      for (const third of ODD) {
        for (const call of [api.openPhone, api.readPhone])
          assert.throws(() => call(first, second, third), { code: 'ERR_INPUT' });
        assert.equal(api.diagnose(first, second, third).findings[0].severity, 'error');
      }
      assert.throws(() => api.verifyRawData(first), { code: 'ERR_INPUT' });
    }
    assert.throws(() => api.explain(first, first), { code: 'ERR_INPUT' });
    assert.equal(api.explain('wechat', first).error, true);
    assert.equal(api.platformOf(first), undefined);
  }
  assert.equal(works(), expected);
});

test('a getter that throws makes only its own field invalid', () => {
  assert.throws(() => api.openPhone(throwing(sealed, 'iv'), keys, options), rejection('ERR_INPUT', 'iv'));
  assert.throws(
    () => api.openPhone(sealed, throwing(keys, 'sessionKey'), options),
    rejection('ERR_INPUT', 'sessionKey'),
  );
  assert.throws(() => api.openPhone(sealed, throwing(keys, 'appId'), options), rejection('ERR_INPUT', 'appId'));
  // Fields that this platform does not use.
  assert.equal(api.openPhone(throwing(sealed, 'sign'), throwing(keys, 'aesKey'), options).e164, expected);
  for (const name of ['now', 'maxAge', 'allowUnsigned'])
    assert.throws(() => api.openPhone(sealed, keys, throwing(options, name)), rejection('ERR_INPUT', name));
});

test('options of a wrong type are rejected', () => {
  for (const [name, value] of [
    ['now', '0'],
    ['now', NaN],
    ['now', Infinity],
    ['maxAge', -1],
    ['maxAge', '600'],
    ['maxAge', NaN],
    ['allowUnsigned', 1],
    ['allowUnsigned', 'yes'],
  ]) {
    assert.throws(
      () => api.openPhone(sealed, keys, { ...options, [name]: value }),
      rejection('ERR_INPUT', name),
      `${name} ${value}`,
    );
  }
  for (const nothing of [null, undefined])
    assert.equal(api.openPhone(sealed, keys, { ...options, maxAge: nothing, allowUnsigned: nothing }).e164, expected);
});

/** Calls that the caller's own code may make while its fields are read: of both modules, successful and failing. */
const calls = [
  works,
  () =>
    assert.throws(() => api.openPhone(sealed, { ...keys, appId: 'another' }, options), { code: 'ERR_APP_MISMATCH' }),
  () => assert.equal(api.diagnose(sealed, keys, options).ok, true),
  () =>
    assert.equal(
      api.explain('wechat', {
        errcode: 40029,
        toJSON() {
          works();
          return { errcode: 40029 };
        },
      }).action,
      'ask-again',
    ),
];

test('a getter, a proxy or a toJSON may call the package, in every field and at every depth', () => {
  for (const call of calls) {
    let count = 0;
    const calling = (value) => {
      count++;
      call();
      return value;
    };
    const withGetters = (object) =>
      Object.defineProperties(
        {},
        Object.fromEntries(Object.keys(object).map((name) => [name, { get: () => calling(object[name]) }])),
      );
    const withProxy = (object) =>
      new Proxy(object, {
        get: (target, name) => calling(target[name]),
        getPrototypeOf: (target) => calling(Object.getPrototypeOf(target)),
      });
    for (const wrapped of [withGetters, withProxy]) {
      assert.equal(api.openPhone(wrapped(sealed), wrapped(keys), wrapped(options)).e164, expected);
      assert.equal(api.diagnose(wrapped(sealed), wrapped(keys), wrapped(options)).ok, true);
    }
    const list = withProxy(['AAAAAAAAAAAAAAAAAAAAAA==', keys.sessionKey]);
    assert.equal(api.openPhone(sealed, { ...keys, sessionKey: list }, options).e164, expected);
    const response = { phoneInfo: { phoneNumber: '1', toJSON: () => calling({ phoneNumber: '13900139000' }) } };
    assert.equal(api.readPhone({ platform: 'wechat', answer: response }).e164, '+8613900139000');
    assert.equal(api.explain('wechat', { toJSON: () => calling({ errcode: 40029 }) }).code, '40029');
    assert.ok(count > 20);
  }
});

test('keys as bytes of every kind and realm', () => {
  const key = Buffer.from(keys.sessionKey, 'base64');
  const within = new Uint8Array([...new Uint8Array(7), ...key, ...new Uint8Array(3)]).subarray(7, 7 + key.length);
  const foreign = vm.runInNewContext('Uint8Array.from(bytes)', { bytes: [...key] });
  for (const bytes of [
    key,
    within,
    foreign,
    new Int8Array(key),
    new Uint8ClampedArray(key),
    Buffer.from(keys.sessionKey),
  ]) {
    assert.equal(api.openPhone(sealed, { ...keys, sessionKey: bytes }, options).e164, expected);
    assert.equal(
      api.openPhone(sealed, { ...keys, sessionKey: ['AAAAAAAAAAAAAAAAAAAAAA==', bytes] }, options).e164,
      expected,
    );
  }
  for (const wrong of [
    new DataView(key.buffer.slice(0)),
    new Uint16Array(8),
    key.buffer.slice(0),
    [[keys.sessionKey]],
    new Float64Array(2),
  ]) {
    assert.throws(() => api.openPhone(sealed, { ...keys, sessionKey: wrong }, options), {
      code: 'ERR_INPUT',
      field: 'sessionKey',
    });
  }
});

test('the length of lists is limited', () => {
  const many = (count) => Array.from({ length: count }, () => keys.sessionKey);
  assert.equal(api.openPhone(sealed, { ...keys, sessionKey: many(16) }, options).e164, expected);
  for (const [list, code] of [
    [[], 'ERR_INPUT'],
    [many(17), 'ERR_INPUT'],
    [many(65), 'ERR_LENGTH'],
  ]) {
    assert.throws(() => api.openPhone(sealed, { ...keys, sessionKey: list }, options), rejection(code, 'sessionKey'));
  }
  const growing = new Proxy([keys.sessionKey], {
    get: (list, name) => (name === '0' ? (list.push(1), list[0]) : list[name]),
  });
  assert.equal(api.openPhone(sealed, { ...keys, sessionKey: growing }, options).e164, expected);
});

test('values that are too long, too deep or cyclic are rejected', () => {
  const read = (response) => () => api.readPhone({ platform: 'wechat', answer: response });
  for (const [received, code] of [
    [cyclic(), 'ERR_INPUT'],
    [deep(), 'ERR_INPUT'],
    ['x'.repeat(8e6), 'ERR_LENGTH'],
    [{ text: 'x'.repeat(8e6) }, 'ERR_LENGTH'],
    [new Uint8Array(10), 'ERR_INPUT'],
  ]) {
    assert.throws(read(received), { code });
  }
  assert.throws(
    () => api.openPhone({ ...sealed, encryptedData: 'A'.repeat(65_536) }, keys, options),
    rejection('ERR_DECRYPT'),
  );
  assert.throws(
    () => api.openPhone({ ...sealed, encryptedData: 'A'.repeat(65_537) }, keys, options),
    rejection('ERR_LENGTH', 'encryptedData'),
  );
  assert.throws(
    () => api.openPhone(sealed, { ...keys, sessionKey: new Uint8Array(65_537) }, options),
    rejection('ERR_LENGTH', 'sessionKey'),
  );
  // Every field has the maximum length, with characters of three bytes.
  const long = Object.fromEntries(
    ['encryptedData', 'iv', 'data', 'response', 'sign', 'signType', 'encryptType', 'charset'].map((name) => [
      name,
      '长'.repeat(65_536),
    ]),
  );
  assert.throws(() => api.openPhone({ platform: 'wechat', ...long }, keys, options), { code: 'ERR_LENGTH' });
  assert.equal(works(), expected);
});

test('texts pass the boundary unchanged, with any characters', () => {
  for (const text of [
    'plain',
    '中文',
    '\ufefftext',
    'a\0b',
    '\u{1f600} and ü',
    '"\\\n\t\u001f',
    'half \ud800 of a pair',
  ]) {
    // UTF-8 cannot encode half of a surrogate pair.
    const wellFormed = text.replace('\ud800', '\ufffd');
    const answer = JSON.stringify({
      phone_info: { phoneNumber: '13800138000', before: text.replace('\ud800', ''), 键: text.replace('\ud800', '') },
    });
    const { raw } = api.readPhone({ platform: 'wechat', answer });
    assert.deepEqual([raw.before, raw.键], [text.replace('\ud800', ''), text.replace('\ud800', '')]);
    assert.equal(
      api.signSession('c2Vzc2lvbi1rZXktMTIzNA==', text),
      api.signSession('c2Vzc2lvbi1rZXktMTIzNA==', wellFormed),
    );
    assert.throws(() => api.openPhone({ ...sealed, iv: text }, keys, options), { field: 'iv' });
    assert.throws(() => api.openPhone(sealed, { ...keys, appId: text }, options), { code: 'ERR_APP_MISMATCH' });
  }
});

test('numbers pass the boundary without loss', () => {
  const answer = {
    phoneInfo: {
      phoneNumber: 13800138000n,
      countryCode: 86,
      big: 12345678901234567890n,
      float: 1.25e-7,
      more: [-0.5, 9007199254740991],
    },
  };
  const { e164, raw } = api.readPhone({ platform: 'wechat', answer });
  assert.equal(e164, '+8613800138000');
  assert.deepEqual(raw, {
    phoneNumber: '13800138000',
    countryCode: 86,
    big: '12345678901234567890',
    float: 1.25e-7,
    more: [-0.5, 9007199254740991],
  });
  const text =
    '{"phone_info":{"phoneNumber":"13800138000","id":6648491577574883592,"far":1e999,"near":1.7e308,"list":[1,{"x":123456789012345678901}]}}';
  assert.deepEqual(api.readPhone({ platform: 'wechat', answer: text }).raw, {
    phoneNumber: '13800138000',
    id: '6648491577574883592',
    far: '1e999',
    near: '1.7e308',
    list: [1, { x: '123456789012345678901' }],
  });
});

test('a result may be longer than the buffer', () => {
  const fresh = requireIn(install('boundary-fresh'))('mp-phone');
  const text = '"\\u0000'.slice(1);
  const answer = JSON.stringify({ phone_info: { phoneNumber: '13800138000', id: 12345678901234567890n.toString() } })
    .replace('"12345678901234567890"', '12345678901234567890')
    .replace('}}', `,"long":"${text.repeat(9000)}"}}`);
  assert.equal(fresh.readPhone({ platform: 'wechat', answer }).raw.long, '\0'.repeat(9000));
  assert.equal(fresh.openPhone(sealed, keys, options).e164, expected);
});

test('half of a surrogate pair at the end of a field does not change the next field', () => {
  const HALVES = ['x\ud83d', '\ude00y', '\ud83d', '\ude00', '\ud83d\ud83d', '\ude00\ud83d'];
  // Fields that WeChat does not use, and that precede its keys in the buffer.
  const unusedFields = ['data', 'response', 'sign', 'signType', 'encryptType', 'charset'];
  for (const first of HALVES) {
    for (const second of HALVES) {
      for (const [index, name] of unusedFields.entries()) {
        const fields = { ...sealed, [name]: first, [unusedFields[index + 1] ?? 'data']: second };
        assert.equal(api.openPhone(fields, keys, options).e164, expected);
        assert.throws(() => api.openPhone(fields, { ...keys, appId: `Z${keys.appId}` }, options), {
          code: 'ERR_APP_MISMATCH',
        });
        assert.equal(api.diagnose(fields, keys, options).ok, true);
      }
      const list = [first, second, keys.sessionKey, second];
      assert.equal(
        api.openPhone(
          { ...sealed, charset: first },
          { appKey: first, ...keys, sessionKey: list, privateKey: list },
          options,
        ).e164,
        expected,
      );
      const rawData = `raw ${first}`;
      const signature = createHash('sha1').update(rawData.toWellFormed()).update(keys.sessionKey).digest('hex');
      assert.equal(api.verifyRawData({ platform: 'wechat', rawData, signature, sessionKey: keys.sessionKey }), true);
      assert.equal(
        api.verifyRawData({ platform: 'wechat', rawData, signature: second, sessionKey: keys.sessionKey }),
        false,
      );
      const phone = api.readPhone(
        { platform: 'wechat', answer: { phone_info: { phoneNumber: '13800138000', 'ü\u{1f600}': '\u{1f600}' } } },
        { appId: first },
      );
      assert.deepEqual([phone.e164, phone.raw['ü\u{1f600}']], ['+8613800138000', '\u{1f600}']);
    }
  }
});

/** Runs `body` while a built-in prototype has additional properties. */
function polluted(prototype, properties, body) {
  Object.assign(prototype, properties);
  try {
    return body();
  } finally {
    for (const name of Object.keys(properties)) delete prototype[name];
  }
}

test('properties of Object.prototype and Array.prototype are not fields, keys or options', () => {
  const alipay = cases('alipay').find(
    ({ call, args, throws }) => call === 'openPhone' && throws?.code === 'ERR_SIGNATURE' && !args[0].sign,
  ).args;
  const open =
    (...args) =>
    () =>
      api.openPhone(...args);
  for (const options of [undefined, {}, alipay[2]])
    polluted(Object.prototype, { allowUnsigned: true }, () =>
      assert.throws(open(alipay[0], alipay[1], options), { code: 'ERR_SIGNATURE' }),
    );

  const without = (object, name) => Object.fromEntries(Object.entries(object).filter(([key]) => key !== name));
  for (const name of ['platform', 'encryptedData', 'iv'])
    polluted(Object.prototype, { [name]: sealed[name] }, () =>
      assert.throws(open(without(sealed, name), keys, options), rejection('ERR_INPUT', name)),
    );
  for (const name of ['appId', 'sessionKey'])
    polluted(Object.prototype, { [name]: keys[name] }, () =>
      assert.throws(open(sealed, without(keys, name), options), rejection('ERR_INPUT', name)),
    );
  const late = { now: options.now + 1e9 };
  polluted(Object.prototype, { maxAge: Infinity }, () =>
    assert.throws(open(sealed, keys, late), { code: 'ERR_EXPIRED' }),
  );
  polluted(Object.prototype, { now: options.now }, () =>
    assert.throws(open(sealed, keys, {}), { code: 'ERR_EXPIRED' }),
  );

  const all = {
    platform: 'alipay',
    encryptedData: 'x',
    iv: 'x',
    data: 'x',
    response: 'x',
    sign: 'x',
    signType: 'x',
    sign_type: 'x',
    encryptType: 'x',
    charset: 'x',
    appId: 'x',
    appKey: 'x',
    sessionKey: 'x',
    privateKey: 'x',
    alipayPublicKey: 'x',
    aesKey: 'x',
    now: 0,
    maxAge: 0,
    allowUnsigned: true,
    code: 'x',
    errMsg: 'x',
    errno: 'x',
    rid: 'x',
    field: 'x',
    platformCode: 'x',
  };
  polluted(Object.prototype, all, () => {
    assert.equal(works(), expected);
    assert.equal(api.diagnose(sealed, keys, options).ok, true);
    assert.throws(open({ platform: 'wechat' }, {}), (error) => error.field === 'appId' && !Object.hasOwn(error, 'rid'));
    assert.throws(() => api.verifyRawData({}), rejection('ERR_INPUT', 'platform'));
  });

  const answer = { phone_info: { phoneNumber: '13800138000', list: [1, , new Date(0), 1n] } };
  const toJSON = () => ({ phone_info: { phoneNumber: '13900139000' } });
  const raw = { phoneNumber: '13800138000', list: [1, null, '1970-01-01T00:00:00.000Z', '1'] };
  for (const prototype of [Object.prototype, Array.prototype]) {
    for (const properties of [{ toJSON }, { 0: keys.sessionKey, 1: 'x' }]) {
      polluted(prototype, properties, () => {
        assert.deepEqual(api.readPhone({ platform: 'wechat', answer }).raw, raw);
        assert.throws(
          open(sealed, { ...keys, sessionKey: [, 'AAAAAAAAAAAAAAAAAAAAAA=='] }, options),
          (error) => error.code !== 'ERR_INTERNAL',
        );
      });
    }
  }
  assert.throws(open(sealed, { ...keys, sessionKey: [,] }, options), rejection('ERR_INPUT', 'sessionKey'));
  polluted(Array.prototype, { 0: keys.sessionKey }, () =>
    assert.throws(open(sealed, { ...keys, sessionKey: [,] }, options), rejection('ERR_INPUT', 'sessionKey')),
  );
});

test('modules load while Object.prototype has additional properties', () => {
  const load = requireIn(install('boundary-late'));
  const late = load('mp-phone');
  const properties = { charset: {}, maxAge: 5, toJSON: () => 1, inherited: 1 };
  polluted(Object.prototype, properties, () => assert.equal(late.diagnose(sealed, keys, options).ok, true));
  for (const name of ['mp-phone/server', 'mp-phone/simulator'])
    assert.equal(
      polluted(Object.prototype, properties, () => Object.hasOwn(load(name), 'inherited')),
      false,
      name,
    );
});

test('a setter on Object.prototype never runs', () => {
  const names = ['ok', 'findings', 'steps', 'code', 'meaning', 'en', 'e164', 'raw'];
  let ran = 0;
  for (const name of names)
    Object.defineProperty(Object.prototype, name, {
      configurable: true,
      set() {
        ran++;
      },
    });
  try {
    assert.equal(works(), expected);
    assert.equal(api.diagnose(sealed, keys, options).ok, true);
    assert.equal(api.explain('wechat', 40029).code, '40029');
  } finally {
    for (const name of names) delete Object.prototype[name];
  }
  assert.equal(ran, 0);
});

test('fields may belong to a class instance, a proxy or an object without a prototype', () => {
  const getters = (object) => {
    class Entity {}
    for (const name of Object.keys(object)) Object.defineProperty(Entity.prototype, name, { get: () => object[name] });
    return new (class extends Entity {})();
  };
  const copies = [
    getters,
    Object.create,
    (object) => new Proxy({}, { get: (_, name) => object[name] }),
    (object) => Object.assign(Object.create(null), object),
    (object) => vm.runInNewContext('Object.assign({}, object)', { object }),
  ];
  const open = () => {
    for (const copy of copies)
      assert.equal(api.openPhone(copy(sealed), copy(keys), copy(options)).e164, expected, String(copy));
  };
  open();
  // With a polluted prototype, a proxy without property descriptors cannot be distinguished from an object without fields.
  copies.splice(2, 1);
  polluted(Object.prototype, { iv: 'x', appId: 'x', now: 0 }, open);
  const foreign = vm.runInNewContext('Object.prototype.appId = appId; ({ sessionKey })', keys);
  assert.throws(() => api.openPhone(sealed, foreign, options), rejection('ERR_INPUT', 'appId'));
});

test('bytes are read correctly even if their properties are overridden', () => {
  const key = Buffer.from(keys.sessionKey, 'base64');
  const open = (...more) =>
    api.openPhone({ ...sealed, data: more[0] }, { ...keys, sessionKey: more.at(-1) }, options).e164;
  const withProperties = (properties, view = new Uint8Array(key)) =>
    Object.defineProperties(
      view,
      Object.fromEntries(
        Object.entries(properties).map(([name, get]) => [name, typeof get === 'function' ? { get } : { value: get }]),
      ),
    );
  const throws = () => {
    throw new Error('no');
  };
  let turn = 0;
  for (const byteLength of [
    -1,
    0,
    3,
    500,
    60_000,
    2 ** 32 + 16,
    NaN,
    'x',
    null,
    throws,
    () => [16, 500, 4][turn++ % 3],
  ]) {
    for (const name of ['byteLength', 'length', 'byteOffset'])
      assert.equal(open(withProperties({ [name]: byteLength })), expected);
    assert.equal(open(withProperties({ byteLength }, new Uint8Array(4)), key), expected, 'the next field is valid');
  }
  class Odd extends Uint8Array {
    get byteLength() {
      return 500;
    }
    static get [Symbol.species]() {
      return Array;
    }
    [Symbol.iterator]() {
      throw new Error('no');
    }
  }
  for (const view of [
    withProperties({ buffer: () => new ArrayBuffer(99) }),
    withProperties({ BYTES_PER_ELEMENT: 8 }),
    withProperties({ constructor: throws }),
    withProperties({ [Symbol.toStringTag]: 'Float64Array' }),
    new Odd(key),
    new Uint8Array(new SharedArrayBuffer(16)).fill(0).map((_, index) => key[index]),
  ])
    assert.equal(open(view), expected);
  const wrong = [
    withProperties({ BYTES_PER_ELEMENT: 1 }, new Uint16Array(8)),
    withProperties({ [Symbol.toStringTag]: 'Uint8Array' }, new DataView(new ArrayBuffer(16))),
    new Proxy(new Uint8Array(key), {}),
    Object.create(new Uint8Array(key)),
    { ...new Uint8Array(key) },
  ];
  const removed = new Uint8Array(key);
  structuredClone(removed.buffer, { transfer: [removed.buffer] });
  for (const view of [...wrong, removed]) {
    assert.throws(() => open(view), rejection('ERR_INPUT', 'sessionKey'));
    assert.equal(open(view, key), expected, 'the next field is valid');
    assert.equal(api.diagnose({ ...sealed, data: view }, keys, options).ok, true);
  }
  // Bytes are read once, when their field is reached; later changes have no effect.
  for (const change of [(view) => structuredClone(view.buffer, { transfer: [view.buffer] }), (view) => view.fill(0)]) {
    const view = new Uint8Array(key);
    assert.equal(
      api.openPhone(sealed, { ...keys, sessionKey: view, privateKey: { toJSON: () => change(view) } }, options).e164,
      expected,
    );
  }
  assert.deepEqual([...key], [...Buffer.from(keys.sessionKey, 'base64')], "the caller's bytes are not wiped");
});

test('a list with a wrong length is rejected, and other fields are not affected', () => {
  const withLength = (length) =>
    new Proxy([keys.sessionKey, keys.sessionKey], { get: (list, name) => (name === 'length' ? length : list[name]) });
  for (const length of [
    -1,
    -0.5,
    0.125,
    2.5,
    NaN,
    '2',
    true,
    1n,
    null,
    undefined,
    {},
    -(2 ** 28),
    Infinity,
    -Infinity,
  ]) {
    assert.throws(
      () => api.openPhone(sealed, { ...keys, sessionKey: withLength(length) }, options),
      rejection('ERR_INPUT', 'sessionKey'),
      String(length),
    );
    assert.equal(api.openPhone({ ...sealed, data: withLength(length) }, keys, options).e164, expected, String(length));
    assert.equal(
      api.diagnose(
        { ...sealed, data: withLength(length), errno: withLength(length) },
        { ...keys, sessionKey: withLength(length) },
        options,
      ).ok,
      false,
    );
  }
  for (const length of [65, 2 ** 29, 1e300])
    assert.throws(
      () => api.openPhone(sealed, { ...keys, sessionKey: withLength(length) }, options),
      rejection('ERR_LENGTH', 'sessionKey'),
    );
  assert.throws(
    () => api.readPhone({ platform: 'wechat', answer: { list: withLength(2 ** 26) } }),
    rejection('ERR_LENGTH', 'answer'),
  );
  const endless = new Proxy(
    {},
    { getPrototypeOf: () => endless, getOwnPropertyDescriptor: () => undefined, get: () => 'x' },
  );
  const silent = new Proxy(new Error(), {
    getPrototypeOf() {
      throw new Error('no');
    },
  });
  for (const odd of [endless, silent]) {
    assert.throws(() => api.openPhone(odd, odd, odd), { code: 'ERR_INPUT' });
    assert.equal(api.diagnose({ ...sealed, errno: odd }, keys, options).ok, true);
    assert.equal(api.diagnose(odd, odd, odd).ok, false);
    assert.equal(api.explain('wechat', odd).error, true);
  }
});
