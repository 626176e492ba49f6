// Compares the package with Alipay's own SDK: a payload that the package opens is verified and decrypted by the SDK to the same
// fields, and a payload that the package rejects because of its signature is rejected by the SDK.

import assert from 'node:assert/strict';
import { createPrivateKey, createPublicKey, createSign, generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { AlipaySdk } from 'alipay-sdk';
import { root } from '../../js/build/paths.mjs';
import { install, requireIn } from '../support/installed.mjs';

const required = requireIn(install('peers'));
const { openPhone } = required('mp-phone');
const { createPhoneService } = required('mp-phone/server');
const { createSimulator } = required('mp-phone/simulator');
// Functions that the SDK does not export: for the serial numbers of certificates, and for sealing.
const sdkFile = (name) =>
  import(pathToFileURL(join(dirname(fileURLToPath(import.meta.resolve('alipay-sdk'))), name)).href);
const vectors = (file) => JSON.parse(readFileSync(join(root, 'tests', 'vectors', file), 'utf8'));
const { cases } = vectors('alipay.json');
const { app: appKey } = vectors('keys.json');

/** The vectors that the SDK accepts: a public key in one line or PEM, ciphertext without line breaks, both signature types. */
const comparable = ({ call, args: [sealed, keys] }) =>
  call === 'openPhone' &&
  typeof sealed.response === 'string' &&
  /^[A-Za-z0-9+/=]+$/.test(sealed.response) &&
  typeof sealed.sign === 'string' &&
  /^[A-Za-z0-9+/=]{100,}$/.test(sealed.sign) &&
  /^MIG|^MIIB|BEGIN PUBLIC KEY/.test(keys.alipayPublicKey) &&
  typeof keys.aesKey === 'string' &&
  [undefined, 'RSA', 'RSA2'].includes(sealed.signType);

test('alipay-sdk returns the same results', (t) => {
  const counts = { opened: 0, rejected: 0 };
  for (const {
    name,
    args: [sealed, keys, options],
  } of cases.filter(comparable)) {
    const sdk = new AlipaySdk({
      appId: '2021000000000000',
      privateKey: appKey,
      alipayPublicKey: keys.alipayPublicKey.replace(/-----[^-]+-----|\s/g, ''),
      encryptKey: keys.aesKey,
    });
    const verifies = () => sdk.rsaCheck(`"${sealed.response}"`, sealed.sign, sealed.signType);
    let phone;
    try {
      phone = openPhone(sealed, keys, options);
    } catch (error) {
      if (error.code === 'ERR_SIGNATURE') {
        assert.equal(verifies(), false, name);
        counts.rejected++;
      }
      continue;
    }
    assert.equal(verifies(), true, name);
    assert.deepEqual(JSON.parse(sdk.aesDecrypt(sealed.response)), phone.raw, name);
    counts.opened++;
  }
  t.diagnostic(`${counts.opened} payloads opened by both, ${counts.rejected} rejected by both`);
  assert.ok(counts.opened >= 8 && counts.rejected >= 3, JSON.stringify(counts));
});

for (const certificates of [false, true]) {
  test(`alipay-sdk verifies the signature of the service's request, ${certificates ? 'with certificates' : 'with keys'}`, async (t) => {
    const simulator = await createSimulator();
    t.after(() => simulator.close());
    const config = certificates ? simulator.config('alipay', { certificates: true }) : simulator.config('alipay');
    const requests = [];
    const recording = (url, init) => {
      requests.push(new URL(url));
      requests.push(new URLSearchParams(init.body));
      return fetch(url, init);
    };
    const service = createPhoneService({
      platforms: { alipay: config },
      fetch: recording,
      logger: false,
      now: () => Date.UTC(2026, 10, 21, 18, 30, 5),
    });
    await service.login({ platform: 'alipay', code: await simulator.device('alipay').login() });
    const parameters = Object.fromEntries([...requests[0].searchParams, ...requests[1]]);
    assert.equal(parameters.method, 'alipay.system.oauth.token');
    assert.equal(parameters.timestamp, '2026-11-22 02:30:05', 'the time of China, in any time zone');

    // A request is signed like Alipay's notifications: all parameters except sign, sorted. The SDK verifies it with the app's key.
    const appPublicKey = createPublicKey(
      createPrivateKey({ key: Buffer.from(config.privateKey, 'base64'), format: 'der', type: 'pkcs8' }),
    )
      .export({ type: 'spki', format: 'der' })
      .toString('base64');
    const sdk = new AlipaySdk({
      appId: config.appId,
      privateKey: config.privateKey,
      keyType: 'PKCS8',
      alipayPublicKey: appPublicKey,
    });
    assert.equal(sdk.checkNotifySignV2(parameters), true);
    assert.equal(sdk.checkNotifySignV2({ ...parameters, code: 'another' }), false);

    const { getSN } = await sdkFile('antcertutil.js');
    assert.equal(parameters.app_cert_sn, certificates ? getSN(config.appCertificate) : undefined);
    assert.equal(parameters.alipay_root_cert_sn, certificates ? getSN(config.alipayRootCertificate, true) : undefined);
  });
}

test('the service opens a payload that alipay-sdk has sealed', async (t) => {
  const simulator = await createSimulator();
  t.after(() => simulator.close());
  const { privateKey: alipayPrivateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const sign = (text) => createSign('sha256').update(text).sign(alipayPrivateKey, 'base64');
  const node = JSON.stringify({ user_id: '2088000000000001' });
  const gateway = async () => new Response(`{"alipay_system_oauth_token_response":${node},"sign":"${sign(node)}"}`);
  const config = {
    ...simulator.config('alipay'),
    alipayPublicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
  };
  const service = createPhoneService({ platforms: { alipay: config }, fetch: gateway, logger: false });
  const { session } = await service.login({ platform: 'alipay', code: 'any' });

  const { aesEncryptText } = await sdkFile('util.js');
  const response = aesEncryptText('{"code":"10000","msg":"Success","mobile":"13800138000"}', config.aesKey);
  const { phone } = await service.phone({
    platform: 'alipay',
    session,
    detail: { response, sign: sign(`"${response}"`) },
  });
  assert.equal(phone.e164, '+8613800138000');
});
