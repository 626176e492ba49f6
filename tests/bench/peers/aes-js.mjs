// aes-js has AES, but no RSA.
import aes from 'aes-js';
import { bytesOf, checked, textOf, unframed } from './by-hand.mjs';

export const name = 'aes-js';
export const library = 'aes-js';
export const portable = true;

const decrypted = ({ encryptedData, iv, sessionKey }) =>
  new aes.ModeOfOperation.cbc(bytesOf(sessionKey), bytesOf(iv)).decrypt(bytesOf(encryptedData));

export const wechat =
  ({ appId }) =>
  (input) =>
    checked(textOf(aes.padding.pkcs7.strip(decrypted(input))), appId);

export const baidu =
  ({ appKey }) =>
  (input) =>
    unframed(decrypted(input), appKey);
