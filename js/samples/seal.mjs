// Seals payloads as the platforms do, with Node's OpenSSL, which shares no code with the crate. Nothing is random:
// keys, ivs and padding bytes are SHA-256 of a label.

import {
  constants,
  createCipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  publicEncrypt,
  sign,
} from 'node:crypto';
import { readFileSync } from 'node:fs';

/** RSA keys and certificates for tests only: see tests/vectors/SOURCES.md. */
export const keys = JSON.parse(readFileSync(new URL('../../tests/vectors/keys.json', import.meta.url), 'utf8'));

export const base64 = (bytes) => Buffer.from(bytes).toString('base64');

/** Bytes that look random and are the same in every run. */
export function bytes(label, size) {
  const blocks = [];
  for (let i = 0; i * 32 < size; i += 1) blocks.push(createHash('sha256').update(`${label} #${i}`).digest());
  return Buffer.concat(blocks).subarray(0, size);
}

/** AES-CBC of a plaintext that is already padded; the key's length chooses the cipher. */
export function encryptCbc(key, iv, padded) {
  const cipher = createCipheriv(`aes-${key.length * 8}-cbc`, key, iv).setAutoPadding(false);
  return Buffer.concat([cipher.update(padded), cipher.final()]);
}

/** PKCS#7 padding for any block size. */
export function pad(text, padBlock) {
  const plain = Buffer.from(text);
  const count = padBlock - (plain.length % padBlock);
  return Buffer.concat([plain, Buffer.alloc(count, count)]);
}

export const sealCbc = (key, iv, text, padBlock) => encryptCbc(key, iv, pad(text, padBlock));

/** Baidu's frame: 16 random bytes, the length of the content, the content, the App Key. */
export function frameBaidu(label, content, appKey, size = Buffer.byteLength(content)) {
  const big = Buffer.alloc(4);
  big.writeUInt32BE(size);
  return Buffer.concat([bytes(`${label}: frame`, 16), big, Buffer.from(content), Buffer.from(appKey)]);
}

/** Alipay signs the JSON text of the value: a ciphertext with its quotes, an object with its exact text. */
export const signAlipay = (text, key = keys.alipay, hash = 'sha256') => base64(sign(hash, Buffer.from(text), key));

/** RSAES-PKCS1-v1_5 with derived padding bytes. Any other `head` makes an invalid block. */
export function sealRsa(key, label, text, head = [0, 2]) {
  const size = createPublicKey(key).asymmetricKeyDetails.modulusLength / 8;
  const message = Buffer.from(text);
  const filling = bytes(`${label}: filling`, size - message.length - 3).map((byte) => byte || 1);
  const block = Buffer.concat([Buffer.from(head), filling, Buffer.from([0]), message]);
  return publicEncrypt({ key: createPublicKey(key), padding: constants.RSA_NO_PADDING }, block);
}

export const der = (key, type) => createPrivateKey(key).export({ type, format: 'der' });
export const publicDer = (key) => createPublicKey(key).export({ type: 'spki', format: 'der' });
export const publicPem = (key, type = 'spki') => createPublicKey(key).export({ type, format: 'pem' });
