// Baidu: a frame that ends with the App Key, padded to a multiple of 32 bytes, sealed under a key of 24 bytes. The text of
// the key looks like 32 hexadecimal digits, but is base64.
import { createHash } from 'node:crypto';
import { base64, bytes, frameBaidu, sealCbc } from '../../../js/samples/seal.mjs';
import * as sample from '../samples.mjs';
import {
  answers,
  asBytes,
  asObject,
  encoding,
  input,
  kebab,
  length,
  NOW,
  phone,
  platformError,
  section,
  session,
  stretch,
  tel,
  throws,
} from './shared.mjs';

export function baidu() {
  const { open, read } = section('baidu');
  const APP_KEY = 'ThrowAwayAppKey0123456789abcdefg';
  const mobile = { mobile: '15000000000' };
  const match = (raw, number = tel('86', '15000000000'), appId = APP_KEY) => phone('baidu', number, raw, { appId });
  const around = 20 + APP_KEY.length;
  const decrypt = throws('ERR_DECRYPT');

  const baidu = (name, payload, change, { frame, padBlock = 32, padded } = {}) => {
    const content = typeof payload === 'string' ? payload : JSON.stringify(payload);
    const framed = frame ? frame(content) : frameBaidu(`baidu/${name}`, content, APP_KEY);
    return session(
      'baidu',
      name,
      framed,
      (sealed, own, options, key) => {
        delete own.appId;
        own.appKey = APP_KEY;
        change?.(sealed, own, options, key);
      },
      { keySize: 24, padBlock, padded },
    );
  };
  const opens = (name, about, payload, change, how) =>
    open(name, about, baidu(name, payload, change, how), match(asObject(payload)));
  const rejects = (name, about, outcome, change, how) => open(name, about, baidu(name, mobile, change, how), outcome);
  const sampled = ({ appKey, sessionKey, encryptedData, iv }, own) => [
    { platform: 'baidu', encryptedData, iv },
    { appKey, sessionKey, ...own },
    { now: NOW },
  ];

  const doc = sample.baiduSample;
  open(
    'sample',
    "Baidu's own sample opens and contains user info; its padding has 28 bytes.",
    sampled(doc),
    throws('ERR_NOT_PHONE', { action: 'enter-manually' }),
    'documentation',
  );
  open(
    'sample-of-another-app',
    'Only the App Key at the end shows to which app a payload belongs.',
    sampled(doc, { appKey: APP_KEY }),
    throws('ERR_APP_MISMATCH', { action: 'fix-config' }),
  );
  open(
    'sample-iv-from-key-text',
    "In the sample the iv is the first 16 bytes of the key. If its text is taken from the key's text, the last character has excess bits.",
    [
      { platform: 'baidu', encryptedData: doc.encryptedData, iv: `${doc.sessionKey.slice(0, 22)}==` },
      { appKey: doc.appKey, sessionKey: doc.sessionKey },
      { now: NOW },
    ],
    throws('ERR_NOT_PHONE'),
  );
  open(
    'sample-key-from-hex',
    'The 32 hexadecimal digits of a session key are base64: decoded as hex they are 16 bytes, which are not a key.',
    sampled(doc, { sessionKey: asBytes(Buffer.from(doc.sessionKey, 'hex')) }),
    length('sessionKey'),
  );
  open(
    'sample-key-as-bytes-of-its-text',
    'A session key may be the bytes of its text.',
    sampled(doc, { sessionKey: asBytes(Buffer.from(doc.sessionKey)) }),
    throws('ERR_NOT_PHONE'),
  );
  open(
    'other-implementation',
    "The phone payload of the button's page; the iv is not the start of the key (sealed by Python's cryptography).",
    sampled(sample.baiduMobile),
    match(mobile, undefined, sample.baiduMobile.appKey),
  );
  open(
    'other-implementation-more-than-mobile',
    "A payload with other members than mobile is not from the button (sealed by Python's cryptography).",
    sampled(sample.baiduLong),
    decrypt,
  );

  opens('mobile', 'The phone payload has one member, mobile.', mobile);
  opens('named-data', 'The ciphertext may be called data.', mobile, (sealed) => {
    sealed.data = sealed.encryptedData;
    delete sealed.encryptedData;
  });
  opens(
    'long-content',
    'The length of a content of more than 255 bytes needs two bytes.',
    `{${' '.repeat(300)}"mobile":"15000000000"}`,
  );
  opens('key-as-bytes', 'A session key may be its 24 bytes.', mobile, (sealed, own, options, key) => {
    own.sessionKey = asBytes(key);
  });
  opens(
    'key-hexadecimal',
    'A session key is 32 hexadecimal digits, read as base64.',
    mobile,
    (sealed, own, options) => {
      own.sessionKey = createHash('md5').update('a session key').digest('hex');
      const [key, iv] = [Buffer.from(own.sessionKey, 'base64'), Buffer.from(sealed.iv, 'base64')];
      sealed.encryptedData = base64(
        sealCbc(key, iv, frameBaidu('baidu/key-hexadecimal', JSON.stringify(mobile), APP_KEY), 32),
      );
    },
  );
  opens(
    'keys-second-is-right',
    'If several session keys are passed, the key that opens the payload is used.',
    mobile,
    (sealed, own) => {
      own.sessionKey = [base64(bytes('stale', 24)), own.sessionKey];
    },
  );
  for (const count of [1, 15, 16, 17, 24, 31, 32])
    opens(
      `padding-of-${count}`,
      `A plaintext is padded to blocks of 32 bytes; the padding may have ${count} bytes.`,
      stretch(mobile, count, 32, around),
    );
  opens(
    'padding-to-16',
    'A plaintext that is padded to blocks of 16 bytes also opens.',
    stretch(mobile, 9, 16, around),
    undefined,
    {
      padBlock: 16,
    },
  );
  opens(
    'iv-from-key',
    "The iv changes only the 16 random bytes at the start, so Baidu's Java demo can take an iv from the key.",
    mobile,
    (sealed, own, options, key) => {
      sealed.iv = base64(key.subarray(0, 16));
    },
  );
  opens('no-age', 'A payload bears no time: its age cannot be checked.', mobile, (sealed, own, options) => {
    Object.assign(options, { now: 4102444800000, maxAge: 0 });
  });

  // Users can change the first digit of their own payload; every other digit makes an invalid mainland number.
  for (const [name, about, number] of [
    ['number-from-abroad', 'Baidu has numbers of the mainland only.', '51234567'],
    ['number-masked', 'A masked number cannot be called.', '150****0000'],
    ['number-first-digit', 'A mobile number of the mainland begins with 1.', '25000000000'],
    ['number-second-digit', 'The second digit of a mobile number of the mainland is 3 to 9.', '12000000000'],
    ['number-plus', 'A plus in the place of the first digit would make a number of another country.', '+5000000000'],
    ['number-of-ten-digits', 'A mobile number of the mainland has eleven digits.', '1500000000'],
    ['number-as-integer', 'mobile is a text: an integer has no quotes and could be a part of a nickname.', 15000000000],
    ['number-with-country', 'mobile has eleven digits and no other characters.', '+8615000000000'],
    ['number-with-hyphen', 'No characters are removed from mobile.', '-15000000000'],
  ])
    open(name, about, baidu(name, { mobile: number }), decrypt);
  for (const [name, about, payload] of [
    [
      'shape-user-info',
      'mobile is the only member: a phone payload has no members of user info.',
      { ...mobile, sex: 1 },
    ],
    ['shape-another-member', 'A phone payload has no other members than mobile.', { ...mobile, x: 1 }],
    ['shape-escape', 'A phone payload has no escapes.', '{"mobile":"1500000000\\u0030"}'],
  ])
    open(name, about, baidu(name, payload), decrypt);
  open(
    'empty-mobile',
    'An empty mobile is not a number.',
    baidu('empty-mobile', { mobile: '' }),
    throws('ERR_NOT_PHONE'),
  );

  const damaged = (count, byte) => (content) => {
    const plain = frameBaidu('baidu/spoiled', content, APP_KEY);
    return Buffer.concat([plain, Buffer.alloc(count, byte)]);
  };
  const short = JSON.stringify(mobile).length + around;
  rejects('padding-of-zero', 'A last byte of 0 is not padding, although the demos accept it.', decrypt, undefined, {
    frame: damaged(16 - (short % 16), 0),
    padded: true,
  });
  open(
    'padding-of-thirty-three',
    'Padding has at most 32 bytes.',
    baidu('padding-of-thirty-three', stretch(mobile, 1, 16, around), undefined, {
      frame: damaged(33, 33),
      padded: true,
    }),
    decrypt,
  );
  const frame = (make) => ({ frame: make });
  rejects(
    'length-beyond-the-end',
    'A length beyond the end of the plaintext is rejected.',
    decrypt,
    undefined,
    frame((content) => frameBaidu('baidu/length', content, APP_KEY, 1611744036)),
  );
  rejects(
    'length-too-large-by-one',
    'A length that includes a byte of the App Key is rejected.',
    decrypt,
    undefined,
    frame((content) => frameBaidu('baidu/length', content, APP_KEY, content.length + 1)),
  );
  rejects(
    'length-too-small-by-one',
    'A length that cuts the content is rejected.',
    decrypt,
    undefined,
    frame((content) => frameBaidu('baidu/length', content, APP_KEY, content.length - 1)),
  );
  rejects(
    'length-negative',
    'The length is unsigned: 4294967295 is beyond the end of the plaintext.',
    decrypt,
    undefined,
    frame((content) => frameBaidu('baidu/length', content, APP_KEY, 0xffffffff)),
  );
  rejects(
    'frame-too-short',
    'A plaintext that is shorter than the random bytes and the length is not a frame.',
    decrypt,
    undefined,
    frame(() => bytes('baidu/too short', 19)),
  );
  rejects(
    'no-app-key-at-the-end',
    'A frame without an App Key does not prove its app.',
    throws('ERR_APP_MISMATCH'),
    undefined,
    frame((content) => frameBaidu('baidu/no app key', content, '')),
  );
  rejects('app-id-for-app-key', 'The numeric App ID is not the App Key.', throws('ERR_APP_MISMATCH'), (sealed, own) => {
    own.appKey = '16123456';
  });
  rejects(
    'app-key-longer',
    'An App Key with the same beginning is another App Key.',
    throws('ERR_APP_MISMATCH'),
    (sealed, own) => {
      own.appKey += 'h';
    },
  );
  rejects(
    'no-json',
    'The content is one JSON object.',
    decrypt,
    undefined,
    frame(() => frameBaidu('baidu/no json', '15000000000', APP_KEY)),
  );
  rejects(
    'wrong-key',
    'A wrong session key opens nothing.',
    throws('ERR_DECRYPT', { action: 'login-again' }),
    (sealed, own) => {
      own.sessionKey = base64(bytes('wrong', 24));
    },
  );
  rejects('key-of-16-bytes', 'A session key has 24 bytes.', length('sessionKey'), (sealed, own) => {
    own.sessionKey = base64(bytes('16', 16));
  });
  rejects('plus-became-blank', 'A blank in the ciphertext is a lost plus.', encoding('encryptedData'), (sealed) => {
    sealed.encryptedData = sealed.encryptedData.replace(/(?<=^.{40})./, ' ');
  });
  rejects('data-cut', 'The error names the field in which the value was passed.', length('data'), (sealed) => {
    sealed.data = sealed.encryptedData.slice(0, -8);
    delete sealed.encryptedData;
  });
  for (const field of ['encryptedData', 'iv', 'sessionKey', 'appKey'])
    rejects(
      `${kebab(field)}-is-missing`,
      `A call is rejected where ${field} is missing.`,
      input(field),
      (sealed, own) => {
        delete (field in sealed ? sealed : own)[field];
      },
    );

  answers('baidu', read, [
    [
      'error-token',
      'errno 110: the access token is invalid; the request id is for the support of Baidu.',
      { errno: 110, errmsg: 'Access token invalid or no longer valid', request_id: '4206985320' },
      platformError('110', 'refresh-token', '4206985320'),
    ],
    [
      'error-token-expired',
      'Older APIs name the code error_code; 111: the access token has expired.',
      { error_code: 111, error_msg: 'Access token expired' },
      platformError('111', 'refresh-token'),
    ],
    [
      'error-of-oauth',
      'The error codes of OAuth are texts.',
      { error: 'invalid_client', error_description: 'unknown client id' },
      platformError('invalid_client', 'fix-config'),
    ],
    [
      'error-of-oauth-with-code',
      'Some OAuth errors also have a numeric code.',
      { error: 'invalid_request', error_description: 'parameter is invalid', errno: 10010100 },
      platformError('10010100', 'fix-config'),
    ],
    [
      'answer-number',
      'Baidu does not exchange codes for numbers, so no plain response exists.',
      { errno: 0, data: mobile },
      input('answer'),
    ],
  ]);
}
