// Kuaishou: documented as WeChat's; only phoneNumber was seen in use.
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
  const refuses = (name, about, payload, outcome, change) => open(name, about, ks(name, payload, change), outcome);

  const { sessionKey, encryptedData, iv } = sample.kuaishouMainland;
  open(
    'elsewhere',
    "The cipher is WeChat's (sealed by Python's cryptography).",
    [{ platform: 'kuaishou', encryptedData, iv }, { appId: APP, sessionKey }, { now: NOW }],
    match(mainland),
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
  opens('without-app-id', 'The app is compared only if the keys have an app id.', mainland, (sealed, own) => {
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
      'result is the error, unless it is 1.',
      { result: 100200101, error_msg: 'invalid app_id or app_secret' },
      platformError('100200101', 'fix-config'),
    ],
    ['error-zero', 'A result of 0 is no success.', { result: 0 }, platformError('0', 'fix-config')],
    [
      'answer-without-result',
      "A response without a result is not Kuaishou's.",
      { open_id: 'f0000000' },
      input('answer'),
    ],
    [
      'answer-success',
      'Kuaishou exchanges no code for a number: it has no plain response.',
      { result: 1, open_id: 'f0000000' },
      input('answer'),
    ],
  ]);
}
