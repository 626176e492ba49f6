// Two libraries together: node-rsa's build for browsers verifies, and @noble/ciphers decrypts.
import { cbc } from '@noble/ciphers/aes.js';
import NodeRsa from '../node_modules/node-rsa/dist/index.browser.js';
import { badSignature, bytesOf, publicPem, succeeded, textOf } from './by-hand.mjs';

export const name = 'node-rsa + @noble/ciphers';
export const library = ['node-rsa', '@noble/ciphers'];
export const portable = true;

export const alipay = ({ alipayPublicKey, aesKey }) => {
  const publicKey = new NodeRsa(publicPem(alipayPublicKey), 'pkcs8-public-pem', { signingScheme: 'pkcs1-sha256' });
  const [key, iv] = [bytesOf(aesKey), new Uint8Array(16)];
  return ({ response, sign }) => {
    if (!publicKey.verify(`"${response}"`, sign, 'utf8', 'base64')) throw badSignature();
    return succeeded(textOf(cbc(key, iv).decrypt(bytesOf(response))));
  };
};
