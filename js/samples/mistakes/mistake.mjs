// One mistake, and the helpers that change a sample for several mistakes. What its members mean: ../mistakes.mjs

import { base64 } from '../seal.mjs';

export const mistake = ({ en, zh, finds, ...rest }) => ({
  harmless: false,
  ...rest,
  title: { en, zh },
  finds: [finds].flat(),
});

export const seal = (sample, changed) => ({ ...sample, sealed: { ...sample.sealed, ...changed } });
export const give = (sample, changed) => ({ ...sample, keys: { ...sample.keys, ...changed } });
/** Flat: Alipay's fields as they are, in no object and no text. */
export const flat = (sample) => ({ ...sample, wrap: undefined });
export const without = (formats, ...others) => formats.filter((format) => !others.includes(format));

export const bytesOf = (text) => Buffer.from(text, 'base64');
export const cipherBytes = ({ sealed, ciphertext }) => bytesOf(sealed[ciphertext]);
export const cipherField = ({ ciphertext }) => ciphertext;
export const blocks = (sample) => cipherBytes(sample).length / 16;
export const otherKey = (sample, random) =>
  sample.platform === 'baidu' ? random.hex(32) : base64(random.bytes(sample.key.length));

/** A few characters of base64 changed, each to another one, between two blocks. */
export function scratched(text, random, first, last) {
  const chars = [...text.replace(/\s/g, '')];
  for (let left = random.between(1, 3); left > 0; left -= 1) {
    const place = random.between(Math.ceil((first * 64) / 3), Math.floor((last * 64) / 3));
    const was = chars[place];
    while (chars[place] === was) chars[place] = random.text(1);
  }
  return chars.join('');
}
