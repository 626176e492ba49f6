// node:crypto by hand. Long-lived keys are parsed into a KeyObject once.
import { constants, createDecipheriv, createPrivateKey, createPublicKey, privateDecrypt, verify } from 'node:crypto';
import { badSignature, checked, publicPem, succeeded, unframed } from './by-hand.mjs';

export const name = 'node:crypto';
export const portable = false;

const ZERO_IV = Buffer.alloc(16);

/** The fastest variant on Node 20. */
function decrypted(cipher, key, iv, base64) {
  const decipher = createDecipheriv(cipher, key, iv);
  return decipher.update(Buffer.from(base64, 'base64'), undefined, 'utf8') + decipher.final('utf8');
}

export const wechat =
  ({ appId }) =>
  ({ encryptedData, iv, sessionKey }) =>
    checked(
      decrypted('aes-128-cbc', Buffer.from(sessionKey, 'base64'), Buffer.from(iv, 'base64'), encryptedData),
      appId,
    );

export const baidu =
  ({ appKey }) =>
  ({ encryptedData, iv, sessionKey }) => {
    const decipher = createDecipheriv(
      'aes-192-cbc',
      Buffer.from(sessionKey, 'base64'),
      Buffer.from(iv, 'base64'),
    ).setAutoPadding(false);
    const frame = decipher.update(Buffer.from(encryptedData, 'base64'));
    decipher.final();
    return unframed(frame, appKey);
  };

export const alipayBy =
  (publicKey, aesKey) =>
  ({ response, sign }) => {
    if (!verify('sha256', Buffer.from(`"${response}"`), publicKey, Buffer.from(sign, 'base64'))) throw badSignature();
    return succeeded(decrypted('aes-128-cbc', aesKey, ZERO_IV, response));
  };

/** Node 20 does not support removing PKCS#1 v1.5 padding, so the developer has to do it. */
export const douyinBy =
  (key, appId) =>
  ({ data }) => {
    const block = privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, Buffer.from(data, 'base64'));
    const end = block.indexOf(0, 2);
    if (block[0] !== 0 || block[1] !== 2 || end < 10) throw new Error('the padding is wrong');
    return checked(block.toString('utf8', end + 1), appId);
  };

export const alipay = ({ alipayPublicKey, aesKey }) =>
  alipayBy(createPublicKey(publicPem(alipayPublicKey)), Buffer.from(aesKey, 'base64'));

export const douyin = ({ appId, privateKey }) => douyinBy(createPrivateKey(privateKey), appId);
