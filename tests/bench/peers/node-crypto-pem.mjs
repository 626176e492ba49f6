// node:crypto by hand, as most samples have it: it is handed the PEM text, and reads it at every call.
import { publicPem } from './by-hand.mjs';
import { alipayBy, douyinBy } from './node-crypto.mjs';

export const name = 'node:crypto (PEM)';
export const portable = false;

export const alipay = ({ alipayPublicKey, aesKey }) =>
  alipayBy(publicPem(alipayPublicKey), Buffer.from(aesKey, 'base64'));

export const douyin = ({ appId, privateKey }) => douyinBy(privateKey, appId);
