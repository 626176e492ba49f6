import { MAINLAND } from '../shared.mjs';
import { decrypt, mainland, notPhone, of, opens, refuses, watermark } from './cases.mjs';

export function shapes() {
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
    ['shape-pure-number-empty', 'An empty member counts as absent.', of('13800138000', '', '86')],
    ['shape-country-null', 'A member with the value null counts as absent.', of('13800138000', '13800138000', null)],
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
    ['shape-pure-number-of-another-type', 'A number member must be a number.', of('13800138000', true, '86')],
    ['shape-pure-number-negative', 'A number below zero is not a phone number.', of('13800138000', -13800138000, '86')],
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
    ['number-negative', 'A number below zero is not a phone number.', [-13800138000, -13800138000, '86']],
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
    'A number with a fraction is not a phone number.',
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
}
