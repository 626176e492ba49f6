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
import { decrypt, mainland, OTHER_APP, of, open, opens, refuses, wx } from './cases.mjs';

export function fields() {
  // CBC has no authentication tag: what an authentic payload never is, is rejected.
  const text = JSON.stringify(mainland);
  for (const [name, about, plain] of [
    [
      'numbers-contradict',
      'phoneNumber and purePhoneNumber of one payload name one number.',
      { ...mainland, purePhoneNumber: '13580006666' },
    ],
    [
      'country-contradicts',
      'countryCode and the country in phoneNumber are one.',
      of('+85251234567', '51234567', '86'),
    ],
    ['duplicate-key', 'An object has no key twice.', text.replace('{', '{"phoneNumber":"13580006666",')],
    [
      'duplicate-key-escaped',
      'A key written with an escape is the same key.',
      text.replace('{', '{"phone\\u004eumber":"13800138000",'),
    ],
    [
      'duplicate-key-in-watermark',
      'No object within has a key twice either.',
      text.replace('"appid"', `"appid":"${OTHER_APP}","appid"`),
    ],
    ['text-behind', 'Nothing follows the object.', `${text}{}`],
    ['nul-behind', 'Padding of zero bytes is not PKCS#7 padding.', `${text}\0\0`],
    [
      'proto-key',
      'A key that would replace the prototype of a JavaScript object is rejected.',
      text.replace('{', '{"__proto__":{"phoneNumber":"13580006666"},'),
    ],
    ['list', 'The plaintext is an object, not a list of one.', `[${text}]`],
    ['string', 'The plaintext is an object, not a text.', '"13800138000"'],
    ['no-json', 'The plaintext is JSON.', 'phoneNumber=13800138000&countryCode=86'],
    ['json-cut', 'JSON that ends early is rejected.', text.slice(0, -1)],
    ['nothing', 'An empty plaintext is rejected.', ''],
    ['not-utf8', 'The plaintext is UTF-8.', Buffer.from(text.replace('{', '{"name":"\xff",'), 'latin1')],
  ])
    refuses(name, about, plain, decrypt);

  // Padding.
  opens('padding-of-one', 'The padding may be one byte.', stretch(mainland, 1, 16), MAINLAND);
  opens('padding-of-a-block', 'The padding may be a whole block.', stretch(mainland, 16, 16), MAINLAND);
  const upTo = (rest) => text + ' '.repeat((32 + rest - (text.length % 16)) % 16);
  refuses(
    'padding-of-zero',
    'A last byte of 0 is no padding.',
    Buffer.concat([Buffer.from(upTo(15)), Buffer.from([0])]),
    decrypt,
    undefined,
    { padded: true },
  );
  refuses(
    'padding-of-seventeen',
    "WeChat's padding is 16 bytes at most.",
    Buffer.concat([Buffer.from(upTo(15)), Buffer.alloc(17, 17)]),
    decrypt,
    undefined,
    { padded: true },
  );
  open(
    'padding-right-by-accident',
    'A wrong key that gives good padding by accident, one in about 256, opens nothing.',
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
    'Two lost pluses side by side look like formatting, and still do not pass.',
    first(
      (i) => wx(`two-pluses-became-blanks-${i}`, mainland),
      ([sealed]) => /[^+]\+\+[^+]/.test(sealed.encryptedData),
    ).map((arg) => (arg.encryptedData ? { ...arg, encryptedData: arg.encryptedData.replaceAll('+', ' ') } : arg)),
    encoding('encryptedData'),
  );
  refuses(
    'iv-of-another-call',
    "With another call's iv the first 16 bytes, the name of the first member, are garbage.",
    mainland,
    decrypt,
    (sealed) => {
      sealed.iv = base64(bytes('another call', 16));
    },
  );
  refuses('iv-too-short', 'An iv has 16 bytes.', mainland, length('iv'), (sealed) => {
    sealed.iv = base64(bytes('iv', 12));
  });

  // Session keys.
  const stale = base64(bytes('a stale session key', 16));
  const older = base64(bytes('an older session key', 16));
  refuses(
    'stale-key',
    'A session key that a second login rotated away opens nothing: log in before the tap.',
    mainland,
    throws('ERR_DECRYPT', { action: 'login-again' }),
    (_, own) => {
      own.sessionKey = stale;
    },
  );
  opens('keys-newest-first', 'Of several session keys the newest comes first.', mainland, MAINLAND, (_, own) => {
    own.sessionKey = [own.sessionKey, stale];
  });
  opens(
    'keys-second-is-right',
    'A payload sealed just before a second login opens with the key before.',
    mainland,
    MAINLAND,
    (_, own) => {
      own.sessionKey = [stale, older, own.sessionKey];
    },
  );
  opens('keys-of-both-kinds', 'A list may hold texts and bytes.', mainland, MAINLAND, (_, own, options, key) => {
    own.sessionKey = [stale, asBytes(key)];
  });
  refuses(
    'keys-none-right',
    'Where no key of a list opens, the payload does not open.',
    mainland,
    decrypt,
    (_, own) => {
      own.sessionKey = [stale, older];
    },
  );
  refuses(
    'keys-stale-then-expired',
    'The error of the key that got furthest is told: a stale key does not hide that the payload is old.',
    mainland,
    throws('ERR_EXPIRED'),
    (_, own, options) => {
      own.sessionKey = [stale, own.sessionKey];
      options.now += 3600_000;
    },
  );
  refuses(
    'keys-expired-then-stale',
    'A stale key behind the right one does not hide that the payload is old either.',
    mainland,
    throws('ERR_EXPIRED'),
    (_, own, options) => {
      own.sessionKey = [own.sessionKey, stale];
      options.now += 3600_000;
    },
  );
  refuses(
    'keys-stale-then-another-app',
    'A stale key does not hide that the payload is of another app.',
    mainland,
    throws('ERR_APP_MISMATCH'),
    (_, own) => {
      own.sessionKey = [stale, own.sessionKey];
      own.appId = OTHER_APP;
    },
  );
  refuses(
    'keys-too-long-then-stale',
    'A key that cannot be one does not hide that the other is stale.',
    mainland,
    decrypt,
    (_, own) => {
      own.sessionKey = [base64(bytes('too long', 24)), stale];
    },
  );
  refuses('keys-empty', 'A list of no keys is no key.', mainland, input('sessionKey'), (_, own) => {
    own.sessionKey = [];
  });
  opens('key-as-bytes', 'A session key may be its 16 bytes.', mainland, MAINLAND, (_, own, options, key) => {
    own.sessionKey = asBytes(key);
  });
  opens(
    'key-as-bytes-of-its-text',
    'A session key may be the bytes of its text, as a store gives it back.',
    mainland,
    MAINLAND,
    (_, own) => {
      own.sessionKey = asBytes(Buffer.from(own.sessionKey));
    },
  );
  refuses(
    'key-in-hex',
    'A session key of 32 hexadecimal digits is base64 of 24 bytes, and no key of WeChat.',
    mainland,
    length('sessionKey'),
    (_, own, options, key) => {
      own.sessionKey = key.toString('hex');
    },
  );
  refuses(
    'key-in-decimals',
    'The bytes of a key printed as decimal digits are no key.',
    mainland,
    length('sessionKey'),
    (_, own) => {
      own.sessionKey = '18203412520099311502'.repeat(2);
    },
  );
  refuses('key-masked', 'A key masked by a log is no base64.', mainland, encoding('sessionKey'), (_, own) => {
    own.sessionKey = own.sessionKey.replace(/(?<=^....).{16}/, '****************');
  });
  refuses(
    'key-plus-became-blank',
    'A blank in a session key is a lost plus.',
    mainland,
    encoding('sessionKey'),
    (_, own) => {
      own.sessionKey = 'AAECAwQF gcICQoLDA0ODw==';
    },
  );
  refuses('key-as-few-bytes', 'Fifteen bytes are no key.', mainland, length('sessionKey'), (_, own, options, key) => {
    own.sessionKey = asBytes(key.subarray(1));
  });

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
      refuses(
        `${kebab(field)}-is-${state}`,
        `A call is rejected where ${field} ${about}.`,
        mainland,
        input(field),
        (sealed, own) => {
          (field in sealed ? sealed : own)[field] = value;
        },
      );
}
