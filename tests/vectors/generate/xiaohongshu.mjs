// Xiaohongshu: the key's length selects the cipher, the padding may have up to 32 bytes, the iv may lack its =.
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
  const rejects = (name, about, payload, outcome, change, how) =>
    open(name, about, xhs(name, payload, change, how), outcome);

  for (const [size, { sessionKey, encryptedData, iv }] of [
    [16, sample.xiaohongshuKey16],
    [24, sample.xiaohongshuKey24],
  ])
    open(
      `other-implementation-key-of-${size}`,
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
    'The iv may lack its =.',
    mainland,
    (sealed) => {
      sealed.iv = sealed.iv.replaceAll('=', '');
    },
    { keySize: 24 },
  );
  for (const count of [1, 16, 17, 32])
    opens(`padding-of-${count}`, `Padding may have ${count} bytes.`, stretch(mainland, count, 32), undefined, {
      keySize: 24,
      padBlock: 32,
    });
  opens('with-app-id', 'No watermark is required, even if the keys have an app id.', mainland, (sealed, own) => {
    own.appId = '600000000000000000000000';
  });
  open(
    'abroad',
    'The country code of a foreign number is in countryCode.',
    xhs('abroad', { phoneNumber: '51234567', purePhoneNumber: '51234567', countryCode: '852' }),
    match({ phoneNumber: '51234567', purePhoneNumber: '51234567', countryCode: '852' }, tel('852', '51234567')),
  );
  rejects(
    'key-of-20',
    'A key of 20 bytes is rejected: AES has no such key size.',
    mainland,
    length('sessionKey'),
    (sealed, own) => {
      own.sessionKey = base64(bytes('20', 20));
    },
  );
  rejects(
    'stale-key',
    'A stale session key opens nothing.',
    mainland,
    throws('ERR_DECRYPT', { action: 'login-again' }),
    (sealed, own) => {
      own.sessionKey = base64(bytes('stale', 24));
    },
    { keySize: 24 },
  );
  rejects('no-number', 'A payload without a number is rejected.', { openid: '0000' }, throws('ERR_NOT_PHONE'));
  rejects(
    'shape-phone-number-alone',
    'phoneNumber alone is rejected: it could be a nickname after a chosen first block.',
    { phoneNumber: '13580006666' },
    throws('ERR_DECRYPT'),
  );
  rejects(
    'shape-another-member',
    'A phone payload has no unknown members.',
    { ...mainland, avatar: 'https://example.com/0' },
    throws('ERR_DECRYPT'),
  );
  rejects('iv-too-short', 'An iv has 16 bytes.', mainland, length('iv'), (sealed) => {
    sealed.iv = sealed.iv.slice(0, 20);
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

  answers('xiaohongshu', read, [
    [
      'error-token',
      'Code 410101: the access token belongs to another app.',
      { success: false, msg: '应用访问令牌不匹配', data: null, code: 410101 },
      platformError('410101', 'refresh-token'),
    ],
    [
      'error-without-code',
      'A failure without an error code is an error.',
      { success: false, msg: 'error' },
      platformError('false', 'fix-config'),
    ],
    [
      'answer-success',
      'Xiaohongshu does not exchange codes for numbers, so no plain response exists.',
      { success: true, code: 0, data: mainland },
      input('answer'),
    ],
  ]);
}
