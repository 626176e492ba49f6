// Texts that people paste, and the fields that are recognised in them.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { root } from '../../js/build/paths.mjs';
import { withPhoneCode, withSessionKey } from '../../js/build/platforms.mjs';
import { responseSamples, samples } from '../../js/samples/index.mjs';
import { compiled } from '../support/compiled.mjs';

const { LONGEST, recognise } = await compiled('paste/recognise.ts');

const vectors = (platform) =>
  JSON.parse(readFileSync(join(root, 'tests', 'vectors', `${platform}.json`), 'utf8')).cases;
const argsOf = (platform, name) => vectors(platform).find((vector) => vector.name === name).args;
const [{ encryptedData: D, iv: IV }, { appId: APP, sessionKey: KEY }] = argsOf(
  'wechat',
  'other-implementation-mainland',
);
const [{ response: R, sign: S }] = argsOf('alipay', 'other-implementation');
const RSA = argsOf('douyin', 'code-other-implementation')[0].data;
const PHONE_CODE = 'e31968a7f94cc5ee25fafc2aef2773f0bb8c3937b22520eb8ee345274d00c144';
const LOGIN_CODE = '0e1AbCdEf2GhIjKl3MnOpQr4StUvWx5Y';
const BAIDU_KEY = '1df09d0a1677dd72b8325aec59576e0c';
const FAMILY = withSessionKey;
assert.ok(
  [D, R, S].every((text) => text.includes('+')),
  'the samples contain pluses, which the tests remove',
);
const blanks = (text) => text.replace(/\+/g, ' ');

const aliases = { weapp: 'wechat', 'mp-weixin': 'wechat', tt: 'douyin', swan: 'baidu' };
const platformOf = (name) =>
  aliases[name.toLowerCase()] ?? ['wechat', 'alipay', 'douyin', 'baidu', 'huawei'].find((known) => known === name);

const sealed = { encryptedData: D, iv: IV };
const wechat = { platform: 'wechat', candidates: ['wechat'] };
const alipay = { platform: 'alipay', candidates: ['alipay'] };
const douyin = { platform: 'douyin', candidates: ['douyin'] };
const json = { shape: 'json', kind: 'sealed' };

