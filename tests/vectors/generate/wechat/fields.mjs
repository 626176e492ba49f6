// WeChat: ciphertext, padding, base64, session keys and missing fields.
import { base64, bytes } from '../../../../js/samples/seal.mjs';
import {
  asBytes,
  encoding,
  endsWithOne,
  first,
  input,
  kebab,
  length,
  MAINLAND,
  stretch,
  throws,
  UNDEFINED,
} from '../shared.mjs';
import { decrypt, mainland, OTHER_APP, of, open, opens, rejects, wx } from './cases.mjs';

export function fields() {
  // CBC has no authentication tag, so every property that an authentic payload never has is rejected.
  const text = JSON.stringify(mainland);
  for (const [name, about, plain] of [
    [
      'numbers-contradict',
      'phoneNumber and purePhoneNumber must be the same number.',
      { ...mainland, purePhoneNumber: '13580006666' },
    ],
    [
      'country-contradicts',
      'countryCode and the country code in phoneNumber must be equal.',
      of('+85251234567', '51234567', '86'),
    ],
    ['duplicate-key', 'Duplicate keys are rejected.', text.replace('{', '{"phoneNumber":"13580006666",')],
    [
      'duplicate-key-escaped',
      'A duplicate key that is written with an escape is rejected.',
      text.replace('{', '{"phone\\u004eumber":"13800138000",'),
    ],
    [
      'duplicate-key-in-watermark',
      'Duplicate keys in nested objects are rejected.',
      text.replace('"appid"', `"appid":"${OTHER_APP}","appid"`),
    ],
    ['text-behind', 'Text after the JSON object is rejected.', `${text}{}`],
    ['nul-behind', 'Padding of zero bytes is not PKCS#7 padding.', `${text}\0\0`],
    [
      'proto-key',
      'A key that would replace the prototype of a JavaScript object is rejected.',
      text.replace('{', '{"__proto__":{"phoneNumber":"13580006666"},'),
    ],
    ['list', 'The plaintext must be an object, not a list.', `[${text}]`],
    ['string', 'The plaintext must be an object, not a text.', '"13800138000"'],
    ['no-json', 'The plaintext must be JSON.', 'phoneNumber=13800138000&countryCode=86'],
    ['json-cut', 'JSON that ends early is rejected.', text.slice(0, -1)],
    ['nothing', 'An empty plaintext is rejected.', ''],
    ['not-utf8', 'The plaintext must be UTF-8.', Buffer.from(text.replace('{', '{"name":"\xff",'), 'latin1')],
  ])
    rejects(name, about, plain, decrypt);

  // Padding.
  opens('padding-of-one', 'The padding may be one byte.', stretch(mainland, 1, 16), MAINLAND);
  opens('padding-of-a-block', 'The padding may be a complete block.', stretch(mainland, 16, 16), MAINLAND);
  const upTo = (rest) => text + ' '.repeat((32 + rest - (text.length % 16)) % 16);
  rejects(
    'padding-of-zero',
    'A last byte of 0 is not padding.',
    Buffer.concat([Buffer.from(upTo(15)), Buffer.from([0])]),
    decrypt,
    undefined,
    { padded: true },
  );
  rejects(
    'padding-of-seventeen',
    "WeChat's padding has at most 16 bytes.",
    Buffer.concat([Buffer.from(upTo(15)), Buffer.alloc(17, 17)]),
    decrypt,
    undefined,
    { padded: true },
  );
  open(
    'padding-right-by-accident',
    'A wrong key that happens to result in valid padding, about one in 256, opens nothing.',
    first(
      (i) =>
        wx('padding-right-by-accident', mainland, (_, own) => {
          own.sessionKey = base64(bytes(`wrong key ${i}`, 16));
        }),
      ([sealed, own]) => endsWithOne(sealed, own.sessionKey),
    ),
    decrypt,
  );

  // Encoding.
  opens('lines-of-mime', 'MIME encoders break base64 after 76 characters.', mainland, MAINLAND, (sealed) => {
    sealed.encryptedData = `${sealed.encryptedData.match(/.{1,76}/g).join('\r\n')}\r\n`;
  });
  opens('blanks-around', 'Blanks around a value are formatting.', mainland, MAINLAND, (sealed, own) => {
    sealed.iv = ` ${sealed.iv}\n`;
    own.sessionKey = `\t${own.sessionKey} `;
  });
  open(
    'two-pluses-became-blanks',
    'Two adjacent lost pluses look like formatting and are still rejected.',
    first(
      (i) => wx(`two-pluses-became-blanks-${i}`, mainland),
      ([sealed]) => /[^+]\+\+[^+]/.test(sealed.encryptedData),
    ).map((arg) => (arg.encryptedData ? { ...arg, encryptedData: arg.encryptedData.replaceAll('+', ' ') } : arg)),
    encoding('encryptedData'),
  );
  rejects(
    'iv-of-another-call',
    'The iv of another call garbles the first 16 bytes, which are the name of the first member.',
    mainland,
    decrypt,
    (sealed) => {
      sealed.iv = base64(bytes('another call', 16));
    },
  );
  rejects('iv-too-short', 'An iv has 16 bytes.', mainland, length('iv'), (sealed) => {
    sealed.iv = base64(bytes('iv', 12));
  });

  // Session keys.
  const stale = base64(bytes('a stale session key', 16));
  const older = base64(bytes('an older session key', 16));
  rejects(
    'stale-key',
    'A session key that a second login replaced opens nothing: log in before the tap.',
    mainland,
    throws('ERR_DECRYPT', { action: 'login-again' }),
    (_, own) => {
      own.sessionKey = stale;
    },
  );
  opens('keys-newest-first', 'Several session keys may be passed, newest first.', mainland, MAINLAND, (_, own) => {
    own.sessionKey = [own.sessionKey, stale];
  });
  opens(
    'keys-second-is-right',
    'A payload that was sealed just before a second login opens with the previous key.',
    mainland,
    MAINLAND,
    (_, own) => {
      own.sessionKey = [stale, older, own.sessionKey];
    },
  );
  opens('keys-of-both-kinds', 'A list may contain texts and bytes.', mainland, MAINLAND, (_, own, options, key) => {
    own.sessionKey = [stale, asBytes(key)];
  });
  rejects('keys-none-right', 'If no key of a list opens the payload, opening fails.', mainland, decrypt, (_, own) => {
    own.sessionKey = [stale, older];
  });
  rejects(
    'keys-stale-then-expired',
    'The error is that of the key that got furthest: a stale key does not hide that the payload is old.',
    mainland,
    throws('ERR_EXPIRED'),
    (_, own, options) => {
      own.sessionKey = [stale, own.sessionKey];
      options.now += 3600_000;
    },
  );
  rejects(
    'keys-expired-then-stale',
    'A stale key after the right key does not hide that the payload is old.',
    mainland,
    throws('ERR_EXPIRED'),
    (_, own, options) => {
      own.sessionKey = [own.sessionKey, stale];
      options.now += 3600_000;
    },
  );
  rejects(
    'keys-stale-then-another-app',
    'A stale key does not hide that the payload belongs to another app.',
    mainland,
    throws('ERR_APP_MISMATCH'),
    (_, own) => {
      own.sessionKey = [stale, own.sessionKey];
      own.appId = OTHER_APP;
    },
  );
  rejects(
    'keys-too-long-then-stale',
    'An invalid key does not hide that the other key is stale.',
    mainland,
    decrypt,
    (_, own) => {
      own.sessionKey = [base64(bytes('too long', 24)), stale];
    },
  );
  rejects('keys-empty', 'An empty list of keys is rejected.', mainland, input('sessionKey'), (_, own) => {
    own.sessionKey = [];
  });
  opens('key-as-bytes', 'A session key may be its 16 bytes.', mainland, MAINLAND, (_, own, options, key) => {
    own.sessionKey = asBytes(key);
  });
  opens(
    'key-as-bytes-of-its-text',
    'A session key may be the bytes of its text, as some stores return it.',
    mainland,
    MAINLAND,
    (_, own) => {
      own.sessionKey = asBytes(Buffer.from(own.sessionKey));
    },
  );
  rejects(
    'key-in-hex',
    'A session key of 32 hexadecimal digits is base64 of 24 bytes, which is not a key of WeChat.',
    mainland,
    length('sessionKey'),
    (_, own, options, key) => {
      own.sessionKey = key.toString('hex');
    },
  );
  rejects(
    'key-in-decimals',
    'The bytes of a key printed as decimal digits are not a key.',
    mainland,
    length('sessionKey'),
    (_, own) => {
      own.sessionKey = '18203412520099311502'.repeat(2);
    },
  );
  rejects('key-masked', 'A key that a log has masked is not base64.', mainland, encoding('sessionKey'), (_, own) => {
    own.sessionKey = own.sessionKey.replace(/(?<=^....).{16}/, '****************');
  });
  rejects(
    'key-plus-became-blank',
    'A blank in a session key is a lost plus.',
    mainland,
    encoding('sessionKey'),
    (_, own) => {
      own.sessionKey = 'AAECAwQF gcICQoLDA0ODw==';
    },
  );
  rejects(
    'key-as-few-bytes',
    'Fifteen bytes are not a key.',
    mainland,
    length('sessionKey'),
    (_, own, options, key) => {
      own.sessionKey = asBytes(key.subarray(1));
    },
  );

  // Fields.
  for (const field of ['encryptedData', 'iv', 'sessionKey', 'appId'])
    for (const [state, about, value] of [
      ['missing', 'is missing', undefined],
      ['undefined', 'is undefined', UNDEFINED],
      ['null', 'is null', null],
      ['empty', 'is empty', ''],
      ['a-number', 'is a number', 13800138000],
      ['an-object', 'is an object', { value: '13800138000' }],
    ])
      rejects(
        `${kebab(field)}-is-${state}`,
        `A call is rejected where ${field} ${about}.`,
        mainland,
        input(field),
        (sealed, own) => {
          (field in sealed ? sealed : own)[field] = value;
        },
      );
}
