// Compares the RSA of the shipped module, with SIMD, with OpenSSL. Every run creates new keys of many sizes.
import assert from 'node:assert/strict';
import { constants, generateKeyPairSync, publicEncrypt, randomBytes, randomInt, sign } from 'node:crypto';
import { test } from 'node:test';
import { install, requireIn } from '../support/installed.mjs';

const api = requireIn(install('rsa'))('mp-phone');
const SIZES = [1024, 1032, 1536, 1784, 2048, 2176, 2560, 3072, 4096];
const key = (modulusLength) => generateKeyPairSync('rsa', { modulusLength });

const payload = (number) =>
  JSON.stringify({
    phoneNumber: number,
    purePhoneNumber: number,
    countryCode: '86',
    watermark: { timestamp: Math.floor(Date.now() / 1000), appid: 'tt1' },
  });
const flipped = (base64) => {
  const bytes = Buffer.from(base64, 'base64');
  bytes[randomInt(bytes.length)] ^= 1 << randomInt(8);
  return bytes.toString('base64');
};

for (const size of SIZES) {
  test(`${size} bits: the package opens a payload that OpenSSL has sealed, and rejects a changed payload`, () => {
    for (let round = 0; round < 3; round++) {
      const { publicKey, privateKey } = key(size);
      const keys = {
        appId: 'tt1',
        privateKey: privateKey.export({ type: round % 2 ? 'pkcs1' : 'pkcs8', format: 'pem' }),
      };
      const number = `13${randomInt(100_000_000, 999_999_999)}`;
      // A small key can only seal a short payload.
      const text = size < 1300 ? JSON.stringify({ phoneNumber: number }) : payload(number);
      const data = publicEncrypt({ key: publicKey, padding: constants.RSA_PKCS1_PADDING }, Buffer.from(text)).toString(
        'base64',
      );
      if (size < 1300)
        assert.throws(() => api.openPhone({ platform: 'douyin', data }, keys), { code: 'ERR_APP_MISMATCH' });
      else assert.equal(api.openPhone({ platform: 'douyin', data }, keys).nationalNumber, number);
      for (let change = 0; change < 5; change++)
        assert.throws(() => api.openPhone({ platform: 'douyin', data: flipped(data) }, keys), { code: 'ERR_DECRYPT' });
    }
  });

  test(`${size} bits: the package verifies a signature of OpenSSL, and rejects a changed one`, () => {
    for (let round = 0; round < 3; round++) {
      const { publicKey, privateKey } = key(size);
      const keys = {
        alipayPublicKey: publicKey.export({ type: 'spki', format: 'pem' }),
        aesKey: randomBytes(16).toString('base64'),
      };
      const response = JSON.stringify({ code: '10000', mobile: `13${randomInt(100_000_000, 999_999_999)}` });
      for (const [signType, hash] of [
        ['RSA2', 'sha256'],
        ['RSA', 'sha1'],
      ]) {
        const signature = sign(hash, Buffer.from(response), privateKey).toString('base64');
        assert.equal(
          api.openPhone({ platform: 'alipay', response, sign: signature, signType }, keys).nationalNumber,
          JSON.parse(response).mobile,
        );
        for (let change = 0; change < 5; change++)
          assert.throws(
            () => api.openPhone({ platform: 'alipay', response, sign: flipped(signature), signType }, keys),
            { code: 'ERR_SIGNATURE' },
          );
        assert.throws(
          () =>
            api.openPhone(
              { platform: 'alipay', response: response.replace('13', '15'), sign: signature, signType },
              keys,
            ),
          { code: 'ERR_SIGNATURE' },
        );
      }
    }
  });
}
