// Alipay's own SDK, with the two functions that its documentation names for the phone button.

import { generateKeyPairSync } from 'node:crypto';
import { AlipaySdk } from 'alipay-sdk';
import { badSignature, succeeded } from './by-hand.mjs';

export const name = 'alipay-sdk';
export const library = 'alipay-sdk';
export const portable = false;

export const alipay = ({ alipayPublicKey, aesKey }) => {
  // The constructor requires the app's private key, which is not used here.
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  const sdk = new AlipaySdk({ appId: '2021000000000000', privateKey, alipayPublicKey, encryptKey: aesKey });
  return ({ response, sign }) => {
    if (!sdk.rsaCheck(`"${response}"`, sign, 'RSA2')) throw badSignature();
    return succeeded(sdk.aesDecrypt(response));
  };
};
