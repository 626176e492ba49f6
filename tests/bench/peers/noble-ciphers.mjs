// @noble/ciphers has AES, but no RSA.
import { cbc } from '@noble/ciphers/aes.js';
import { bytesOf, checked, textOf, unframed } from './by-hand.mjs';

export const name = '@noble/ciphers';
export const library = '@noble/ciphers';
export const portable = true;

export const wechat =
  ({ appId }) =>
  ({ encryptedData, iv, sessionKey }) =>
    checked(textOf(cbc(bytesOf(sessionKey), bytesOf(iv)).decrypt(bytesOf(encryptedData))), appId);

export const baidu =
  ({ appKey }) =>
  ({ encryptedData, iv, sessionKey }) =>
    unframed(cbc(bytesOf(sessionKey), bytesOf(iv), { disablePadding: true }).decrypt(bytesOf(encryptedData)), appKey);
