// Huawei: payloads are not sealed; plain responses contain the number.
import { answers, input, MAINLAND, masked, phone, platformError, section, tel, throws } from './shared.mjs';

export function huawei() {
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
  const match = (raw, number = MAINLAND) => phone('huawei', number, raw);
  const gives = (name, about, raw, number) => [name, about, raw, match(raw, number)];
  const notPhone = throws('ERR_NOT_PHONE');
  const mainland = rest('13800138000', '13800138000', '0086');
  answers('huawei', read, [
    gives('mainland', 'rest.php returns a mainland number without a prefix, and its country code with 00.', mainland),
    gives(
      'abroad',
      'Other numbers begin with 00 and the country code.',
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
      'The number alone is enough, also for foreign numbers.',
      { mobileNumber: '0085251234567' },
      tel('852', '51234567'),
    ),
    gives(
      'one-tap',
      'One-tap login returns the number in phoneNumber, with 00 and the country code also for mainland numbers.',
      oneTap('008613800138000', '13800138000', '0086'),
    ),
    gives(
      'one-tap-not-proven',
      'phoneNumberValid 0: not proven reachable within 90 days. The member is in raw; the caller decides.',
      oneTap('008613800138000', '13800138000', '0086', { phoneNumberValid: 0 }),
    ),
    ['zeros', 'No country code begins with 0.', { mobileNumber: '000001466783137' }, notPhone],
    gives(
      'masked',
      'A masked number has masked: true.',
      oneTap('0086138****8000', '138****8000', '0086'),
      masked('86', '138****8000'),
    ),
    ['as-text', 'A response may be the text of the HTTP response.', JSON.stringify(mainland), match(mainland)],
    ['no-number', 'The response for a user who did not allow access to the number contains no number.', user, notPhone],
    ['empty-number', 'An empty number is not a number.', rest('', '', ''), notPhone],
    [
      'contradicting',
      'Numbers that contradict each other are rejected.',
      rest('13800138000', '13580006666', '0086'),
      notPhone,
    ],
    [
      'error-session',
      'NSP_STATUS, a header that the caller adds to the response, is the error code; 6: the token has expired.',
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
      'Without the header only the text identifies the error.',
      { error: 'session timeout' },
      platformError('session timeout', 'fix-config'),
    ],
    [
      'error-of-oauth',
      'The error code of OAuth is a number.',
      { error: 1101, sub_error: 20001, error_description: 'invalid request' },
      platformError('1101', 'fix-config'),
    ],
    ...[
      ['60180004', 'the code has expired', 'ask-again'],
      ['60180005', 'the code was used before', 'ask-again'],
      ['60180006', 'the consent was withdrawn', 'ask-again'],
      ['60180007', 'the app has no such permission', 'fix-config'],
      ['60180008', 'the account has no number', 'enter-manually'],
      ['60180009', 'numbers of this region are not available', 'enter-manually'],
      ['60010001', "Huawei's system failed", 'retry'],
      ['60010012', 'the code is wrong', 'ask-again'],
      ['60010013', 'the client secret is wrong', 'fix-config'],
    ].map(([code, label, action]) => [
      `error-${code}`,
      `Result ${code}: ${label}.`,
      { resultCode: Number(code), resultDesc: 'error' },
      platformError(code, action),
    ]),
    ['answer-not-json', 'A response that is not JSON is an input error of the caller.', 'error', input('answer')],
  ]);
}
