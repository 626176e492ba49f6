// Kuaishou: documented like WeChat; in observed code only phoneNumber is used.
import { base64, bytes } from '../../../js/samples/seal.mjs';
import * as sample from '../samples.mjs';
import {
  AT,
  answers,
  input,
  kebab,
  length,
  NOW,
  phone,
  platformError,
  section,
  session,
  tel,
  throws,
} from './shared.mjs';

export function kuaishou() {
  const { open, read } = section('kuaishou');
  const APP = 'ks0000000000000000';
  const mainland = {
    phoneNumber: '13580006666',
    purePhoneNumber: '13580006666',
    countryCode: '86',
    watermark: { appid: APP, timestamp: AT },
  };
  const ks = (name, payload, change) => session('kuaishou', name, payload, change, { appId: APP });
  const match = (raw, number = tel('86', '13580006666')) => phone('kuaishou', number, raw);
  const opens = (name, about, payload, change, number) =>
    open(name, about, ks(name, payload, change), match(payload, number));
  const rejects = (name, about, payload, outcome, change) => open(name, about, ks(name, payload, change), outcome);

  const { sessionKey, encryptedData, iv } = sample.kuaishouMainland;
  open(
    'other-implementation',
    "The cipher is WeChat's (sealed by Python's cryptography).",
    [{ platform: 'kuaishou', encryptedData, iv }, { appId: APP, sessionKey }, { now: NOW }],
    match(mainland),
  );
  opens('mainland', 'encryptedData and iv open with the session key of 16 bytes.', mainland);
  opens('number-and-country', 'A payload may have only phoneNumber and countryCode.', {
    phoneNumber: '13580006666',
    countryCode: '86',
  });
  opens('number-and-pure-number', 'A payload may have only phoneNumber and purePhoneNumber.', {
    phoneNumber: '13580006666',
    purePhoneNumber: '13580006666',
  });
  opens(
    'number-from-abroad',
    'As with WeChat, the country code precedes a foreign number.',
    { phoneNumber: '+85251234567', countryCode: '852' },
    undefined,
    tel('852', '51234567'),
  );
  opens('without-app-id', 'The app is checked only if the keys have an app id.', mainland, (sealed, own) => {
    delete own.appId;
  });
  opens(
    'keys-second-is-right',
    'ks.login within the callback replaces the session key: the previous key opens the payload.',
    mainland,
    (sealed, own) => {
      own.sessionKey = [base64(bytes('stale', 16)), own.sessionKey];
    },
  );
  opens(
    'country-unknown',
    'The country of a number that is not from the mainland is not guessed.',
    { phoneNumber: '51234567', purePhoneNumber: '51234567' },
    undefined,
    tel(null, '51234567'),
  );
  for (const [name, about, payload] of [
    [
      'shape-phone-number-alone',
      'phoneNumber alone is rejected: it could be a nickname after a chosen first block.',
      { phoneNumber: '13580006666' },
    ],
    [
      'shape-without-phone-number',
      'Every phone payload has phoneNumber.',
      { purePhoneNumber: '13580006666', countryCode: '86' },
    ],
    [
      'shape-country-of-no-code',
      'countryCode is a calling code: a garbled block is not a calling code.',
      { countryCode: 'aB3$ xY9&kL2 mN7', phoneNumber: 13580006666 },
    ],
    [
      'shape-empty-members',
      'Empty members count as absent.',
      { phoneNumber: '13580006666', purePhoneNumber: '', countryCode: '' },
    ],
    [
      'shape-digits-cut',
      'A foreign number that occurs once, without a plus, may lack its first digits.',
      { phoneNumber: '51234567', countryCode: '852' },
    ],
    [
      'shape-mainland-digits-cut',
      'A mainland number with fewer than eleven digits may lack its first digits.',
      { phoneNumber: '3580006666', countryCode: '86' },
    ],
    [
      'shape-marks',
      'A second number of punctuation only does not show that the first is complete.',
      { phoneNumber: '51234567', purePhoneNumber: '-', countryCode: '852' },
    ],
    [
      'shape-mainland-number-abroad',
      'A foreign number has its country code in phoneNumber.',
      { ...mainland, countryCode: '49' },
    ],
    ['shape-watermark-is-text', 'A watermark is an object.', { ...mainland, watermark: APP }],
    ['shape-user-info', 'A phone payload has no members of user info.', { ...mainland, userName: 'x' }],
    ['shape-another-member', 'A phone payload has no unknown members.', { ...mainland, x: 1 }],
  ])
    rejects(name, about, payload, throws('ERR_DECRYPT'));
  rejects(
    'another-app',
    'A watermark that names another app is rejected.',
    mainland,
    throws('ERR_APP_MISMATCH'),
    (sealed, own) => {
      own.appId = 'ks1111111111111111';
    },
  );
  rejects('old', 'An old watermark is rejected.', mainland, throws('ERR_EXPIRED'), (sealed, own, options) => {
    options.now += 3600_000;
  });
  for (const [name, timestamp] of [
    ['fraction', AT + 0.5],
    ['empty', ''],
    ['word', 'x'],
    ['negative', -1],
    ['object', {}],
  ])
    rejects(
      `time-is-${name}`,
      'A time that is present must be readable.',
      { ...mainland, watermark: { appid: APP, timestamp } },
      throws('ERR_EXPIRED'),
    );
  rejects(
    'app-is-object',
    'An app id that is present must be readable.',
    { ...mainland, watermark: { appid: {}, timestamp: AT } },
    throws('ERR_APP_MISMATCH'),
  );
  opens('empty-watermark', 'Members that a watermark lacks are not checked.', { ...mainland, watermark: {} });
  rejects(
    'stale-key',
    'A stale session key opens nothing.',
    mainland,
    throws('ERR_DECRYPT', { action: 'login-again' }),
    (sealed, own) => {
      own.sessionKey = base64(bytes('stale', 16));
    },
  );
  rejects('no-number', 'A payload without a number is rejected.', { openId: 'f0000000' }, throws('ERR_NOT_PHONE'));
  rejects('key-of-24-bytes', 'A session key has 16 bytes.', mainland, length('sessionKey'), (sealed, own) => {
    own.sessionKey = base64(bytes('24', 24));
  });
  for (const field of ['encryptedData', 'iv', 'sessionKey'])
    rejects(
      `${kebab(field)}-is-missing`,
      `A call is rejected where ${field} is missing.`,
      mainland,
      input(field),
      (sealed, own) => {
        delete (field in sealed ? sealed : own)[field];
      },
    );

  answers('kuaishou', read, [
    [
      'error',
      'result is the error code, unless its value is 1.',
      { result: 100200101, error_msg: 'invalid app_id or app_secret' },
      platformError('100200101', 'fix-config'),
    ],
    ['error-zero', 'A result of 0 is not a success.', { result: 0 }, platformError('0', 'fix-config')],
    [
      'answer-without-result',
      "A response without result is not a response of Kuaishou's.",
      { open_id: 'f0000000' },
      input('answer'),
    ],
    [
      'answer-success',
      'Kuaishou does not exchange codes for numbers, so no plain response exists.',
      { result: 1, open_id: 'f0000000' },
      input('answer'),
    ],
  ]);
}
