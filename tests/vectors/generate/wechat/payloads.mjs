import { AT, MAINLAND, masked, number, phone, tel, throws } from '../shared.mjs';
import { APP, mainland, OTHER_APP, of, open, opens, refuses, wx } from './cases.mjs';

export function payloads() {
  // Numbers.
  for (const [name, about, fields, expectedNumber] of [
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
    opens(name, about, of(...fields), expectedNumber);
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
    'A payload from further in the future is rejected.',
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
}
