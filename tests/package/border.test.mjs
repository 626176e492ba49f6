// What a caller may pass where the types say something else, and how it comes through the one buffer that everything
// crosses the border in.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import vm from 'node:vm';
import { root } from '../../js/build/paths.mjs';
import { install, requireIn } from './installed.mjs';

const folder = install('border');
const api = requireIn(folder)('mp-phone');

const cases = (name) => JSON.parse(readFileSync(join(root, 'tests', 'vectors', `${name}.json`), 'utf8')).cases;
const [sealed, keys, options] = cases('wechat').find(({ call, returns, args }) => call === 'openPhone' && returns && typeof args[1].sessionKey === 'string').args;
const works = () => api.openPhone(sealed, keys, options).e164;
const expected = works();

const refused = (code, field) => (error) => {
  assert.ok(error instanceof api.PhoneError);
  assert.deepEqual([error.code, error.field], [code, field]);
  return true;
};

const throwing = (object, name) => Object.defineProperty({ ...object }, name, { get() { throw new Error('no'); }, enumerable: true });
const deep = () => { let nested = []; for (let depth = 0; depth < 100_000; depth++) nested = [nested]; return nested; };
const cyclic = () => { const object = {}; object.self = object; return object; };
const allThrows = new Proxy({}, { get() { throw new Error('no'); } });

/** One of each kind that no argument should be. */
const ODD = [null, undefined, 5, NaN, true, 'text', Symbol('s'), 1n, [], {}, () => {}, new Date(0), new Map(), allThrows, throwing({}, 'platform'), new Proxy([], { get() { throw new Error('no'); } })];

