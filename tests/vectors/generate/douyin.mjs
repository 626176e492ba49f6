// Douyin: the session-key flow is WeChat's; in the new one the response to a code is encrypted with the app's public key.
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { base64, bytes, der, keys, sealRsa } from '../../../js/samples/seal.mjs';
import * as sample from '../samples.mjs';
import {
  AT,
  answers,
  asBytes,
  encoding,
  input,
  kebab,
  length,
  MAINLAND,
  NOW,
  phone,
  platformError,
  section,
  session,
  tel,
  throws,
} from './shared.mjs';

export function douyin() {
  const { open, read } = section('douyin');
  const APP = 'ttabcdef0123456789';
  const watermark = { appid: APP, timestamp: AT };
  const mainland = { phoneNumber: '13800138000', purePhoneNumber: '13800138000', countryCode: '86', watermark };
  const hit = (raw, number = MAINLAND, more) => phone('douyin', number, raw, more);
  const tt = (name, payload, change) => session('douyin', name, payload, change, { appId: APP });
  const pkcs8 = keys.douyin;
  const pkcs1 = createPrivateKey(pkcs8).export({ type: 'pkcs1', format: 'pem' });
  const decrypt = throws('ERR_DECRYPT');

  const code = (name, payload, change) => {
    const data = sealRsa(pkcs8, `douyin/${name}`, typeof payload === 'string' ? payload : JSON.stringify(payload));
    const args = [{ platform: 'douyin', data: base64(data) }, { appId: APP, privateKey: pkcs8 }, { now: NOW }];
    change?.(...args);
    return args;
  };
  const opens = (name, about, payload, change, number, more) =>
    open(name, about, code(name, payload, change), hit(payload, number, more));
  const refuses = (name, about, outcome, change) => open(name, about, code(name, mainland, change), outcome);

  // The session-key flow.
  const { appId, sessionKey, encryptedData, iv } = sample.douyinLegacy;
  open(
    'old-way-elsewhere',
    "The session-key flow is WeChat's (sealed by Python's cryptography).",
    [{ platform: 'douyin', encryptedData, iv }, { appId, sessionKey }, { now: NOW }],
    hit(mainland),
  );
  open('old-way', 'encryptedData and iv open with the session key.', tt('old-way', mainland), hit(mainland));
  const abroad = { ...mainland, phoneNumber: '+85251234567', purePhoneNumber: '51234567', countryCode: '852' };
  open(
    'old-way-abroad',
    'A foreign number carries its country in phoneNumber.',
    tt('old-way-abroad', abroad),
    hit(abroad, tel('852', '51234567')),
  );
  open(
    'old-way-long-time',
    'The documentation shows a time of 17 digits: its first ten are the seconds, and raw keeps all as text.',
    tt('old-way-long-time', JSON.stringify(mainland).replace(String(AT), `${AT}1234567`)),
    hit({ ...mainland, watermark: { appid: APP, timestamp: `${AT}1234567` } }, MAINLAND, { issuedAt: AT }),
  );
  open(
    'old-way-milliseconds',
    'A time in milliseconds begins with its seconds too.',
    tt('old-way-milliseconds', { ...mainland, watermark: { appid: APP, timestamp: AT * 1000 } }),
    hit({ ...mainland, watermark: { appid: APP, timestamp: AT * 1000 } }, MAINLAND, { issuedAt: AT }),
  );
  open(
    'old-way-key-list',
    'Of several session keys the one that opens wins.',
    tt('old-way-key-list', mainland, (_, own) => {
      own.sessionKey = [base64(bytes('stale', 16)), own.sessionKey];
    }),
    hit(mainland),
  );
  open(
    'old-way-another-app',
    'The watermark names another app.',
    tt('old-way-another-app', mainland, (_, own) => {
      own.appId = 'tt0000000000000000';
    }),
    throws('ERR_APP_MISMATCH'),
  );
  open(
    'old-way-no-watermark',
    'Without a watermark the app is not proven.',
    tt('old-way-no-watermark', { ...mainland, watermark: undefined }),
    throws('ERR_APP_MISMATCH'),
  );
  open(
    'old-way-old',
    'A payload older than ten minutes is rejected.',
    tt('old-way-old', mainland, (_, own, options) => {
      options.now += 3600_000;
    }),
    throws('ERR_EXPIRED', { action: 'ask-again' }),
  );
  open(
    'old-way-stale-key',
    'tt.login within the callback rotates the session key away.',
    tt('old-way-stale-key', mainland, (_, own) => {
      own.sessionKey = base64(bytes('stale', 16));
    }),
    throws('ERR_DECRYPT', { action: 'login-again' }),
  );
  const big = '6648491577574883592';
  const numeric = JSON.stringify(mainland).replace(`"${APP}"`, big);
  open(
    'old-way-app-as-big-number',
    "ByteDance's watermark may hold the app as a number above 2^53, and it is compared exactly.",
    tt('old-way-app-as-big-number', numeric, (_, own) => {
      own.appId = big;
    }),
    hit({ ...mainland, watermark: { appid: big, timestamp: AT } }),
  );
  open(
    'old-way-app-next-big-number',
    'The next number, which JavaScript would take for the same, is another app.',
    tt('old-way-app-next-big-number', numeric, (_, own) => {
      own.appId = '6648491577574883593';
    }),
    throws('ERR_APP_MISMATCH'),
  );
  for (const field of ['iv', 'sessionKey', 'appId'])
    open(
      `old-way-${kebab(field)}-is-missing`,
      `A call is rejected where ${field} is missing.`,
      tt(`old-way-${kebab(field)}-is-missing`, mainland, (sealed, own) => {
        delete (field in sealed ? sealed : own)[field];
      }),
      input(field),
    );

  // The code way.
  const plus = { ...mainland, phoneNumber: '+8613800138000' };
  open(
    'code-elsewhere',
    "The response's data is RSAES-PKCS1-v1_5 (sealed by Python's cryptography).",
    [{ platform: 'douyin', data: sample.douyinCode.data }, { appId, privateKey: pkcs8 }, { now: NOW }],
    hit(plus),
  );
  for (const [name, about, key] of [
    ['code-pkcs8-pem', 'The private key may be PEM of PKCS#8, as OpenSSL 3 makes it.', pkcs8],
    ['code-pkcs1-pem', 'The private key may be PEM of PKCS#1, as OpenSSL 1 makes it.', pkcs1],
    ['code-pkcs8-base64', 'The private key may be PKCS#8 in one line of base64.', base64(der(pkcs8, 'pkcs8'))],
    ['code-pkcs1-base64', 'The private key may be PKCS#1 in one line of base64.', base64(der(pkcs8, 'pkcs1'))],
    ['code-pkcs8-der', 'The private key may be bytes: DER of PKCS#8.', asBytes(der(pkcs8, 'pkcs8'))],
    ['code-pkcs1-der', 'The private key may be bytes: DER of PKCS#1.', asBytes(der(pkcs8, 'pkcs1'))],
    ['code-pem-bytes', 'The private key may be bytes: a PEM file as it was read.', asBytes(Buffer.from(pkcs1))],
    ['code-pem-crlf', 'PEM may have line ends of Windows.', pkcs8.replaceAll('\n', '\r\n')],
    ['code-newest-key', 'Of several private keys the newest comes first.', [pkcs8, keys.douyinNext]],
    [
      'code-key-before',
      'After a rotation the key before still opens what was sealed for it.',
      [keys.douyinNext, pkcs8],
    ],
  ])
    opens(name, about, mainland, (sealed, own) => {
      own.privateKey = key;
    });
  opens('code-mainland-with-plus', 'Test data names the mainland in phoneNumber.', plus);
  opens('code-mainland-with-blanks', 'Test data writes the number with blanks.', {
    ...mainland,
    phoneNumber: '+86 138 0013 8000',
  });
  opens(
    'code-abroad',
    'A foreign number carries its country in phoneNumber.',
    abroad,
    undefined,
    tel('852', '51234567'),
  );
  opens('code-data-in-lines', 'Line breaks in data are formatting.', mainland, (sealed) => {
    sealed.data = sealed.data.match(/.{1,64}/g).join('\n');
  });
  opens('code-longest', 'A key of 2048 bits seals 245 bytes at most.', {
    ...mainland,
    x: 'a'.repeat(245 - Buffer.byteLength(JSON.stringify({ ...mainland, x: '' }))),
  });

  const key = (field) => throws('ERR_KEY', { field });
  refuses(
    'code-wrong-key',
    'Another private key opens nothing, and no login would help.',
    throws('ERR_DECRYPT', { action: 'fix-config' }),
    (sealed, own) => {
      own.privateKey = keys.douyinNext;
    },
  );
  refuses('code-no-key-right', 'Where no key of a list opens, the response does not open.', decrypt, (sealed, own) => {
    own.privateKey = [keys.douyinNext, keys.app];
  });
  refuses(
    'code-public-key',
    'A public key in the place of the private one is no private key.',
    key('privateKey'),
    (sealed, own) => {
      own.privateKey = createPublicKey(pkcs8).export({ type: 'spki', format: 'pem' });
    },
  );
  refuses('code-no-key', 'What is no key is told as such.', key('privateKey'), (sealed, own) => {
    own.privateKey = 'not a key';
  });
  refuses('code-key-cut', 'A private key that lost its end is no key.', key('privateKey'), (sealed, own) => {
    own.privateKey = base64(der(pkcs8, 'pkcs8')).slice(0, 1000);
  });
  refuses('code-key-missing', 'A call is rejected where privateKey is missing.', input('privateKey'), (sealed, own) => {
    delete own.privateKey;
  });
  refuses('code-keys-empty', 'A list of no keys is no key.', input('privateKey'), (sealed, own) => {
    own.privateKey = [];
  });
  refuses('code-app-missing', 'A call is rejected where appId is missing.', input('appId'), (sealed, own) => {
    delete own.appId;
  });
  refuses('code-data-empty', 'A call is rejected where data is empty.', input('data'), (sealed) => {
    sealed.data = '';
  });
  refuses('code-data-cut', 'data is as long as the key.', length('data'), (sealed) => {
    sealed.data = sealed.data.slice(0, 320);
  });
  refuses(
    'code-data-of-a-smaller-key',
    'data for a key of 1024 bits is too short for this one.',
    length('data'),
    (sealed) => {
      sealed.data = base64(sealRsa(keys.alipay1024, 'douyin/small', '{}'));
    },
  );
  refuses('code-data-plus-became-blank', 'A blank in data is a lost plus.', encoding('data'), (sealed) => {
    sealed.data = sealed.data.replace(/(?<=^.{40})./, ' ');
  });
  refuses('code-another-app', 'The watermark names another app.', throws('ERR_APP_MISMATCH'), (sealed, own) => {
    own.appId = 'tt0000000000000000';
  });
  refuses(
    'code-old',
    'A response kept for longer than ten minutes is rejected.',
    throws('ERR_EXPIRED'),
    (sealed, own, options) => {
      options.now += 3600_000;
    },
  );
  open(
    'code-no-watermark',
    'Anybody can seal with a public key: without a watermark the app is not proven.',
    code('code-no-watermark', { ...mainland, watermark: undefined }),
    throws('ERR_APP_MISMATCH'),
  );
  open(
    'code-no-number',
    'A payload without a number holds none.',
    code('code-no-number', { watermark }),
    throws('ERR_NOT_PHONE'),
  );
  open(
    'code-text-behind',
    'Nothing follows the object.',
    code('code-text-behind', `${JSON.stringify(mainland)} x`),
    decrypt,
  );
  const plain = JSON.stringify(mainland);
  const block = (name, head) => (sealed) => {
    sealed.data = base64(sealRsa(pkcs8, `douyin/${name}`, plain, head));
  };
  refuses(
    'code-block-type-1',
    'A block of type 1 is a signature, and no ciphertext.',
    decrypt,
    block('type 1', [0, 1]),
  );
  refuses('code-block-high', 'A block begins with 0.', decrypt, block('high', [1, 2]));
  refuses('code-filling-short', 'The filling has eight bytes at least.', decrypt, (sealed) => {
    const text = plain + ' '.repeat(246 - plain.length);
    sealed.data = base64(sealRsa(pkcs8, 'douyin/short', text));
  });
  refuses('code-data-larger-than-key', 'A number above the modulus is no ciphertext.', decrypt, (sealed) => {
    sealed.data = base64(Buffer.alloc(256, 255));
  });

  // Responses of get_phonenumber_info. Its success is sealed.
  const LOG = '20231115061320010203040506ABCDEF01';
  for (const [name, err_no, about, action] of [
    [
      'error-token-expired',
      28001008,
      'Code 28001008: the client token has expired; the log id is for the support.',
      'refresh-token',
    ],
    ['error-token-invalid', 28001003, 'Code 28001003: the client token is invalid.', 'refresh-token'],
    ['error-busy', 28001005, 'Code 28001005: Douyin is busy.', 'retry'],
    ['error-network', 28001006, "Code 28001006: Douyin's network failed.", 'retry'],
    ['error-too-often', 28003018, 'Code 28003018: too many calls.', 'retry'],
    ['error-code-expired', 28005187, 'Code 28005187: the one-time code has expired.', 'ask-again'],
    ['error-parameter', 28001007, 'Code 28001007: a parameter is wrong.', 'fix-config'],
    ['error-no-ability', 28001014, 'Code 28001014: the app has no such ability.', 'fix-config'],
  ])
    read(
      name,
      about,
      [
        { platform: 'douyin', answer: { err_no, err_msg: 'error', log_id: LOG, data: '' } },
        { appId: APP },
        { now: NOW },
      ],
      platformError(String(err_no), action, LOG),
    );
  read(
    'error-as-text',
    'A response may be the text of the HTTP response, and may call its message err_tips.',
    [
      {
        platform: 'douyin',
        answer: JSON.stringify({ err_no: 28001008, err_tips: 'access_token expired', log_id: LOG }),
      },
      {},
      { now: NOW },
    ],
    platformError('28001008', 'refresh-token', LOG),
  );
  read(
    'answer-not-json',
    'A response that is no JSON is a fault of the caller.',
    [{ platform: 'douyin', answer: 'error' }, {}, { now: NOW }],
    input('answer'),
  );
  answers('douyin', read, [
    [
      'error-login-code',
      'Code 40018: the code of tt.login is wrong.',
      { err_no: 40018, err_tips: 'bad code', data: {} },
      platformError('40018', 'login-again'),
    ],
    [
      'error-of-client-token',
      'The response that gives a client token has its error in data, its log id in extra.',
      { data: { error_code: 28001005, description: '系统繁忙' }, extra: { logid: LOG } },
      platformError('28001005', 'retry', LOG),
    ],
    [
      'answer-sealed',
      'A success is sealed: its data is opened, not read.',
      { err_no: 0, err_msg: '', log_id: LOG, data: 'AAAA' },
      input('answer'),
    ],
  ]);
}