/** Name, text, expected result. Only the named members are compared; `sealed` and `keys` are compared completely. */
const PASTES = [
  // Events.
  [
    'a detail',
    JSON.stringify({ errMsg: 'getPhoneNumber:ok', ...sealed }),
    { ...json, candidates: FAMILY, sealed: { errMsg: 'getPhoneNumber:ok', ...sealed }, keys: {} },
  ],
  [
    'an event of uni-app in its wrapper objects',
    JSON.stringify({
      type: 'getphonenumber',
      target: { dataset: { code: 'x'.repeat(20) } },
      detail: { errMsg: 'getPhoneNumber:ok', cloudID: '1_x', code: PHONE_CODE, ...sealed },
      mp: { detail: { iv: 'other' } },
    }),
    { ...json, ...wechat, sealed: { errMsg: 'getPhoneNumber:ok', code: PHONE_CODE, ...sealed } },
  ],
  [
    'a newer event',
    JSON.stringify({ detail: { errMsg: 'getPhoneNumber:ok', code: PHONE_CODE } }),
    {
      shape: 'json',
      kind: 'code',
      candidates: withPhoneCode,
      sealed: { errMsg: 'getPhoneNumber:ok', code: PHONE_CODE },
    },
  ],
  [
    'an event of a user who declined',
    "{ detail: { errMsg: 'getPhoneNumber:fail:user deny' } }",
    { shape: 'json', kind: 'event', sealed: { errMsg: 'getPhoneNumber:fail:user deny' } },
  ],
  [
    'an event of Xiaohongshu with an error number',
    '{"errMsg":"getPhoneNumber:fail auth deny","errCode":410006}',
    {
      kind: 'event',
      platform: undefined,
      candidates: ['xiaohongshu', 'wechat', 'wecom', 'qq'],
      sealed: { errMsg: 'getPhoneNumber:fail auth deny', errno: 410006 },
    },
  ],
  [
    'an event with an error number',
    '{"errMsg":"getPhoneNumber:fail no quota","errno":1400001}',
    { kind: 'event', sealed: { errMsg: 'getPhoneNumber:fail no quota', errno: 1400001 } },
  ],
  [
    'only the error text of an event',
    'getPhoneNumber:fail user deny',
    { shape: 'log', kind: 'event', sealed: { errMsg: 'getPhoneNumber:fail user deny' } },
  ],
  [
    'the error text of an event in a log',
    '[page] e.detail.errMsg = "getPhoneNumber:fail no permission"',
    { kind: 'event', sealed: { errMsg: 'getPhoneNumber:fail no permission' } },
  ],

  // Requests.
  [
    'a request body',
    JSON.stringify({ platform: 'mp-weixin', session: 's'.repeat(43), detail: sealed }),
    { ...json, ...wechat, sealed, keys: {} },
  ],
  ["openPhone's argument", JSON.stringify({ platform: 'wechat', ...sealed }), { ...json, ...wechat, sealed }],
  [
    'the arguments of openPhone, as source code',
    `openPhone({ platform: 'wechat', encryptedData: '${D}', iv: "${IV}" }, { appId: '${APP}', sessionKey: '${KEY}', })`,
    { shape: 'log', kind: 'sealed', ...wechat, sealed, keys: { appId: APP, sessionKey: KEY } },
  ],
  [
    'all fields in a single object, snake case',
    JSON.stringify({ encrypted_data: D, iv: IV, session_key: KEY, app_id: APP }),
    { ...json, ...wechat, sealed, keys: { sessionKey: KEY, appId: APP } },
  ],
  [
    'other spellings',
    JSON.stringify({ EncryptedData: D, IV, SessionKey: KEY, appid: APP }),
    { ...json, sealed, keys: { sessionKey: KEY, appId: APP } },
  ],
  [
    'a session key of Baidu that looks like hexadecimal',
    JSON.stringify({ data: D, iv: IV, session_key: BAIDU_KEY }),
    {
      ...json,
      candidates: ['baidu', ...FAMILY.filter((name) => name !== 'baidu')],
      sealed: { data: D, iv: IV },
      keys: { sessionKey: BAIDU_KEY },
    },
  ],
  [
    'a list of session keys',
    JSON.stringify({ ...sealed, sessionKey: [KEY, 'other'] }),
    { ...json, keys: { sessionKey: [KEY, 'other'] } },
  ],
  [
    'a body as text in an object',
    JSON.stringify({
      method: 'POST',
      url: 'https://servicewechat.com/',
      data: JSON.stringify({ encryptedData: D, iv: IV }),
    }),
    { ...json, ...wechat, sealed },
  ],
  ['a text that contains JSON', JSON.stringify(JSON.stringify(sealed)), { ...json, sealed }],
  [
    'the code of a login',
    JSON.stringify({ platform: 'tt', js_code: 'a'.repeat(20) + '1' }),
    { shape: 'json', kind: 'code', ...douyin, sealed: { code: 'a'.repeat(20) + '1', use: 'login' } },
  ],
  [
    'fields of two payloads are not mixed',
    JSON.stringify([{ encryptedData: D }, { encryptedData: R, iv: IV }]),
    { ...json, sealed: { encryptedData: D } },
  ],
  [
    'a Baidu body with its app key',
    JSON.stringify({ provider: 'swan', data: D, iv: IV, client_id: 'ThrowAway' }),
    { ...json, platform: 'baidu', keys: { appKey: 'ThrowAway' } },
  ],

  // Printed objects.
  [
    'console.log',
    `{\n  errMsg: 'getPhoneNumber:ok',\n  encryptedData: '${D}',\n  iv: '${IV}',\n  code: undefined\n}`,
    { ...json, sealed: { errMsg: 'getPhoneNumber:ok', ...sealed } },
  ],
  [
    'a text that console.log truncated',
    `{ encryptedData: '${D.slice(0, 100)}'... 116 more characters, iv: '${IV}', target: [Object] }`,
    { ...json, sealed: { encryptedData: `${D.slice(0, 100)}...`, iv: IV } },
  ],
  [
    'console.log of a class',
    `<ref *1> Event {\n  detail: [Object: null prototype] { encryptedData: '${D}', iv: '${IV}' },\n  self: [Circular *1]\n}`,
    { ...json, sealed },
  ],
  ['Python', `{'encryptedData': '${D}', 'iv': u'${IV}', 'errno': None, 'ok': True}`, { ...json, sealed }],
  ['trailing commas and no quotes', `{encryptedData: "${D}", iv: "${IV}",}`, { ...json, sealed }],
  [
    "Java's Map",
    `INFO body={iv=${IV}, encryptedData=${D}, appid=${APP}}`,
    { shape: 'log', kind: 'sealed', ...wechat, sealed, keys: { appId: APP } },
  ],

  // curl.
  [
    'curl with JSON',
    `curl -X POST 'https://api.example.com/phone' -H 'content-type: application/json' ` +
      `--data-raw '{"platform":"weapp","detail":{"encryptedData":"${D}","iv":"${IV}"}}'`,
    { shape: 'curl', kind: 'sealed', ...wechat, sealed },
  ],
  [
    'curl over several lines',
    `$ curl 'https://api.example.com/phone' \\\n  -H 'referer: https://servicewechat.com/${APP}/12/page-frame.html' \\\n` +
      `  -d '${JSON.stringify(sealed)}' \\\n  --compressed`,
    { shape: 'curl', ...wechat, sealed, keys: { appId: APP } },
  ],
  [
    'form data in a curl command, with encoded pluses',
    `curl https://api.example.com -d 'encryptedData=${encodeURIComponent(D)}&iv=${encodeURIComponent(IV)}'`,
    { shape: 'curl', sealed },
  ],
  [
    'a form of curl that loses its pluses',
    `curl https://api.example.com -d "encryptedData=${D}" -d iv=${IV}`,
    { shape: 'curl', sealed: { encryptedData: blanks(D), iv: blanks(IV) } },
  ],
  [
    'curl with --data-urlencode',
    `curl https://api.example.com --data-urlencode 'encryptedData=${D}' --data-urlencode iv=${IV}`,
    { shape: 'curl', sealed },
  ],
  [
    "curl with $'…'",
    `curl https://api.example.com -d $'{"encryptedData":"${D}","iv":"${IV.replace(/=/g, '\\u003d')}"}'`,
    { shape: 'curl', sealed },
  ],
  [
    'curl with a query',
    `curl "https://api.weixin.qq.com/sns/jscode2session?appid=${APP}&js_code=${LOGIN_CODE}&grant_type=authorization_code"`,
    { shape: 'curl', kind: 'code', ...wechat, sealed: { code: LOGIN_CODE, use: 'login' }, keys: { appId: APP } },
  ],
  [
    'curl of Windows',
    `curl "https://api.example.com" ^\r\n -d "{\\"encryptedData\\":\\"${D}\\",\\"iv\\":\\"${IV}\\"}"`,
    { shape: 'curl', sealed },
  ],

  // Forms.
  [
    'a form',
    `encryptedData=${encodeURIComponent(D)}&iv=${encodeURIComponent(IV)}&platform=wechat`,
    { shape: 'form', kind: 'sealed', ...wechat, sealed },
  ],
  [
    'a form that lost its pluses',
    `encryptedData=${D}&iv=${encodeURIComponent(IV)}`,
    { shape: 'form', sealed: { encryptedData: blanks(D), iv: IV } },
  ],
  [
    'a form that was encoded twice',
    `encryptedData=${encodeURIComponent(encodeURIComponent(D))}&iv=${encodeURIComponent(IV)}`,
    { shape: 'form', sealed: { encryptedData: encodeURIComponent(D), iv: IV } },
  ],
  [
    'a URL',
    `https://api.example.com/phone?platform=weapp&code=${PHONE_CODE}`,
    { shape: 'form', kind: 'code', ...wechat, sealed: { code: PHONE_CODE } },
  ],

  // Logs.
  [
    'JSON in a line',
    `2026-01-02 03:04:05 INFO [http-1] request: ${JSON.stringify({ detail: sealed })} took 12ms`,
    { shape: 'log', kind: 'sealed', sealed },
  ],
  [
    'name=value',
    `2026-01-02 phone failed encryptedData=${D} iv=${IV} session_key=${KEY} appid=${APP} for user 42`,
    { shape: 'log', ...wechat, sealed, keys: { sessionKey: KEY, appId: APP } },
  ],
  [
    'name: "value"',
    `encryptedData: "${D}", iv: "${IV}", sessionKey: "${KEY}"`,
    { shape: 'log', sealed, keys: { sessionKey: KEY } },
  ],
  [
    'values that lost their pluses',
    `phone encryptedData=${blanks(D)} iv=${IV} ok`,
    { shape: 'log', sealed: { encryptedData: blanks(D), iv: IV } },
  ],
  [
    'lines',
    `encryptedData\uFF1A\nencryptedData: ${D}\niv: ${IV}\nsession_key: ${KEY}\n`,
    { shape: 'log', sealed, keys: { sessionKey: KEY } },
  ],
  [
    'an environment file',
    `MP_PHONE_APP_ID=${APP}\nMP_PHONE_SESSION_KEY=${KEY}\n`,
    { shape: 'log', kind: 'keys', ...wechat, keys: { appId: APP, sessionKey: KEY } },
  ],
  [
    'a query in an access log',
    `127.0.0.1 - - "GET /phone?encryptedData=${encodeURIComponent(D)}&iv=${encodeURIComponent(IV)} HTTP/1.1" 200 12`,
    { shape: 'log', sealed },
  ],
  [
    "a browser's fetch",
    `fetch("https://api.example.com/phone", {\n` +
      `  "headers": { "referer": "https://tmaservice.developer.toutiao.com/?appid=ttabcdef0123456789&version=1" },\n` +
      `  "body": "${JSON.stringify(sealed).replace(/"/g, '\\"')}",\n  "method": "POST"\n});`,
    { shape: 'log', ...douyin, sealed, keys: { appId: 'ttabcdef0123456789' } },
  ],

  // Responses.
  [
    'an error of WeChat',
    '{"errcode":40029,"errmsg":"invalid code, rid: 65a1b2c3-0d4e5f60-7a8b9c0d"}',
    {
      shape: 'json',
      kind: 'response',
      candidates: ['wechat', 'wecom', 'qq'],
      response: '{"errcode":40029,"errmsg":"invalid code, rid: 65a1b2c3-0d4e5f60-7a8b9c0d"}',
      sealed: {},
    },
  ],
  [
    'an error of Douyin',
    '{"err_no":40018,"err_tips":"bad code","data":{"session_key":""}}',
    { kind: 'response', ...douyin, keys: {} },
  ],
  [
    'an error of Douyin, in data',
    '{"data":{"error_code":10003,"description":"x"},"message":"error"}',
    { kind: 'response', ...douyin, response: '{"data":{"error_code":10003,"description":"x"},"message":"error"}' },
  ],
  [
    'an error of Baidu',
    '{"errno":1,"errmsg":"x","request_id":"1"}',
    { kind: 'response', platform: 'baidu', sealed: {} },
  ],
  ['an error of Kuaishou', '{"result":100200101,"error_msg":"x"}', { kind: 'response', platform: 'kuaishou' }],
  [
    'an error of Xiaohongshu',
    '{"success":false,"msg":"x","data":null,"code":410101}',
    { kind: 'response', platform: 'xiaohongshu' },
  ],
  [
    'an error response of Feishu and of other platforms',
    '{"code":20003,"msg":"x"}',
    { kind: 'response', candidates: ['feishu', 'dingtalk', 'alipay', 'xiaohongshu'] },
  ],
  [
    "a response of Alipay's gateway",
    '{"error_response":{"code":"40002","msg":"Invalid Arguments","sub_code":"isv.code-invalid"},"sign":"abc="}',
    {
      kind: 'response',
      ...alipay,
      sealed: {},
      response:
        '{"error_response":{"code":"40002","msg":"Invalid Arguments","sub_code":"isv.code-invalid"},"sign":"abc="}',
    },
  ],
  [
    "Alipay's error",
    '{"code":"40003","msg":"Insufficient Conditions","subCode":"isv.invalid-auth-relations","subMsg":"x"}',
    { kind: 'response', ...alipay },
  ],
  [
    'a response inside an error of axios',
    "AxiosError { response: { status: 200, data: { errcode: 40001, errmsg: 'x' } } }",
    { kind: 'response', response: '{"errcode":40001,"errmsg":"x"}' },
  ],
  [
    'a response that a log calls `response`',
    JSON.stringify({ url: '/phone', response: '{"errcode":40029,"errmsg":"x"}' }),
    { kind: 'response', sealed: {}, response: '{"errcode":40029,"errmsg":"x"}' },
  ],
  [
    'the error of a cloud call',
    'Error: errCode: 40029 | errMsg: invalid code rid: 65a1b2c3-0d4e5f60-7a8b9c0d',
    {
      shape: 'message',
      kind: 'response',
      response: 'Error: errCode: 40029 | errMsg: invalid code rid: 65a1b2c3-0d4e5f60-7a8b9c0d',
      candidates: ['wechat', 'wecom', 'qq'],
    },
  ],
  [
    'the error of a cloud call, printed',
    "{ errCode: 40029, errMsg: 'openapi.phonenumber.getPhoneNumber:fail invalid code' }",
    { kind: 'response', sealed: {} },
  ],
  ['an error code alone', '40029', { shape: 'message', kind: 'response', response: '40029' }],
  ['a sub code alone', 'isv.invalid-encrypt', { shape: 'message', kind: 'response', ...alipay }],
  [
    'the response to a login',
    JSON.stringify({ session_key: KEY, openid: 'o1' }),
    { kind: 'keys', keys: { sessionKey: KEY }, response: JSON.stringify({ session_key: KEY, openid: 'o1' }) },
  ],
  [
    "Baidu's login",
    JSON.stringify({ session_key: BAIDU_KEY, openid: 'o1' }),
    { kind: 'keys', candidates: [...new Set(['baidu', 'wechat', 'qq', ...FAMILY])] },
  ],
  [
    "Douyin's response to a phone code",
    JSON.stringify({ err_no: 0, err_msg: '', log_id: '1', data: RSA }),
    { kind: 'sealed', ...douyin, sealed: { data: RSA } },
  ],
  [
    'a number alone',
    '{"errcode":0,"errmsg":"ok","phone_info":{"purePhoneNumber":"13800138000"}}',
    { kind: 'response', sealed: {} },
  ],

  // Alipay.
  [
    "Alipay's response",
    JSON.stringify({ response: R, sign: S, sign_type: 'RSA2', encrypt_type: 'AES', charset: 'UTF-8' }),
    { ...json, ...alipay, sealed: { response: R, sign: S, signType: 'RSA2', encryptType: 'AES', charset: 'UTF-8' } },
  ],
  [
    'the callback with its text',
    JSON.stringify({ response: JSON.stringify({ response: R, sign: S }) }),
    { ...json, ...alipay, sealed: { response: JSON.stringify({ response: R, sign: S }) } },
  ],
  [
    'the callback with its object',
    JSON.stringify({ response: { response: R, sign: S } }),
    { ...json, ...alipay, sealed: { response: { response: R, sign: S } } },
  ],
  [
    "the newer event's detail",
    JSON.stringify({ detail: { encryptedData: R, sign: S } }),
    { ...json, ...alipay, sealed: { encryptedData: R, sign: S } },
  ],
  [
    'a signed request of another kind is not a response of Alipay',
    JSON.stringify({ ...sealed, sign: 'abcdef' }),
    { ...json, candidates: FAMILY },
  ],

  // Single values.
  ['a ciphertext', D, { shape: 'base64', kind: 'sealed', sealed: { encryptedData: D } }],
  ['a ciphertext in quotes', `"${D}"`, { shape: 'base64', sealed: { encryptedData: `"${D}"` } }],
  ['a ciphertext that lost its pluses', blanks(D), { shape: 'base64', sealed: { encryptedData: blanks(D) } }],
  [
    'a ciphertext in several lines',
    D.replace(/.{64}/g, '$&\n'),
    { shape: 'base64', sealed: { encryptedData: D.replace(/.{64}/g, '$&\n') } },
  ],
  [
    'a percent-encoded ciphertext',
    encodeURIComponent(D),
    { shape: 'base64', sealed: { encryptedData: encodeURIComponent(D) } },
  ],
  [
    "Douyin's data",
    RSA,
    {
      shape: 'base64',
      kind: 'sealed',
      candidates: ['douyin', ...FAMILY.filter((name) => name !== 'douyin'), 'alipay'],
      sealed: { data: RSA },
    },
  ],
  ['a key or an IV', KEY, { shape: 'base64', kind: 'keys', keys: { sessionKey: KEY } }],
  [
    'a key without its padding',
    KEY.replace(/=+$/, ''),
    { shape: 'base64', kind: 'keys', keys: { sessionKey: KEY.replace(/=+$/, '') } },
  ],
  ['a session key of Baidu', BAIDU_KEY, { shape: 'code', kind: 'keys', keys: { sessionKey: BAIDU_KEY } }],
  ['a phone code', PHONE_CODE, { shape: 'code', kind: 'code', sealed: { code: PHONE_CODE } }],
  ['a phone code in quotes', `"${PHONE_CODE}"`, { shape: 'code', kind: 'code', sealed: { code: `"${PHONE_CODE}"` } }],
  ['a login code', LOGIN_CODE, { shape: 'code', kind: 'code', sealed: { code: LOGIN_CODE, use: 'login' } }],
  ['a text that is not a code', 'undefined', { kind: 'code', sealed: { code: 'undefined' } }],
  [
    'the mock code of the developer tools',
    'the code is a mock one',
    { kind: 'code', sealed: { code: 'the code is a mock one' } },
  ],
  [
    'a private key',
    '-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\n',
    { kind: 'keys', keys: { privateKey: '-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----' } },
  ],

  // Damage is kept.
  ['null and empty fields', '{"encryptedData":null,"iv":""}', { ...json, sealed: { encryptedData: null, iv: '' } }],
  [
    'quotes in a text',
    JSON.stringify({ encryptedData: `"${D}"`, iv: IV }),
    { ...json, sealed: { encryptedData: `"${D}"`, iv: IV } },
  ],
  [
    'escaped escapes',
    JSON.stringify({ encryptedData: D.replace(/\//g, '\\/'), iv: IV }),
    { ...json, sealed: { encryptedData: D.replace(/\//g, '\\/'), iv: IV } },
  ],
  [
    'backslashes in single quotes',
    `{'encryptedData': 'ab\\qcd', 'iv': '${IV}'}`,
    { sealed: { encryptedData: 'ab\\qcd', iv: IV } },
  ],
  ['a number instead of a text', '{"encryptedData":12,"iv":34}', { ...json, sealed: { encryptedData: 12, iv: 34 } }],
  [
    'a masked number',
    `{"encryptedData":"${D.slice(0, 6)}******","iv":"***"}`,
    { ...json, sealed: { encryptedData: `${D.slice(0, 6)}******`, iv: '***' } },
  ],

  // Unrecognised texts.
  ...[
    '',
    ' \n ',
    '{}',
    '[]',
    'Lorem ipsum dolor sit amet',
    'getPhoneNumberCallback',
    '{{{{',
    '"x"',
    'hello',
    'The quick brown fox jumps over the lazy dog and runs away from all of the 12 others',
    '获取手机号失败',
    '{"name":"x","data":"ok","code":200,"response":"timeout"}',
    'curl https://example.com',
    '<html><body>502 Bad Gateway</body></html>',
  ].map((text) => [
    `nothing is recognised in ${JSON.stringify(text)}`,
    text,
    { shape: 'nothing', kind: 'unknown', sealed: {}, keys: {} },
  ]),
];

for (const [name, text, expected] of PASTES) {
  test(name, () => {
    const pasted = recognise(text, platformOf);
    const compared = Object.fromEntries(Object.keys(expected).map((key) => [key, pasted[key]]));
    assert.deepEqual(compared, expected);
    assert.equal(Object.getPrototypeOf(pasted.sealed), Object.prototype);
    if (!('platform' in expected)) assert.ok(pasted.platform === undefined || pasted.candidates.length === 1);
  });
}

for (const [name, print] of [
  ['JSON', JSON.stringify],
  ['console.log', (value) => inspect(value, { maxStringLength: Infinity, maxArrayLength: null, depth: null })],
  ['a curl command', (value) => `curl https://api.example.com -d '${JSON.stringify(value).replace(/'/g, `'\\''`)}'`],
  ['a log', (value) => `2026-01-02 03:04:05 INFO got ${JSON.stringify(value)} from 127.0.0.1`],
]) {
  test(`every payload with every known mistake is recognised ${name} unchanged`, () => {
    const present = (fields) =>
      Object.fromEntries(
        Object.entries(fields).filter(([, value]) => value !== undefined && value !== null && value !== ''),
      );
    const all = samples('paste');
    assert.ok(all.length > 400);
    for (const {
      id,
      platform,
      sealed: { platform: called, ...fields },
      keys,
    } of all) {
      const pasted = recognise(print({ platform: called, ...fields, ...keys }), () => platform);
      assert.deepEqual(
        [present(pasted.sealed), present(pasted.keys), pasted.platform],
        [present(fields), present(keys), platform],
        id,
      );
    }
  });
}

test("platforms' responses are recognised, and their platform is among the possible ones", () => {
  const all = responseSamples();
  assert.ok(all.length > 20);
  for (const { id, platform, answer: platformResponse } of all) {
    const pasted = recognise(platformResponse);
    assert.ok(pasted.candidates.includes(platform), id);
    // An error in the button's response belongs to the button. The response to a login contains a key.
    if (pasted.kind === 'sealed') assert.equal(platform, 'alipay', id);
    else assert.equal(pasted.response, platformResponse, id);
  }
});

test('a text over the limit is not read', () => {
  assert.equal(recognise(JSON.stringify({ encryptedData: 'A'.repeat(LONGEST), iv: IV })).kind, 'unknown');
});

test('deep and large nonsense is read quickly and without an error', () => {
  const fill = (text) => text.repeat(Math.floor(LONGEST / text.length));
  const start = Date.now();
  for (const text of [
    ...[
      '{',
      '[',
      '{"a":',
      '[[{',
      '"',
      "'",
      '\\',
      '%',
      '&',
      '=',
      'a=',
      'iv=',
      'iv: ',
      'iv=a ',
      ' A1',
      'A1 ',
      '{a:"',
      "{'",
      '<ref *1> ',
      'curl ',
      '-',
      '\n',
      '\u0000',
      '\ud800',
      '${',
      '{"errcode":1},',
      'code=1&',
      'encryptedData=',
      '{"detail":',
      'x?iv=1&',
      'errMsg: getPhoneNumber:',
      '-----BEGIN ',
    ].map(fill),
    ...['{', '"', '\\', "$'", '%2', '='].flatMap((part) => [
      `curl ${fill(part).slice(5)}`,
      `{"data":"${fill(part).slice(20)}"}`,
    ]),
    `${fill('{"detail":').slice(0, 100_000)}1${'}'.repeat(10_000)}`,
    Array.from({ length: 60 }).reduce((text, _, at) => {
      const own = '"\'`'[at % 3];
      const escaped = text.replaceAll(own, `\\${own}`).slice(-LONGEST / 2);
      return `{${at % 3}:1,data:${own}${escaped}${own}}`;
    }, '1'),
    Array.from({ length: 16 }).reduce((text) => JSON.stringify({ data: text }), '1'),
    JSON.stringify({ __proto__: null, constructor: 1, toString: 'x', hasOwnProperty: 'y' }),
    '{"__proto__":{"encryptedData":"x"},"constructor":{"prototype":{"iv":"y"}}}',
    "{'__proto__': {'iv': 'x'}}",
    '__proto__=1&iv=2',
  ]) {
    const pasted = recognise(text);
    assert.ok(typeof pasted.kind === 'string' && Array.isArray(pasted.candidates));
  }
  assert.equal({}.iv, undefined);
  assert.ok(Date.now() - start < 30_000, `took ${Date.now() - start} ms`);
});

test('pieces of real pastes, cut and mixed, never cause an exception', () => {
  let seed = 1;
  const random = (below) => (seed = (seed * 48271) % 2147483647) % below;
  const texts = PASTES.map(([, text]) => text);
  for (let round = 0; round < 3000; round++) {
    const text = texts[random(texts.length)];
    const other = texts[random(texts.length)];
    const pasted = recognise(text.slice(random(text.length + 1)) + other.slice(0, random(other.length + 1)));
    for (const fields of [pasted.sealed, pasted.keys]) assert.equal(Object.getPrototypeOf(fields), Object.prototype);
  }
});
