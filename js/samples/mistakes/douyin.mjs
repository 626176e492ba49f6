// Mistakes with the keys and the data of Douyin's code flow.

import { createCipheriv, createHash, pbkdf2Sync } from 'node:crypto';
import { good, rsaPkcs1 } from '../good.mjs';
import { base64, der, publicDer, publicPem, keys as rsa } from '../seal.mjs';
import { mistake, withFields, withKeys } from './mistake.mjs';

/** The traditional key encryption of OpenSSL 1: the AES key is derived by MD5 from password and salt. */
function encryptedPkcs1(key, random) {
  const iv = random.bytes(16);
  const md5 = (...parts) => createHash('md5').update(Buffer.concat(parts)).digest();
  const secret = [Buffer.from('password'), iv.subarray(0, 8)];
  const first = md5(...secret);
  const cipher = createCipheriv('aes-256-cbc', Buffer.concat([first, md5(first, ...secret)]), iv);
  const body = base64(Buffer.concat([cipher.update(der(key, 'pkcs1')), cipher.final()]))
    .match(/.{1,64}/g)
    .join('\n');
  const head = `Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,${iv.toString('hex').toUpperCase()}`;
  return `-----BEGIN RSA PRIVATE KEY-----\n${head}\n\n${body}\n-----END RSA PRIVATE KEY-----\n`;
}

const tlv = (tag, ...parts) => {
  const content = Buffer.concat(parts);
  const size =
    content.length < 128
      ? [content.length]
      : content.length < 256
        ? [0x81, content.length]
        : [0x82, content.length >> 8, content.length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
};
const oid = (hex) => tlv(6, Buffer.from(hex, 'hex'));

/** PBES2 with PBKDF2, HMAC-SHA256 and AES-256-CBC, as OpenSSL 3 writes it. RFC 8018. */
function encryptedPkcs8(key, random) {
  const [salt, iv] = [random.bytes(16), random.bytes(16)];
  const cipher = createCipheriv('aes-256-cbc', pbkdf2Sync('password', salt, 2048, 32, 'sha256'), iv);
  const prf = tlv(0x30, oid('2a864886f70d0209'), tlv(5));
  const kdf = tlv(0x30, oid('2a864886f70d01050c'), tlv(0x30, tlv(4, salt), tlv(2, Buffer.from([8, 0])), prf));
  const scheme = tlv(0x30, oid('2a864886f70d01050d'), tlv(0x30, kdf, tlv(0x30, oid('60864801650304012a'), tlv(4, iv))));
  const body = tlv(0x30, scheme, tlv(4, cipher.update(der(key, 'pkcs8')), cipher.final()));
  return `-----BEGIN ENCRYPTED PRIVATE KEY-----\n${base64(body)
    .match(/.{1,64}/g)
    .join('\n')}\n-----END ENCRYPTED PRIVATE KEY-----\n`;
}

const LOGIN = (random) => ({
  session_key: base64(random.bytes(16)),
  openid: random.text(36),
  anonymous_openid: '',
  unionid: random.text(36),
});

const ofDouyin = (fields) => mistake({ ...fields, formats: ['douyin-code'] });
export const douyin = [
  ofDouyin({
    name: 'public-key-for-private',
    en: 'A public key instead of the private key',
    zh: '把公钥当成了私钥',
    finds: 'public-key-for-private',
    field: 'privateKey',
    kind: 'opaque',
    touches: ['private-key'],
    make: ({ rsaKey, ...sample }, random) =>
      withKeys(
        { ...sample, rsaKey },
        { privateKey: random.pick([publicPem(rsaKey), publicPem(rsaKey, 'pkcs1'), base64(publicDer(rsaKey))]) },
      ),
  }),
  ofDouyin({
    name: 'wrong-private-key',
    en: 'The private key does not belong to the public key in the console',
    zh: '私钥与开放平台上的公钥不配对',
    finds: 'wrong-private-key',
    field: 'privateKey',
    kind: 'relation',
    touches: ['private-key'],
    make: (sample, random) =>
      withKeys(sample, { privateKey: random.pick([rsa.app, rsa.alipay, rsa.alipay1024, rsaPkcs1(rsa.app)]) }),
  }),
  ofDouyin({
    name: 'encrypted-key',
    en: 'The private key is protected by a password',
    zh: '私钥带有密码',
    finds: 'encrypted-key',
    field: 'privateKey',
    kind: 'opaque',
    touches: ['private-key'],
    make: (sample, random) =>
      withKeys(sample, { privateKey: random.pick([encryptedPkcs1, encryptedPkcs8])(sample.rsaKey, random) }),
  }),
  ofDouyin({
    name: 'unreadable-private-key',
    en: 'The value for the private key is not a key',
    zh: '传入的私钥无法解析',
    finds: 'unreadable-key',
    field: 'privateKey',
    kind: 'opaque',
    touches: ['private-key'],
    make: (sample, random) =>
      withKeys(sample, {
        privateKey: random.pick([
          'app_private_key.pem',
          base64(der(sample.rsaKey, 'pkcs8')).slice(0, 4 * random.between(50, 380)),
          base64(random.bytes(200)),
        ]),
      }),
  }),
  ofDouyin({
    name: 'login-data',
    en: 'The response of code2session instead of data',
    zh: '把 jscode2session 的结果当成了 data',
    finds: 'login-data',
    field: 'data',
    kind: 'opaque',
    touches: ['ciphertext'],
    make: (sample, random) => {
      const login = LOGIN(random);
      return withFields(sample, {
        data: random.pick([
          login,
          JSON.stringify(login),
          { err_no: 0, err_tips: 'success', data: login },
          JSON.stringify({ err_no: 0, err_tips: 'success', data: login }),
        ]),
      });
    },
  }),
  ofDouyin({
    name: 'not-rsa',
    en: 'The ciphertext of encryptedData was passed as data',
    zh: '把 encryptedData 方式的密文当成了 data',
    finds: 'not-rsa',
    field: 'data',
    kind: 'opaque',
    touches: ['ciphertext'],
    make: (sample, random) => withFields(sample, { data: good('douyin', random).sealed.encryptedData }),
  }),
];
