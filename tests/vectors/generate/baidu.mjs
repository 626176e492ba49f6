// Baidu: a frame that ends with the App Key, padded to 32, under 24 bytes of key whose text is 32 hexadecimal digits.
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
  const refuses = (name, about, outcome, change, how) => open(name, about, baidu(name, mobile, change, how), outcome);
  const sampled = ({ appKey, sessionKey, encryptedData, iv }, own) => [
    { platform: 'baidu', encryptedData, iv },
    { appKey, sessionKey, ...own },
    { now: NOW },
  ];

  const doc = sample.baiduSample;
  open(
    'sample',
    "Baidu's own sample opens, and is user info; its padding counts 28.",
    sampled(doc),
    throws('ERR_NOT_PHONE', { action: 'enter-manually' }),
    'documentation',
  );
  open(
    'sample-of-another-app',
    'The App Key at the end is all that says whose payload it is.',
    sampled(doc, { appKey: APP_KEY }),
    throws('ERR_APP_MISMATCH', { action: 'fix-config' }),
  );
  open(
    'sample-iv-from-key-text',
    "The sample's iv is the start of its key; cut from the key's text, it has stray bits in its last character.",
    [
      { platform: 'baidu', encryptedData: doc.encryptedData, iv: `${doc.sessionKey.slice(0, 22)}==` },
      { appKey: doc.appKey, sessionKey: doc.sessionKey },
      { now: NOW },
    ],
    throws('ERR_NOT_PHONE'),
  );
  open(
    'sample-key-from-hex',
    'The 32 hexadecimal digits of a session key are base64: decoded as hex they give 16 bytes, and no key.',
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
    'elsewhere',
    "The phone payload of the button page, with an iv that is not the start of the key (sealed by Python's cryptography).",
    sampled(sample.baiduMobile),
    match(mobile, undefined, sample.baiduMobile.appKey),
  );
  open(
    'elsewhere-more-than-mobile',
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
    'A content of more than 255 bytes needs two bytes of its length.',
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
  opens('keys-second-is-right', 'Of several session keys the one that opens wins.', mobile, (sealed, own) => {
    own.sessionKey = [base64(bytes('stale', 24)), own.sessionKey];
  });
  for (const count of [1, 15, 16, 17, 24, 31, 32])
    opens(
      `padding-of-${count}`,
      `Padding is to blocks of 32, and may count ${count}.`,
      stretch(mobile, count, 32, around),
    );
  opens('padding-to-16', 'What is padded to blocks of 16 opens as well.', stretch(mobile, 9, 16, around), undefined, {
    padBlock: 16,
  });
  opens(
    'iv-from-key',
    "The iv touches nothing but the 16 random bytes in front: Baidu's Java demo gets away with taking it from the key.",
    mobile,
    (sealed, own, options, key) => {
      sealed.iv = base64(key.subarray(0, 16));
    },
  );
  opens('no-age', 'A payload bears no time: its age cannot be checked.', mobile, (sealed, own, options) => {
    Object.assign(options, { now: 4102444800000, maxAge: 0 });
  });

  // The user can change the first digit of a payload of his own: with another one it is no number of the mainland.
  for (const [name, about, number] of [
    ['number-from-abroad', 'Baidu has numbers of the mainland only.', '51234567'],
    ['number-masked', 'A masked number is not a number to call.', '150****0000'],
    ['number-first-digit', 'A mobile number of the mainland begins with 1.', '25000000000'],
    ['number-second-digit', 'Behind the 1 there is 3 to 9.', '12000000000'],
    ['number-plus', 'A plus in the place of the first digit makes a number of another country.', '+5000000000'],
    ['number-of-ten-digits', 'It has eleven digits.', '1500000000'],
    ['number-as-integer', 'It is a text: an integer needs no quotes, and could be a part of a nickname.', 15000000000],
    ['number-with-country', 'It is eleven digits and nothing else.', '+8615000000000'],
    ['number-with-hyphen', 'Nothing is taken out of it.', '-15000000000'],
  ])
    open(name, about, baidu(name, { mobile: number }), decrypt);
  for (const [name, about, payload] of [
    ['shape-user-info', 'mobile stands alone: members of user info belong to no phone payload.', { ...mobile, sex: 1 }],
    ['shape-another-member', 'Nor does any other member.', { ...mobile, x: 1 }],
    ['shape-escape', 'A phone payload has no escapes.', '{"mobile":"1500000000\\u0030"}'],
  ])
    open(name, about, baidu(name, payload), decrypt);
  open('empty-mobile', 'An empty mobile is no number.', baidu('empty-mobile', { mobile: '' }), throws('ERR_NOT_PHONE'));

  const damaged = (count, byte) => (content) => {
    const plain = frameBaidu('baidu/spoiled', content, APP_KEY);
    return Buffer.concat([plain, Buffer.alloc(count, byte)]);
  };
  const short = JSON.stringify(mobile).length + around;
  refuses('padding-of-zero', 'A last byte of 0 is no padding, though the demos take it for one.', decrypt, undefined, {
    frame: damaged(16 - (short % 16), 0),
    padded: true,
  });
  open(
    'padding-of-thirty-three',
    'Padding counts 32 at most.',
    baidu('padding-of-thirty-three', stretch(mobile, 1, 16, around), undefined, {
      frame: damaged(33, 33),
      padded: true,
    }),
    decrypt,
  );
  const frame = (make) => ({ frame: make });
  refuses(
    'length-beyond-the-end',
    'A length that leads beyond the plaintext is rejected.',
    decrypt,
    undefined,
    frame((content) => frameBaidu('baidu/length', content, APP_KEY, 1611744036)),
  );
  refuses(
    'length-too-large-by-one',
    'A length that takes a byte of the App Key is rejected.',
    decrypt,
    undefined,
    frame((content) => frameBaidu('baidu/length', content, APP_KEY, content.length + 1)),
  );
  refuses(
    'length-too-small-by-one',
    'A length that cuts the content is rejected.',
    decrypt,
    undefined,
    frame((content) => frameBaidu('baidu/length', content, APP_KEY, content.length - 1)),
  );
  refuses(
    'length-negative',
    'The length has no sign: 4294967295 leads beyond the plaintext.',
    decrypt,
    undefined,
    frame((content) => frameBaidu('baidu/length', content, APP_KEY, 0xffffffff)),
  );
  refuses(
    'frame-too-short',
    'A plaintext shorter than random bytes and length is no frame.',
    decrypt,
    undefined,
    frame(() => bytes('baidu/too short', 19)),
  );
  refuses(
    'no-app-key-at-the-end',
    'A frame without an App Key proves no app.',
    throws('ERR_APP_MISMATCH'),
    undefined,
    frame((content) => frameBaidu('baidu/no app key', content, '')),
  );
  refuses('app-id-for-app-key', 'The numeric App ID is not the App Key.', throws('ERR_APP_MISMATCH'), (sealed, own) => {
    own.appKey = '16123456';
  });
  refuses(
    'app-key-longer',
    'An App Key that only begins alike is another one.',
    throws('ERR_APP_MISMATCH'),
    (sealed, own) => {
      own.appKey += 'h';
    },
  );
  refuses(
    'no-json',
    'The content is one JSON object.',
    decrypt,
    undefined,
    frame(() => frameBaidu('baidu/no json', '15000000000', APP_KEY)),
  );
  refuses(
    'wrong-key',
    'A wrong session key opens nothing.',
    throws('ERR_DECRYPT', { action: 'login-again' }),
    (sealed, own) => {
      own.sessionKey = base64(bytes('wrong', 24));
    },
  );
  refuses('key-of-16-bytes', 'A session key has 24 bytes.', length('sessionKey'), (sealed, own) => {
    own.sessionKey = base64(bytes('16', 16));
  });
  refuses('plus-became-blank', 'A blank in the ciphertext is a lost plus.', encoding('encryptedData'), (sealed) => {
    sealed.encryptedData = sealed.encryptedData.replace(/(?<=^.{40})./, ' ');
  });
  refuses('data-cut', 'The error names the field under which the value was passed.', length('data'), (sealed) => {
    sealed.data = sealed.encryptedData.slice(0, -8);
    delete sealed.encryptedData;
  });
  for (const field of ['encryptedData', 'iv', 'sessionKey', 'appKey'])
    refuses(
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
      'errno 110: the access token is invalid; the request id is for the support.',
      { errno: 110, errmsg: 'Access token invalid or no longer valid', request_id: '4206985320' },
      platformError('110', 'refresh-token', '4206985320'),
    ],
    [
      'error-token-expired',
      'Older APIs call it error_code; 111: the access token has expired.',
      { error_code: 111, error_msg: 'Access token expired' },
      platformError('111', 'refresh-token'),
    ],
    [
      'error-of-oauth',
      "OAuth's errors are texts.",
      { error: 'invalid_client', error_description: 'unknown client id' },
      platformError('invalid_client', 'fix-config'),
    ],
    [
      'error-of-oauth-with-code',
      'Some of them have a code beside the text.',
      { error: 'invalid_request', error_description: 'parameter is invalid', errno: 10010100 },
      platformError('10010100', 'fix-config'),
    ],
    [
      'answer-number',
      'Baidu exchanges no code for a number: it has no plain response.',
      { errno: 0, data: mobile },
      input('answer'),
    ],
  ]);
}
