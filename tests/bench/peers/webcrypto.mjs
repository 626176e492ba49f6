// WebCrypto, by hand. It has no PKCS#1 v1.5 decryption and no CBC without padding.
import { badSignature, bytesOf, checked, succeeded, textOf, unframed } from './by-hand.mjs';

export const name = 'WebCrypto';
export const portable = false;
export const inBrowsers = true;

const { subtle } = globalThis.crypto;
const ZERO_IV = new Uint8Array(16);

const aes = (key, uses) => subtle.importKey('raw', key, 'AES-CBC', false, uses);
const decrypted = async (key, iv, bytes) => new Uint8Array(await subtle.decrypt({ name: 'AES-CBC', iv }, key, bytes));

export const wechat =
  ({ appId }) =>
  async ({ encryptedData, iv, sessionKey }) => {
    const key = await aes(bytesOf(sessionKey), ['decrypt']);
    return checked(textOf(await decrypted(key, bytesOf(iv), bytesOf(encryptedData))), appId);
  };

/**
 * WebCrypto would reject Baidu's padding to 32 bytes. This function therefore appends a block that decrypts to a full block of
 * PKCS#7 padding, so WebCrypto removes only this block.
 */
export const baidu =
  ({ appKey }) =>
  async ({ encryptedData, iv, sessionKey }) => {
    const key = await aes(bytesOf(sessionKey), ['encrypt', 'decrypt']);
    const ciphertext = bytesOf(encryptedData);
    const more = await subtle.encrypt({ name: 'AES-CBC', iv: ciphertext.subarray(-16) }, key, new Uint8Array(0));
    const full = new Uint8Array(ciphertext.length + 16);
    full.set(ciphertext);
    full.set(new Uint8Array(more), ciphertext.length);
    return unframed(await decrypted(key, bytesOf(iv), full), appKey);
  };

export const alipay = ({ alipayPublicKey, aesKey }) => {
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  const keys = Promise.all([
    subtle.importKey('spki', bytesOf(alipayPublicKey), algorithm, false, ['verify']),
    aes(bytesOf(aesKey), ['decrypt']),
  ]);
  const encoder = new TextEncoder();
  return async ({ response, sign }) => {
    const [publicKey, key] = await keys;
    if (!(await subtle.verify(algorithm, publicKey, bytesOf(sign), encoder.encode(`"${response}"`))))
      throw badSignature();
    return succeeded(textOf(await decrypted(key, ZERO_IV, bytesOf(response))));
  };
};
