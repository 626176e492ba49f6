// jsrsasign represents bytes as hex. Since version 11 it has no RSA decryption. Its AES does not support 192-bit keys.
import jsrsasign from 'jsrsasign';
import { badSignature, checked, publicPem, succeeded } from './by-hand.mjs';

const { KEYUTIL, KJUR, b64tohex, hextoutf8 } = jsrsasign;

export const name = 'jsrsasign';
export const library = 'jsrsasign';
export const portable = true;

const decrypted = (key, iv, base64) =>
  hextoutf8(KJUR.crypto.Cipher.decrypt(b64tohex(base64), key, 'aes128-CBC', { iv }));

export const wechat =
  ({ appId }) =>
  ({ encryptedData, iv, sessionKey }) =>
    checked(decrypted(b64tohex(sessionKey), b64tohex(iv), encryptedData), appId);

export const alipay = ({ alipayPublicKey, aesKey }) => {
  const publicKey = KEYUTIL.getKey(publicPem(alipayPublicKey));
  const [key, iv] = [b64tohex(aesKey), '00'.repeat(16)];
  return ({ response, sign }) => {
    const signature = new KJUR.crypto.Signature({ alg: 'SHA256withRSA' });
    signature.init(publicKey);
    signature.updateString(`"${response}"`);
    if (!signature.verify(b64tohex(sign))) throw badSignature();
    return succeeded(decrypted(key, iv, response));
  };
};
