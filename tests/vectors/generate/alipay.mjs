// Alipay: the iv is 16 zeros, the signature covers the ciphertext with its quotes. A payload names no app and no time.
import { createPublicKey } from 'node:crypto';
import { base64, bytes, keys, publicDer, sealCbc, signAlipay } from '../../../js/samples/seal.mjs';
import * as sample from '../samples.mjs';
import {
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
  tel,
  throws,
} from './shared.mjs';

export function alipay() {
  const { open, read } = section('alipay');
  const PUBLIC_KEY = base64(publicDer(keys.alipay));
  const success = (mobile) => ({ code: '10000', msg: 'Success', mobile });
  const body = success('13800138000');
  const expected = phone('alipay', MAINLAND, body);
  const signature = throws('ERR_SIGNATURE');

  /**
   * The arguments for a payload that is sealed and signed; `change` also receives the values that Alipay's client would
   * send.
   */
  const ali = (name, payload, change) => {
    const aesKey = bytes(`alipay/${name}: key`, 16);
    const response = base64(sealCbc(aesKey, Buffer.alloc(16), JSON.stringify(payload), 16));
    const sent = { response, sign: signAlipay(`"${response}"`) };
    const args = [
      { platform: 'alipay', ...sent },
      { alipayPublicKey: PUBLIC_KEY, aesKey: base64(aesKey) },
      { now: NOW },
    ];
    change?.(...args, sent, aesKey);
    return args;
  };
  const opens = (name, about, change) => open(name, about, ali(name, body, change), expected);
  const rejects = (name, about, outcome, change) => open(name, about, ali(name, body, change), outcome);
  /** Puts `response` in the place of the two fields. */
  const shape = (make) => (sealed, own, options, sent, aesKey) => {
    delete sealed.sign;
    sealed.response = make(sent, aesKey);
  };

  // Payloads that another implementation sealed and signed.
  const { response, sign: signed, alipayPublicKey, aesKey: otherKey } = sample.alipayMainland;
  const otherImplementation = (sealed, own) => [
    { platform: 'alipay', ...sealed },
    { alipayPublicKey, aesKey: otherKey, ...own },
    { now: NOW },
  ];
  open(
    'other-implementation',
    "The signature covers the ciphertext with its quotes, the iv is zeros (sealed by Python's cryptography).",
    otherImplementation({ response, sign: signed, signType: 'RSA2', encryptType: 'AES', charset: 'UTF-8' }),
    expected,
  );
  open(
    'other-implementation-sha1',
    "Older apps sign with RSA: SHA-1 and 1024 bits (signed by Python's cryptography).",
    otherImplementation(
      { response, sign: sample.alipaySha1.sign, signType: 'RSA' },
      { alipayPublicKey: sample.alipaySha1.alipayPublicKey },
    ),
    expected,
  );
  open(
    'other-implementation-overseas',
    "A foreign number is country code, hyphen, number (sealed by Python's cryptography).",
    otherImplementation(sample.alipayOverseas),
    phone('alipay', tel('1', '2025550123'), success('1-2025550123')),
  );
  open(
    'other-implementation-empty-mobile',
    "An account without a number has an empty mobile (sealed by Python's cryptography).",
    otherImplementation(sample.alipayEmpty),
    throws('ERR_NOT_PHONE', { action: 'enter-manually' }),
  );
  open(
    'other-implementation-error',
    "Errors come encrypted too (sealed by Python's cryptography).",
    otherImplementation(sample.alipayRefusal),
    platformError('40003', 'ask-again'),
  );
  open(
    'other-implementation-signed-without-quotes',
    "A signature over the bare ciphertext is wrong (signed by Python's cryptography).",
    otherImplementation({ response, ...sample.alipayNoQuotes }),
    signature,
  );

  // The shapes in which a response reaches a server.
  opens('two-fields', 'response and sign are enough: the defaults are RSA2, AES and UTF-8.');
  opens('all-fields', 'The default values may be passed.', (sealed) =>
    Object.assign(sealed, { signType: 'RSA2', encryptType: 'AES', charset: 'UTF-8' }),
  );
  opens('charset-in-lower-case', 'The name of the charset is case-insensitive.', (sealed) => {
    sealed.charset = 'utf-8';
  });
  opens(
    'shape-object',
    'response may be the object of the callback, with all its fields.',
    shape((sent) => ({ ...sent, sign_type: 'RSA2', encrypt_type: 'AES', charset: 'UTF-8' })),
  );
  opens(
    'shape-object-two-fields',
    'response may be the object of the callback, with two fields.',
    shape((sent) => sent),
  );
  opens(
    'shape-text',
    'response may be the JSON text that the success callback receives.',
    shape((sent) => JSON.stringify(sent)),
  );
  opens(
    'shape-text-with-blanks',
    'The JSON text may contain blanks and line breaks.',
    shape((sent) => JSON.stringify(sent, null, 2)),
  );
  opens(
    'shape-text-slashes-escaped',
    'A re-encoder on the way may escape the slashes of base64 in JSON text.',
    shape((sent) => JSON.stringify(sent).replaceAll('/', '\\/')),
  );
  opens(
    'shape-callback',
    'response may be the complete callback object with the text in it.',
    shape((sent) => ({ response: JSON.stringify(sent) })),
  );
  opens(
    'shape-callback-text',
    'response may be the JSON text of the complete callback object.',
    shape((sent) => JSON.stringify({ response: JSON.stringify(sent) })),
  );
  opens('shape-event', 'The newer button event calls the response encryptedData.', (sealed) => {
    sealed.encryptedData = sealed.response;
    delete sealed.response;
  });
  opens(
    'shape-event-object',
    'response may be the detail of the newer button event.',
    shape((sent) => ({ encryptedData: sent.response, sign: sent.sign })),
  );
  opens('lines', 'Line breaks in a ciphertext are formatting, which the signature does not cover.', (sealed) => {
    sealed.response = sealed.response.match(/.{1,76}/g).join('\n');
  });

  // No signature.
  rejects(
    'unsigned',
    'Ciphertext without a signature is not opened: anybody with an old key could have sealed it.',
    signature,
    (sealed) => {
      delete sealed.sign;
    },
  );
  opens(
    'unsigned-allowed',
    'Ciphertext without a signature is opened if allowUnsigned is set.',
    (sealed, own, options) => {
      delete sealed.sign;
      options.allowUnsigned = true;
    },
  );
  open(
    'unsigned-allowed-not-ascii',
    'Ciphertext without a signature is rejected if a block is not printable ASCII: blocks were combined.',
    ali('unsigned-allowed-not-ascii', { ...body, msg: '成功' }, (sealed, own, options) => {
      delete sealed.sign;
      options.allowUnsigned = true;
    }),
    throws('ERR_DECRYPT', { action: 'fix-config' }),
  );
  opens(
    'unsigned-allowed-without-public-key',
    'A payload without a signature needs no public key.',
    (sealed, own, options) => {
      delete sealed.sign;
      delete own.alipayPublicKey;
      options.allowUnsigned = true;
    },
  );
  rejects(
    'unsigned-object',
    'An object without sign is unsigned.',
    signature,
    shape((sent) => ({ response: sent.response })),
  );
  opens('signed-and-unsigned-allowed', 'A signed payload also opens with allowUnsigned.', (sealed, own, options) => {
    options.allowUnsigned = true;
  });

  // Wrong signatures.
  rejects('wrong-signature', 'A signature of another text is rejected.', signature, (sealed) => {
    sealed.sign = signAlipay('"else"');
  });
  rejects(
    'wrong-signature-unsigned-allowed',
    'A wrong signature is also rejected with allowUnsigned.',
    signature,
    (sealed, own, options) => {
      sealed.sign = signAlipay('"else"');
      options.allowUnsigned = true;
    },
  );
  rejects(
    'signed-without-quotes',
    'A signature of the ciphertext without its quotes is wrong.',
    signature,
    (sealed) => {
      sealed.sign = signAlipay(sealed.response);
    },
  );
  rejects(
    'own-public-key',
    "The app's own public key instead of Alipay's is the most common mistake in practice.",
    throws('ERR_SIGNATURE', { action: 'fix-config' }),
    (sealed, own) => {
      own.alipayPublicKey = base64(publicDer(keys.app));
    },
  );
  rejects('own-signature', 'A signature of the app is not a signature of Alipay.', signature, (sealed) => {
    sealed.sign = signAlipay(`"${sealed.response}"`, keys.app);
  });
  rejects('sha1-without-its-name', 'Without a signType the hash is SHA-256.', signature, (sealed) => {
    sealed.sign = signAlipay(`"${sealed.response}"`, keys.alipay, 'sha1');
  });
  rejects('sha256-named-rsa', 'signType RSA means SHA-1.', signature, (sealed) => {
    sealed.signType = 'RSA';
  });
  rejects('signature-cut', 'A signature has the length of its key.', signature, (sealed) => {
    sealed.sign = sealed.sign.slice(0, 172);
  });
  rejects('response-changed', 'A changed ciphertext is not decrypted.', signature, (sealed) => {
    sealed.response = base64(bytes('another ciphertext', 64));
  });
  rejects(
    'response-cut',
    'The signature of a cut ciphertext is rejected before the length is checked.',
    signature,
    (sealed) => {
      sealed.response = sealed.response.slice(0, -4);
    },
  );
  opens('sha1', 'signType RSA is SHA-1, here with a key of 1024 bits.', (sealed, own) => {
    sealed.signType = 'RSA';
    sealed.sign = signAlipay(`"${sealed.response}"`, keys.alipay1024, 'sha1');
    own.alipayPublicKey = base64(publicDer(keys.alipay1024));
  });
  opens('sha1-2048', 'signType RSA also works with a key of 2048 bits.', (sealed) => {
    sealed.signType = 'RSA';
    sealed.sign = signAlipay(`"${sealed.response}"`, keys.alipay, 'sha1');
  });

  // Forms of the public key.
  const pem = (type) => createPublicKey(keys.alipay).export({ type, format: 'pem' });
  const [leaf] = keys.crt.match(/-----BEGIN[^]*?END CERTIFICATE-----\n/);
  for (const [name, about, key] of [
    ['key-pem', "Alipay's public key may be PEM.", pem('spki')],
    ['key-pem-without-last-line-break', 'PEM may lack its last line break.', pem('spki').trimEnd()],
    ['key-pem-crlf', 'PEM may have Windows line breaks.', pem('spki').replaceAll('\n', '\r\n')],
    ['key-pem-pkcs1', "Alipay's public key may be PEM of PKCS#1.", pem('pkcs1')],
    [
      'key-crt',
      'alipayCertPublicKey_RSA2.crt contains two certificates; the key of the first, the leaf, is used.',
      keys.crt,
    ],
    ['key-crt-crlf', 'A certificate file may have Windows line breaks.', keys.crtCrlf],
    ['key-crt-leaf', 'A certificate file may contain only the leaf.', leaf],
    ['key-bytes', "Alipay's key may be bytes: DER.", asBytes(publicDer(keys.alipay))],
    [
      'key-bytes-of-crt',
      "Alipay's key may be bytes: a certificate file as it was read.",
      asBytes(Buffer.from(keys.crt)),
    ],
    [
      'key-bytes-of-base64',
      "Alipay's key may be bytes: those of its line of base64.",
      asBytes(Buffer.from(PUBLIC_KEY)),
    ],
  ])
    opens(name, about, (sealed, own) => {
      own.alipayPublicKey = key;
    });
  for (const [name, about, key] of [
    ['key-no-key', 'A text that is not a key is rejected as a key.', 'alipayCertPublicKey_RSA2.crt'],
    ['key-cut', 'A key without its end is not a key.', PUBLIC_KEY.slice(0, 200)],
    ['key-private', 'A private key in the place of the public key is rejected.', keys.app],
    ['key-plus-became-blank', 'A blank in a key is a lost plus.', PUBLIC_KEY.replace(/[+/]/, ' ')],
    ['key-pem-cut', 'PEM without its end is not a key.', pem('spki').slice(0, 200)],
    ['key-random-bytes', 'Bytes that are not a key are rejected as a key.', asBytes(bytes('no key', 294))],
  ])
    rejects(name, about, throws('ERR_KEY', { field: 'alipayPublicKey' }), (sealed, own) => {
      own.alipayPublicKey = key;
    });

  // The AES key.
  opens('aes-key-as-bytes', 'The AES key may be its 16 bytes.', (sealed, own, options, sent, aesKey) => {
    own.aesKey = asBytes(aesKey);
  });
  opens('aes-key-as-bytes-of-its-text', 'The AES key may be the bytes of its text.', (sealed, own) => {
    own.aesKey = asBytes(Buffer.from(own.aesKey));
  });
  rejects(
    'aes-key-of-25-bytes',
    'PHP silently cuts a key of 25 bytes; the keys of Alipay have 16 bytes.',
    length('aesKey'),
    (sealed, own) => {
      own.aesKey = base64(bytes('aes', 25));
    },
  );
  rejects('aes-key-of-24-bytes', 'The AES keys of Alipay have 16 bytes, not 24.', length('aesKey'), (sealed, own) => {
    own.aesKey = base64(bytes('aes', 24));
  });
  rejects('aes-key-no-base64', 'An AES key is base64.', encoding('aesKey'), (sealed, own) => {
    own.aesKey = 'not a key';
  });
  rejects(
    'aes-key-wrong',
    'Alipay has no session: if the signature is valid, only the configured AES key can be wrong.',
    throws('ERR_DECRYPT', { action: 'fix-config' }),
    (sealed, own) => {
      own.aesKey = base64(bytes('another key', 16));
    },
  );

  // Fields.
  rejects('sign-type-unknown', 'SM2 cannot be set for mini-programs.', input('signType'), (sealed) => {
    sealed.signType = 'SM2';
  });
  rejects('encrypt-type-unknown', 'The cipher of phone data is AES.', input('encryptType'), (sealed) => {
    sealed.encryptType = 'SM4';
  });
  rejects('charset-unknown', 'The text is UTF-8.', input('charset'), (sealed) => {
    sealed.charset = 'GBK';
  });
  rejects(
    'shape-sign-type-unknown',
    'An unknown sign_type within the response is rejected too.',
    input('signType'),
    shape((sent) => ({ ...sent, sign_type: 'SM2' })),
  );
  for (const [field, value] of [
    ['response', undefined],
    ['response', ''],
    ['response', 5],
    ['sign', 5],
    ['alipayPublicKey', undefined],
    ['aesKey', undefined],
    ['aesKey', 16],
  ])
    rejects(
      `${kebab(field)}-is-${value === undefined ? 'missing' : value === '' ? 'empty' : 'a-number'}`,
      `A call is rejected where ${field} is ${value === undefined ? 'missing' : value === '' ? 'empty' : 'a number'}.`,
      input(field),
      (sealed, own) => {
        (field in sealed ? sealed : own)[field] = value;
      },
    );
  rejects(
    'response-not-json',
    'A response that begins with { and is not a JSON object is rejected.',
    input('response'),
    shape((sent) => JSON.stringify(sent).slice(0, -1)),
  );
  rejects(
    'plus-became-blank',
    'Form decoding turns a plus into a blank, which is never repaired silently.',
    encoding('response'),
    (sealed) => {
      sealed.response = '0DW 5eBbhWwq5kP6CMu4mz vNCTD6Smc0JOk61Xn5Oje8TrErdbeSAtYGZtoNNoyxaIrTJIZalId6bwCvq2ZAg==';
    },
  );
  rejects('sign-plus-became-blank', 'A blank in a signature is a lost plus.', encoding('sign'), (sealed) => {
    sealed.sign = sealed.sign.replace(/[+/]/, ' ');
  });
  rejects(
    'response-cut-unsigned',
    'A ciphertext without a signature is checked for its length.',
    length('response'),
    (sealed, own, options) => {
      delete sealed.sign;
      options.allowUnsigned = true;
      sealed.response = sealed.response.slice(0, -4);
    },
  );

  // Numbers.
  const says = (name, about, payload, outcome) => open(name, about, ali(name, payload), outcome);
  for (const [name, about, mobile, number] of [
    [
      'overseas',
      'A foreign number has a country code, a hyphen and the number.',
      '1-2025550123',
      tel('1', '2025550123'),
    ],
    ['hong-kong', 'A Hong Kong number has 852, a hyphen and the number.', '852-51234567', tel('852', '51234567')],
    [
      'taiwan',
      'The 0 that is dialled within Taiwan is not a part of the number.',
      '886-0912345678',
      tel('886', '912345678'),
    ],
    [
      'no-country',
      'The country of ten digits without a hyphen, as in a documentation sample, is not guessed.',
      '2025550123',
      tel(null, '2025550123'),
    ],
  ])
    says(name, about, success(mobile), phone('alipay', number, success(mobile)));
  says('empty-mobile', 'An account without a number has an empty mobile.', success(''), throws('ERR_NOT_PHONE'));
  says(
    'no-mobile',
    'User info is sealed in the same way and contains no number.',
    { code: '10000', msg: 'Success', nickName: '测试' },
    throws('ERR_NOT_PHONE'),
  );
  opens('no-age', 'A payload contains no time: its age cannot be checked.', (sealed, own, options) => {
    Object.assign(options, { now: 4102444800000, maxAge: 0 });
  });

  // Errors: in camel case from the button, in snake case from the gateway.
  const errors = {
    noKey: {
      code: '40001',
      msg: 'Missing Required Arguments',
      subCode: 'isv.missing-encrypt-key',
      subMsg: '缺少加密配置',
    },
    badKey: { code: '40002', msg: 'Invalid Arguments', subCode: 'isv.invalid-encrypt', subMsg: '加密配置有误' },
    noConsent: {
      code: '40003',
      msg: 'Insufficient Conditions',
      subCode: 'isv.invalid-auth-relations',
      subMsg: '无效的授权关系',
    },
    notBound: {
      code: '40006',
      msg: 'Insufficient Permissions',
      subCode: 'isv.insufficient-isv-permissions',
      subMsg: 'ISV权限不足，https://example.com/help',
    },
    busy: { code: '20000', msg: 'Service Currently Unavailable', subCode: 'aop.unknow-error', subMsg: '系统繁忙' },
  };
  const escaped = (object) => JSON.stringify(object).replaceAll('/', '\\/');
  says(
    'error-no-consent',
    'Code 40003, encrypted: the user has not consented.',
    errors.noConsent,
    platformError('40003', 'ask-again'),
  );
  says(
    'error-not-bound',
    'Code 40006, encrypted: the app has not applied for this permission.',
    errors.notBound,
    platformError('40006', 'fix-config'),
  );
  says(
    'error-bad-key-setting',
    'Code 40002: the AES key is configured wrongly.',
    errors.badKey,
    platformError('40002', 'fix-config'),
  );
  says('error-busy', 'Code 20000: Alipay is unavailable.', errors.busy, platformError('20000', 'retry'));
  says(
    'error-snake-case',
    "The gateway's errors name sub_code.",
    { code: '40003', msg: 'Insufficient Conditions', sub_code: 'isv.invalid-auth-relations' },
    platformError('40003', 'ask-again'),
  );

  const plain = (name, about, sealed, outcome, own = {}, options) =>
    open(name, about, [{ platform: 'alipay', ...sealed }, own, { now: NOW, ...options }], outcome);
  // Errors without a signature: the client may have written them.
  const noKey = platformError('40001', 'enter-manually');
  const both = { alipayPublicKey: PUBLIC_KEY, aesKey: base64(bytes('alipay/plain', 16)) };
  plain(
    'plain-error-object',
    'An error is plain and unsigned, an object in response; no AES key is needed to read an error about a missing key.',
    { response: { response: errors.noKey } },
    noKey,
  );
  plain(
    'plain-error-text',
    'response may be the text of an error: it begins with {.',
    { response: JSON.stringify(errors.noKey) },
    noKey,
    both,
  );
  plain(
    'plain-error-in-text',
    'The JSON text of the callback may contain an error.',
    { response: JSON.stringify({ response: errors.noKey }) },
    noKey,
    both,
  );
  plain(
    'plain-error-text-in-object',
    'The object of the callback may contain an error as text.',
    { response: { response: JSON.stringify(errors.noKey) } },
    noKey,
    both,
  );
  plain(
    'plain-error-bare',
    'An error may be the response itself.',
    { response: errors.noConsent },
    platformError('40003', 'ask-again'),
    both,
  );
  for (const [name, about, response] of [
    [
      'unknown',
      'An unsigned body with an error code that the gateway does not have: the error does not contain the code.',
      { code: '50000', subCode: 'isv.anything' },
    ],
    [
      'text',
      'An unsigned body with a text in the place of the error code: the error does not contain the text.',
      { code: 'TIMEOUT\n+8613800138000' },
    ],
    [
      'long',
      'An unsigned body with a long error code: the error does not contain the code.',
      { code: '4'.repeat(5000) },
    ],
  ])
    plain(`plain-error-unsigned-code-${name}`, about, { response }, signature, both);
  plain(
    'plain-error-unsigned-busy',
    'For every error in an unsigned body the action is one of the user.',
    { response: errors.busy },
    platformError('20000', 'ask-again'),
    both,
  );
  says(
    'error-code-not-a-code',
    'A signed error code with characters that do not belong in a log line is not reported.',
    { code: 'a\nb' },
    platformError('?', 'fix-config'),
  );
  plain(
    'plain-error-signed',
    'A plain error may be signed; the signature covers its exact text.',
    { response: JSON.stringify(errors.noConsent), sign: signAlipay(JSON.stringify(errors.noConsent)) },
    platformError('40003', 'ask-again'),
    both,
  );
  plain(
    'plain-error-wrongly-signed',
    'A plain error with a wrong signature is not from Alipay.',
    { response: JSON.stringify(errors.noConsent), sign: signAlipay('else') },
    signature,
    both,
  );
  plain(
    'plain-error-slashes-escaped',
    'If slashes were escaped after signing, the signature covers the text with plain slashes.',
    { response: escaped(errors.notBound), sign: signAlipay(JSON.stringify(errors.notBound)) },
    platformError('40006', 'fix-config'),
    both,
  );
  plain(
    'plain-error-slashes-signed',
    'The signature may cover escaped slashes.',
    { response: escaped(errors.notBound), sign: signAlipay(escaped(errors.notBound)) },
    platformError('40006', 'fix-config'),
    both,
  );
  plain(
    'plain-unsigned',
    'A plain number without a signature is rejected: anybody could have written it.',
    { response: JSON.stringify(body) },
    signature,
    both,
  );
  plain(
    'plain-unsigned-allowed',
    'A plain number without a signature is rejected even if unsigned ciphertext is allowed.',
    { response: JSON.stringify(body) },
    signature,
    both,
    { allowUnsigned: true },
  );
  plain(
    'plain-unsigned-object-allowed',
    'A plain number without a signature is also rejected as an object.',
    { response: { response: body } },
    signature,
    both,
    { allowUnsigned: true },
  );
  plain(
    'plain-signed',
    'A plain number with a valid signature opens.',
    { response: JSON.stringify(body), sign: signAlipay(JSON.stringify(body)) },
    expected,
    both,
  );
  const object = '{"mobile": "13800138000",  "msg":"Success", "code":"10000"}';
  const inText = (value) => ({ response: `{ "response" : ${value}, "sign":"${signAlipay(object)}" }` });
  plain(
    'plain-object-in-text',
    'The signature of an object in JSON text covers its exact text, with its blanks and the order of its members.',
    inText(object),
    expected,
    both,
  );
  plain(
    'plain-object-serialised-again',
    'The signature does not match an object that was serialised again.',
    inText(JSON.stringify(JSON.parse(object))),
    signature,
    both,
  );

  answers('alipay', read, [
    ['answer-error', 'An error is reported, signed or not.', errors.noConsent, platformError('40003', 'ask-again')],
    [
      'answer-error-of-gateway',
      'The gateway puts an error in error_response; isv.code-invalid: the code of my.getAuthCode is used or expired.',
      {
        error_response: {
          code: '40002',
          msg: 'Invalid Arguments',
          sub_code: 'isv.code-invalid',
          sub_msg: '授权码code无效',
        },
      },
      platformError('40002', 'login-again'),
    ],
    ['answer-number', "A number that is not sealed is no response of Alipay's server.", body, input('answer')],
  ]);
}
