// What every peer has to do around its library's decryption, as a careful developer writes it. The same for all of them, so
// that what differs is the library. It runs in browsers too: the bundles are made of it.

const inNode = typeof Buffer !== 'undefined';
const MAX_AGE = 600;

/** The bytes of base64 text, by the fastest way there is. */
export const bytesOf = inNode
  ? (base64) => Buffer.from(base64, 'base64')
  : (base64) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

/** The same as text of one character a byte, in which node-forge holds bytes. */
export const binaryOf = inNode ? (base64) => Buffer.from(base64, 'base64').toString('latin1') : atob;

/** The text of bytes in UTF-8. */
export const textOf = inNode
  ? (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString()
  : (bytes) => new TextDecoder().decode(bytes);

/** The one line that Alipay's console shows, as PEM. */
export const publicPem = (line) =>
  `-----BEGIN PUBLIC KEY-----\n${line.match(/.{1,64}/g).join('\n')}\n-----END PUBLIC KEY-----\n`;

/** WeChat's and Douyin's payload, once its app and its age are right. */
export function checked(text, appId) {
  const payload = JSON.parse(text);
  if (payload.watermark.appid !== appId) throw new Error('the payload is of another app');
  if (!(Math.abs(Date.now() / 1000 - payload.watermark.timestamp) <= MAX_AGE))
    throw new Error('the payload is too old');
  return payload;
}

/** Alipay's payload, once it says that all went well. */
export function succeeded(text) {
  const payload = JSON.parse(text);
  if (payload.code !== '10000') throw new Error('Alipay answered with an error');
  return payload;
}

export const badSignature = () => new Error('the signature is wrong');

/** Baidu's payload out of its frame: 16 random bytes, the length, the content, the App Key, padded to 32. */
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
