// Cases that are common to all platforms: names, options, signatures of rawData and of the login state.
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
  named('name-in-mixed-case', 'Names are case-insensitive.', ['Mp-Weixin'], returns('wechat'));
  for (const [name, about, input] of [
    ['name-unknown', 'The name of an unsupported platform is unknown.', 'mp-360'],
    ['name-empty', 'The empty text is not a name.', ''],
    ['name-constructor', 'constructor, which every JavaScript object has, is not a name.', 'constructor'],
    ['name-proto', '__proto__, the prototype of JavaScript objects, is not a name.', '__proto__'],
    ['name-to-string', 'toString, a method of every JavaScript object, is not a name.', 'toString'],
    ['name-undefined', 'undefined is not a name.', UNDEFINED],
    ['name-null', 'null is not a name.', null],
    ['name-a-number', 'A number is not a name.', 5],
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
  const rejects = (name, about, outcome, change) => open(name, about, call(name, change), outcome);
  opens(
    'open-by-alias',
    "Any name of a platform is accepted; the result contains the package's own name.",
    (sealed) => {
      sealed.platform = 'mp-weixin';
    },
  );
  opens('open-by-alias-in-upper-case', 'An alias may be in upper case.', (sealed) => {
    sealed.platform = 'WEAPP';
  });
  for (const [name, about, platform] of [
    ['open-unknown-platform', 'An unknown platform is rejected.', 'mp-360'],
    ['open-constructor', 'constructor, which every JavaScript object has, is not a platform.', 'constructor'],
    ['open-qq', 'QQ has no phone button.', 'qq'],
    ['open-jd', "JD's number is available only through JD's own API.", 'jd'],
    ['open-platform-missing', 'A call without a platform is rejected.', undefined],
    ['open-platform-a-number', 'A number is not the name of a platform.', 1],
  ])
    rejects(name, about, input('platform'), (sealed) => {
      sealed.platform = platform;
    });
  read(
    'read-by-alias',
    'readPhone also accepts every name.',
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
    'No response of JD is supported.',
    [{ platform: 'jd', answer: { mobile: '15000000000' } }, {}, { now: NOW }],
    input('platform'),
  );

  // Options.
  rejects('max-age-negative', 'A maxAge below 0 is invalid.', input('maxAge'), (_, own, options) => {
    options.maxAge = -1;
  });
  rejects('max-age-no-number', 'A maxAge that is not a number is invalid.', input('maxAge'), (_, own, options) => {
    options.maxAge = number('NaN');
  });
  opens('max-age-zero', 'A maxAge of 0 accepts payloads of the current second.', (_, own, options) => {
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
    'Data that was serialised again is not the exact text.',
    wx({ rawData: JSON.stringify(JSON.parse(rawData), null, 1) }),
    returns(false),
  );
  verify(
    'raw-data-upper-case',
    'Hexadecimal digits are case-insensitive.',
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
    'A signature that is not hex does not verify.',
    wx({ signature: 'x'.repeat(40) }),
    returns(false),
  );
  verify(
    'raw-data-stale-key',
    'Another session key does not verify: this shows a stale key without decryption.',
    wx({ sessionKey: stale }),
    returns(false),
  );
  verify(
    'raw-data-keys',
    'With a list of keys, each key may verify.',
    wx({ sessionKey: [stale, sessionKey] }),
    returns(true),
  );
  verify(
    'raw-data-keys-none-right',
    'With a list of keys, at least one key must verify.',
    wx({ sessionKey: [stale, base64(bytes('older', 16))] }),
    returns(false),
  );
  verify(
    'raw-data-key-as-bytes',
    'A key that is passed as bytes is hashed as its text.',
    wx({ sessionKey: asBytes(Buffer.from(sessionKey, 'base64')) }),
    returns(true),
  );
  verify(
    'raw-data-key-as-bytes-of-its-text',
    'A key may be passed as the bytes of its text.',
    wx({ sessionKey: asBytes(Buffer.from(sessionKey)) }),
    returns(true),
  );
  verify(
    'raw-data-key-decoded',
    "A signature with the key's decoded bytes is wrong.",
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
    'Any name of a platform is accepted.',
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
    "WeChat's own sample, a POST: the signing key is the text of the session key, not the decoded bytes.",
    [wechat.sessionKey, wechat.body],
    returns(wechat.signature),
    'documentation',
  );
  signs(
    'session-empty-body',
    'The signature for checksession covers the empty text.',
    [wechat.sessionKey, ''],
    returns(wechat.emptySignature),
  );
  signs(
    'session-no-body',
    'Without a body the signature covers the empty text.',
    [wechat.sessionKey],
    returns(wechat.emptySignature),
  );
  signs(
    'session-undefined-body',
    'An undefined body is signed as the empty text.',
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
    'A key that is passed as bytes signs with its text.',
    [asBytes(Buffer.from(wechat.sessionKey, 'base64')), wechat.body],
    returns(wechat.signature),
  );
  signs(
    'session-key-as-bytes-of-its-text',
    'A key may be passed as the bytes of its text.',
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
    'The body must be text: an object could be serialised in several ways.',
    [wechat.sessionKey, { foo: 'bar' }],
    input('body'),
  );
}
