// Writes the vectors of this folder: what a platform sends, and what must come out. SOURCES.md says where each is from.
//
//   node generate.mjs            writes the files
//   node generate.mjs --check    writes nothing; fails where a file is not what would be written
//
// Sealing is done by Node's OpenSSL, which shares no code with this crate. Nothing is random: keys, ivs and filling
// bytes are SHA-256 of the name of the case. In `throws`, what is not named is not compared.

import { createDecipheriv, createHash, createHmac, createPrivateKey, createPublicKey } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { samples } from '../../js/samples/index.mjs';
import {
  base64,
  bytes,
  der,
  encryptCbc,
  frameBaidu,
  keys,
  publicDer,
  sealCbc,
  sealRsa,
  signAlipay,
} from '../../js/samples/seal.mjs';
import * as sample from './samples.mjs';

/** The time of every payload, in seconds, and the moment a minute later at which it is opened, in milliseconds. */
const AT = 1700000000;
const NOW = (AT + 60) * 1000;

// ---------------------------------------------------------------------------------------------------------------------
// Cases

const files = {};

/** Starts the file of a platform. Its functions add a case for a call; `proof` is 'documentation' or 'generated'. */
function section(platform) {
  const cases = [];
  files[platform] = { platform, cases };
  const adder =
    (call) =>
    (name, about, args, outcome, proof = 'generated') => {
      if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) throw new Error(`${platform}: ${name} is not kebab-case`);
      if (cases.some((other) => other.name === name)) throw new Error(`${platform}: ${name} exists twice`);
      if (!about.endsWith('.')) throw new Error(`${platform}: ${name} is not explained by a sentence`);
      cases.push({ name, about, proof, call, args, ...outcome });
    };
  return {
    open: adder('openPhone'),
    read: adder('readPhone'),
    verify: adder('verifyRawData'),
    sign: adder('signSession'),
    named: adder('platformOf'),
  };
}

const returns = (value) => ({ returns: value });
const throws = (code, more) => ({ throws: { code, ...more } });
const input = (field) => throws('ERR_INPUT', { field });
const encoding = (field) => throws('ERR_ENCODING', { field });
const length = (field) => throws('ERR_LENGTH', { field });
const platformError = (platformCode, action, rid) => throws('ERR_PLATFORM', { platformCode, action, rid });

/** What JSON cannot hold. */
const number = (text) => ({ $number: text });
const asBytes = (bytes) => ({ $bytes: base64(bytes) });
const UNDEFINED = { $undefined: true };

/** A whole PhoneNumber. App and time are the watermark's where nothing else is given. */
function phone(platform, found, raw, more) {
  const mark = raw.watermark ?? {};
  return returns({ platform, ...found, appId: mark.appid ?? null, issuedAt: mark.timestamp ?? null, raw, ...more });
}
const tel = (countryCode, nationalNumber) => ({
  e164: countryCode && `+${countryCode}${nationalNumber}`,
  countryCode,
  nationalNumber,
  masked: false,
});
const masked = (countryCode, nationalNumber) => ({ e164: null, countryCode, nationalNumber, masked: true });
const MAINLAND = tel('86', '13800138000');

// ---------------------------------------------------------------------------------------------------------------------
// Sealing

const asObject = (payload) => (typeof payload === 'string' ? JSON.parse(payload) : payload);

/** The payload's text, with so many blanks before its end that the padding counts exactly `count`. */
function stretch(payload, count, padBlock, around = 0) {
  const text = JSON.stringify(payload);
  const blanks = (2 * padBlock - count - ((Buffer.byteLength(text) + around) % padBlock)) % padBlock;
  return text.replace(/\}$/, `${' '.repeat(blanks)}}`);
}

/**
 * openPhone's arguments for a payload sealed under a session key. `payload` is an object, or the plaintext itself;
 * `change` spoils or replaces what was made.
 */
function session(platform, name, payload, change, { appId, keySize = 16, padBlock = 16, padded } = {}) {
  const label = `${platform}/${name}`;
  const [key, iv] = [bytes(`${label}: key`, keySize), bytes(`${label}: iv`, 16)];
  const text = typeof payload === 'object' && !Buffer.isBuffer(payload) ? JSON.stringify(payload) : payload;
  const ciphertext = padded ? encryptCbc(key, iv, text) : sealCbc(key, iv, text, padBlock);
  const sealed = { platform, encryptedData: base64(ciphertext), iv: base64(iv) };
  const own = { appId, sessionKey: base64(key) };
  const options = { now: NOW };
  change?.(sealed, own, options, key);
  return [sealed, own, options];
}

/** Whether a ciphertext decrypts, by luck, to something whose last byte is 1. */
function endsWithOne({ encryptedData, iv }, sessionKey) {
  const ciphertext = Buffer.from(encryptedData, 'base64');
  const decipher = createDecipheriv(
    'aes-128-cbc',
    Buffer.from(sessionKey, 'base64'),
    Buffer.from(iv, 'base64'),
  ).setAutoPadding(false);
  return decipher.update(ciphertext).at(-1) === 1;
}

/** The first thing made with 0, 1, 2 … that has a property which only chance gives. */
function first(make, good) {
  for (let i = 0; ; i += 1) {
    const made = make(i);
    if (good(made)) return made;
  }
}

/** readPhone's cases for a platform's plain answers, each with what comes out. */
function answers(platform, read, rows) {
  for (const [name, about, answer, outcome] of rows)
    read(name, about, [{ platform, answer }, {}, { now: NOW }], outcome);
}

const kebab = (field) => field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

// ---------------------------------------------------------------------------------------------------------------------
// WeChat

