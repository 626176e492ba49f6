import { AT, MAINLAND, masked, number, phone, tel, throws } from '../shared.mjs';
import { APP, mainland, OTHER_APP, of, open, opens, rejects, wx } from './cases.mjs';

export function payloads() {
  // Numbers.
  for (const [name, about, fields, expectedNumber] of [
    [
      'mainland',
      'A mainland number is the same in phoneNumber and purePhoneNumber.',
      ['13800138000', '13800138000', '86'],
      MAINLAND,
    ],
    [
      'mainland-with-plus',
      'phoneNumber may also contain the country code of the mainland.',
      ['+8613800138000', '13800138000', '86'],
      MAINLAND,
    ],
    [
      'mainland-written-with-blanks',
      'Blanks and hyphens that make a number readable are ignored.',
      ['+86 138-0013-8000', '13800138000', '86'],
      MAINLAND,
    ],
    [
      'hong-kong',
      'A Hong Kong number has eight digits after +852.',
      ['+85251234567', '51234567', '852'],
      tel('852', '51234567'),
    ],
    [
      'hong-kong-without-plus',
      'phoneNumber may contain the country code without its plus.',
      ['85251234567', '51234567', '852'],
      tel('852', '51234567'),
    ],
    [
      'taiwan',
      'A Taiwan number has nine digits after +886.',
      ['+886912345678', '912345678', '886'],
      tel('886', '912345678'),
    ],
    [
      'taiwan-trunk-zero',
      'The 0 that is dialled within Taiwan is not a part of the number.',
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
      'countryCode may be 86 as text or as number; raw keeps the type.',
      ['13800138000', '13800138000', 86],
      MAINLAND,
    ],
    ['country-with-plus', 'countryCode may be +86.', ['13800138000', '13800138000', '+86'], MAINLAND],
    ['country-with-zeros', 'countryCode may be 0086.', ['13800138000', '13800138000', '0086'], MAINLAND],
    ['country-name', 'HK as countryCode means 852.', ['51234567', '51234567', 'HK'], tel('852', '51234567')],
    [
      'country-empty',
      'With an empty countryCode, an 11-digit number that begins with 13 to 19 is a mainland number.',
      ['13800138000', '13800138000', ''],
      MAINLAND,
    ],
    [
      'country-from-plus',
      'With an empty countryCode, +852 in phoneNumber is the country code.',
      ['+85251234567', '51234567', ''],
      tel('852', '51234567'),
    ],
    [
      'country-unknown',
      'The country of a number that is valid in several countries is not guessed.',
      ['51234567', '51234567', ''],
      tel(null, '51234567'),
    ],
    [
      'country-unknown-ten-digits',
      'The country of ten digits without a country code is not guessed.',
      ['2025550123', '2025550123', ''],
      tel(null, '2025550123'),
    ],
    [
      'number-as-number',
      'A phone number may be a JSON number; raw keeps the type.',
      [13800138000, 13800138000, '86'],
      MAINLAND,
    ],
    [
      'masked',
      'A number with asterisks has masked: true and no E.164 form.',
      ['138****8000', '138****8000', '86'],
      masked('86', '138****8000'),
    ],
  ])
    opens(name, about, of(...fields), expectedNumber);
  opens(
    'key-order',
    'The order of the members is irrelevant.',
    {
      watermark: { appid: APP, timestamp: AT },
      countryCode: '86',
      purePhoneNumber: '13800138000',
      phoneNumber: '13800138000',
    },
    MAINLAND,
  );

  // The content of raw.
  open(
    'big-integer',
    'Integers that a JavaScript number cannot represent are exact texts in raw; smaller integers remain numbers.',
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
    'Unknown members remain in raw, unchanged.',
    of('13800138000', '13800138000', '86', { text: 'a/b', list: [1, 1.5, true, null, { deep: [] }], empty: {} }),
    MAINLAND,
  );

  // The app and the time of the payload.
  rejects('another-app', 'The watermark names another app.', mainland, throws('ERR_APP_MISMATCH'), (_, own) => {
    own.appId = OTHER_APP;
  });
  rejects(
    'another-app-and-old',
    'The app is checked before the age.',
    mainland,
    throws('ERR_APP_MISMATCH'),
    (_, own, options) => {
      own.appId = OTHER_APP;
      options.now += 3600_000;
    },
  );
  rejects('app-in-upper-case', 'App ids are compared exactly.', mainland, throws('ERR_APP_MISMATCH'), (_, own) => {
    own.appId = APP.toUpperCase();
  });
  rejects(
    'no-watermark',
    'WeChat always sets the watermark: a payload without a watermark does not prove its app.',
    { ...mainland, watermark: undefined },
    throws('ERR_APP_MISMATCH'),
  );
  rejects(
    'no-app-in-watermark',
    'A watermark without an app id does not prove the app.',
    { ...mainland, watermark: { timestamp: AT } },
    throws('ERR_APP_MISMATCH'),
  );
  rejects(
    'watermark-is-text',
    'A watermark that is not an object does not prove the app.',
    { ...mainland, watermark: APP },
    throws('ERR_APP_MISMATCH'),
  );
  rejects(
    'no-time',
    'WeChat always sets the time: a payload without a time counts as expired.',
    { ...mainland, watermark: { appid: APP } },
    throws('ERR_EXPIRED'),
  );
  opens(
    'no-time-any-age',
    'With an infinite maxAge, a payload without a time opens.',
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
  rejects(
    'older-than-ten-minutes',
    'After 600 seconds a payload has expired: the user must tap again.',
    mainland,
    throws('ERR_EXPIRED', { action: 'ask-again' }),
    later(601),
  );
  opens(
    'clock-behind',
    "The server's clock may be 300 seconds behind the platform's.",
    mainland,
    MAINLAND,
    later(-300),
  );
  rejects(
    'from-the-future',
    'A payload from more than 300 seconds in the future is rejected.',
    mainland,
    throws('ERR_EXPIRED'),
    later(-301),
  );
  opens('longer-age', 'maxAge may allow an older payload.', mainland, MAINLAND, later(86400, 86400));
  rejects('shorter-age', 'maxAge may be shorter than the default.', mainland, throws('ERR_EXPIRED'), later(31, 30));
  opens(
    'any-age',
    'An infinite maxAge switches the check of the time off.',
    mainland,
    MAINLAND,
    later(3e8, number('Infinity')),
  );
  opens(
    'any-future',
    'An infinite maxAge also switches the check for future times off.',
    mainland,
    MAINLAND,
    later(-3e8, number('Infinity')),
  );
}
