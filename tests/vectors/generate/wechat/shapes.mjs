import { MAINLAND } from '../shared.mjs';
import { decrypt, mainland, notPhone, of, opens, rejects, watermark } from './cases.mjs';

export function shapes() {
  // The complete shape of a phone payload, so that a user-chosen text that was sealed under the same key (a nickname,
  // for example) cannot be turned into a phone payload.
  for (const [name, about, payload] of [
    [
      'shape-phone-number-alone',
      'phoneNumber alone is not a phone payload.',
      { phoneNumber: '13800138000', watermark },
    ],
    [
      'shape-without-pure-number',
      'Every phone payload has purePhoneNumber.',
      { ...mainland, purePhoneNumber: undefined },
    ],
    ['shape-without-phone-number', 'Every phone payload has phoneNumber.', { ...mainland, phoneNumber: undefined }],
    ['shape-without-country', 'Every phone payload has countryCode.', { ...mainland, countryCode: undefined }],
    ['shape-pure-number-empty', 'An empty member counts as absent.', of('13800138000', '', '86')],
    ['shape-country-null', 'A member with the value null counts as absent.', of('13800138000', '13800138000', null)],
    [
      'shape-user-info',
      'A phone payload has no members of user info.',
      of('13800138000', '13800138000', '86', { gender: 0, language: 'zh_CN' }),
    ],
    [
      'shape-user-info-in-watermark',
      'A phone payload has no members of user info within another member.',
      of('13800138000', '13800138000', '86', { watermark: { ...watermark, nickName: 'x' } }),
    ],
    [
      'shape-user-info-in-list',
      'A phone payload has no members of user info within a list.',
      of('13800138000', '13800138000', '86', { x: [[{ open_id: 'x' }]] }),
    ],
    [
      'shape-share-info',
      'A phone payload has no members of share info.',
      of('13800138000', '13800138000', '86', { openGId: 'tGRbR0000000000000000000000' }),
    ],
    [
      'shape-run-data',
      'A phone payload has no members of WeRun data.',
      of('13800138000', '13800138000', '86', { stepInfoList: [] }),
    ],
    [
      'shape-not-ascii',
      'A phone payload is ASCII; a garbled block is not.',
      of('13800138000', '13800138000', '86', { x: '测' }),
    ],
    ['shape-escape', 'A phone payload has no escapes.', of('13800138000', '13800138000', '86', { x: 'a"b' })],
    ['shape-control-character', 'A phone payload has only printable characters.', JSON.stringify(mainland, null, 1)],
    ['shape-delete', 'DEL is not a printable character.', of('13800138000', '13800138000', '86', { x: '\x7f' })],
    [
      'shape-text-long-enough-for-a-block',
      'A long text that is neither an id nor a number could contain a garbled block.',
      of('13800138000', '13800138000', '86', { x: 'aB3$ xY9&kL2 mN7' }),
    ],
    [
      'shape-name-long-enough-for-a-block',
      'The name of an unknown member could contain a garbled block.',
      of('13800138000', '13800138000', '86', { 'coaB3$ xY9&kL2 mN7': 1 }),
    ],
    [
      'shape-id-long-enough-for-a-block',
      'A long id of all letters could contain a garbled block.',
      of('13800138000', '13800138000', '86', { x: 'couJbpulsMnnlY_H4f' }),
    ],
    [
      'shape-name-long-enough-for-a-block-of-letters',
      'A long name that does not consist of words could contain a garbled block.',
      of('13800138000', '13800138000', '86', { couJbpulsMnnlY_H4f: 1 }),
    ],
    [
      'shape-mainland-number-abroad',
      'A foreign number has its country code in phoneNumber; otherwise countryCode is from another payload.',
      of('15112345678', '15112345678', '49'),
    ],
    ['shape-pure-number-of-marks', 'Punctuation without digits is not a number.', of('13800138000', '-', '86')],
    [
      'shape-phone-number-of-punctuation',
      'Punctuation without digits, such as a plus, is not a number.',
      of('+', '13800138000', '86'),
    ],
    ['shape-pure-number-of-another-type', 'A number member must be a number.', of('13800138000', true, '86')],
    ['shape-pure-number-negative', 'A number below zero is not a phone number.', of('13800138000', -13800138000, '86')],
    [
      'shape-country-not-a-calling-code',
      'countryCode must be a calling code or empty.',
      of('13800138000', '13800138000', 'aB3$ xY9&kL2 mN7'),
    ],
    ['shape-country-of-another-type', 'countryCode must be a text or a number.', of('13800138000', '13800138000', {})],
  ])
    rejects(name, about, payload, decrypt);
  opens(
    'shape-others',
    'Other members may contain hexadecimal ids of any length and short texts.',
    of('13800138000', '13800138000', '86', {
      isRealNameVerified: true,
      trace: 'a1b2c3-d4'.repeat(8),
      text: 'a/b c+d=e:f',
    }),
    MAINLAND,
  );
  opens(
    'shape-in-blanks',
    'Blanks between members do not matter.',
    JSON.stringify(mainland).replaceAll(',"', ', "'),
    MAINLAND,
  );

  // Invalid numbers: an E.164 number has 7 to 15 digits and begins with 1 to 9.
  for (const [name, about, fields] of [
    ['number-of-zeros', 'No country code begins with 0.', ['00000000000', '00000000000', '']],
    ['number-plus-and-zeros', 'A number has one international prefix.', ['+008613800138000', '13800138000', '86']],
    ['number-negative', 'A number below zero is not a phone number.', [-13800138000, -13800138000, '86']],
    ['number-of-one-digit', 'One digit is not a number.', ['1', '1', '']],
    ['number-of-one-digit-and-country', 'One digit with a country code is not a number.', ['1', '1', '86']],
    ['number-of-sixteen-digits', 'Sixteen digits are not a number.', ['1234567890123456', '1234567890123456', '']],
    [
      'number-too-long-with-country',
      'The limit of 15 digits includes the country code.',
      ['12345678901234', '12345678901234', '86'],
    ],
    ['number-of-4000-digits', 'Four thousand digits are not a number.', ['1'.repeat(4000), '1'.repeat(4000), '86']],
    [
      'number-above-2-53',
      'An integer that a JavaScript number cannot represent is not a phone number.',
      ['13800138000', '13800138000', '86'].map(() => '99999999999999999999'),
    ],
  ])
    rejects(name, about, of(...fields), name === 'number-plus-and-zeros' ? decrypt : notPhone);
  rejects(
    'number-as-fraction',
    'A number with a fraction is not a phone number.',
    JSON.stringify(mainland).replaceAll('"13800138000"', '13800138000.0'),
    notPhone,
  );
  rejects(
    'number-as-power',
    'A JSON number with an exponent is not a phone number.',
    JSON.stringify(mainland).replaceAll('"13800138000"', '1.3800138e10'),
    notPhone,
  );

  // Payloads without a number.
  rejects(
    'group-info',
    'Share and group data are sealed in the same way and contain no number.',
    { openGId: 'tGRbR0000000000000000000000', watermark },
    notPhone,
  );
  rejects('empty-number', 'The payload of an account without a number has empty members.', of('', '', ''), notPhone);
  rejects('null-number', 'Members that are null contain no number.', of(null, null, null), notPhone);
  rejects(
    'number-is-object',
    'A member of the wrong type contains no number.',
    of({ $: '13800138000' }, ['13800138000'], '86'),
    notPhone,
  );
}
