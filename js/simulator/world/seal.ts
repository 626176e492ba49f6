// Seals like the platforms, with node:crypto only: so this package opens payloads that another implementation sealed.
import { constants, createCipheriv, type KeyObject, publicEncrypt, sign } from 'node:crypto';

/** AES-CBC with PKCS#7 to 16; the key's length chooses the cipher. Base64. */
export function sealCbc(key: Buffer, iv: Buffer, text: string): string {
  const cipher = createCipheriv(`aes-${key.length * 8}-cbc`, key, iv);
  return Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]).toString('base64');
}

/**
 * Baidu: 16 random bytes, the content's length, the content and the App Key, padded to blocks of 32 and not of 16.
 * https://smartprogram.baidu.com/docs/develop/api/open/log_userdata/
 */
export function sealFramed(key: Buffer, iv: Buffer, salt: Buffer, text: string, appKey: string): string {
  const content = Buffer.from(text);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  const framed = Buffer.concat([salt, length, content, Buffer.from(appKey)]);
  const padding = 32 - (framed.length % 32);
  const cipher = createCipheriv('aes-192-cbc', key, iv).setAutoPadding(false);
  return Buffer.concat([cipher.update(framed), cipher.update(Buffer.alloc(padding, padding)), cipher.final()]).toString(
    'base64',
  );
}

/** RSAES-PKCS1-v1_5, one block. Base64. */
export function sealRsa(key: KeyObject, text: string): string {
  return publicEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, Buffer.from(text)).toString('base64');
}

/** SHA256withRSA, PKCS#1 v1.5. Base64. */
export function signRsa(key: KeyObject, text: string): string {
  return sign('sha256', Buffer.from(text), key).toString('base64');
}

/** The plaintext of a payload. A text stays unchanged. */
export const plaintext = (payload: object | string): string =>
  typeof payload === 'string' ? payload : JSON.stringify(payload);
