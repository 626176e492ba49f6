// Xiaohongshu: the key's length decides the cipher, the padding may count to 32, the iv may lack its =.
import { base64, bytes } from '../../../js/samples/seal.mjs';
import * as sample from '../samples.mjs';
import {
  answers,
  asBytes,
  asObject,
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

export function xiaohongshu() {
  const { open, read } = section('xiaohongshu');
  const mainland = { phoneNumber: '13580006666', purePhoneNumber: '13580006666', countryCode: '86' };
  const xhs = (name, payload, change, how) => session('xiaohongshu', name, payload, change, how);
  const match = (raw, number = tel('86', '13580006666')) => phone('xiaohongshu', number, raw);
  const opens = (name, about, payload, change, how) =>
    open(name, about, xhs(name, payload, change, how), match(asObject(payload)));
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
      match(mainland),
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
  opens('with-app-id', 'No watermark is required, even if the keys have an app id.', mainland, (sealed, own) => {
    own.appId = '600000000000000000000000';
  });
  open(
    'abroad',
    'A foreign number carries its country in countryCode.',
    xhs('abroad', { phoneNumber: '51234567', purePhoneNumber: '51234567', countryCode: '852' }),
    match({ phoneNumber: '51234567', purePhoneNumber: '51234567', countryCode: '852' }, tel('852', '51234567')),
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
      `A call is rejected where ${field} is missing.`,
      mainland,
      input(field),
      (sealed, own) => {
        delete (field in sealed ? sealed : own)[field];
      },
    );

  answers('xiaohongshu', read, [
    [
      'error-token',
      'Code 410101: the access token is not of this app.',
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
      'Xiaohongshu exchanges no code for a number: it has no plain response.',
      { success: true, code: 0, data: mainland },
      input('answer'),
    ],
  ]);
}
