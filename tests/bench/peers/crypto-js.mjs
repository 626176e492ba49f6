// crypto-js has AES, but no RSA. It removes PKCS#7 padding without checking it.
import AES from 'crypto-js/aes.js';
import Base64 from 'crypto-js/enc-base64.js';
import Latin1 from 'crypto-js/enc-latin1.js';
import Utf8 from 'crypto-js/enc-utf8.js';
import NoPadding from 'crypto-js/pad-nopadding.js';
import { checked, unframed } from './by-hand.mjs';

export const name = 'crypto-js';
export const library = 'crypto-js';
export const portable = true;

const decrypted = ({ encryptedData, iv, sessionKey }, options) =>
  AES.decrypt({ ciphertext: Base64.parse(encryptedData) }, Base64.parse(sessionKey), {
    iv: Base64.parse(iv),
    ...options,
  });

export const wechat =
  ({ appId }) =>
  (input) =>
    checked(decrypted(input).toString(Utf8), appId);

export const baidu =
  ({ appKey }) =>
  (input) =>
    unframed(Buffer.from(decrypted(input, { padding: NoPadding }).toString(Latin1), 'latin1'), appKey);
