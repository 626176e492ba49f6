// The constructor of a mistake, and the helpers that change a sample. ../mistakes.mjs explains the members of a
// mistake.

import { base64 } from '../seal.mjs';

export const mistake = ({ en, zh, finds, ...rest }) => ({
  harmless: false,
  ...rest,
  title: { en, zh },
  finds: [finds].flat(),
});

export const withFields = (sample, changed) => ({ ...sample, sealed: { ...sample.sealed, ...changed } });
export const withKeys = (sample, changed) => ({ ...sample, keys: { ...sample.keys, ...changed } });
/** Alipay's fields as separate members, without an enclosing object or text. */
export const flat = (sample) => ({ ...sample, wrap: undefined });
export const without = (formats, ...others) => formats.filter((format) => !others.includes(format));

export const bytesOf = (text) => Buffer.from(text, 'base64');
export const cipherBytes = ({ sealed, ciphertext }) => bytesOf(sealed[ciphertext]);
export const cipherField = ({ ciphertext }) => ciphertext;
export const blocks = (sample) => cipherBytes(sample).length / 16;
export const otherKey = (sample, random) =>
  sample.platform === 'baidu' ? random.hex(32) : base64(random.bytes(sample.key.length));

/** The base64 text with one to three characters changed, between the blocks `first` and `last`. */
export function scratched(text, random, first, last) {
  const chars = [...text.replace(/\s/g, '')];
  for (let left = random.between(1, 3); left > 0; left -= 1) {
    const place = random.between(Math.ceil((first * 64) / 3), Math.floor((last * 64) / 3));
    const was = chars[place];
    while (chars[place] === was) chars[place] = random.text(1);
  }
  return chars.join('');
}
