// Numbers that a user types.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load, plain } from './host.mjs';

test('readTypedNumber reads mobile numbers in the usual notations, and rejects other texts', () => {
  const { readTypedNumber, typedNumberTexts } = load();
  const read = (...args) => plain(readTypedNumber(...args))?.e164;
  for (const text of [
    '13800138000',
    ' 138 0013 8000 ',
    '138-0013-8000',
    '+86 13800138000',
    '+86-138-0013-8000',
    '0086 13800138000',
    '8613800138000',
    '１３８００１３８０００',
    '(+86) 138.0013.8000',
  ])
    assert.equal(read(text), '+8613800138000', text);
  for (const text of [
    '',
    '1380013800',
    '138001380000',
    '23800138000',
    '12800138000',
    '+85261234567',
    '1380013800o',
    'abc',
    '010-12345678',
    undefined,
    null,
    {},
  ])
    assert.equal(read(text), undefined, String(text));
  for (const [text, country, expected] of [
    ['6123 4567', '852', '+85261234567'],
    ['+852 6123 4567', '852', '+85261234567'],
    ['00852 61234567', '852', '+85261234567'],
    // A number that begins with the digits of its country code.
    ['8521 2345', '852', '+85285212345'],
    ['+86 13800138000', '852', undefined],
    ['123', '852', undefined],
    ['1234567890123', '852', undefined],
    ['(415) 555-2671', '1', '+14155552671'],
  ])
    assert.equal(read(text, country), expected, text);
  assert.deepEqual(plain(readTypedNumber('13800138000')), {
    e164: '+8613800138000',
    countryCode: '86',
    nationalNumber: '13800138000',
  });
  for (const { en, zh } of Object.values(plain(typedNumberTexts))) assert.ok(en && /[一-鿿]/.test(zh));
});