{
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

// ---------------------------------------------------------------------------------------------------------------------
// Alipay: the iv is 16 zeros, the signature covers the ciphertext with its quotes. A payload names no app and no time.

{
  const { open, read } = section('alipay');
  const PUBLIC_KEY = base64(publicDer(keys.alipay));
  const success = (mobile) => ({ code: '10000', msg: 'Success', mobile });
  const body = success('13800138000');
  const found = phone('alipay', MAINLAND, body);
  const signature = throws('ERR_SIGNATURE');

  /** The arguments for a payload sealed and signed; `change` gets what Alipay's client would hand over, too. */
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
  const opens = (name, about, change) => open(name, about, ali(name, body, change), found);
  const refuses = (name, about, outcome, change) => open(name, about, ali(name, body, change), outcome);
  /** Puts `response` in the place of the two fields. */
  const shape = (make) => (sealed, own, options, sent, aesKey) => {
    delete sealed.sign;
    sealed.response = make(sent, aesKey);
  };

  // Sealed and signed by another implementation.
  const { response, sign: signed, alipayPublicKey, aesKey: elsewhereKey } = sample.alipayMainland;
  const elsewhere = (sealed, own) => [
    { platform: 'alipay', ...sealed },
    { alipayPublicKey, aesKey: elsewhereKey, ...own },
    { now: NOW },
  ];
  open(
    'elsewhere',
    "The signature covers the ciphertext with its quotes, the iv is zeros (sealed by Python's cryptography).",
    elsewhere({ response, sign: signed, signType: 'RSA2', encryptType: 'AES', charset: 'UTF-8' }),
    found,
  );
  open(
    'elsewhere-sha1',
    "Older apps sign with RSA: SHA-1 and 1024 bits (signed by Python's cryptography).",
    elsewhere(
      { response, sign: sample.alipaySha1.sign, signType: 'RSA' },
      { alipayPublicKey: sample.alipaySha1.alipayPublicKey },
    ),
    found,
  );
  open(
    'elsewhere-overseas',
    "A foreign number is country code, hyphen, number (sealed by Python's cryptography).",
    elsewhere(sample.alipayOverseas),
    phone('alipay', tel('1', '2025550123'), success('1-2025550123')),
  );
  open(
    'elsewhere-empty-mobile',
    "An account without a number has an empty mobile (sealed by Python's cryptography).",
    elsewhere(sample.alipayEmpty),
    throws('ERR_NOT_PHONE', { action: 'enter-manually' }),
  );
  open(
    'elsewhere-error',
    "Errors come encrypted too (sealed by Python's cryptography).",
    elsewhere(sample.alipayRefusal),
    platformError('40003', 'ask-again'),
  );
  open(
    'elsewhere-signed-without-quotes',
    "A signature over the bare ciphertext is wrong (signed by Python's cryptography).",
    elsewhere({ response, ...sample.alipayNoQuotes }),
    signature,
  );

  // The shapes in which a response reaches a server.
  opens('two-fields', 'response and sign are enough: the rest is RSA2, AES, UTF-8.');
  opens('all-fields', 'What is default may be said.', (sealed) =>
    Object.assign(sealed, { signType: 'RSA2', encryptType: 'AES', charset: 'UTF-8' }),
  );
  opens('charset-in-lower-case', 'The charset is a name without case.', (sealed) => {
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
    'response may be the JSON text that the success callback gives.',
    shape((sent) => JSON.stringify(sent)),
  );
  opens(
    'shape-text-with-blanks',
    'The JSON text may be formatted.',
    shape((sent) => JSON.stringify(sent, null, 2)),
  );
  opens(
    'shape-text-slashes-escaped',
    'A re-encoder on the way may escape the slashes of base64 in JSON text.',
    shape((sent) => JSON.stringify(sent).replaceAll('/', '\\/')),
  );
  opens(
    'shape-callback',
    'response may be the whole callback object, the text within it.',
    shape((sent) => ({ response: JSON.stringify(sent) })),
  );
  opens(
    'shape-callback-text',
    'response may be the text of the whole callback object.',
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
  opens('lines', 'Line breaks in a ciphertext are formatting, and no part of what is signed.', (sealed) => {
    sealed.response = sealed.response.match(/.{1,76}/g).join('\n');
  });

  // No signature.
  refuses(
    'unsigned',
    'Bare ciphertext is not opened: anybody may have made it with an old key.',
    signature,
    (sealed) => {
      delete sealed.sign;
    },
  );
  opens('unsigned-allowed', 'Bare ciphertext is opened where that is allowed.', (sealed, own, options) => {
    delete sealed.sign;
    options.allowUnsigned = true;
  });
  open(
    'unsigned-allowed-not-ascii',
    'Bare ciphertext with a block that is not printable ASCII was put together.',
    ali('unsigned-allowed-not-ascii', { ...body, msg: '成功' }, (sealed, own, options) => {
      delete sealed.sign;
      options.allowUnsigned = true;
    }),
    throws('ERR_DECRYPT', { action: 'fix-config' }),
  );
  opens(
    'unsigned-allowed-without-public-key',
    'Without a signature no public key is needed.',
    (sealed, own, options) => {
      delete sealed.sign;
      delete own.alipayPublicKey;
      options.allowUnsigned = true;
    },
  );
  refuses(
    'unsigned-object',
    'An object without sign is unsigned.',
    signature,
    shape((sent) => ({ response: sent.response })),
  );
  opens('signed-and-unsigned-allowed', 'Where unsigned is allowed, signed opens as ever.', (sealed, own, options) => {
    options.allowUnsigned = true;
  });

  // Wrong signatures.
  refuses('wrong-signature', 'A signature over something else is refused.', signature, (sealed) => {
    sealed.sign = signAlipay('"else"');
  });
  refuses(
    'wrong-signature-unsigned-allowed',
    'A wrong signature is refused also where none would be allowed.',
    signature,
    (sealed, own, options) => {
      sealed.sign = signAlipay('"else"');
      options.allowUnsigned = true;
    },
  );
  refuses(
    'signed-without-quotes',
    'A signature over the ciphertext without its quotes is wrong.',
    signature,
    (sealed) => {
      sealed.sign = signAlipay(sealed.response);
    },
  );
  refuses(
    'own-public-key',
    "The app's own public key instead of Alipay's is the field's commonest mistake.",
    throws('ERR_SIGNATURE', { action: 'fix-config' }),
    (sealed, own) => {
      own.alipayPublicKey = base64(publicDer(keys.app));
    },
  );
  refuses('own-signature', 'What the app signed itself is not from Alipay.', signature, (sealed) => {
    sealed.sign = signAlipay(`"${sealed.response}"`, keys.app);
  });
  refuses('sha1-without-its-name', 'Without a signType the hash is SHA-256.', signature, (sealed) => {
    sealed.sign = signAlipay(`"${sealed.response}"`, keys.alipay, 'sha1');
  });
  refuses('sha256-named-rsa', 'RSA means SHA-1.', signature, (sealed) => {
    sealed.signType = 'RSA';
  });
  refuses('signature-cut', 'A signature has the length of its key.', signature, (sealed) => {
    sealed.sign = sealed.sign.slice(0, 172);
  });
  refuses('response-changed', 'A changed ciphertext is not decrypted.', signature, (sealed) => {
    sealed.response = base64(bytes('another ciphertext', 64));
  });
  refuses(
    'response-cut',
    'A cut ciphertext fails its signature before its length is looked at.',
    signature,
    (sealed) => {
      sealed.response = sealed.response.slice(0, -4);
    },
  );
  opens('sha1', 'signType RSA is SHA-1, here with 1024 bits.', (sealed, own) => {
    sealed.signType = 'RSA';
    sealed.sign = signAlipay(`"${sealed.response}"`, keys.alipay1024, 'sha1');
    own.alipayPublicKey = base64(publicDer(keys.alipay1024));
  });
  opens('sha1-2048', 'signType RSA goes with 2048 bits as well.', (sealed) => {
    sealed.signType = 'RSA';
    sealed.sign = signAlipay(`"${sealed.response}"`, keys.alipay, 'sha1');
  });

  // Forms of the public key.
  const pem = (type) => createPublicKey(keys.alipay).export({ type, format: 'pem' });
  const [leaf] = keys.crt.match(/-----BEGIN[^]*?END CERTIFICATE-----\n/);
  for (const [name, about, key] of [
    ['key-pem', "Alipay's key may be PEM.", pem('spki')],
    ['key-pem-without-last-line-break', 'PEM may lack its last line break.', pem('spki').trimEnd()],
    ['key-pem-crlf', 'PEM may have line ends of Windows.', pem('spki').replaceAll('\n', '\r\n')],
    ['key-pem-pkcs1', "Alipay's key may be PEM of PKCS#1.", pem('pkcs1')],
    ['key-crt', 'alipayCertPublicKey_RSA2.crt holds two certificates, the leaf first: its key is taken.', keys.crt],
    ['key-crt-crlf', 'A certificate file may have line ends of Windows.', keys.crtCrlf],
    ['key-crt-leaf', 'A certificate file may hold the leaf alone.', leaf],
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
    ['key-no-key', 'What is no key is told as such.', 'alipayCertPublicKey_RSA2.crt'],
    ['key-cut', 'A key that lost its end is no key.', PUBLIC_KEY.slice(0, 200)],
    ['key-private', 'A private key in the place of the public one is no public key.', keys.app],
    ['key-plus-became-blank', 'A blank in a key is a lost plus.', PUBLIC_KEY.replace(/[+/]/, ' ')],
    ['key-pem-cut', 'PEM without an end is no key.', pem('spki').slice(0, 200)],
    ['key-random-bytes', 'Bytes that are no key are told as such.', asBytes(bytes('no key', 294))],
  ])
    refuses(name, about, throws('ERR_KEY', { field: 'alipayPublicKey' }), (sealed, own) => {
      own.alipayPublicKey = key;
    });

  // The AES key.
  opens('aes-key-as-bytes', 'The AES key may be its 16 bytes.', (sealed, own, options, sent, aesKey) => {
    own.aesKey = asBytes(aesKey);
  });
  opens('aes-key-as-bytes-of-its-text', 'The AES key may be the bytes of its text.', (sealed, own) => {
    own.aesKey = asBytes(Buffer.from(own.aesKey));
  });
  refuses(
    'aes-key-of-25-bytes',
    'PHP cuts a key of 25 bytes silently; Alipay gives 16.',
    length('aesKey'),
    (sealed, own) => {
      own.aesKey = base64(bytes('aes', 25));
    },
  );
  refuses('aes-key-of-24-bytes', 'Alipay gives 16 bytes, not 24.', length('aesKey'), (sealed, own) => {
    own.aesKey = base64(bytes('aes', 24));
  });
  refuses('aes-key-no-base64', 'An AES key is base64.', encoding('aesKey'), (sealed, own) => {
    own.aesKey = 'not a key';
  });
  refuses(
    'aes-key-wrong',
    'Alipay has no session: after a good signature only the configured AES key can be wrong.',
    throws('ERR_DECRYPT', { action: 'fix-config' }),
    (sealed, own) => {
      own.aesKey = base64(bytes('another key', 16));
    },
  );

  // Fields.
  refuses('sign-type-unknown', 'SM2 cannot be set for mini-programs.', input('signType'), (sealed) => {
    sealed.signType = 'SM2';
  });
  refuses('encrypt-type-unknown', 'The cipher of phone data is AES.', input('encryptType'), (sealed) => {
    sealed.encryptType = 'SM4';
  });
  refuses('charset-unknown', 'The text is UTF-8.', input('charset'), (sealed) => {
    sealed.charset = 'GBK';
  });
  refuses(
    'shape-sign-type-unknown',
    'An unknown sign_type within the response is refused too.',
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
    refuses(
      `${kebab(field)}-is-${value === undefined ? 'missing' : value === '' ? 'empty' : 'a-number'}`,
      `A call is refused where ${field} is ${value === undefined ? 'missing' : value === '' ? 'empty' : 'a number'}.`,
      input(field),
      (sealed, own) => {
        (field in sealed ? sealed : own)[field] = value;
      },
    );
  refuses(
    'response-not-json',
    'A response that begins as an object and is none is refused.',
    input('response'),
    shape((sent) => JSON.stringify(sent).slice(0, -1)),
  );
  refuses(
    'plus-became-blank',
    'Form decoding turns a plus into a blank: that is never repaired silently.',
    encoding('response'),
    (sealed) => {
      sealed.response = '0DW 5eBbhWwq5kP6CMu4mz vNCTD6Smc0JOk61Xn5Oje8TrErdbeSAtYGZtoNNoyxaIrTJIZalId6bwCvq2ZAg==';
    },
  );
  refuses('sign-plus-became-blank', 'A blank in a signature is a lost plus.', encoding('sign'), (sealed) => {
    sealed.sign = sealed.sign.replace(/[+/]/, ' ');
  });
  refuses(
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
    ['overseas', 'A foreign number is country code, hyphen, number.', '1-2025550123', tel('1', '2025550123')],
    ['hong-kong', 'A Hong Kong number is 852, hyphen, number.', '852-51234567', tel('852', '51234567')],
    [
      'taiwan',
      'The 0 that is dialled within Taiwan is no part of the number.',
      '886-0912345678',
      tel('886', '912345678'),
    ],
    [
      'no-country',
      'Ten digits without a hyphen, as in a documentation sample, are not guessed.',
      '2025550123',
      tel(null, '2025550123'),
    ],
  ])
    says(name, about, success(mobile), phone('alipay', number, success(mobile)));
  says('empty-mobile', 'An account without a number has an empty mobile.', success(''), throws('ERR_NOT_PHONE'));
  says(
    'no-mobile',
    'User info is sealed in the same way and holds no number.',
    { code: '10000', msg: 'Success', nickName: '测试' },
    throws('ERR_NOT_PHONE'),
  );
  opens('no-age', 'A payload bears no time: its age cannot be checked.', (sealed, own, options) => {
    Object.assign(options, { now: 4102444800000, maxAge: 0 });
  });

  // Errors, in camel case here and in snake case from the gateway.
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
    'Code 40006, encrypted: the ability is not applied for.',
    errors.notBound,
    platformError('40006', 'fix-config'),
  );
  says(
    'error-bad-key-setting',
    'Code 40002: the setting of the AES key is broken.',
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
  // Nobody signed it: it may be the client's own words.
  const noKey = platformError('40001', 'enter-manually');
  const both = { alipayPublicKey: PUBLIC_KEY, aesKey: base64(bytes('alipay/plain', 16)) };
  plain(
    'plain-error-object',
    'An error comes plain and unsigned, as an object in response; where no AES key is set, none is needed to read that.',
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
    'The JSON text of the callback may hold an error.',
    { response: JSON.stringify({ response: errors.noKey }) },
    noKey,
    both,
  );
  plain(
    'plain-error-text-in-object',
    'The object of the callback may hold an error as text.',
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
      'A code that is not of the gateway, in a body that nobody signed, is not told.',
      { code: '50000', subCode: 'isv.anything' },
    ],
    ['text', 'Nor is a text in the place of a code.', { code: 'TIMEOUT\n+8613800138000' }],
    ['long', 'Nor is a long one.', { code: '4'.repeat(5000) }],
  ])
    plain(`plain-error-unsigned-code-${name}`, about, { response }, signature, both);
  plain(
    'plain-error-unsigned-busy',
    "Whatever a body that nobody signed says, it is the user's turn.",
    { response: errors.busy },
    platformError('20000', 'ask-again'),
    both,
  );
  says(
    'error-code-of-no-form',
    'A signed code that could not stand in a log line is not told.',
    { code: 'a\nb' },
    platformError('?', 'fix-config'),
  );
  plain(
    'plain-error-signed',
    'A plain error may be signed: over its text as it stands.',
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
    'Where slashes were escaped after signing, the text with bare slashes is what is signed.',
    { response: escaped(errors.notBound), sign: signAlipay(JSON.stringify(errors.notBound)) },
    platformError('40006', 'fix-config'),
    both,
  );
  plain(
    'plain-error-slashes-signed',
    'Escaped slashes may be part of what is signed.',
    { response: escaped(errors.notBound), sign: signAlipay(escaped(errors.notBound)) },
    platformError('40006', 'fix-config'),
    both,
  );
  plain(
    'plain-unsigned',
    'A plain number without a signature is nothing but a claim.',
    { response: JSON.stringify(body) },
    signature,
    both,
  );
  plain(
    'plain-unsigned-allowed',
    'A plain number without a signature is refused also where unsigned ciphertext is allowed.',
    { response: JSON.stringify(body) },
    signature,
    both,
    { allowUnsigned: true },
  );
  plain(
    'plain-unsigned-object-allowed',
    'A plain number without a signature is refused as an object too.',
    { response: { response: body } },
    signature,
    both,
    { allowUnsigned: true },
  );
  plain(
    'plain-signed',
    'A plain number with a good signature opens.',
    { response: JSON.stringify(body), sign: signAlipay(JSON.stringify(body)) },
    found,
    both,
  );
  const object = '{"mobile": "13800138000",  "msg":"Success", "code":"10000"}';
  const inText = (value) => ({ response: `{ "response" : ${value}, "sign":"${signAlipay(object)}" }` });
  plain(
    'plain-object-in-text',
    'What is signed of an object in JSON text is its text, with blanks and order as they stand.',
    inText(object),
    found,
    both,
  );
  plain(
    'plain-object-serialised-again',
    'An object serialised again is not what was signed.',
    inText(JSON.stringify(JSON.parse(object))),
    signature,
    both,
  );

  answers('alipay', read, [
    ['answer-error', 'An error is told, signed or not.', errors.noConsent, platformError('40003', 'ask-again')],
    [
      'answer-error-of-gateway',
      'The gateway puts an error in error_response; isv.code-invalid: the code of my.getAuthCode is spent or old.',
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
    ['answer-number', "A number that is not sealed is no answer of Alipay's server.", body, input('answer')],
  ]);
}

// ---------------------------------------------------------------------------------------------------------------------
// Baidu: a frame that ends with the App Key, padded to 32, under 24 bytes of key whose text is 32 hexadecimal digits.

{
  const { open, read } = section('baidu');
  const APP_KEY = 'ThrowAwayAppKey0123456789abcdefg';
  const mobile = { mobile: '15000000000' };
  const found = (raw, number = tel('86', '15000000000'), appId = APP_KEY) => phone('baidu', number, raw, { appId });
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
    open(name, about, baidu(name, payload, change, how), found(asObject(payload)));
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
    found(mobile, undefined, sample.baiduMobile.appKey),
  );
  open(
    'elsewhere-more-than-mobile',
    "A payload with more than mobile is none of the button's (sealed by Python's cryptography).",
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
    ['number-masked', 'A masked number is none.', '150****0000'],
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

  const spoiled = (count, byte) => (content) => {
    const plain = frameBaidu('baidu/spoiled', content, APP_KEY);
    return Buffer.concat([plain, Buffer.alloc(count, byte)]);
  };
  const short = JSON.stringify(mobile).length + around;
  refuses('padding-of-zero', 'A last byte of 0 is no padding, though the demos take it for one.', decrypt, undefined, {
    frame: spoiled(16 - (short % 16), 0),
    padded: true,
  });
  open(
    'padding-of-thirty-three',
    'Padding counts 32 at most.',
    baidu('padding-of-thirty-three', stretch(mobile, 1, 16, around), undefined, {
      frame: spoiled(33, 33),
      padded: true,
    }),
    decrypt,
  );
  const frame = (make) => ({ frame: make });
  refuses(
    'length-beyond-the-end',
    'A length that leads beyond the plaintext is refused.',
    decrypt,
    undefined,
    frame((content) => frameBaidu('baidu/length', content, APP_KEY, 1611744036)),
  );
  refuses(
    'length-too-large-by-one',
    'A length that takes a byte of the App Key is refused.',
    decrypt,
    undefined,
    frame((content) => frameBaidu('baidu/length', content, APP_KEY, content.length + 1)),
  );
  refuses(
    'length-too-small-by-one',
    'A length that cuts the content is refused.',
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
  refuses('data-cut', 'The field that is told is the one that was given.', length('data'), (sealed) => {
    sealed.data = sealed.encryptedData.slice(0, -8);
    delete sealed.encryptedData;
  });
  for (const field of ['encryptedData', 'iv', 'sessionKey', 'appKey'])
    refuses(
      `${kebab(field)}-is-missing`,
      `A call is refused where ${field} is missing.`,
      input(field),
      (sealed, own) => {
        delete (field in sealed ? sealed : own)[field];
      },
    );

  answers('baidu', read, [
    [
      'error-token',
      'errno 110: the access token is none; the request id is for the support.',
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
      'Baidu exchanges no code for a number: it has no plain answer.',
      { errno: 0, data: mobile },
      input('answer'),
    ],
  ]);
}

// ---------------------------------------------------------------------------------------------------------------------
// Douyin: the old way is WeChat's; in the new one the answer to a code is encrypted with the app's public key.

{
  const { open, read } = section('douyin');
  const APP = 'ttabcdef0123456789';
  const watermark = { appid: APP, timestamp: AT };
  const mainland = { phoneNumber: '13800138000', purePhoneNumber: '13800138000', countryCode: '86', watermark };
  const found = (raw, number = MAINLAND, more) => phone('douyin', number, raw, more);
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
    open(name, about, code(name, payload, change), found(payload, number, more));
  const refuses = (name, about, outcome, change) => open(name, about, code(name, mainland, change), outcome);

  // The old way.
  const { appId, sessionKey, encryptedData, iv } = sample.douyinLegacy;
  open(
    'old-way-elsewhere',
    "The old way is WeChat's (sealed by Python's cryptography).",
    [{ platform: 'douyin', encryptedData, iv }, { appId, sessionKey }, { now: NOW }],
    found(mainland),
  );
  open('old-way', 'encryptedData and iv open with the session key.', tt('old-way', mainland), found(mainland));
  const abroad = { ...mainland, phoneNumber: '+85251234567', purePhoneNumber: '51234567', countryCode: '852' };
  open(
    'old-way-abroad',
    'A foreign number carries its country in phoneNumber.',
    tt('old-way-abroad', abroad),
    found(abroad, tel('852', '51234567')),
  );
  open(
    'old-way-long-time',
    'The documentation shows a time of 17 digits: its first ten are the seconds, and raw keeps all as text.',
    tt('old-way-long-time', JSON.stringify(mainland).replace(String(AT), `${AT}1234567`)),
    found({ ...mainland, watermark: { appid: APP, timestamp: `${AT}1234567` } }, MAINLAND, { issuedAt: AT }),
  );
  open(
    'old-way-milliseconds',
    'A time in milliseconds begins with its seconds too.',
    tt('old-way-milliseconds', { ...mainland, watermark: { appid: APP, timestamp: AT * 1000 } }),
    found({ ...mainland, watermark: { appid: APP, timestamp: AT * 1000 } }, MAINLAND, { issuedAt: AT }),
  );
  open(
    'old-way-key-list',
    'Of several session keys the one that opens wins.',
    tt('old-way-key-list', mainland, (_, own) => {
      own.sessionKey = [base64(bytes('stale', 16)), own.sessionKey];
    }),
    found(mainland),
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
    'A payload older than ten minutes is refused.',
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
    found({ ...mainland, watermark: { appid: big, timestamp: AT } }),
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
      `A call is refused where ${field} is missing.`,
      tt(`old-way-${kebab(field)}-is-missing`, mainland, (sealed, own) => {
        delete (field in sealed ? sealed : own)[field];
      }),
      input(field),
    );

  // The code way.
  const plus = { ...mainland, phoneNumber: '+8613800138000' };
  open(
    'code-elsewhere',
    "The answer's data is RSAES-PKCS1-v1_5 (sealed by Python's cryptography).",
    [{ platform: 'douyin', data: sample.douyinCode.data }, { appId, privateKey: pkcs8 }, { now: NOW }],
    found(plus),
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
  refuses('code-no-key-right', 'Where no key of a list opens, the answer does not open.', decrypt, (sealed, own) => {
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
  refuses('code-key-missing', 'A call is refused where privateKey is missing.', input('privateKey'), (sealed, own) => {
    delete own.privateKey;
  });
  refuses('code-keys-empty', 'A list of no keys is no key.', input('privateKey'), (sealed, own) => {
    own.privateKey = [];
  });
  refuses('code-app-missing', 'A call is refused where appId is missing.', input('appId'), (sealed, own) => {
    delete own.appId;
  });
  refuses('code-data-empty', 'A call is refused where data is empty.', input('data'), (sealed) => {
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
    'An answer kept for longer than ten minutes is refused.',
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

  // Answers of get_phonenumber_info. Its success is sealed.
  const LOG = '20231115061320010203040506ABCDEF01';
  for (const [name, err_no, about, action] of [
    [
      'error-token-expired',
      28001008,
      'Code 28001008: the client token has expired; the log id is for the support.',
      'refresh-token',
    ],
    ['error-token-invalid', 28001003, 'Code 28001003: the client token is none.', 'refresh-token'],
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
    'An answer may be the text of the HTTP response, and may call its message err_tips.',
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
    'An answer that is no JSON is a fault of the caller.',
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
      'The answer that gives a client token has its error in data, its log id in extra.',
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

// ---------------------------------------------------------------------------------------------------------------------
// Kuaishou: documented as WeChat's; only phoneNumber was seen in use.

{
  const { open, read } = section('kuaishou');
  const APP = 'ks0000000000000000';
  const mainland = {
    phoneNumber: '13580006666',
    purePhoneNumber: '13580006666',
    countryCode: '86',
    watermark: { appid: APP, timestamp: AT },
  };
  const ks = (name, payload, change) => session('kuaishou', name, payload, change, { appId: APP });
  const found = (raw, number = tel('86', '13580006666')) => phone('kuaishou', number, raw);
  const opens = (name, about, payload, change, number) =>
    open(name, about, ks(name, payload, change), found(payload, number));
  const refuses = (name, about, payload, outcome, change) => open(name, about, ks(name, payload, change), outcome);

  const { sessionKey, encryptedData, iv } = sample.kuaishouMainland;
  open(
    'elsewhere',
    "The cipher is WeChat's (sealed by Python's cryptography).",
    [{ platform: 'kuaishou', encryptedData, iv }, { appId: APP, sessionKey }, { now: NOW }],
    found(mainland),
  );
  opens('mainland', 'encryptedData and iv open with the session key of 16 bytes.', mainland);
  opens('number-and-country', 'countryCode may stand beside phoneNumber alone.', {
    phoneNumber: '13580006666',
    countryCode: '86',
  });
  opens('number-and-pure-number', 'So may purePhoneNumber.', {
    phoneNumber: '13580006666',
    purePhoneNumber: '13580006666',
  });
  opens(
    'number-from-abroad',
    'WeChat puts the country before a number from abroad.',
    { phoneNumber: '+85251234567', countryCode: '852' },
    undefined,
    tel('852', '51234567'),
  );
  opens('without-app-id', 'The app is compared only where it is given.', mainland, (sealed, own) => {
    delete own.appId;
  });
  opens(
    'keys-second-is-right',
    'ks.login within the callback rotates the session key: the one before opens.',
    mainland,
    (sealed, own) => {
      own.sessionKey = [base64(bytes('stale', 16)), own.sessionKey];
    },
  );
  opens(
    'country-unknown',
    'A number that is not of the mainland is not guessed.',
    { phoneNumber: '51234567', purePhoneNumber: '51234567' },
    undefined,
    tel(null, '51234567'),
  );
  for (const [name, about, payload] of [
    [
      'shape-phone-number-alone',
      'phoneNumber alone could be a nickname behind a chosen first block.',
      { phoneNumber: '13580006666' },
    ],
    [
      'shape-without-phone-number',
      'phoneNumber is a part of every phone payload.',
      { purePhoneNumber: '13580006666', countryCode: '86' },
    ],
    [
      'shape-country-of-no-code',
      'countryCode is a calling code: a garbled block is none.',
      { countryCode: 'aB3$ xY9&kL2 mN7', phoneNumber: 13580006666 },
    ],
    [
      'shape-empty-members',
      'Members that are empty are none.',
      { phoneNumber: '13580006666', purePhoneNumber: '', countryCode: '' },
    ],
    [
      'shape-digits-cut',
      'A number from abroad that is there once, without a plus, may have lost its first digits.',
      { phoneNumber: '51234567', countryCode: '852' },
    ],
    [
      'shape-mainland-digits-cut',
      'So may a number of the mainland that has fewer than eleven.',
      { phoneNumber: '3580006666', countryCode: '86' },
    ],
    [
      'shape-marks',
      'A second number of marks alone does not show that the first is whole.',
      { phoneNumber: '51234567', purePhoneNumber: '-', countryCode: '852' },
    ],
    [
      'shape-mainland-number-abroad',
      'A number abroad has its country in phoneNumber.',
      { ...mainland, countryCode: '49' },
    ],
    ['shape-watermark-is-text', 'A watermark is an object.', { ...mainland, watermark: APP }],
    ['shape-user-info', 'Members of user info belong to no phone payload.', { ...mainland, userName: 'x' }],
    ['shape-another-member', 'Nor does any other member.', { ...mainland, x: 1 }],
  ])
    refuses(name, about, payload, throws('ERR_DECRYPT'));
  refuses(
    'another-app',
    'A watermark that names another app is heeded.',
    mainland,
    throws('ERR_APP_MISMATCH'),
    (sealed, own) => {
      own.appId = 'ks1111111111111111';
    },
  );
  refuses('old', 'A watermark that is old is heeded.', mainland, throws('ERR_EXPIRED'), (sealed, own, options) => {
    options.now += 3600_000;
  });
  for (const [name, timestamp] of [
    ['fraction', AT + 0.5],
    ['empty', ''],
    ['word', 'x'],
    ['negative', -1],
    ['object', {}],
  ])
    refuses(
      `time-is-${name}`,
      'A time that is there can be read.',
      { ...mainland, watermark: { appid: APP, timestamp } },
      throws('ERR_EXPIRED'),
    );
  refuses(
    'app-is-object',
    'An app that is there can be read.',
    { ...mainland, watermark: { appid: {}, timestamp: AT } },
    throws('ERR_APP_MISMATCH'),
  );
  opens('empty-watermark', 'What a watermark does not have is not checked.', { ...mainland, watermark: {} });
  refuses(
    'stale-key',
    'A stale session key opens nothing.',
    mainland,
    throws('ERR_DECRYPT', { action: 'login-again' }),
    (sealed, own) => {
      own.sessionKey = base64(bytes('stale', 16));
    },
  );
  refuses('no-number', 'A payload without a number holds none.', { openId: 'f0000000' }, throws('ERR_NOT_PHONE'));
  refuses('key-of-24-bytes', 'A session key has 16 bytes.', mainland, length('sessionKey'), (sealed, own) => {
    own.sessionKey = base64(bytes('24', 24));
  });
  for (const field of ['encryptedData', 'iv', 'sessionKey'])
    refuses(
      `${kebab(field)}-is-missing`,
      `A call is refused where ${field} is missing.`,
      mainland,
      input(field),
      (sealed, own) => {
        delete (field in sealed ? sealed : own)[field];
      },
    );

  answers('kuaishou', read, [
    [
      'error',
      'result is the error, unless it is 1.',
      { result: 100200101, error_msg: 'invalid app_id or app_secret' },
      platformError('100200101', 'fix-config'),
    ],
    ['error-zero', 'A result of 0 is no success.', { result: 0 }, platformError('0', 'fix-config')],
    [
      'answer-without-result',
      "An answer without a result is not Kuaishou's.",
      { open_id: 'f0000000' },
      input('answer'),
    ],
    [
      'answer-success',
      'Kuaishou exchanges no code for a number: it has no plain answer.',
      { result: 1, open_id: 'f0000000' },
      input('answer'),
    ],
  ]);
}

// ---------------------------------------------------------------------------------------------------------------------
// Xiaohongshu: the key's length decides the cipher, the padding may count to 32, the iv may lack its =.

{
  const { open, read } = section('xiaohongshu');
  const mainland = { phoneNumber: '13580006666', purePhoneNumber: '13580006666', countryCode: '86' };
  const xhs = (name, payload, change, how) => session('xiaohongshu', name, payload, change, how);
  const found = (raw, number = tel('86', '13580006666')) => phone('xiaohongshu', number, raw);
  const opens = (name, about, payload, change, how) =>
    open(name, about, xhs(name, payload, change, how), found(asObject(payload)));
  const refuses = (name, about, payload, outcome, change, how) =>
    open(name, about, xhs(name, payload, change, how), outcome);

  for (const [size, { sessionKey, encryptedData, iv }] of [
    [16, sample.xiaohongshuKey16],
    [24, sample.xiaohongshuKey24],
  ])
    open(
      `elsewhere-key-of-${size}`,
      `A session key of ${size} bytes is a key of AES-${size * 8} (sealed by Python's cryptography).`,
      [{ platform: 'xiaohongshu', encryptedData, iv }, { sessionKey }, { now: NOW }],
      found(mainland),
    );
  for (const keySize of [16, 24, 32])
    opens(
      `key-of-${keySize}`,
      `A session key of ${keySize} bytes is a key of AES-${keySize * 8}.`,
      mainland,
      undefined,
      { keySize },
    );
  opens(
    'key-of-24-as-bytes',
    'A session key may be its bytes.',
    mainland,
    (sealed, own, options, key) => {
      own.sessionKey = asBytes(key);
    },
    { keySize: 24 },
  );
  opens(
    'iv-without-equals',
    'The iv may come without its =.',
    mainland,
    (sealed) => {
      sealed.iv = sealed.iv.replaceAll('=', '');
    },
    { keySize: 24 },
  );
  for (const count of [1, 16, 17, 32])
    opens(`padding-of-${count}`, `Padding may count ${count}.`, stretch(mainland, count, 32), undefined, {
      keySize: 24,
      padBlock: 32,
    });
  opens('with-app-id', 'No watermark is expected, also where the app is given.', mainland, (sealed, own) => {
    own.appId = '600000000000000000000000';
  });
  open(
    'abroad',
    'A foreign number carries its country in countryCode.',
    xhs('abroad', { phoneNumber: '51234567', purePhoneNumber: '51234567', countryCode: '852' }),
    found({ phoneNumber: '51234567', purePhoneNumber: '51234567', countryCode: '852' }, tel('852', '51234567')),
  );
  refuses('key-of-20', 'No AES has a key of 20 bytes.', mainland, length('sessionKey'), (sealed, own) => {
    own.sessionKey = base64(bytes('20', 20));
  });
  refuses(
    'stale-key',
    'A stale session key opens nothing.',
    mainland,
    throws('ERR_DECRYPT', { action: 'login-again' }),
    (sealed, own) => {
      own.sessionKey = base64(bytes('stale', 24));
    },
    { keySize: 24 },
  );
  refuses('no-number', 'A payload without a number holds none.', { openid: '0000' }, throws('ERR_NOT_PHONE'));
  refuses(
    'shape-phone-number-alone',
    'phoneNumber alone could be a nickname behind a chosen first block.',
    { phoneNumber: '13580006666' },
    throws('ERR_DECRYPT'),
  );
  refuses(
    'shape-another-member',
    'No other member belongs to a phone payload.',
    { ...mainland, avatar: 'https://example.com/0' },
    throws('ERR_DECRYPT'),
  );
  refuses('iv-too-short', 'An iv has 16 bytes.', mainland, length('iv'), (sealed) => {
    sealed.iv = sealed.iv.slice(0, 20);
  });
  for (const field of ['encryptedData', 'iv', 'sessionKey'])
    refuses(
      `${kebab(field)}-is-missing`,
      `A call is refused where ${field} is missing.`,
      mainland,
      input(field),
      (sealed, own) => {
        delete (field in sealed ? sealed : own)[field];
      },
    );

  answers('xiaohongshu', read, [
    [
      'error-token',
      'Code 410101: the access token is none of this app.',
      { success: false, msg: '应用访问令牌不匹配', data: null, code: 410101 },
      platformError('410101', 'refresh-token'),
    ],
    [
      'error-without-code',
      'A failure without a code is one.',
      { success: false, msg: 'error' },
      platformError('false', 'fix-config'),
    ],
    [
      'answer-success',
      'Xiaohongshu exchanges no code for a number: it has no plain answer.',
      { success: true, code: 0, data: mainland },
      input('answer'),
    ],
  ]);
}

// ---------------------------------------------------------------------------------------------------------------------
// WeCom: sealed as WeChat seals; the payload names the corporation and the number of its directory.

{
  const { open, read } = section('wecom');
  const CORP = 'ww0123456789abcdef';
  const member = { corpid: CORP, userid: 'zhangsan', mobile: '13800138000' };
  const qy = (name, payload, change) => session('wecom', name, payload, change, { appId: CORP });
  const opens = (name, about, payload, change) =>
    open(name, about, qy(name, payload, change), phone('wecom', MAINLAND, payload, { appId: payload.corpid ?? null }));
  const refuses = (name, about, payload, outcome, change) => open(name, about, qy(name, payload, change), outcome);

  opens('mobile', "wx.qy.getMobile seals as WeChat does; the number is the directory's.", member);
  refuses(
    'without-corporation',
    'A payload that names no corporation has lost its beginning.',
    { userid: 'zhangsan', mobile: '13800138000' },
    throws('ERR_APP_MISMATCH'),
  );
  refuses(
    'shape-user-info',
    'Members of user info belong to no phone payload.',
    { ...member, name: 'x', gender: '1' },
    throws('ERR_DECRYPT'),
  );
  refuses('shape-another-member', 'Nor does any other member.', { ...member, alias: 'x' }, throws('ERR_DECRYPT'));
  refuses(
    'shape-mobile-is-number',
    'mobile is a text: an integer needs no quotes.',
    { ...member, mobile: 13800138000 },
    throws('ERR_DECRYPT'),
  );
  refuses(
    'shape-number-first',
    'With the number in front the iv could choose its first digits.',
    { mobile: '13800138000', corpid: CORP, userid: 'zhangsan' },
    throws('ERR_DECRYPT'),
  );
  refuses(
    'shape-room-in-user',
    'A garbled block could hide in the id of the user, were it not an id.',
    { ...member, userid: 'uuuuuuuuaB3$ xY9&kL2 mN7' },
    throws('ERR_DECRYPT'),
  );
  opens('user-with-marks', 'The id of a user has digits, letters and four marks.', {
    ...member,
    userid: 'zhang.san_01-x@example.com',
  });
  opens('keys-second-is-right', 'Of several session keys the one that opens wins.', member, (sealed, own) => {
    own.sessionKey = [base64(bytes('stale', 16)), own.sessionKey];
  });
  refuses(
    'another-corporation',
    'A member of another corporation is refused.',
    member,
    throws('ERR_APP_MISMATCH'),
    (sealed, own) => {
      own.appId = 'ww1111111111111111';
    },
  );
  refuses(
    'no-mobile',
    'A member whose entry has no number has none.',
    { ...member, mobile: '' },
    throws('ERR_NOT_PHONE'),
  );
  refuses(
    'stale-key',
    'A stale session key opens nothing.',
    member,
    throws('ERR_DECRYPT', { action: 'login-again' }),
    (sealed, own) => {
      own.sessionKey = base64(bytes('stale', 16));
    },
  );
  refuses('key-of-24-bytes', 'A session key has 16 bytes.', member, length('sessionKey'), (sealed, own) => {
    own.sessionKey = base64(bytes('24', 24));
  });
  for (const field of ['encryptedData', 'iv', 'sessionKey', 'appId'])
    refuses(
      `${kebab(field)}-is-missing`,
      `A call is refused where ${field} is missing.`,
      member,
      input(field),
      (sealed, own) => {
        delete (field in sealed ? sealed : own)[field];
      },
    );

  answers('wecom', read, [
    [
      'error',
      'errcode is the error, unless it is 0.',
      { errcode: 40029, errmsg: 'invalid code' },
      platformError('40029', 'fix-config'),
    ],
    [
      'answer-success',
      'WeCom exchanges no code for a number: it has no plain answer.',
      { errcode: 0, ...member },
      input('answer'),
    ],
  ]);
}

// ---------------------------------------------------------------------------------------------------------------------
// Huawei, DingTalk, Feishu: nothing is sealed, plain answers hold the number.

{
  const { read } = section('huawei');
  const user = { openID: 'MDFAMTAxMDAw', unionID: 'MDFAMjAyMDAw' };
  const rest = (mobileNumber, purePhoneNumber, phoneCountryCode) => ({
    ...user,
    mobileNumber,
    purePhoneNumber,
    phoneCountryCode,
  });
  const oneTap = (phoneNumber, purePhoneNumber, phoneCountryCode, more) => ({
    openId: 'MDFAMTAxMDAw',
    unionId: 'MDFAMjAyMDAw',
    phoneNumber,
    purePhoneNumber,
    phoneCountryCode,
    phoneNumberValid: 1,
    ...more,
  });
  const found = (raw, number = MAINLAND) => phone('huawei', number, raw);
  const gives = (name, about, raw, number) => [name, about, raw, found(raw, number)];
  const notPhone = throws('ERR_NOT_PHONE');
  const mainland = rest('13800138000', '13800138000', '0086');
  answers('huawei', read, [
    gives('mainland', 'rest.php gives a mainland number bare, its country with 00.', mainland),
    gives(
      'abroad',
      'Other numbers begin with 00 and the country.',
      rest('0085251234567', '51234567', '00852'),
      tel('852', '51234567'),
    ),
    gives(
      'country-of-one-digit',
      'A country code may have one digit.',
      rest('0012025550123', '2025550123', '001'),
      tel('1', '2025550123'),
    ),
    gives(
      'only-mobile-number',
      'The number alone is enough, abroad too.',
      { mobileNumber: '0085251234567' },
      tel('852', '51234567'),
    ),
    gives(
      'one-tap',
      'One-tap login names the number phoneNumber, with 00 and country also on the mainland.',
      oneTap('008613800138000', '13800138000', '0086'),
    ),
    gives(
      'one-tap-not-proven',
      'phoneNumberValid 0: not proven reachable within 90 days. It is left to the caller, in raw.',
      oneTap('008613800138000', '13800138000', '0086', { phoneNumberValid: 0 }),
    ),
    ['zeros', 'No country code begins with 0.', { mobileNumber: '000001466783137' }, notPhone],
    gives(
      'masked',
      'A masked number is marked.',
      oneTap('0086138****8000', '138****8000', '0086'),
      masked('86', '138****8000'),
    ),
    ['as-text', 'An answer may be the text of the HTTP response.', JSON.stringify(mainland), found(mainland)],
    ['no-number', 'A user who did not let the app have the number has none.', user, notPhone],
    ['empty-number', 'An empty number is none.', rest('', '', ''), notPhone],
    [
      'contradicting',
      'Numbers that contradict each other are none.',
      rest('13800138000', '13580006666', '0086'),
      notPhone,
    ],
    [
      'error-session',
      'NSP_STATUS, a header that the caller puts into the answer, is the code; 6: the token has expired.',
      { NSP_STATUS: '6', error: 'session timeout' },
      platformError('6', 'refresh-token'),
    ],
    [
      'error-busy',
      'NSP_STATUS 503: the service is busy.',
      { NSP_STATUS: 503, error: 'service unavailable' },
      platformError('503', 'retry'),
    ],
    [
      'error-without-header',
      'Without the header the text is all there is.',
      { error: 'session timeout' },
      platformError('session timeout', 'fix-config'),
    ],
    [
      'error-of-oauth',
      "OAuth's error is a number.",
      { error: 1101, sub_error: 20001, error_description: 'invalid request' },
      platformError('1101', 'fix-config'),
    ],
    ...[
      ['60180004', 'the code has expired', 'ask-again'],
      ['60180005', 'the code was used before', 'ask-again'],
      ['60180006', 'the consent was taken back', 'ask-again'],
      ['60180007', 'the app has no such permission', 'fix-config'],
      ['60180008', 'the account has no number', 'enter-manually'],
      ['60180009', 'no numbers of this region are given', 'enter-manually'],
      ['60010001', "Huawei's system failed", 'retry'],
      ['60010012', 'the code is wrong', 'ask-again'],
      ['60010013', 'the client secret is wrong', 'fix-config'],
    ].map(([code, what, action]) => [
      `error-${code}`,
      `Result ${code}: ${what}.`,
      { resultCode: Number(code), resultDesc: 'error' },
      platformError(code, action),
    ]),
    ['answer-not-json', 'An answer that is no JSON is a fault of the caller.', 'error', input('answer')],
  ]);
}

{
  const { read } = section('dingtalk');
  const user = { nick: '测试', openId: 'o0000000', unionId: 'u0000000' };
  const employee = { userid: 'user456', unionid: 'u0000000', mobile: '13800138000', state_code: '86' };
  const old = (result) => ({ errcode: 0, errmsg: 'ok', result, request_id: 'e8krly4vyiln' });
  const gives = (name, about, raw, number = MAINLAND) => [name, about, raw, phone('dingtalk', number, raw)];
  const notPhone = throws('ERR_NOT_PHONE');
  answers('dingtalk', read, [
    gives('mainland', 'The country is stateCode, without a plus.', { ...user, mobile: '13800138000', stateCode: '86' }),
    gives(
      'abroad',
      'A foreign number is within its country.',
      { ...user, mobile: '51234567', stateCode: '852' },
      tel('852', '51234567'),
    ),
    gives('no-country', 'A mainland number needs no country.', { mobile: '13800138000' }),
    gives(
      'country-unknown',
      'A number without a country is not guessed.',
      { mobile: '51234567' },
      tel(null, '51234567'),
    ),
    gives(
      'masked',
      'A masked number is marked.',
      { ...user, mobile: '138****8000', stateCode: '86' },
      masked('86', '138****8000'),
    ),
    ['no-number', 'A user who did not let the app have the number has none.', user, notPhone],
    ['empty-number', 'An empty number is none.', { ...user, mobile: '', stateCode: '86' }, notPhone],
    [
      'error',
      'An error has a text as its code, and the id that the support asks for.',
      {
        code: 'InvalidAuthentication',
        message: '不合法的access_token',
        requestid: '4F5C0000-0000-7000-8000-000000000000',
      },
      platformError('InvalidAuthentication', 'fix-config', '4F5C0000-0000-7000-8000-000000000000'),
    ],
    [
      'old-mainland',
      'The old API has the user in result, and calls the country state_code.',
      old(employee),
      phone('dingtalk', MAINLAND, employee),
    ],
    [
      'old-abroad',
      'The same with a foreign number.',
      old({ ...employee, mobile: '51234567', state_code: '852' }),
      phone('dingtalk', tel('852', '51234567'), { ...employee, mobile: '51234567', state_code: '852' }),
    ],
    [
      'old-no-permission',
      'Without the permission for mobile numbers both members are missing.',
      old({ userid: 'user456', unionid: 'u0000000' }),
      notPhone,
    ],
    [
      'old-no-result',
      'Success without a user holds no number.',
      { errcode: 0, errmsg: 'ok', request_id: 'e8krly4vyiln' },
      notPhone,
    ],
    [
      'old-error-code',
      'errcode 40078: the auth code is spent, or of another kind.',
      { errcode: 40078, errmsg: '不存在的临时授权码', request_id: '15rxlg21boeob' },
      platformError('40078', 'login-again', '15rxlg21boeob'),
    ],
    [
      'old-error-token',
      'errcode 40014: the token is none.',
      { errcode: 40014, errmsg: '不合法的access_token' },
      platformError('40014', 'refresh-token'),
    ],
    ['old-error-as-text', 'An errcode may be text.', { errcode: '42001' }, platformError('42001', 'refresh-token')],
    [
      'old-error-beside-a-number',
      'An error is one, whatever is beside it.',
      { ...old(employee), errcode: 60011 },
      platformError('60011', 'fix-config', 'e8krly4vyiln'),
    ],
    [
      'old-sub-code',
      'Of errcode 88 sub_code says more.',
      {
        errcode: 88,
        sub_code: '60011',
        sub_msg: '没有调用该接口的权限',
        errmsg: 'ding talk error[subcode=60011,submsg=没有调用该接口的权限]',
        request_id: '5imjny7u9xwa',
      },
      platformError('60011', 'fix-config', '5imjny7u9xwa'),
    ],
    [
      'old-sub-code-token',
      'The token, too, may be refused there.',
      { errcode: 88, sub_code: '40014' },
      platformError('40014', 'refresh-token'),
    ],
    [
      'old-no-sub-code',
      'Without sub_code 88 is the code.',
      { errcode: 88, errmsg: 'x' },
      platformError('88', 'fix-config'),
    ],
  ]);
}

{
  const { read } = section('feishu');
  const user = { name: '测试', open_id: 'ou_0000', mobile: '+8613800138000' };
  const found = (raw, number = MAINLAND) => phone('feishu', number, raw);
  const notPhone = throws('ERR_NOT_PHONE');
  const abroad = { ...user, mobile: '+85251234567' };
  const blotted = { ...user, mobile: '+86138****8000' };
  answers('feishu', read, [
    [
      'mainland',
      'The number has its plus and country; the answer wraps the user in data.',
      { code: 0, msg: 'success', data: user },
      found(user),
    ],
    ['unwrapped', 'The user may be the answer itself.', user, found(user)],
    ['abroad', 'A foreign number has its country.', { code: 0, data: abroad }, found(abroad, tel('852', '51234567'))],
    [
      'masked',
      'A masked number is marked.',
      { code: 0, data: blotted },
      found(blotted, masked(null, '+86138****8000')),
    ],
    ['no-number', 'An app without that permission gets none.', { code: 0, data: { name: '测试' } }, notPhone],
    ['no-user', 'Success without a user holds no number.', { code: 0, msg: 'success' }, notPhone],
    [
      'error-token',
      'Code 99991663: the token is none; the log id may be in error.',
      { code: 99991663, msg: 'Invalid access token', error: { log_id: '2023111506132001' } },
      platformError('99991663', 'refresh-token', '2023111506132001'),
    ],
    [
      'error-code',
      'Code 10213: the login code is of another app, or was used before.',
      { code: 10213, msg: 'invalid code', log_id: '2023111506132001' },
      platformError('10213', 'login-again', '2023111506132001'),
    ],
    [
      'error-of-oauth',
      "OAuth's errors may be texts only.",
      { error: 'invalid_grant', error_description: 'code expired' },
      platformError('invalid_grant', 'login-again'),
    ],
  ]);
}

// ---------------------------------------------------------------------------------------------------------------------
// What all platforms share

{
  const { open, read, verify, sign: signs, named } = section('common');

  // Names.
  for (const [platform, ...names] of [
    ['wechat', 'weixin', 'wx', 'weapp', 'mp-weixin'],
    ['alipay', 'ali', 'my', 'mp-alipay'],
    ['baidu', 'swan', 'mp-baidu'],
    ['douyin', 'toutiao', 'tt', 'bytedance', 'mp-toutiao'],
    ['kuaishou', 'ks', 'kwai', 'mp-kuaishou'],
    ['xiaohongshu', 'xhs', 'mp-xhs'],
    ['qq', 'mp-qq'],
    ['jd', 'mp-jd'],
    ['feishu', 'lark', 'mp-lark'],
    ['dingtalk', 'dd'],
    ['huawei', 'harmony', 'ascf', 'mp-harmony'],
    ['wecom', 'wxwork', 'qywx'],
    ['unionpay', 'upapi'],
  ])
    for (const name of [platform, ...names])
      named(`name-${name}`, `${name} is a name of ${platform}.`, [name], returns(platform));
  named('name-in-upper-case', 'Taro.ENV_TYPE is in upper case.', ['WEAPP'], returns('wechat'));
  named('name-in-mixed-case', 'A name has no case.', ['Mp-Weixin'], returns('wechat'));
  for (const [name, about, given] of [
    ['name-unknown', 'A platform that this package does not know has no name.', 'mp-360'],
    ['name-empty', 'The empty text is no name.', ''],
    ['name-constructor', 'What every JavaScript object has is no name.', 'constructor'],
    ['name-proto', 'The prototype of JavaScript objects is no name.', '__proto__'],
    ['name-to-string', 'A method of every JavaScript object is no name.', 'toString'],
    ['name-undefined', 'Nothing is no name.', UNDEFINED],
    ['name-null', 'null is no name.', null],
    ['name-a-number', 'A number is no name.', 5],
  ])
    named(name, about, [given], returns(null));

  // Platforms in calls.
  const payload = {
    phoneNumber: '13800138000',
    purePhoneNumber: '13800138000',
    countryCode: '86',
    watermark: { timestamp: AT, appid: 'wx0123456789abcdef' },
  };
  const call = (name, change) =>
    session('wechat', `common/${name}`, payload, change, { appId: payload.watermark.appid });
  const opens = (name, about, change) => open(name, about, call(name, change), phone('wechat', MAINLAND, payload));
  const refuses = (name, about, outcome, change) => open(name, about, call(name, change), outcome);
  opens(
    'open-by-alias',
    "A platform may be called by any of its names; the answer names it by this package's own.",
    (sealed) => {
      sealed.platform = 'mp-weixin';
    },
  );
  opens('open-by-alias-in-upper-case', 'An alias may be in upper case.', (sealed) => {
    sealed.platform = 'WEAPP';
  });
  for (const [name, about, platform] of [
    ['open-unknown-platform', 'An unknown platform is refused.', 'mp-360'],
    ['open-constructor', 'What every JavaScript object has is no platform.', 'constructor'],
    ['open-qq', 'QQ has no phone button.', 'qq'],
    ['open-jd', "JD's number is only given by its own API.", 'jd'],
    ['open-platform-missing', 'A platform must be named.', undefined],
    ['open-platform-a-number', 'A number names no platform.', 1],
  ])
    refuses(name, about, input('platform'), (sealed) => {
      sealed.platform = platform;
    });
  read(
    'read-by-alias',
    'readPhone takes every name too.',
    [{ platform: 'weapp', answer: { errcode: 0, phone_info: payload } }, {}, { now: NOW }],
    phone('wechat', MAINLAND, payload),
  );
  read(
    'read-unknown-platform',
    'An unknown platform is refused.',
    [{ platform: 'mp-360', answer: {} }, {}, { now: NOW }],
    input('platform'),
  );
  read(
    'read-jd',
    "Of JD's answers none is known.",
    [{ platform: 'jd', answer: { mobile: '15000000000' } }, {}, { now: NOW }],
    input('platform'),
  );

  // Options.
  refuses('max-age-negative', 'An age below 0 is none.', input('maxAge'), (_, own, options) => {
    options.maxAge = -1;
  });
  refuses('max-age-no-number', 'An age that is no number is none.', input('maxAge'), (_, own, options) => {
    options.maxAge = number('NaN');
  });
  opens('max-age-zero', 'An age of 0 allows this very second.', (_, own, options) => {
    Object.assign(options, { maxAge: 0, now: AT * 1000 });
  });

  // rawData: hex of SHA-1 over the data and the session key's text.
  const sha1 = (rawData, key) => createHash('sha1').update(rawData).update(key).digest('hex');
  const wx = (change) => [{ platform: 'wechat', ...sample.wechatSignature, ...change }];
  const { rawData, sessionKey, signature } = sample.wechatSignature;
  const stale = base64(bytes('a stale session key', 16));
  verify('raw-data-sample', "WeChat's own sample verifies.", wx(), returns(true), 'documentation');
  verify(
    'raw-data-changed',
    'Changed data does not verify.',
    wx({ rawData: rawData.replace('Band', 'Bond') }),
    returns(false),
  );
  verify(
    'raw-data-blank-behind',
    'rawData is the exact text that the client sent.',
    wx({ rawData: `${rawData} ` }),
    returns(false),
  );
  verify(
    'raw-data-serialised-again',
    'Data serialised again is not the exact text.',
    wx({ rawData: JSON.stringify(JSON.parse(rawData), null, 1) }),
    returns(false),
  );
  verify(
    'raw-data-upper-case',
    'Hexadecimal digits have no case.',
    wx({ signature: signature.toUpperCase() }),
    returns(true),
  );
  verify(
    'raw-data-short-signature',
    'A part of the signature is none.',
    wx({ signature: signature.slice(0, 39) }),
    returns(false),
  );
  verify(
    'raw-data-no-hex',
    'A signature that is no hex does not verify.',
    wx({ signature: 'x'.repeat(40) }),
    returns(false),
  );
  verify(
    'raw-data-stale-key',
    'Another session key does not verify: this proves a key stale without decrypting.',
    wx({ sessionKey: stale }),
    returns(false),
  );
  verify(
    'raw-data-keys',
    'With a list of keys, any of them may verify.',
    wx({ sessionKey: [stale, sessionKey] }),
    returns(true),
  );
  verify(
    'raw-data-keys-none-right',
    'With a list of keys, one must verify.',
    wx({ sessionKey: [stale, base64(bytes('older', 16))] }),
    returns(false),
  );
  verify(
    'raw-data-key-as-bytes',
    'What is hashed is the text of a key that is given as bytes.',
    wx({ sessionKey: asBytes(Buffer.from(sessionKey, 'base64')) }),
    returns(true),
  );
  verify(
    'raw-data-key-as-bytes-of-its-text',
    'A key may be the bytes of its text.',
    wx({ sessionKey: asBytes(Buffer.from(sessionKey)) }),
    returns(true),
  );
  verify(
    'raw-data-key-decoded',
    "A signature made with the key's bytes is wrong.",
    wx({ signature: sha1(rawData, Buffer.from(sessionKey, 'base64')) }),
    returns(false),
  );
  verify(
    'raw-data-douyin',
    "Douyin signs as WeChat does, over UTF-8 (signed by Python's hashlib).",
    [{ platform: 'douyin', ...sample.douyinSignature }],
    returns(true),
  );
  verify(
    'raw-data-kuaishou',
    "Kuaishou signs as WeChat does (signed by Python's hashlib).",
    [{ platform: 'kuaishou', ...sample.kuaishouSignature }],
    returns(true),
  );
  verify(
    'raw-data-by-alias',
    'A platform may be called by any of its names.',
    [{ ...wx()[0], platform: 'weapp' }],
    returns(true),
  );
  verify(
    'raw-data-baidu',
    'Baidu documents no such signature.',
    [{ ...wx()[0], platform: 'baidu' }],
    input('platform'),
  );
  verify(
    'raw-data-alipay',
    'Alipay documents no such signature.',
    [{ ...wx()[0], platform: 'alipay' }],
    input('platform'),
  );
  for (const field of ['rawData', 'signature', 'sessionKey'])
    for (const [state, about, value] of [
      ['missing', 'is missing', undefined],
      ['empty', 'is empty', ''],
      ['a-number', 'is a number', 1],
    ])
      verify(
        `raw-data-${kebab(field)}-is-${state}`,
        `A call is refused where ${field} ${about}.`,
        wx({ [field]: value }),
        input(field),
      );

  // The login state: hex of HMAC-SHA256, keyed with the session key's text.
  const wechat = sample.wechatLoginState;
  const douyin = sample.douyinLoginState;
  const hmac = (key, body) => createHmac('sha256', key).update(body).digest('hex');
  signs(
    'session-wechat-sample',
    "WeChat's own sample, a POST: the key is its text, not decoded.",
    [wechat.sessionKey, wechat.body],
    returns(wechat.signature),
    'documentation',
  );
  signs(
    'session-empty-body',
    'checksession signs the empty text.',
    [wechat.sessionKey, ''],
    returns(wechat.emptySignature),
  );
  signs(
    'session-no-body',
    'The body is the empty text where none is given.',
    [wechat.sessionKey],
    returns(wechat.emptySignature),
  );
  signs(
    'session-undefined-body',
    'The body is the empty text where it is undefined.',
    [wechat.sessionKey, UNDEFINED],
    returns(wechat.emptySignature),
  );
  signs(
    'session-douyin-sample',
    "Douyin's own sample.",
    [douyin.sessionKey, douyin.body],
    returns(douyin.signature),
    'documentation',
  );
  signs(
    'session-key-as-bytes',
    'What signs is the text of a key that is given as bytes.',
    [asBytes(Buffer.from(wechat.sessionKey, 'base64')), wechat.body],
    returns(wechat.signature),
  );
  signs(
    'session-key-as-bytes-of-its-text',
    'A key may be the bytes of its text.',
    [asBytes(Buffer.from(douyin.sessionKey)), douyin.body],
    returns(douyin.signature),
  );
  signs(
    'session-body-utf8',
    'The body is signed as UTF-8.',
    [wechat.sessionKey, '{"name":"测试 😀"}'],
    returns(hmac(wechat.sessionKey, '{"name":"测试 😀"}')),
  );
  signs('session-key-missing', 'A call is refused where the key is missing.', [UNDEFINED, '{}'], input('sessionKey'));
  signs('session-key-empty', 'A call is refused where the key is empty.', ['', '{}'], input('sessionKey'));
  signs('session-key-a-number', 'A call is refused where the key is a number.', [5, '{}'], input('sessionKey'));
  signs(
    'session-body-an-object',
    'A body is text: an object could be serialised in many ways.',
    [wechat.sessionKey, { foo: 'bar' }],
    input('body'),
  );
}

// ---------------------------------------------------------------------------------------------------------------------
// Mistakes: one of every kind and way, from js/samples. `finds` are codes that must be found, the first of them first.

files.diagnose = {
  platform: 'diagnose',
  cases: samples('vectors', { bytes: true }).map(({ id, sealed, keys: own, options, finds, ok }) => ({
    name: id.replace('/', '-'),
    call: 'diagnose',
    args: [sealed, own, options],
    finds,
    ok,
  })),
};

// ---------------------------------------------------------------------------------------------------------------------

/** Of the many mistakes each has a line; the other cases are there to be read. */
function written(name, content) {
  if (name !== 'diagnose') return `${JSON.stringify(content, null, 2)}\n`;
  const line = (one) => JSON.stringify(one, (_, value) => (value instanceof Uint8Array ? asBytes(value) : value));
  return `{\n"platform": "${content.platform}",\n"cases": [\n${content.cases.map(line).join(',\n')}\n]\n}\n`;
}

const check = process.argv.includes('--check');
for (const [name, content] of Object.entries(files)) {
  const file = new URL(`${name}.json`, import.meta.url);
  const text = written(name, content);
  if (!check) {
    writeFileSync(file, text);
  } else if (committed(file) !== text) {
    console.error(`tests/vectors/${name}.json is not what generate.mjs writes: run node tests/vectors/generate.mjs`);
    process.exitCode = 1;
  }
}
console.log(
  Object.values(files)
    .map(({ platform, cases }) => `${platform} ${cases.length}`)
    .join(', '),
);

function committed(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
