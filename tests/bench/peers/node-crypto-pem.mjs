// node:crypto by hand, as in most samples: the key is passed as PEM text, which is parsed at every call.
import { publicPem } from './by-hand.mjs';
import { alipayBy, douyinBy } from './node-crypto.mjs';

export const name = 'node:crypto (PEM)';
export const portable = false;

export const alipay = ({ alipayPublicKey, aesKey }) =>
  alipayBy(publicPem(alipayPublicKey), Buffer.from(aesKey, 'base64'));

export const douyin = ({ appId, privateKey }) => douyinBy(privateKey, appId);
