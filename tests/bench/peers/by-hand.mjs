// The code around a library's decryption, as a careful developer would write it. All peers share this code, so they differ only
// in the library. It also runs in browsers, because the bundles contain it.

const inNode = typeof Buffer !== 'undefined';
const MAX_AGE = 600;

/** The bytes of base64 text, decoded in the fastest available way. */
export const bytesOf = inNode
  ? (base64) => Buffer.from(base64, 'base64')
  : (base64) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

/** The same bytes as text with one character per byte, node-forge's representation of bytes. */
export const binaryOf = inNode ? (base64) => Buffer.from(base64, 'base64').toString('latin1') : atob;

/** Decodes bytes as UTF-8. */
export const textOf = inNode
  ? (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString()
  : (bytes) => new TextDecoder().decode(bytes);

/** Converts a public key in one line, as Alipay's console shows it, to PEM. */
export const publicPem = (line) =>
  `-----BEGIN PUBLIC KEY-----\n${line.match(/.{1,64}/g).join('\n')}\n-----END PUBLIC KEY-----\n`;

/** Parses a payload of WeChat or Douyin and checks its app and its age. */
export function checked(text, appId) {
  const payload = JSON.parse(text);
  if (payload.watermark.appid !== appId) throw new Error('the payload is of another app');
  if (!(Math.abs(Date.now() / 1000 - payload.watermark.timestamp) <= MAX_AGE))
    throw new Error('the payload is too old');
  return payload;
}

/** Parses Alipay's payload and checks its code for success. */
export function succeeded(text) {
  const payload = JSON.parse(text);
  if (payload.code !== '10000') throw new Error('Alipay returned an error');
  return payload;
}

export const badSignature = () => new Error('the signature is wrong');

/** Extracts Baidu's payload from its frame: 16 random bytes, the length, the content, the App Key, padded to 32 bytes. */
export function unframed(frame, appKey) {
  const count = frame[frame.length - 1];
  const end = frame.length - count;
  if (count < 1 || count > 32 || end < 20) throw new Error('the padding is wrong');
  for (let at = end; at < frame.length; at++) if (frame[at] !== count) throw new Error('the padding is wrong');
  const length = ((frame[16] << 24) | (frame[17] << 16) | (frame[18] << 8) | frame[19]) >>> 0;
  if (length > end - 20) throw new Error('the length is wrong');
  if (textOf(frame.subarray(20 + length, end)) !== appKey) throw new Error('the payload is of another app');
  return JSON.parse(textOf(frame.subarray(20, 20 + length)));
}
