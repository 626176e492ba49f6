// WeChat
import { base64, bytes } from '../../../js/samples/seal.mjs';
import * as sample from '../samples.mjs';
import {
  AT,
  asBytes,
  asObject,
  encoding,
  endsWithOne,
  first,
  input,
  kebab,
  length,
  MAINLAND,
  masked,
  NOW,
  number,
  phone,
  platformError,
  section,
  session,
  stretch,
  tel,
  throws,
  UNDEFINED,
} from './shared.mjs';

export function wechat() {
  const { open, read } = section('wechat');
  const APP = 'wx0123456789abcdef';
  const OTHER_APP = 'wxfedcba9876543210';
  const watermark = { timestamp: AT, appid: APP };
  const of = (phoneNumber, purePhoneNumber, countryCode, more) => ({
    phoneNumber,
    purePhoneNumber,
    countryCode,
    watermark,
    ...more,
  });
  const mainland = of('13800138000', '13800138000', '86');
  const wx = (name, payload, change, how) => session('wechat', name, payload, change, { appId: APP, ...how });
  const opens = (name, about, payload, found, change, more) =>
    open(name, about, wx(name, payload, change), phone('wechat', found, asObject(payload), more));
  const refuses = (name, about, payload, outcome, change, how) =>
    open(name, about, wx(name, payload, change, how), outcome);

  // WeChat's own sample: user info, so that opening it right ends in ERR_NOT_PHONE.
  const official = (change) => {
    const { appId, sessionKey, encryptedData, iv } = sample.wechatSample;
    const args = [{ platform: 'wechat', encryptedData, iv }, { appId, sessionKey }, { now: 1477314247000 }];
    change?.(...args);
    return args;
  };
  const notPhone = throws('ERR_NOT_PHONE');
  const decrypt = throws('ERR_DECRYPT');
  open(
    'sample',
    "WeChat's own sample opens, and is user info without a number.",
    official(),
    throws('ERR_NOT_PHONE', { action: 'enter-manually' }),
    'documentation',
  );
  open(
    'sample-of-another-app',
    'A payload of another app is refused before anything else in it is looked at.',
    official((_, own) => {
      own.appId = OTHER_APP;
    }),
    throws('ERR_APP_MISMATCH', { action: 'fix-config' }),
  );
  open(
    'sample-when-old',
    'That there is no number is told before the age.',
    official((_, own, options) => {
      options.now = NOW;
    }),
    notPhone,
  );
  open(
    'sample-in-lines',
    "WeChat's demo prints the sample in lines of 32 characters: line breaks and indentation are formatting.",
    official((sealed) => {
      sealed.encryptedData = sealed.encryptedData.match(/.{1,32}/g).join('\n        ');
    }),
    notPhone,
  );
  open(
    'sample-plus-became-blank',
    'Form decoding turns a plus into a blank: that is never repaired silently.',
    official((sealed) => {
      sealed.encryptedData = sealed.encryptedData.replaceAll('+', ' ');
    }),
    encoding('encryptedData'),
  );
  open(
    'sample-percent-encoded',
    'A value that is still percent-encoded is no base64.',
    official((sealed) => {
      sealed.encryptedData = encodeURIComponent(sealed.encryptedData);
    }),
    encoding('encryptedData'),
  );
  open(
    'sample-fields-exchanged',
    'With iv and encryptedData exchanged it is the iv that is too long.',
    official((sealed) => {
      [sealed.iv, sealed.encryptedData] = [sealed.encryptedData, sealed.iv];
    }),
    length('iv'),
  );
  open(
    'sample-iv-of-zeros',
    'A wrong iv spoils only the first 16 bytes, and that is enough to refuse the payload.',
    official((sealed) => {
      sealed.iv = 'AAAAAAAAAAAAAAAAAAAAAA==';
    }),
    decrypt,
  );
  open(
    'sample-cut-on-a-block',
    'A ciphertext that lost its last block has no padding.',
    official((sealed) => {
      sealed.encryptedData = sealed.encryptedData.slice(0, 512);
    }),
    decrypt,
  );
  open(
    'sample-cut-off-a-block',
    'A ciphertext cut by a column of 500 characters is not of whole blocks.',
    official((sealed) => {
      sealed.encryptedData = sealed.encryptedData.slice(0, 500);
    }),
    length('encryptedData'),
  );
  open(
    'sample-cut-within-base64',
    'A ciphertext cut by a column of 255 characters is no base64.',
    official((sealed) => {
      sealed.encryptedData = sealed.encryptedData.slice(0, 255);
    }),
    encoding('encryptedData'),
  );
  open(
    'sample-slashes-escaped',
    'Slashes that are still escaped as in JSON text are no base64.',
    official((sealed) => {
      sealed.encryptedData = sealed.encryptedData.replaceAll('/', '\\/');
    }),
    encoding('encryptedData'),
  );
  open(
    'sample-in-quotes',
    'A value that kept the quotes of its JSON text is no base64.',
    official((sealed) => {
      sealed.iv = `"${sealed.iv}"`;
    }),
    encoding('iv'),
  );
  open(
    'sample-base64url',
    'The alphabet is that of standard base64, not of URLs.',
    official((sealed) => {
      sealed.encryptedData = sealed.encryptedData.replaceAll('+', '-').replaceAll('/', '_');
    }),
    encoding('encryptedData'),
  );
  open(
    'sample-iv-without-equals',
    "WeChat's iv is 24 characters with its two =.",
    official((sealed) => {
      sealed.iv = sealed.iv.replaceAll('=', '');
    }),
    encoding('iv'),
  );
  open(
    'sample-key-and-iv-exchanged',
    'Session key and iv have the same length: exchanged, nothing opens.',
    official((sealed, own) => {
      [sealed.iv, own.sessionKey] = [own.sessionKey, sealed.iv];
    }),
    decrypt,
  );

  // Sealed by another implementation.
  const elsewhere = ({ appId, sessionKey, encryptedData, iv }) => [
    { platform: 'wechat', encryptedData, iv },
    { appId, sessionKey },
    { now: 1634545735000 },
  ];
  const elsewhereMark = { timestamp: 1634545675, appid: sample.wechatMainland.appId };
  open(
    'elsewhere-mainland',
    "A mainland number stands without its country in phoneNumber (sealed by Python's cryptography).",
    elsewhere(sample.wechatMainland),
    phone('wechat', MAINLAND, { ...mainland, watermark: elsewhereMark }),
  );
  open(
    'elsewhere-hong-kong',
    "A foreign number carries plus and country in phoneNumber (sealed by Python's cryptography).",
    elsewhere(sample.wechatHongKong),
    phone('wechat', tel('852', '51234567'), of('+85251234567', '51234567', '852', { watermark: elsewhereMark })),
  );
  open(
    'elsewhere-country-as-number',
    "countryCode may be a JSON number (sealed by Python's cryptography).",
    elsewhere(sample.wechatCountryNumber),
    phone('wechat', MAINLAND, of('13800138000', '13800138000', 86, { watermark: elsewhereMark })),
  );
  open(
    'elsewhere-no-watermark',
    "Without a watermark a payload does not prove its app (sealed by Python's cryptography).",
    elsewhere(sample.wechatNoWatermark),
    throws('ERR_APP_MISMATCH'),
  );

  // Numbers.
  for (const [name, about, fields, found] of [
    [
      'mainland',
      'A mainland number is the same in phoneNumber and purePhoneNumber.',
      ['13800138000', '13800138000', '86'],
      MAINLAND,
    ],
    ['mainland-with-plus', 'phoneNumber may name the mainland too.', ['+8613800138000', '13800138000', '86'], MAINLAND],
    [
      'mainland-written-with-blanks',
      'Blanks and hyphens that make a number readable are no part of it.',
      ['+86 138-0013-8000', '13800138000', '86'],
      MAINLAND,
    ],
    [
      'hong-kong',
      'A Hong Kong number has eight digits behind +852.',
      ['+85251234567', '51234567', '852'],
      tel('852', '51234567'),
    ],
    [
      'hong-kong-without-plus',
      'The country may stand in phoneNumber without its plus.',
      ['85251234567', '51234567', '852'],
      tel('852', '51234567'),
    ],
    [
      'taiwan',
      'A Taiwan number has nine digits behind +886.',
      ['+886912345678', '912345678', '886'],
      tel('886', '912345678'),
    ],
    [
      'taiwan-trunk-zero',
      'The 0 that is dialled within Taiwan is no part of the number.',
      ['0912345678', '0912345678', '886'],
      tel('886', '912345678'),
    ],
    [
      'united-states',
      'A country code may have one digit.',
      ['+12025550123', '2025550123', '1'],
      tel('1', '2025550123'),
    ],
    [
      'united-kingdom',
      'A country code may have two digits.',
      ['+447700900123', '7700900123', '44'],
      tel('44', '7700900123'),
    ],
    [
      'country-as-number',
      'countryCode is 86 as text or as number, and raw keeps which.',
      ['13800138000', '13800138000', 86],
      MAINLAND,
    ],
    ['country-with-plus', 'countryCode may be +86.', ['13800138000', '13800138000', '+86'], MAINLAND],
    ['country-with-zeros', 'countryCode may be 0086.', ['13800138000', '13800138000', '0086'], MAINLAND],
    ['country-name', 'HK as countryCode is taken as 852.', ['51234567', '51234567', 'HK'], tel('852', '51234567')],
    [
      'country-empty',
      'An 11-digit number that begins with 13 to 19 is of the mainland where countryCode is empty.',
      ['13800138000', '13800138000', ''],
      MAINLAND,
    ],
    [
      'country-from-plus',
      'Where countryCode is empty, +852 tells the country.',
      ['+85251234567', '51234567', ''],
      tel('852', '51234567'),
    ],
    [
      'country-unknown',
      'A number that may be of several countries is not guessed.',
      ['51234567', '51234567', ''],
      tel(null, '51234567'),
    ],
    [
      'country-unknown-ten-digits',
      'Ten digits without a country are not guessed either.',
      ['2025550123', '2025550123', ''],
      tel(null, '2025550123'),
    ],
    [
      'number-as-number',
      'A number that is a JSON number is read, and raw keeps it.',
      [13800138000, 13800138000, '86'],
      MAINLAND,
    ],
    [
      'masked',
      'A number with digits blotted out is marked, and is no number to call.',
      ['138****8000', '138****8000', '86'],
      masked('86', '138****8000'),
    ],
  ])
    opens(name, about, of(...fields), found);
  opens(
    'key-order',
    'The order of the members means nothing.',
    {
      watermark: { appid: APP, timestamp: AT },
      countryCode: '86',
      purePhoneNumber: '13800138000',
      phoneNumber: '13800138000',
    },
    MAINLAND,
  );

  // What is kept of the payload.
  open(
    'big-integer',
    'Integers that no JavaScript number holds are kept exact, as text; smaller ones stay numbers.',
    wx(
      'big-integer',
      JSON.stringify(mainland).replace(
        '{',
        '{"id":6648491577574883592,"small":9007199254740991,"negative":-9007199254740993,',
      ),
    ),
    phone('wechat', MAINLAND, {
      id: '6648491577574883592',
      small: 9007199254740991,
      negative: '-9007199254740993',
      ...mainland,
    }),
  );
  opens(
    'raw-is-untouched',
    'Members this package knows nothing of are kept as they are.',
    of('13800138000', '13800138000', '86', { text: 'a/b', list: [1, 1.5, true, null, { deep: [] }], empty: {} }),
    MAINLAND,
  );

  // Whose payload, and when.
  refuses('another-app', 'The watermark names another app.', mainland, throws('ERR_APP_MISMATCH'), (_, own) => {
    own.appId = OTHER_APP;
  });
  refuses(
    'another-app-and-old',
    'The app is checked before the age.',
    mainland,
    throws('ERR_APP_MISMATCH'),
    (_, own, options) => {
      own.appId = OTHER_APP;
      options.now += 3600_000;
    },
  );
  refuses('app-in-upper-case', 'App ids are compared exactly.', mainland, throws('ERR_APP_MISMATCH'), (_, own) => {
    own.appId = APP.toUpperCase();
  });
  refuses(
    'no-watermark',
    'WeChat always sets the watermark: without it the app is not proven.',
    { ...mainland, watermark: undefined },
    throws('ERR_APP_MISMATCH'),
  );
  refuses(
    'no-app-in-watermark',
    'A watermark without an app proves no app.',
    { ...mainland, watermark: { timestamp: AT } },
    throws('ERR_APP_MISMATCH'),
  );
  refuses(
    'watermark-is-text',
    'A watermark that is no object proves no app.',
    { ...mainland, watermark: APP },
    throws('ERR_APP_MISMATCH'),
  );
  refuses(
    'no-time',
    'WeChat always sets the time: without it a payload is not fresh.',
    { ...mainland, watermark: { appid: APP } },
    throws('ERR_EXPIRED'),
  );
  opens(
    'no-time-any-age',
    'Where any age is good, a payload without a time opens.',
    { ...mainland, watermark: { appid: APP } },
    MAINLAND,
    (_, own, options) => {
      options.maxAge = number('Infinity');
    },
  );
  opens(
    'time-as-text',
    'The time may be text.',
    { ...mainland, watermark: { timestamp: String(AT), appid: APP } },
    MAINLAND,
    undefined,
    { issuedAt: AT },
  );
  const later = (seconds, maxAge) => (_, own, options) =>
    Object.assign(options, { now: (AT + seconds) * 1000, maxAge });
  opens('ten-minutes-old', 'By default a payload may be 600 seconds old.', mainland, MAINLAND, later(600));
  refuses(
    'older-than-ten-minutes',
    'After 600 seconds the user has to tap again.',
    mainland,
    throws('ERR_EXPIRED', { action: 'ask-again' }),
    later(601),
  );
  opens(
    'clock-behind',
    "This server's clock may be 300 seconds behind the platform's.",
    mainland,
    MAINLAND,
    later(-300),
  );
  refuses(
    'from-the-future',
    'A payload from further in the future is refused.',
    mainland,
    throws('ERR_EXPIRED'),
    later(-301),
  );
  opens('longer-age', 'The age that is allowed is an option.', mainland, MAINLAND, later(86400, 86400));
  refuses('shorter-age', 'A shorter age is kept to.', mainland, throws('ERR_EXPIRED'), later(31, 30));
  opens(
    'any-age',
    'An infinite age switches the check of the time off.',
    mainland,
    MAINLAND,
    later(3e8, number('Infinity')),
  );
  opens(
    'any-future',
    'An infinite age switches the check off for the future too.',
    mainland,
    MAINLAND,
    later(-3e8, number('Infinity')),
  );

  // The whole shape of a phone payload: a text of the user's choice, sealed under the same key, cannot be made into one.
  for (const [name, about, payload] of [
    ['shape-phone-number-alone', 'phoneNumber alone is no phone payload.', { phoneNumber: '13800138000', watermark }],
    [
      'shape-without-pure-number',
      'purePhoneNumber is a part of every phone payload.',
      { ...mainland, purePhoneNumber: undefined },
    ],
    [
      'shape-without-phone-number',
      'phoneNumber is a part of every phone payload.',
      { ...mainland, phoneNumber: undefined },
    ],
    ['shape-without-country', 'countryCode is a part of every phone payload.', { ...mainland, countryCode: undefined }],
    ['shape-pure-number-empty', 'A member that is empty is none.', of('13800138000', '', '86')],
    ['shape-country-null', 'A member that is null is none.', of('13800138000', '13800138000', null)],
    [
      'shape-user-info',
      'Members of user info belong to no phone payload.',
      of('13800138000', '13800138000', '86', { gender: 0, language: 'zh_CN' }),
    ],
    [
      'shape-user-info-in-watermark',
      'Nor do they within another member.',
      of('13800138000', '13800138000', '86', { watermark: { ...watermark, nickName: 'x' } }),
    ],
    [
      'shape-user-info-in-list',
      'Nor do they within a list.',
      of('13800138000', '13800138000', '86', { x: [[{ open_id: 'x' }]] }),
    ],
    [
      'shape-share-info',
      'Members of share info belong to no phone payload.',
      of('13800138000', '13800138000', '86', { openGId: 'tGRbR0000000000000000000000' }),
    ],
    [
      'shape-run-data',
      'Members of run data belong to no phone payload.',
      of('13800138000', '13800138000', '86', { stepInfoList: [] }),
    ],
    [
      'shape-not-ascii',
      'Phone payloads are ASCII; a garbled block is not.',
      of('13800138000', '13800138000', '86', { x: '测' }),
    ],
    ['shape-escape', 'Phone payloads have no escapes.', of('13800138000', '13800138000', '86', { x: 'a"b' })],
    ['shape-control-character', 'Phone payloads are of characters that print.', JSON.stringify(mainland, null, 1)],
    ['shape-delete', 'DEL does not print either.', of('13800138000', '13800138000', '86', { x: '\x7f' })],
    [
      'shape-room-in-text',
      'A garbled block could hide in a long text that is neither an id nor a number.',
      of('13800138000', '13800138000', '86', { x: 'aB3$ xY9&kL2 mN7' }),
    ],
    [
      'shape-room-in-name',
      'So it could in the name of a member.',
      of('13800138000', '13800138000', '86', { 'coaB3$ xY9&kL2 mN7': 1 }),
    ],
    [
      'shape-room-in-id',
      'So it could in a long id of all letters.',
      of('13800138000', '13800138000', '86', { x: 'couJbpulsMnnlY_H4f' }),
    ],
    [
      'shape-room-in-name-of-letters',
      'So it could in a long name that is not of words.',
      of('13800138000', '13800138000', '86', { couJbpulsMnnlY_H4f: 1 }),
    ],
    [
      'shape-mainland-number-abroad',
      'A number abroad has its country in phoneNumber; without it the country is from another payload.',
      of('15112345678', '15112345678', '49'),
    ],
    ['shape-pure-number-of-marks', 'Marks without digits are no number.', of('13800138000', '-', '86')],
    [
      'shape-phone-number-of-marks',
      'Marks without digits are no number, and a plus is no more.',
      of('+', '13800138000', '86'),
    ],
    ['shape-pure-number-of-another-type', 'What stands where a number belongs is one.', of('13800138000', true, '86')],
    ['shape-pure-number-negative', 'A number below zero is none.', of('13800138000', -13800138000, '86')],
    [
      'shape-country-of-no-code',
      'countryCode is a calling code or empty.',
      of('13800138000', '13800138000', 'aB3$ xY9&kL2 mN7'),
    ],
    ['shape-country-of-another-type', 'countryCode is a text or a number.', of('13800138000', '13800138000', {})],
  ])
    refuses(name, about, payload, decrypt);
  opens(
    'shape-others',
    'Hexadecimal ids of any length, and short texts, may stand in other members.',
    of('13800138000', '13800138000', '86', {
      isRealNameVerified: true,
      trace: 'a1b2c3-d4'.repeat(8),
      text: 'a/b c+d=e:f',
    }),
    MAINLAND,
  );
  opens(
    'shape-in-blanks',
    'Blanks between members are no part of the shape.',
    JSON.stringify(mainland).replaceAll(',"', ', "'),
    MAINLAND,
  );

  // What is no number of anybody's: E.164 has 7 to 15 digits and begins with 1 to 9.
  for (const [name, about, fields] of [
    ['number-of-zeros', 'No country code begins with 0.', ['00000000000', '00000000000', '']],
    ['number-plus-and-zeros', 'A number has one international prefix.', ['+008613800138000', '13800138000', '86']],
    ['number-negative', 'A number below zero is none.', [-13800138000, -13800138000, '86']],
    ['number-of-one-digit', 'One digit is no number.', ['1', '1', '']],
    ['number-of-one-digit-and-country', 'Nor with a country before it.', ['1', '1', '86']],
    ['number-of-sixteen-digits', 'Sixteen digits are no number.', ['1234567890123456', '1234567890123456', '']],
    ['number-too-long-with-country', 'The country counts.', ['12345678901234', '12345678901234', '86']],
    ['number-of-4000-digits', 'Nor are four thousand.', ['1'.repeat(4000), '1'.repeat(4000), '86']],
    [
      'number-above-2-53',
      'Nor is an integer that no JavaScript number holds.',
      ['13800138000', '13800138000', '86'].map(() => '99999999999999999999'),
    ],
  ])
    refuses(name, about, of(...fields), name === 'number-plus-and-zeros' ? decrypt : notPhone);
  refuses(
    'number-as-fraction',
    'A number with a fraction is none.',
    JSON.stringify(mainland).replaceAll('"13800138000"', '13800138000.0'),
    notPhone,
  );
  refuses(
    'number-as-power',
    'Nor is a power of ten.',
    JSON.stringify(mainland).replaceAll('"13800138000"', '1.3800138e10'),
    notPhone,
  );

  // No number.
  refuses(
    'group-info',
    'Share and group data are sealed in the same way and hold no number.',
    { openGId: 'tGRbR0000000000000000000000', watermark },
    notPhone,
  );
  refuses('empty-number', 'An account without a number has empty members.', of('', '', ''), notPhone);
  refuses('null-number', 'Members that are null hold no number.', of(null, null, null), notPhone);
  refuses(
    'number-is-object',
    'A member of the wrong type holds no number.',
    of({ $: '13800138000' }, ['13800138000'], '86'),
    notPhone,
  );

  // CBC has no authentication tag: what an authentic payload never is, is refused.
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
    ['nul-behind', 'Padding of zero bytes is none of PKCS#7.', `${text}\0\0`],
    [
      'proto-key',
      'A key that would replace the prototype of a JavaScript object is refused.',
      text.replace('{', '{"__proto__":{"phoneNumber":"13580006666"},'),
    ],
    ['list', 'The plaintext is an object, not a list of one.', `[${text}]`],
    ['string', 'The plaintext is an object, not a text.', '"13800138000"'],
    ['no-json', 'The plaintext is JSON.', 'phoneNumber=13800138000&countryCode=86'],
    ['json-cut', 'JSON that ends early is refused.', text.slice(0, -1)],
    ['nothing', 'An empty plaintext is refused.', ''],
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
        `A call is refused where ${field} ${about}.`,
        mainland,
        input(field),
        (sealed, own) => {
          (field in sealed ? sealed : own)[field] = value;
        },
      );

  // Plain answers of WeChat's servers.
  const info = { phoneNumber: '13580006666', purePhoneNumber: '13580006666', countryCode: '86', watermark };
  const found = phone('wechat', tel('86', '13580006666'), info);
  const answered = (answer, own = { appId: APP }, options) => [
    { platform: 'wechat', answer },
    own,
    { now: NOW, ...options },
  ];
  const http = { errcode: 0, errmsg: 'ok', phone_info: info };
  const cloud = { errCode: 0, errMsg: 'openapi.phonenumber.getPhoneNumber:ok', phoneInfo: info };
  const cloudId = { cloudID: '28_AAAA', data: info };
  const expired = { cloudID: '28_BBBB', errCode: -601006, errMsg: 'cloudID expired.' };
  for (const [name, about, answer] of [
    ['answer', 'getuserphonenumber answers with the number in phone_info.', http],
    ['answer-as-text', 'An answer may be the text of the HTTP response.', JSON.stringify(http)],
    ['answer-cloud', 'A cloud call answers in camel case.', cloud],
    [
      'answer-cloud-snake-case',
      'A cloud call with convertCase off answers in mixed case.',
      { errCode: 0, errMsg: cloud.errMsg, phone_info: info },
    ],
    ['answer-code-as-text', 'The code of success may be text.', { ...http, errcode: '0' }],
    ['answer-number-itself', 'phone_info alone is an answer.', info],
    ['answer-cloud-id', 'The platform replaces a CloudID in a cloud function by the opened data.', cloudId],
    [
      'answer-open-data-text',
      'getopendata gives JSON as text, as its table says.',
      { errcode: 0, errmsg: 'ok', data_list: [{ cloud_id: '28_AAAA', json: JSON.stringify(cloudId) }] },
    ],
    [
      'answer-open-data-object',
      'getopendata gives JSON as object, as its example shows.',
      { errcode: 0, errmsg: 'ok', data_list: [{ cloud_id: '28_AAAA', json: cloudId }] },
    ],
    [
      'answer-open-data-cloud',
      'The cloud call of getopendata spells it dataList.',
      {
        errCode: 0,
        errMsg: 'openapi.cloudbase.getOpenData:ok',
        dataList: [{ cloudId: '28_AAAA', json: JSON.stringify(cloudId) }],
      },
    ],
    ['answer-open-data-list', "The cloud SDK's getOpenData gives a list.", { list: [cloudId] }],
    [
      'answer-list-other-data-first',
      'A list may hold other open data before the number.',
      { list: [{ cloudID: '28_CCCC', data: { stepInfoList: [], watermark } }, cloudId] },
    ],
    [
      'answer-list-error-first',
      'One item with an error does not spoil the number in another.',
      { list: [expired, cloudId] },
    ],
  ])
    read(name, about, answered(answer), found);
  const overseas = { ...info, phoneNumber: '+85251234567', purePhoneNumber: '51234567', countryCode: 852 };
  read(
    'answer-country-as-number',
    "countryCode is a number in the example of getuserphonenumber's page, also abroad.",
    answered({ ...http, phone_info: overseas }),
    phone('wechat', tel('852', '51234567'), overseas),
  );
  const unmarked = { ...info, watermark: undefined };
  read('answer-without-app-id', 'The app is compared only where it is given.', answered(http, {}), found);
  read(
    'answer-without-watermark',
    'What the server itself fetched needs no watermark.',
    answered({ ...http, phone_info: unmarked }, {}),
    phone('wechat', tel('86', '13580006666'), unmarked),
  );
  read(
    'answer-of-another-app',
    'An answer of another app is refused.',
    answered(http, { appId: OTHER_APP }),
    throws('ERR_APP_MISMATCH'),
  );
  read(
    'answer-old',
    'An answer kept for longer than ten minutes is refused.',
    answered(http, undefined, { now: NOW + 3600_000 }),
    throws('ERR_EXPIRED'),
  );
  read(
    'answer-old-any-age',
    'An infinite age switches the check of the time off.',
    answered(http, undefined, { now: NOW + 3600_000, maxAge: number('Infinity') }),
    found,
  );
  read(
    'answer-masked',
    'A masked number is marked in an answer too.',
    answered({ ...http, phone_info: { phoneNumber: '138****8000', watermark } }),
    phone('wechat', masked(null, '138****8000'), { phoneNumber: '138****8000', watermark }),
  );

  const rid = '65a1b2c3-0d4e5f60-7a8b9c0d';
  for (const [name, about, answer, outcome] of [
    [
      'error-invalid-code',
      'Code 40029: the one-time code is spent, old or none of this call; the rid is for the support.',
      { errcode: 40029, errmsg: `invalid code, rid: ${rid}` },
      platformError('40029', 'ask-again', rid),
    ],
    [
      'error-code-as-text',
      'Old answers give the code as text.',
      { errcode: '40029', errmsg: 'invalid code' },
      platformError('40029', 'ask-again'),
    ],
    [
      'error-token-not-latest',
      'Code 40001: the access token is not the newest.',
      { errcode: 40001, errmsg: `invalid credential, access_token is invalid or not latest rid: ${rid}` },
      platformError('40001', 'refresh-token', rid),
    ],
    [
      'error-token-illegal',
      'Code 40014: the access token is none.',
      { errcode: 40014, errmsg: 'invalid access_token' },
      platformError('40014', 'refresh-token'),
    ],
    [
      'error-token-expired',
      'Code 42001: the access token has expired.',
      { errcode: 42001, errmsg: 'access_token expired' },
      platformError('42001', 'refresh-token'),
    ],
    ['error-busy', 'Code -1: WeChat is busy.', { errcode: -1, errmsg: 'system error' }, platformError('-1', 'retry')],
    [
      'error-too-often',
      'Code 45011: too many calls in this minute.',
      { errcode: 45011, errmsg: 'api minute-quota reach limit' },
      platformError('45011', 'retry'),
    ],
    [
      'error-unauthorized',
      'Code 48001: this kind of account has no such ability.',
      { errcode: 48001, errmsg: 'api unauthorized' },
      platformError('48001', 'fix-config'),
    ],
    [
      'error-component',
      'Code 61007: permission set 18 is not granted to the third-party platform.',
      { errcode: 61007, errmsg: 'api is unauthorized to component' },
      platformError('61007', 'fix-config'),
    ],
    [
      'error-body-format',
      'Code 47001: the code was sent as a form and not as JSON.',
      { errcode: 47001, errmsg: 'data format error' },
      platformError('47001', 'fix-config'),
    ],
    [
      'error-wrong-app',
      'Code 40013: the access token is of another app.',
      { errcode: 40013, errmsg: 'invalid appid' },
      platformError('40013', 'fix-config'),
    ],
    [
      'error-login-code-used',
      'Code 40163: the code of wx.login was used before.',
      { errcode: 40163, errmsg: 'code been used' },
      platformError('40163', 'login-again'),
    ],
    [
      'error-day-limit',
      "Code 45009: the day's calls are used up, which waiting does not cure.",
      { errcode: 45009, errmsg: 'reach max api daily quota limit' },
      platformError('45009', 'fix-config'),
    ],
    [
      'error-code-of-no-type',
      'A code that is neither number nor text may mean anything.',
      { errcode: true, phone_info: mainland },
      input('answer'),
    ],
    [
      'error-as-text',
      'An error answer may be text too.',
      '{"errcode":40029,"errmsg":"invalid code"}',
      platformError('40029', 'ask-again'),
    ],
    [
      'error-cloud',
      'A cloud call throws its error in camel case, with a hint before the rid.',
      { errCode: 40029, errMsg: `openapi.phonenumber.getPhoneNumber:fail invalid code hint: [AbCdEf] rid: ${rid}` },
      platformError('40029', 'ask-again', rid),
    ],
    [
      'error-cloud-id',
      'A CloudID that has expired leaves an error in the place of the data.',
      expired,
      platformError('-601006', 'ask-again'),
    ],
    [
      'error-every-item',
      'Where every item is an error, the error is told.',
      { list: [expired, { ...expired, cloudID: '28_CCCC' }] },
      platformError('-601006', 'ask-again'),
    ],
    [
      'answer-empty-body',
      'The cloud SDK takes an empty body for success, without phoneInfo.',
      { contentType: '', buffer: { type: 'Buffer', data: [] }, errCode: 0 },
      notPhone,
    ],
    ['answer-without-number', 'Success without a number is none.', { errcode: 0, errmsg: 'ok' }, notPhone],
    ['answer-list-empty', 'A list of nothing holds no number.', { list: [] }, notPhone],
    [
      'answer-list-other-data',
      'A list of other open data holds no number.',
      { list: [{ cloudID: '28_CCCC', data: { stepInfoList: [] } }] },
      notPhone,
    ],
    [
      'answer-not-json',
      'An answer that is no JSON is a fault of the caller.',
      '<html>502 Bad Gateway</html>',
      input('answer'),
    ],
    [
      'answer-text-behind',
      'An answer is one object and nothing behind it.',
      `${JSON.stringify(http)}x`,
      input('answer'),
    ],
    [
      'answer-duplicate-key',
      'An answer has no key twice.',
      '{"phoneNumber":"13580006666","phoneNumber":"13800138000"}',
      input('answer'),
    ],
    ['answer-not-an-object', 'An answer is an object.', '"13580006666"', input('answer')],
    ['answer-missing', 'An answer must be there.', undefined, input('answer')],
    ['answer-a-number', 'An answer is no number.', 13580006666, input('answer')],
  ])
    read(name, about, answered(answer), outcome);
}
