// Mistakes with Alipay's signature, keys and error responses.

import { resealed, rsaPkcs1 } from '../good.mjs';
import { base64, der, publicDer, publicPem, keys as rsa, signAlipay } from '../seal.mjs';
import { blocks, flat, mistake, scratched, withFields, withKeys } from './mistake.mjs';

const drop = (fields, name) => Object.fromEntries(Object.entries(fields).filter(([other]) => other !== name));
const anotherResponse = (sample) => resealed(sample, { ...sample.payload, msg: 'success' }).sealed;
const unreadable = (key, random) =>
  random.pick([
    'alipayCertPublicKey_RSA2.crt',
    key.slice(0, 4 * random.between(10, 50)),
    base64(random.bytes(200)),
    rsa.roots,
  ]);
const ERRORS = [
  { code: '40001', msg: 'Missing Required Arguments', subCode: 'isv.missing-encrypt-key', subMsg: '缺少加密配置' },
  { code: '40002', msg: 'Invalid Arguments', subCode: 'isv.invalid-encrypt', subMsg: '加密配置有误' },
  { code: '40003', msg: 'Insufficient Conditions', subCode: 'isv.invalid-auth-relations', subMsg: '无效的授权关系' },
  { code: '20000', msg: 'Service Currently Unavailable', subCode: 'aop.unknow-error', subMsg: '系统繁忙' },
];
const hash = ({ signType }) => (signType === 'RSA' ? 'sha1' : 'sha256');

const ofAlipay = (fields) => mistake({ ...fields, formats: ['alipay'] });
export const alipay = [
  ofAlipay({
    name: 'missing-signature',
    en: 'The response came without its signature',
    zh: '只有密文，没有签名',
    finds: 'missing-signature',
    field: 'sign',
    kind: 'text',
    touches: ['sign'],
    make: (sample, random) =>
      random.chance(0.5) ? { ...sample, sealed: drop(sample.sealed, 'sign') } : withFields(sample, { sign: '' }),
  }),
  ofAlipay({
    name: 'wrong-sign-type',
    en: 'The signature has the other type: RSA instead of RSA2, or the reverse',
    zh: '签名类型用错了：RSA 与 RSA2 混淆',
    finds: 'wrong-sign-type',
    field: 'signType',
    kind: 'text',
    touches: ['sign', 'sign-type'],
    make: (sample, random) => {
      const signType = sample.sealed.signType === 'RSA' ? random.pick(['RSA2', undefined]) : 'RSA';
      return { ...sample, sealed: signType ? { ...sample.sealed, signType } : drop(sample.sealed, 'signType') };
    },
  }),
  ofAlipay({
    name: 'sign-without-quotes',
    en: 'The ciphertext was signed without its quotes',
    zh: '签名时密文没有带引号',
    finds: 'sign-without-quotes',
    field: 'sign',
    kind: 'text',
    touches: ['sign'],
    make: (sample) =>
      withFields(sample, { sign: signAlipay(sample.sealed.response, sample.rsaKey, hash(sample.sealed)) }),
  }),
  ofAlipay({
    name: 'own-public-key',
    en: "The app's own public key instead of Alipay's",
    zh: '把应用公钥当成了支付宝公钥',
    finds: 'wrong-public-key',
    field: 'alipayPublicKey',
    kind: 'relation',
    touches: ['public-key'],
    make: (sample, random) =>
      withKeys(sample, { alipayPublicKey: random.chance(0.5) ? base64(publicDer(rsa.app)) : publicPem(rsa.app) }),
  }),
  ofAlipay({
    name: 'changed-response',
    en: 'The signature is of another response',
    zh: '签名属于另一份响应',
    finds: 'changed-response',
    field: 'response',
    kind: 'relation',
    touches: ['ciphertext', 'sign'],
    make: (sample) => withFields(sample, { response: anotherResponse(sample).response }),
  }),
  ofAlipay({
    name: 'damaged-response',
    en: 'A few characters of the response were changed after signing',
    zh: '签名之后，响应里有几个字符被改动',
    finds: 'damaged',
    field: 'response',
    kind: 'relation',
    touches: ['ciphertext'],
    make: (sample, random) =>
      withFields(sample, { response: scratched(sample.sealed.response, random, 1, blocks(sample) - 2) }),
  }),
  ofAlipay({
    name: 'private-key-for-public',
    en: 'A private key instead of the public key',
    zh: '把私钥当成了公钥',
    finds: 'private-key-for-public',
    field: 'alipayPublicKey',
    kind: 'opaque',
    touches: ['public-key'],
    make: (sample, random) =>
      withKeys(sample, {
        alipayPublicKey: random.pick([
          rsa.app,
          rsaPkcs1(rsa.app),
          base64(der(rsa.app, 'pkcs8')),
          base64(der(rsa.app, 'pkcs1')),
        ]),
      }),
  }),
  ofAlipay({
    name: 'unreadable-public-key',
    en: "The value for Alipay's public key is not a key",
    zh: '传入的支付宝公钥无法解析',
    finds: 'unreadable-key',
    field: 'alipayPublicKey',
    kind: 'opaque',
    touches: ['public-key'],
    make: (sample, random) =>
      withKeys(sample, { alipayPublicKey: unreadable(base64(publicDer(sample.rsaKey)), random) }),
  }),
  ofAlipay({
    name: 'wrong-aes-key',
    en: 'The AES key is not the one in the console',
    zh: 'AES 密钥与开放平台上的不一致',
    finds: 'wrong-aes-key',
    field: 'aesKey',
    kind: 'relation',
    touches: ['aes-key'],
    make: (sample, random) => withKeys(sample, { aesKey: base64(random.bytes(16)) }),
  }),
  ofAlipay({
    name: 'error-body',
    en: 'The field contains an unencrypted error of Alipay instead of the ciphertext',
    zh: '密文字段里放的是支付宝未加密的错误响应',
    finds: 'error-body',
    field: 'response',
    kind: 'alone',
    touches: ['ciphertext'],
    make: (sample, random) => {
      const error = random.pick(ERRORS);
      const response = random.pick([
        error,
        { response: error },
        JSON.stringify(error),
        JSON.stringify({ response: error }),
      ]);
      return { ...flat(sample), sealed: { platform: 'alipay', response } };
    },
  }),
  ofAlipay({
    name: 'sealed-error',
    en: 'The ciphertext contains an error of Alipay, not a number',
    zh: '解密出来的是支付宝的错误',
    finds: 'error-body',
    field: 'response',
    kind: 'payload',
    touches: ['number'],
    make: (sample, random) => resealed(sample, random.pick(ERRORS)),
  }),
  ofAlipay({
    name: 'unsupported-cipher',
    en: 'The response names a cipher that phone payloads do not use',
    zh: '加密类型不受支持',
    finds: 'unsupported-cipher',
    field: 'encryptType',
    kind: 'opaque',
    touches: ['encrypt-type'],
    make: (sample, random) => withFields(sample, { encryptType: random.pick(['AES_V2', 'SM4']) }),
  }),
];
