// What all platforms share
import { createHash, createHmac } from 'node:crypto';
import { platforms } from '../../../js/build/platforms.mjs';
import { base64, bytes } from '../../../js/samples/seal.mjs';
import * as sample from '../samples.mjs';
import {
  AT,
  asBytes,
  input,
  kebab,
  MAINLAND,
  NOW,
  number,
  phone,
  returns,
  section,
  session,
  UNDEFINED,
} from './shared.mjs';

export function common() {
  const { open, read, verify, sign: signs, named } = section('common');

  // Names.
  for (const { id, aliases } of platforms)
    for (const name of [id, ...aliases]) named(`name-${name}`, `${name} is a name of ${id}.`, [name], returns(id));
  named('name-in-upper-case', 'Taro.ENV_TYPE is in upper case.', ['WEAPP'], returns('wechat'));
  named('name-in-mixed-case', 'A name has no case.', ['Mp-Weixin'], returns('wechat'));
  for (const [name, about, input] of [
    ['name-unknown', 'A platform that this package does not know has no name.', 'mp-360'],
    ['name-empty', 'The empty text is no name.', ''],
    ['name-constructor', 'What every JavaScript object has is no name.', 'constructor'],
    ['name-proto', 'The prototype of JavaScript objects is no name.', '__proto__'],
    ['name-to-string', 'A method of every JavaScript object is no name.', 'toString'],
    ['name-undefined', 'Nothing is no name.', UNDEFINED],
    ['name-null', 'null is no name.', null],
    ['name-a-number', 'A number is no name.', 5],
  ])
    named(name, about, [input], returns(null));

  // Platforms in calls.
  const payload = {
    phoneNumber: '13800138000',
    purePhoneNumber: '13800138000',
    countryCode: '86',
    watermark: { timestamp: AT, appid: 'wx0123456789abcdef' },
  };
  const call = (name, change) =>
    session('wechat', `common/${name}`, payload, change, { appId: payload.watermark.appid });
  const opens = (name, about, change) => open(name, about, call(name, change), phone('wechat', MAINLAND, payload));
  const refuses = (name, about, outcome, change) => open(name, about, call(name, change), outcome);
  opens(
    'open-by-alias',
    "A platform may be called by any of its names; the response names it by this package's own.",
    (sealed) => {
      sealed.platform = 'mp-weixin';
    },
  );
  opens('open-by-alias-in-upper-case', 'An alias may be in upper case.', (sealed) => {
    sealed.platform = 'WEAPP';
  });
  for (const [name, about, platform] of [
    ['open-unknown-platform', 'An unknown platform is rejected.', 'mp-360'],
    ['open-constructor', 'What every JavaScript object has is no platform.', 'constructor'],
    ['open-qq', 'QQ has no phone button.', 'qq'],
    ['open-jd', "JD's number is only given by its own API.", 'jd'],
    ['open-platform-missing', 'A platform must be named.', undefined],
    ['open-platform-a-number', 'A number names no platform.', 1],
  ])
    refuses(name, about, input('platform'), (sealed) => {
      sealed.platform = platform;
    });
  read(
    'read-by-alias',
    'readPhone takes every name too.',
    [{ platform: 'weapp', answer: { errcode: 0, phone_info: payload } }, {}, { now: NOW }],
    phone('wechat', MAINLAND, payload),
  );
  read(
    'read-unknown-platform',
    'An unknown platform is rejected.',
    [{ platform: 'mp-360', answer: {} }, {}, { now: NOW }],
    input('platform'),
  );
  read(
    'read-jd',
    "Of JD's responses none is known.",
    [{ platform: 'jd', answer: { mobile: '15000000000' } }, {}, { now: NOW }],
    input('platform'),
  );

  // Options.
  refuses('max-age-negative', 'An age below 0 is invalid.', input('maxAge'), (_, own, options) => {
    options.maxAge = -1;
  });
  refuses('max-age-no-number', 'An age that is not a number is invalid.', input('maxAge'), (_, own, options) => {
    options.maxAge = number('NaN');
  });
  opens('max-age-zero', 'An age of 0 allows this very second.', (_, own, options) => {
    Object.assign(options, { maxAge: 0, now: AT * 1000 });
  });

  // rawData: hex of SHA-1 over the data and the session key's text.
  const sha1 = (rawData, key) => createHash('sha1').update(rawData).update(key).digest('hex');
  const wx = (change) => [{ platform: 'wechat', ...sample.wechatSignature, ...change }];
  const { rawData, sessionKey, signature } = sample.wechatSignature;
  const stale = base64(bytes('a stale session key', 16));
  verify('raw-data-sample', "WeChat's own sample verifies.", wx(), returns(true), 'documentation');
  verify(
    'raw-data-changed',
    'Changed data does not verify.',
    wx({ rawData: rawData.replace('Band', 'Bond') }),
    returns(false),
  );
  verify(
    'raw-data-blank-behind',
    'rawData is the exact text that the client sent.',
    wx({ rawData: `${rawData} ` }),
    returns(false),
  );
  verify(
    'raw-data-serialised-again',
    'Data serialised again is not the exact text.',
    wx({ rawData: JSON.stringify(JSON.parse(rawData), null, 1) }),
    returns(false),
  );
  verify(
    'raw-data-upper-case',
    'Hexadecimal digits have no case.',
    wx({ signature: signature.toUpperCase() }),
    returns(true),
  );
  verify(
    'raw-data-short-signature',
    'A part of the signature is not a signature.',
    wx({ signature: signature.slice(0, 39) }),
    returns(false),
  );
  verify(
    'raw-data-no-hex',
    'A signature that is no hex does not verify.',
    wx({ signature: 'x'.repeat(40) }),
    returns(false),
  );
  verify(
    'raw-data-stale-key',
    'Another session key does not verify: this proves a key stale without decrypting.',
    wx({ sessionKey: stale }),
    returns(false),
  );
  verify(
    'raw-data-keys',
    'With a list of keys, any of them may verify.',
    wx({ sessionKey: [stale, sessionKey] }),
    returns(true),
  );
  verify(
    'raw-data-keys-none-right',
    'With a list of keys, one must verify.',
    wx({ sessionKey: [stale, base64(bytes('older', 16))] }),
    returns(false),
  );
  verify(
    'raw-data-key-as-bytes',
    'The hash covers the text of a key that is passed as bytes.',
    wx({ sessionKey: asBytes(Buffer.from(sessionKey, 'base64')) }),
    returns(true),
  );
  verify(
    'raw-data-key-as-bytes-of-its-text',
    'A key may be the bytes of its text.',
    wx({ sessionKey: asBytes(Buffer.from(sessionKey)) }),
    returns(true),
  );
  verify(
    'raw-data-key-decoded',
    "A signature made with the key's bytes is wrong.",
    wx({ signature: sha1(rawData, Buffer.from(sessionKey, 'base64')) }),
    returns(false),
  );
  verify(
    'raw-data-douyin',
    "Douyin signs as WeChat does, over UTF-8 (signed by Python's hashlib).",
    [{ platform: 'douyin', ...sample.douyinSignature }],
    returns(true),
  );
  verify(
    'raw-data-kuaishou',
    "Kuaishou signs as WeChat does (signed by Python's hashlib).",
    [{ platform: 'kuaishou', ...sample.kuaishouSignature }],
    returns(true),
  );
  verify(
    'raw-data-by-alias',
    'A platform may be called by any of its names.',
    [{ ...wx()[0], platform: 'weapp' }],
    returns(true),
  );
  verify(
    'raw-data-baidu',
    'Baidu documents no such signature.',
    [{ ...wx()[0], platform: 'baidu' }],
    input('platform'),
  );
  verify(
    'raw-data-alipay',
    'Alipay documents no such signature.',
    [{ ...wx()[0], platform: 'alipay' }],
    input('platform'),
  );
  for (const field of ['rawData', 'signature', 'sessionKey'])
    for (const [state, about, value] of [
      ['missing', 'is missing', undefined],
      ['empty', 'is empty', ''],
      ['a-number', 'is a number', 1],
    ])
      verify(
        `raw-data-${kebab(field)}-is-${state}`,
        `A call is rejected where ${field} ${about}.`,
        wx({ [field]: value }),
        input(field),
      );

  // The login state: hex of HMAC-SHA256, keyed with the session key's text.
  const wechat = sample.wechatLoginState;
  const douyin = sample.douyinLoginState;
  const hmac = (key, body) => createHmac('sha256', key).update(body).digest('hex');
  signs(
    'session-wechat-sample',
    "WeChat's own sample, a POST: the key is its text, not decoded.",
    [wechat.sessionKey, wechat.body],
    returns(wechat.signature),
    'documentation',
  );
  signs(
    'session-empty-body',
    'checksession signs the empty text.',
    [wechat.sessionKey, ''],
    returns(wechat.emptySignature),
  );
  signs(
    'session-no-body',
    'The body is the empty text if none is passed.',
    [wechat.sessionKey],
    returns(wechat.emptySignature),
  );
  signs(
    'session-undefined-body',
    'The body is the empty text where it is undefined.',
    [wechat.sessionKey, UNDEFINED],
    returns(wechat.emptySignature),
  );
  signs(
    'session-douyin-sample',
    "Douyin's own sample.",
    [douyin.sessionKey, douyin.body],
    returns(douyin.signature),
    'documentation',
  );
  signs(
    'session-key-as-bytes',
    'The signing key is the text of a key that is passed as bytes.',
    [asBytes(Buffer.from(wechat.sessionKey, 'base64')), wechat.body],
    returns(wechat.signature),
  );
  signs(
    'session-key-as-bytes-of-its-text',
    'A key may be the bytes of its text.',
    [asBytes(Buffer.from(douyin.sessionKey)), douyin.body],
    returns(douyin.signature),
  );
  signs(
    'session-body-utf8',
    'The body is signed as UTF-8.',
    [wechat.sessionKey, '{"name":"测试 😀"}'],
    returns(hmac(wechat.sessionKey, '{"name":"测试 😀"}')),
  );
  signs('session-key-missing', 'A call is rejected where the key is missing.', [UNDEFINED, '{}'], input('sessionKey'));
  signs('session-key-empty', 'A call is rejected where the key is empty.', ['', '{}'], input('sessionKey'));
  signs('session-key-a-number', 'A call is rejected where the key is a number.', [5, '{}'], input('sessionKey'));
  signs(
    'session-body-an-object',
    'A body is text: an object could be serialised in many ways.',
    [wechat.sessionKey, { foo: 'bar' }],
    input('body'),
  );
}