test('whatever is passed has a code', () => {
  for (const first of ODD) {
    for (const second of ODD) {
      for (const third of ODD) {
        for (const call of [api.openPhone, api.readPhone]) assert.throws(() => call(first, second, third), { code: 'ERR_INPUT' });
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

test('a field that cannot be read is wrong, and the others are not', () => {
  assert.throws(() => api.openPhone(throwing(sealed, 'iv'), keys, options), refused('ERR_INPUT', 'iv'));
  assert.throws(() => api.openPhone(sealed, throwing(keys, 'sessionKey'), options), refused('ERR_INPUT', 'sessionKey'));
  assert.throws(() => api.openPhone(sealed, throwing(keys, 'appId'), options), refused('ERR_INPUT', 'appId'));
  // Of no use on this platform.
  assert.equal(api.openPhone(throwing(sealed, 'sign'), throwing(keys, 'aesKey'), options).e164, expected);
  for (const name of ['now', 'maxAge', 'allowUnsigned']) assert.throws(() => api.openPhone(sealed, keys, throwing(options, name)), refused('ERR_INPUT', name));
});

test('options of another type are refused', () => {
  for (const [name, value] of [['now', '0'], ['now', NaN], ['now', Infinity], ['maxAge', -1], ['maxAge', '600'], ['maxAge', NaN], ['allowUnsigned', 1], ['allowUnsigned', 'yes']]) {
    assert.throws(() => api.openPhone(sealed, keys, { ...options, [name]: value }), refused('ERR_INPUT', name), `${name} ${value}`);
  }
  for (const nothing of [null, undefined]) assert.equal(api.openPhone(sealed, keys, { ...options, maxAge: nothing, allowUnsigned: nothing }).e164, expected);
});

test('a getter may call the package', () => {
  let inner;
  const calling = Object.defineProperty({ ...sealed }, 'iv', { get() { inner = works(); return sealed.iv; } });
  assert.equal(api.openPhone(calling, keys, options).e164, expected);
  assert.equal(inner, expected);
  const answer = { phoneInfo: { phoneNumber: '13800138000', toJSON() { inner = works(); return { phoneNumber: '13900139000' }; } } };
  assert.equal(api.readPhone({ platform: 'wechat', answer }).e164, '+8613900139000');
});

test('keys as bytes of every kind and realm', () => {
  const key = Buffer.from(keys.sessionKey, 'base64');
  const within = new Uint8Array([...new Uint8Array(7), ...key, ...new Uint8Array(3)]).subarray(7, 7 + key.length);
  const foreign = vm.runInNewContext('Uint8Array.from(bytes)', { bytes: [...key] });
  for (const bytes of [key, within, foreign, new Int8Array(key), new Uint8ClampedArray(key), Buffer.from(keys.sessionKey)]) {
    assert.equal(api.openPhone(sealed, { ...keys, sessionKey: bytes }, options).e164, expected);
    assert.equal(api.openPhone(sealed, { ...keys, sessionKey: ['AAAAAAAAAAAAAAAAAAAAAA==', bytes] }, options).e164, expected);
  }
  for (const wrong of [new DataView(key.buffer.slice(0)), new Uint16Array(8), key.buffer.slice(0), [[keys.sessionKey]], new Float64Array(2)]) {
    assert.throws(() => api.openPhone(sealed, { ...keys, sessionKey: wrong }, options), { code: 'ERR_INPUT', field: 'sessionKey' });
  }
});

test('lists have an end', () => {
  const many = (count) => Array.from({ length: count }, () => keys.sessionKey);
  assert.equal(api.openPhone(sealed, { ...keys, sessionKey: many(16) }, options).e164, expected);
  for (const [list, code] of [[[], 'ERR_INPUT'], [many(17), 'ERR_INPUT'], [many(65), 'ERR_LENGTH']]) {
    assert.throws(() => api.openPhone(sealed, { ...keys, sessionKey: list }, options), refused(code, 'sessionKey'));
  }
  const growing = new Proxy([keys.sessionKey], { get: (list, name) => (name === '0' ? (list.push(1), list[0]) : list[name]) });
  assert.equal(api.openPhone(sealed, { ...keys, sessionKey: growing }, options).e164, expected);
});

test('what is too long, too deep or endless', () => {
  const read = (answer) => () => api.readPhone({ platform: 'wechat', answer });
  for (const [answer, code] of [[cyclic(), 'ERR_INPUT'], [deep(), 'ERR_INPUT'], ['x'.repeat(8e6), 'ERR_LENGTH'], [{ text: 'x'.repeat(8e6) }, 'ERR_LENGTH'], [new Uint8Array(10), 'ERR_INPUT']]) {
    assert.throws(read(answer), { code });
  }
  assert.throws(() => api.openPhone({ ...sealed, encryptedData: 'A'.repeat(65_536) }, keys, options), refused('ERR_DECRYPT'));
  assert.throws(() => api.openPhone({ ...sealed, encryptedData: 'A'.repeat(65_537) }, keys, options), refused('ERR_LENGTH', 'encryptedData'));
  assert.throws(() => api.openPhone(sealed, { ...keys, sessionKey: new Uint8Array(65_537) }, options), refused('ERR_LENGTH', 'sessionKey'));
  // Every field as long as it may be, of characters that take three bytes.
  const long = Object.fromEntries(['encryptedData', 'iv', 'data', 'response', 'sign', 'signType', 'encryptType', 'charset'].map((name) => [name, '长'.repeat(65_536)]));
  assert.throws(() => api.openPhone({ platform: 'wechat', ...long }, keys, options), { code: 'ERR_LENGTH' });
  assert.equal(works(), expected);
});

test('texts come through whole, whatever is in them', () => {
  for (const text of ['plain', '中文', 'a\0b', '\u{1f600} and ü', '"\\\n\t\u001f', 'half \ud800 of a pair']) {
    // What is only half a character cannot be written in UTF-8.
    const whole = text.replace('\ud800', '\ufffd');
    const answer = JSON.stringify({ phone_info: { phoneNumber: '13800138000', before: text.replace('\ud800', ''), 键: text.replace('\ud800', '') } });
    const { raw } = api.readPhone({ platform: 'wechat', answer });
    assert.deepEqual([raw.before, raw.键], [text.replace('\ud800', ''), text.replace('\ud800', '')]);
    assert.equal(api.signSession('c2Vzc2lvbi1rZXktMTIzNA==', text), api.signSession('c2Vzc2lvbi1rZXktMTIzNA==', whole));
    assert.throws(() => api.openPhone({ ...sealed, iv: text }, keys, options), { field: 'iv' });
    assert.throws(() => api.openPhone(sealed, { ...keys, appId: text }, options), { code: 'ERR_APP_MISMATCH' });
  }
});

test('numbers of JavaScript arrive whole', () => {
  const answer = { phoneInfo: { phoneNumber: 13800138000n, countryCode: 86, big: 12345678901234567890n, float: 1.25e-7, more: [-0.5, 9007199254740991] } };
  const { e164, raw } = api.readPhone({ platform: 'wechat', answer });
  assert.equal(e164, '+8613800138000');
  assert.deepEqual(raw, { phoneNumber: '13800138000', countryCode: 86, big: '12345678901234567890', float: 1.25e-7, more: [-0.5, 9007199254740991] });
  const text = '{"phone_info":{"phoneNumber":"13800138000","id":6648491577574883592,"far":1e999,"near":1.7e308,"list":[1,{"x":123456789012345678901}]}}';
  assert.deepEqual(api.readPhone({ platform: 'wechat', answer: text }).raw, { phoneNumber: '13800138000', id: '6648491577574883592', far: '1e999', near: '1.7e308', list: [1, { x: '123456789012345678901' }] });
});

test('an answer may be longer than the buffer was', () => {
  const fresh = requireIn(install('border-fresh'))('mp-phone');
  const text = '"\\u0000'.slice(1);
  const answer = JSON.stringify({ phone_info: { phoneNumber: '13800138000', id: 12345678901234567890n.toString() } }).replace('"12345678901234567890"', '12345678901234567890').replace('}}', `,"long":"${text.repeat(9000)}"}}`);
  assert.equal(fresh.readPhone({ platform: 'wechat', answer }).raw.long, '\0'.repeat(9000));
  assert.equal(fresh.openPhone(sealed, keys, options).e164, expected);
});
