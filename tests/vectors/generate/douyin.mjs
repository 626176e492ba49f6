// Douyin: the encryptedData flow, with a session key, is WeChat's; in the code flow the response for a code is
// encrypted with the app's public key.
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
  const rejects = (name, about, outcome, change) => open(name, about, code(name, mainland, change), outcome);

  // The encryptedData flow.
  const { appId, sessionKey, encryptedData, iv } = sample.douyinLegacy;
  open(
    'encrypted-data-flow-other-implementation',
    "The encryptedData flow is WeChat's (sealed by Python's cryptography).",
    [{ platform: 'douyin', encryptedData, iv }, { appId, sessionKey }, { now: NOW }],
    hit(mainland),
  );
  open(
    'encrypted-data-flow',
    'encryptedData and iv open with the session key.',
    tt('encrypted-data-flow', mainland),
    hit(mainland),
  );
  const abroad = { ...mainland, phoneNumber: '+85251234567', purePhoneNumber: '51234567', countryCode: '852' };
  open(
    'encrypted-data-flow-abroad',
    'A foreign number carries its country in phoneNumber.',
    tt('encrypted-data-flow-abroad', abroad),
    hit(abroad, tel('852', '51234567')),
  );
  open(
    'encrypted-data-flow-long-time',
    'The documentation shows a time of 17 digits: the first ten are the seconds; raw contains all digits as text.',
    tt('encrypted-data-flow-long-time', JSON.stringify(mainland).replace(String(AT), `${AT}1234567`)),
    hit({ ...mainland, watermark: { appid: APP, timestamp: `${AT}1234567` } }, MAINLAND, { issuedAt: AT }),
  );
  open(
    'encrypted-data-flow-milliseconds',
    'A time in milliseconds also begins with its seconds.',
    tt('encrypted-data-flow-milliseconds', { ...mainland, watermark: { appid: APP, timestamp: AT * 1000 } }),
    hit({ ...mainland, watermark: { appid: APP, timestamp: AT * 1000 } }, MAINLAND, { issuedAt: AT }),
  );
  open(
    'encrypted-data-flow-key-list',
    'If several session keys are passed, the key that opens the payload is used.',
    tt('encrypted-data-flow-key-list', mainland, (_, own) => {
      own.sessionKey = [base64(bytes('stale', 16)), own.sessionKey];
    }),
    hit(mainland),
  );
  open(
    'encrypted-data-flow-another-app',
    'The watermark names another app.',
    tt('encrypted-data-flow-another-app', mainland, (_, own) => {
      own.appId = 'tt0000000000000000';
    }),
    throws('ERR_APP_MISMATCH'),
  );
  open(
    'encrypted-data-flow-no-watermark',
    'Without a watermark the app is not proven.',
    tt('encrypted-data-flow-no-watermark', { ...mainland, watermark: undefined }),
    throws('ERR_APP_MISMATCH'),
  );
  open(
    'encrypted-data-flow-old',
    'A payload older than ten minutes is rejected.',
    tt('encrypted-data-flow-old', mainland, (_, own, options) => {
      options.now += 3600_000;
    }),
    throws('ERR_EXPIRED', { action: 'ask-again' }),
  );
  open(
    'encrypted-data-flow-stale-key',
    'tt.login within the callback replaces the session key.',
    tt('encrypted-data-flow-stale-key', mainland, (_, own) => {
      own.sessionKey = base64(bytes('stale', 16));
    }),
    throws('ERR_DECRYPT', { action: 'login-again' }),
  );
  const big = '6648491577574883592';
  const numeric = JSON.stringify(mainland).replace(`"${APP}"`, big);
  open(
    'encrypted-data-flow-app-as-big-number',
    "ByteDance's watermark may contain the app id as a number above 2^53, which is compared exactly.",
    tt('encrypted-data-flow-app-as-big-number', numeric, (_, own) => {
      own.appId = big;
    }),
    hit({ ...mainland, watermark: { appid: big, timestamp: AT } }),
  );
  open(
    'encrypted-data-flow-app-next-big-number',
    'The next integer, which is the same number in JavaScript, is another app.',
    tt('encrypted-data-flow-app-next-big-number', numeric, (_, own) => {
      own.appId = '6648491577574883593';
    }),
    throws('ERR_APP_MISMATCH'),
  );
  for (const field of ['iv', 'sessionKey', 'appId'])
    open(
      `encrypted-data-flow-${kebab(field)}-is-missing`,
      `A call is rejected where ${field} is missing.`,
      tt(`encrypted-data-flow-${kebab(field)}-is-missing`, mainland, (sealed, own) => {
        delete (field in sealed ? sealed : own)[field];
      }),
      input(field),
    );

  // The code flow.
  const plus = { ...mainland, phoneNumber: '+8613800138000' };
  open(
    'code-other-implementation',
    "The response's data is RSAES-PKCS1-v1_5 (sealed by Python's cryptography).",
    [{ platform: 'douyin', data: sample.douyinCode.data }, { appId, privateKey: pkcs8 }, { now: NOW }],
    hit(plus),
  );
  for (const [name, about, key] of [
    ['code-pkcs8-pem', 'The private key may be PEM of PKCS#8, as OpenSSL 3 writes it.', pkcs8],
    ['code-pkcs1-pem', 'The private key may be PEM of PKCS#1, as OpenSSL 1 writes it.', pkcs1],
    ['code-pkcs8-base64', 'The private key may be PKCS#8 in one line of base64.', base64(der(pkcs8, 'pkcs8'))],
    ['code-pkcs1-base64', 'The private key may be PKCS#1 in one line of base64.', base64(der(pkcs8, 'pkcs1'))],
    ['code-pkcs8-der', 'The private key may be bytes: DER of PKCS#8.', asBytes(der(pkcs8, 'pkcs8'))],
    ['code-pkcs1-der', 'The private key may be bytes: DER of PKCS#1.', asBytes(der(pkcs8, 'pkcs1'))],
    ['code-pem-bytes', 'The private key may be bytes: the content of a PEM file.', asBytes(Buffer.from(pkcs1))],
    ['code-pem-crlf', 'PEM may have Windows line breaks.', pkcs8.replaceAll('\n', '\r\n')],
    ['code-newest-key', 'Several private keys may be passed, newest first.', [pkcs8, keys.douyinNext]],
    [
      'code-previous-key',
      'After a rotation the previous key still opens data that was sealed for it.',
      [keys.douyinNext, pkcs8],
    ],
  ])
    opens(name, about, mainland, (sealed, own) => {
      own.privateKey = key;
    });
  opens('code-mainland-with-plus', 'phoneNumber may contain the country code of the mainland, as in test data.', plus);
  opens('code-mainland-with-blanks', 'phoneNumber may contain blanks, as in test data.', {
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
  opens('code-longest', 'A key of 2048 bits seals at most 245 bytes.', {
    ...mainland,
    x: 'a'.repeat(245 - Buffer.byteLength(JSON.stringify({ ...mainland, x: '' }))),
  });

  const key = (field) => throws('ERR_KEY', { field });
  rejects(
    'code-wrong-key',
    'Another private key opens nothing; a new login does not help.',
    throws('ERR_DECRYPT', { action: 'fix-config' }),
    (sealed, own) => {
      own.privateKey = keys.douyinNext;
    },
  );
  rejects('code-no-key-right', 'If no key of a list opens the response, opening fails.', decrypt, (sealed, own) => {
    own.privateKey = [keys.douyinNext, keys.app];
  });
  rejects(
    'code-public-key',
    'A public key in the place of the private key is rejected.',
    key('privateKey'),
    (sealed, own) => {
      own.privateKey = createPublicKey(pkcs8).export({ type: 'spki', format: 'pem' });
    },
  );
  rejects('code-no-key', 'A text that is not a key is rejected as a key.', key('privateKey'), (sealed, own) => {
    own.privateKey = 'not a key';
  });
  rejects('code-key-cut', 'A private key without its end is not a key.', key('privateKey'), (sealed, own) => {
    own.privateKey = base64(der(pkcs8, 'pkcs8')).slice(0, 1000);
  });
  rejects('code-key-missing', 'A call is rejected where privateKey is missing.', input('privateKey'), (sealed, own) => {
    delete own.privateKey;
  });
  rejects('code-keys-empty', 'An empty list of keys is rejected.', input('privateKey'), (sealed, own) => {
    own.privateKey = [];
  });
  rejects('code-app-missing', 'A call is rejected where appId is missing.', input('appId'), (sealed, own) => {
    delete own.appId;
  });
  rejects('code-data-empty', 'A call is rejected where data is empty.', input('data'), (sealed) => {
    sealed.data = '';
  });
  rejects('code-data-cut', 'data must be as long as the key.', length('data'), (sealed) => {
    sealed.data = sealed.data.slice(0, 320);
  });
  rejects(
    'code-data-of-a-smaller-key',
    'data for a key of 1024 bits is too short for a key of 2048 bits.',
    length('data'),
    (sealed) => {
      sealed.data = base64(sealRsa(keys.alipay1024, 'douyin/small', '{}'));
    },
  );
  rejects('code-data-plus-became-blank', 'A blank in data is a lost plus.', encoding('data'), (sealed) => {
    sealed.data = sealed.data.replace(/(?<=^.{40})./, ' ');
  });
  rejects('code-another-app', 'The watermark names another app.', throws('ERR_APP_MISMATCH'), (sealed, own) => {
    own.appId = 'tt0000000000000000';
  });
  rejects(
    'code-old',
    'A response that is older than ten minutes is rejected.',
    throws('ERR_EXPIRED'),
    (sealed, own, options) => {
      options.now += 3600_000;
    },
  );
  open(
    'code-no-watermark',
    'Anybody can seal with a public key: a payload without a watermark does not prove its app.',
    code('code-no-watermark', { ...mainland, watermark: undefined }),
    throws('ERR_APP_MISMATCH'),
  );
  open(
    'code-no-number',
    'A payload without a number is rejected.',
    code('code-no-number', { watermark }),
    throws('ERR_NOT_PHONE'),
  );
  open(
    'code-text-behind',
    'Text after the JSON object is rejected.',
    code('code-text-behind', `${JSON.stringify(mainland)} x`),
    decrypt,
  );
  const plain = JSON.stringify(mainland);
  const block = (name, head) => (sealed) => {
    sealed.data = base64(sealRsa(pkcs8, `douyin/${name}`, plain, head));
  };
  rejects('code-block-type-1', 'A block of type 1 is a signature, not a ciphertext.', decrypt, block('type 1', [0, 1]));
  rejects('code-block-high', 'A block begins with 0.', decrypt, block('high', [1, 2]));
  rejects('code-filling-short', 'The padding has at least eight bytes.', decrypt, (sealed) => {
    const text = plain + ' '.repeat(246 - plain.length);
    sealed.data = base64(sealRsa(pkcs8, 'douyin/short', text));
  });
  rejects('code-data-larger-than-key', 'A number above the modulus is not a ciphertext.', decrypt, (sealed) => {
    sealed.data = base64(Buffer.alloc(256, 255));
  });

  // Responses of get_phonenumber_info. Its successful responses are sealed.
  const LOG = '20231115061320010203040506ABCDEF01';
  for (const [name, err_no, about, action] of [
    [
      'error-token-expired',
      28001008,
      'Code 28001008: the client token has expired; the log id is for the support of Douyin.',
      'refresh-token',
    ],
    ['error-token-invalid', 28001003, 'Code 28001003: the client token is invalid.', 'refresh-token'],
    ['error-busy', 28001005, 'Code 28001005: Douyin is busy.', 'retry'],
    ['error-network', 28001006, "Code 28001006: Douyin's network failed.", 'retry'],
    ['error-too-often', 28003018, 'Code 28003018: too many calls.', 'retry'],
    ['error-code-expired', 28005187, 'Code 28005187: the one-time code has expired.', 'ask-again'],
    ['error-parameter', 28001007, 'Code 28001007: a parameter is wrong.', 'fix-config'],
    ['error-no-ability', 28001014, 'Code 28001014: the app has no permission for this API.', 'fix-config'],
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
    'A response may be the text of the HTTP response, and may name its message err_tips.',
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
    'A response that is not JSON is an input error of the caller.',
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
      'The response of client_token has its error in data and its log id in extra.',
      { data: { error_code: 28001005, description: '系统繁忙' }, extra: { logid: LOG } },
      platformError('28001005', 'retry', LOG),
    ],
    [
      'answer-sealed',
      'A successful response is sealed: openPhone opens its data, readPhone rejects it.',
      { err_no: 0, err_msg: '', log_id: LOG, data: 'AAAA' },
      input('answer'),
    ],
  ]);
}
