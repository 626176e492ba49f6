// The excerpt of a field: the damage, and a few characters around it only in a ciphertext.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compiled } from '../support/compiled.mjs';

const { excerpts } = await compiled('cli/excerpt.ts');
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'.repeat(3);
const at = (...spans) => spans.map(([start, end]) => ({ start, end }));

for (const [name, args, expected] of [
  [
    'a blank',
    ['encryptedData', `${letters.slice(0, 30)} ${letters.slice(31)}`, at([30, 31])],
    ['…WXYZabcd␣fghijklm…', '         ^'],
  ],
  ['the first character', ['encryptedData', `"${letters}`, at([0, 1])], ['"ABCDEFGH…', '^']],
  ['the last', ['data', `${letters}!`, at([186, 187])], ['…23456789!', '         ^']],
  ['missing text at the end', ['data', letters, at([186, 186])], ['…23456789', '         ^']],
  [
    'a wide character',
    ['data', `${letters.slice(0, 30)}中${letters.slice(31)}`, at([30, 31])],
    ['…WXYZabcd中fghijklm…', '         ^^'],
  ],
  [
    'a control character',
    ['data', `${letters.slice(0, 30)}\u001b${letters.slice(31)}`, at([30, 31])],
    ['…WXYZabcd·fghijklm…', '         ^'],
  ],
  [
    'two damaged places near each other',
    ['sign', letters, at([30, 31], [33, 34])],
    ['…WXYZabcdefghijklmnop…', '         ^  ^'],
  ],
  [
    'a long damaged place, whose middle is hidden',
    ['response', letters, at([20, 120])],
    [
      '…MNOPQRSTUVWXYZab…yz012345ABCDEFGH…'.replace('yz012345ABCDEFGH', letters.slice(112, 128)),
      `         ${'^'.repeat(17)}`,
    ],
  ],
  ['many', ['encryptedData', letters, at([20, 21], [60, 61], [100, 101], [140, 141], [180, 181])], 7],
  ['no place', ['encryptedData', letters, undefined], []],
  ['no text', ['encryptedData', 12, at([0, 1])], []],
  ['a session key', ['sessionKey', letters, at([30, 31], [40, 43])], ['at 31, 41–43 of 186 characters']],
  ['an iv', ['iv', 'ABCDEFGH JKLMNOPQRSTUV==', at([8, 9])], ['at 9 of 24 characters']],
  ['a code', ['code', letters, at([0, 1])], ['at 1 of 186 characters']],
  ['a private key', ['privateKey', letters, at([0, 1])], ['at 1 of 186 characters']],
  [
    'a short ciphertext, which may be a key',
    ['encryptedData', letters.slice(0, 44), at([3, 4])],
    ['at 4 of 44 characters'],
  ],
  [
    'a decrypted payload',
    ['encryptedData', `{"phoneNumber":"13800138000","filling":"${letters}"}`, at([15, 16])],
    ['at 16 of 228 characters'],
  ],
  ['a key in PEM', ['data', `-----BEGIN PRIVATE KEY-----\n${letters}`, at([30, 31])], ['at 31 of 214 characters']],
  ['a sentence', ['data', 'not a ciphertext, but - a sentence. '.repeat(5), at([4, 5])], 'at 5 of 180 characters'],
]) {
  test(name, () => {
    const lines = excerpts(...args, 'en');
    if (typeof expected === 'number') {
      assert.equal(lines.length, expected);
      assert.equal(lines[6], '… and in 2 more places');
    } else if (typeof expected === 'string') assert.deepEqual(lines, [expected]);
    else assert.deepEqual(lines, expected);
  });
}

test('in Chinese', () => {
  assert.deepEqual(excerpts('sessionKey', letters, at([30, 31], [40, 43]), 'zh'), [
    '位置 31、41–43（该字段共 186 个字符）',
  ]);
});
