// node-forge represents bytes as text with one character per byte.
import forge from 'node-forge';
import { badSignature, binaryOf, checked, publicPem, succeeded, unframed } from './by-hand.mjs';

export const name = 'node-forge';
export const library = 'node-forge';
export const portable = true;

/** `unpad` replaces the removal of PKCS#7 padding. */
function decrypted(key, iv, base64, unpad) {
  const decipher = forge.cipher.createDecipher('AES-CBC', key);
  decipher.start({ iv });
  decipher.update(forge.util.createBuffer(binaryOf(base64)));
  if (!decipher.finish(unpad)) throw new Error('the padding is wrong');
  return decipher.output;
}

export const wechat =
  ({ appId }) =>
  ({ encryptedData, iv, sessionKey }) =>
    checked(decrypted(binaryOf(sessionKey), binaryOf(iv), encryptedData).toString(), appId);

export const baidu =
  ({ appKey }) =>
  ({ encryptedData, iv, sessionKey }) => {
    const frame = decrypted(binaryOf(sessionKey), binaryOf(iv), encryptedData, () => true).getBytes();
    return unframed(forge.util.binary.raw.decode(frame), appKey);
  };

export const alipay = ({ alipayPublicKey, aesKey }) => {
  const publicKey = forge.pki.publicKeyFromPem(publicPem(alipayPublicKey));
  const [key, iv] = [binaryOf(aesKey), '\0'.repeat(16)];
  return ({ response, sign }) => {
    const digest = forge.md.sha256.create().update(`"${response}"`).digest().getBytes();
    if (!publicKey.verify(digest, binaryOf(sign))) throw badSignature();
    return succeeded(decrypted(key, iv, response).toString());
  };
};

export const douyin = ({ appId, privateKey }) => {
  const key = forge.pki.privateKeyFromPem(privateKey);
  return ({ data }) => checked(forge.util.decodeUtf8(key.decrypt(binaryOf(data), 'RSAES-PKCS1-V1_5')), appId);
};
