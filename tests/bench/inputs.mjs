// The inputs of all peers, created at every start with Node's OpenSSL. Every session payload is sealed under its own
// key, because a server sees a new key at nearly every call, and no peer should profit from caching the last one.
import { constants, createCipheriv, generateKeyPairSync, publicEncrypt, randomBytes, sign } from 'node:crypto';

const APP_ID = 'wx0123456789abcdef';
const OTHER_APP_ID = 'wxfedcba9876543210';
const APP_KEY = 'y2dTfnWfkx2OXttMEMWlGHoB1KzMogm7';
const OTHER_APP_KEY = 'C1ZYfVGrbFYIRyGTMq2Yf7QSGtGfUP0A';
const HOUR = 3600;

const now = () => Math.floor(Date.now() / 1000);
const keyPair = () => generateKeyPairSync('rsa', { modulusLength: 2048 });

/** A different number for each input, so that a result of another input is noticed. */
const numberOf = (index) => `1380013${8000 + index}`;

/** The payload format of WeChat, which Douyin uses, too. */
const phoneInfo = (number, { appId = APP_ID, age = 0 } = {}) =>
  JSON.stringify({
    phoneNumber: number,
    purePhoneNumber: number,
    countryCode: '86',
    watermark: { timestamp: now() - age, appid: appId },
  });

/** PKCS#7 padding for any block size. */
function pad(plain, block) {
  const count = block - (plain.length % block);
  return Buffer.concat([plain, Buffer.alloc(count, count)]);
}

function encrypt(key, iv, padded) {
  const cipher = createCipheriv(`aes-${key.length * 8}-cbc`, key, iv).setAutoPadding(false);
  return Buffer.concat([cipher.update(padded), cipher.final()]).toString('base64');
}

/** Seals a text with a random iv. `sessionKey` is the key in the platform's own format. */
function seal(sessionKey, plain, block) {
  const iv = randomBytes(16);
  return {
    encryptedData: encrypt(Buffer.from(sessionKey, 'base64'), iv, pad(plain, block)),
    iv: iv.toString('base64'),
    sessionKey,
  };
}

/** The same base64 text with one bit of one byte changed, counted from the end. */
function changed(text, fromEnd) {
  const bytes = Buffer.from(text, 'base64');
  bytes[bytes.length - fromEnd] ^= 0x10;
  return bytes.toString('base64');
}

/** `count` inputs, each with the expected number. */
const many = (count, make) =>
  Array.from({ length: count }, (_, index) => ({ ...make(numberOf(index)), number: numberOf(index) }));

function wechat(count) {
  const make = (number, change) => seal(randomBytes(16).toString('base64'), Buffer.from(phoneInfo(number, change)), 16);
  const good = make(numberOf(0));
  return {
    keys: { appId: APP_ID },
    inputs: many(count, make),
    tampered: {
      'ciphertext changed': { ...good, encryptedData: changed(good.encryptedData, 16) },
      'ciphertext cut': {
        ...good,
        encryptedData: Buffer.from(good.encryptedData, 'base64').subarray(0, -16).toString('base64'),
      },
      'iv changed': { ...good, iv: changed(good.iv, 16) },
      'another session key': { ...good, sessionKey: make(numberOf(0)).sessionKey },
      'another app': make(numberOf(0), { appId: OTHER_APP_ID }),
      'an hour old': make(numberOf(0), { age: HOUR }),
    },
  };
}

/** 16 random bytes, the content's length, the content, the App Key. The session key is base64 that looks like hex. */
function baidu(count) {
  const make = (number, appKey = APP_KEY) => {
    const content = Buffer.from(JSON.stringify({ mobile: number }));
    const length = Buffer.alloc(4);
    length.writeUInt32BE(content.length);
    return seal(
      randomBytes(16).toString('hex'),
      Buffer.concat([randomBytes(16), length, content, Buffer.from(appKey)]),
      32,
    );
  };
  const good = make(numberOf(0));
  return {
    keys: { appKey: APP_KEY },
    inputs: many(count, (number) => make(number)),
    tampered: {
      'ciphertext changed': { ...good, encryptedData: changed(good.encryptedData, 16) },
      'ciphertext cut': {
        ...good,
        encryptedData: Buffer.from(good.encryptedData, 'base64').subarray(0, -16).toString('base64'),
      },
      'another session key': { ...good, sessionKey: make(numberOf(0)).sessionKey },
      'another app': make(numberOf(0), OTHER_APP_KEY),
    },
  };
}

/** The signature covers the ciphertext with its quotes in JSON. The public key is one line, as in Alipay's console. */
function alipay(count) {
  const { privateKey, publicKey } = keyPair();
  const aesKey = randomBytes(16);
  const signed = (response, key = privateKey) => ({
    response,
    sign: sign('sha256', Buffer.from(`"${response}"`), key).toString('base64'),
  });
  const body = (number) =>
    encrypt(
      aesKey,
      Buffer.alloc(16),
      pad(Buffer.from(JSON.stringify({ code: '10000', msg: 'Success', mobile: number })), 16),
    );
  const good = signed(body(numberOf(0)));
  return {
    keys: {
      alipayPublicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
      aesKey: aesKey.toString('base64'),
    },
    inputs: many(count, (number) => signed(body(number))),
    tampered: {
      'another number under the same signature': { ...good, response: body(numberOf(1)) },
      'signature changed': { ...good, sign: changed(good.sign, 1) },
      'signed by another key': signed(good.response, keyPair().privateKey),
    },
  };
}

function douyin(count) {
  const { privateKey, publicKey } = keyPair();
  const make = (number, change, key = publicKey) => ({
    data: publicEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, Buffer.from(phoneInfo(number, change))).toString(
      'base64',
    ),
  });
  return {
    keys: { appId: APP_ID, privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }) },
    inputs: many(count, (number) => make(number)),
    tampered: {
      'ciphertext changed': { data: changed(make(numberOf(0)).data, 1) },
      'another app': make(numberOf(0), { appId: OTHER_APP_ID }),
      'an hour old': make(numberOf(0), { age: HOUR }),
    },
  };
}

const MAKERS = { wechat: [wechat, 256], alipay: [alipay, 64], douyin: [douyin, 64], baidu: [baidu, 256] };

/** The workloads, in the order of the report. */
export const WORKLOADS = Object.keys(MAKERS);

/**
 * `{ keys, inputs, tampered }` of a workload: the long-lived keys, valid inputs, and tampered inputs, which must be
 * rejected, each with a description of its change. The inputs expire after ten minutes.
 */
export function inputsOf(workload) {
  const [make, count] = MAKERS[workload];
  return make(count);
}
