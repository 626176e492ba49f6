// Alipay's signature, keys and errors.

import { resealed, rsaPkcs1 } from '../good.mjs';
import { base64, der, publicDer, publicPem, keys as rsa, signAlipay } from '../seal.mjs';
import { blocks, flat, give, mistake, scratched, seal } from './mistake.mjs';

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

const ofAlipay = (name, en, zh, ...rest) => mistake(name, en, zh, ['alipay'], ...rest);
export const alipay = [
  ofAlipay(
    'missing-signature',
    'The response came without its signature',
    '只有密文，没有签名',
    'missing-signature',
    'sign',
    'text',
    ['sign'],
    (sample, random) =>
      random.chance(0.5) ? { ...sample, sealed: drop(sample.sealed, 'sign') } : seal(sample, { sign: '' }),
  ),
  ofAlipay(
    'wrong-sign-type',
    'The signature is of the other type: RSA against RSA2',
    '签名类型用错了：RSA 与 RSA2 混淆',
    'wrong-sign-type',
    'signType',
    'text',
    ['sign', 'sign-type'],
    (sample, random) => {
      const signType = sample.sealed.signType === 'RSA' ? random.pick(['RSA2', undefined]) : 'RSA';
      return { ...sample, sealed: signType ? { ...sample.sealed, signType } : drop(sample.sealed, 'signType') };
    },
  ),
  ofAlipay(
    'sign-without-quotes',
    'The ciphertext was signed without its quotes',
    '签名时密文没有带引号',
    'sign-without-quotes',
    'sign',
    'text',
    ['sign'],
    (sample) => seal(sample, { sign: signAlipay(sample.sealed.response, sample.rsaKey, hash(sample.sealed)) }),
  ),
  ofAlipay(
    'own-public-key',
    "The app's own public key was given for Alipay's",
    '把应用公钥当成了支付宝公钥',
    'wrong-public-key',
    'alipayPublicKey',
    'relation',
    ['public-key'],
    (sample, random) =>
      give(sample, { alipayPublicKey: random.chance(0.5) ? base64(publicDer(rsa.app)) : publicPem(rsa.app) }),
  ),
  ofAlipay(
    'changed-response',
    'The signature is of another response',
    '签名属于另一份响应',
    'changed-response',
    'response',
    'relation',
    ['ciphertext', 'sign'],
    (sample) => seal(sample, { response: anotherResponse(sample).response }),
  ),
  ofAlipay(
    'damaged-response',
    'A few characters of the response were changed after signing',
    '签名之后响应里有几个字符被改动',
    'damaged',
    'response',
    'relation',
    ['ciphertext'],
    (sample, random) => seal(sample, { response: scratched(sample.sealed.response, random, 1, blocks(sample) - 2) }),
  ),
  ofAlipay(
    'private-key-for-public',
    'A private key was given for the public one',
    '把私钥当成了公钥',
    'private-key-for-public',
    'alipayPublicKey',
    'opaque',
    ['public-key'],
    (sample, random) =>
      give(sample, {
        alipayPublicKey: random.pick([
          rsa.app,
          rsaPkcs1(rsa.app),
          base64(der(rsa.app, 'pkcs8')),
          base64(der(rsa.app, 'pkcs1')),
        ]),
      }),
  ),
  ofAlipay(
    'unreadable-public-key',
    "What was given for Alipay's public key is no such key",
    '给的支付宝公钥读不出来',
    'unreadable-key',
    'alipayPublicKey',
    'opaque',
    ['public-key'],
    (sample, random) => give(sample, { alipayPublicKey: unreadable(base64(publicDer(sample.rsaKey)), random) }),
  ),
  ofAlipay(
    'wrong-aes-key',
    'The AES key is not the one of the console',
    'AES 密钥与开放平台上的不一致',
    'wrong-aes-key',
    'aesKey',
    'relation',
    ['aes-key'],
    (sample, random) => give(sample, { aesKey: base64(random.bytes(16)) }),
  ),
  ofAlipay(
    'error-body',
    "Alipay's plain error stands where the ciphertext belongs",
    '密文的位置上是支付宝的明文错误',
    'error-body',
    'response',
    'alone',
    ['ciphertext'],
    (sample, random) => {
      const error = random.pick(ERRORS);
      const response = random.pick([
        error,
        { response: error },
        JSON.stringify(error),
        JSON.stringify({ response: error }),
      ]);
      return { ...flat(sample), sealed: { platform: 'alipay', response } };
    },
  ),
  ofAlipay(
    'sealed-error',
    "Alipay's error was sealed in the place of a number",
    '解密出来的是支付宝的错误',
    'error-body',
    'response',
    'payload',
    ['number'],
    (sample, random) => resealed(sample, random.pick(ERRORS)),
  ),
  ofAlipay(
    'unsupported-cipher',
    'The response is sealed with a cipher that phone data do not have',
    '加密类型不受支持',
    'unsupported-cipher',
    'encryptType',
    'opaque',
    ['encrypt-type'],
    (sample, random) => seal(sample, { encryptType: random.pick(['AES_V2', 'SM4']) }),
  ),
];
