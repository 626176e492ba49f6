// Alipay's gateway and devices, tested with Alipay's own SDK. The SDK has its own code that signs requests, verifies
// signatures, reads the serial numbers of certificates and decrypts.
import assert from 'node:assert/strict';
import { createPrivateKey, createSign, createVerify, X509Certificate } from 'node:crypto';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { ask, decrypt, MINUTE, postForm, simulate } from './client.mjs';

const { AlipaySdk } = createRequire(new URL('../package/', import.meta.url))('alipay-sdk');

const simulator = await simulate();
const keys = simulator.config('alipay');
const certificates = simulator.config('alipay', { certificates: true });
const gateway = `${simulator.url}/gateway.do`;

const sdkOf = (config, more) =>
  new AlipaySdk({
    appId: config.appId,
    privateKey: config.privateKey,
    keyType: 'PKCS8',
    encryptKey: config.aesKey,
    gateway,
    camelcase: false,
    ...(config.appCertificate
      ? {
          appCertContent: config.appCertificate,
          alipayRootCertContent: config.alipayRootCertificate,
          alipayPublicCertContent: config.alipayPublicKey,
        }
      : { alipayPublicKey: config.alipayPublicKey }),
    ...more,
  });
const MODES = [
  ['keys', keys],
  ['certificates', certificates],
];
const METHOD = 'alipay.system.oauth.token';
const token = (sdk, params, options) => sdk.exec(METHOD, params, options);
const authorization = async (device) => ({ grant_type: 'authorization_code', code: await device.login() });

const pem = (label, base64) =>
  `-----BEGIN ${label}-----\n${base64.replace(/.{64}/g, '$&\n')}\n-----END ${label}-----\n`;
const verifies = (text, sign) =>
  createVerify('sha256').update(text).verify(pem('PUBLIC KEY', keys.alipayPublicKey), sign, 'base64');

for (const [mode, config] of MODES) {
  test(`${mode}: an authorisation code is exchanged for tokens and ids, and the SDK accepts the signature`, async () => {
    const device = simulator.device('alipay', { unionId: 'a union' });
    const response = await token(sdkOf(config), await authorization(device), { validateSign: true });
    assert.deepEqual([response.open_id, response.union_id, response.user_id], [device.openId, 'a union', undefined]);
    assert.match(response.access_token, /^authusrB/);
    const renewed = await token(
      sdkOf(config),
      { grant_type: 'refresh_token', refresh_token: response.refresh_token },
      { validateSign: true },
    );
    assert.equal(renewed.open_id, device.openId);
    const again = await token(sdkOf(config), {
      grant_type: 'refresh_token',
      refresh_token: response.refresh_token,
    });
    assert.equal(again.sub_code, 'isv.refresh-token-invalid');
  });
}

test('older users have a user id of 16 digits instead of an open id', async () => {
  const device = simulator.device('alipay', { openId: '2088000000000001' });
  const { user_id, open_id } = await token(sdkOf(keys), await authorization(device), { validateSign: true });
  assert.deepEqual([user_id, open_id], ['2088000000000001', undefined]);
});

test('an authorisation code is valid once and for five minutes', async () => {
  const device = simulator.device('alipay');
  const params = await authorization(device);
  await token(sdkOf(keys), params);
  assert.equal((await token(sdkOf(keys), params)).sub_code, 'isv.code-invalid');
  const old = await authorization(device);
  simulator.advance(5 * MINUTE);
  assert.equal((await token(sdkOf(keys), old)).sub_code, 'isv.code-invalid');
});

/**
 * Sends a request that is signed here, according to the gateway's documentation. `beforeSigning` and `afterSigning`
 * change parameters; `inBody` names the parameters that are sent in the body instead of the URL.
 */
async function callGateway(config, { beforeSigning = {}, afterSigning = {}, inBody = ['grant_type', 'code'] } = {}) {
  const params = {
    method: METHOD,
    app_id: config.appId,
    charset: 'utf-8',
    version: '1.0',
    sign_type: 'RSA2',
    timestamp: '2023-11-15 06:13:20',
    ...(await authorization(simulator.device('alipay'))),
    ...beforeSigning,
  };
  const text = Object.keys(params)
    .filter((name) => params[name] !== '' && params[name] !== undefined)
    .sort()
    .map((name) => `${name}=${params[name]}`)
    .join('&');
  const sent = {
    ...params,
    sign: createSign('sha256').update(text).sign(pem('PRIVATE KEY', config.privateKey), 'base64'),
    ...afterSigning,
  };
  const [query, body] = [new URLSearchParams(), new URLSearchParams()];
  for (const [name, value] of Object.entries(sent))
    if (value !== undefined) (inBody.includes(name) ? body : query).set(name, value);
  return ask(`${gateway}?${query}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: String(body),
  });
}

test('the signature of a request covers the parameters as received, in the URL and in the body', async () => {
  for (const inBody of [
    ['grant_type', 'code'],
    [],
    ['grant_type', 'code', 'method', 'app_id', 'charset', 'version', 'sign_type', 'timestamp', 'sign'],
  ]) {
    assert.ok((await callGateway(keys, { inBody })).json.alipay_system_oauth_token_response.open_id, inBody.join());
  }
  assert.ok(
    (await callGateway(keys, { beforeSigning: { empty: '' } })).json.alipay_system_oauth_token_response,
    'the signature does not cover empty values',
  );
});

test('the gateway rejects each fault with its own code, and signs the error response, too', async () => {
  const otherKey = simulator.config('douyin').privateKey.replace(/-----[^-]+-----|\s/g, '');
  for (const [about, response, code, subCode] of [
    ['no method', await callGateway(keys, { beforeSigning: { method: undefined } }), '40001', 'isv.missing-method'],
    ['no app id', await callGateway(keys, { beforeSigning: { app_id: undefined } }), '40001', 'isv.missing-app-id'],
    [
      'no timestamp',
      await callGateway(keys, { beforeSigning: { timestamp: undefined } }),
      '40001',
      'isv.missing-timestamp',
    ],
    ['no version', await callGateway(keys, { beforeSigning: { version: undefined } }), '40001', 'isv.missing-version'],
    [
      'no signature type',
      await callGateway(keys, { beforeSigning: { sign_type: undefined } }),
      '40001',
      'isv.missing-signature-type',
    ],
    ['no signature', await callGateway(keys, { afterSigning: { sign: undefined } }), '40001', 'isv.missing-signature'],
    [
      'an unknown app',
      await callGateway(keys, { beforeSigning: { app_id: '2021000000000000' } }),
      '40002',
      'isv.invalid-app-id',
    ],
    [
      'a time in milliseconds',
      await callGateway(keys, { beforeSigning: { timestamp: '1700000000000' } }),
      '40002',
      'isv.invalid-timestamp',
    ],
    ['SHA-1', await callGateway(keys, { beforeSigning: { sign_type: 'RSA' } }), '40002', 'isv.invalid-signature-type'],
    ['GBK', await callGateway(keys, { beforeSigning: { charset: 'GBK' } }), '40002', 'isv.invalid-charset'],
    ['another key', await callGateway({ ...keys, privateKey: otherKey }), '40002', 'isv.invalid-signature'],
    [
      'changed after signing',
      await callGateway(keys, { afterSigning: { version: '1.1' } }),
      '40002',
      'isv.invalid-signature',
    ],
    [
      'an unknown method',
      await callGateway(keys, { beforeSigning: { method: 'alipay.user.info.share' } }),
      '40002',
      'isv.invalid-method',
    ],
    [
      'an unknown grant type',
      await callGateway(keys, { beforeSigning: { grant_type: 'password' } }),
      '40002',
      'isv.grant-type-invalid',
    ],
    ['an unknown code', await callGateway(keys, { beforeSigning: { code: 'nonsense' } }), '40002', 'isv.code-invalid'],
    ['certificate mode without serial numbers', await callGateway(certificates), '40001', 'isv.missing-app-cert-sn'],
    [
      'certificate mode without the serial number of the root',
      await callGateway(certificates, { beforeSigning: { app_cert_sn: sdkOf(certificates).config.appCertSn } }),
      '40001',
      'isv.missing-root-cert-sn',
    ],
    [
      'wrong serial numbers',
      await callGateway(certificates, {
        beforeSigning: { app_cert_sn: '0'.repeat(32), alipay_root_cert_sn: '0'.repeat(32) },
      }),
      '40002',
      'isv.app-cert-not-exist',
    ],
  ]) {
    assert.equal(response.status, 200);
    const { error_response: error, sign } = response.json;
    assert.deepEqual([error?.code, error?.sub_code], [code, subCode], about);
    assert.ok(verifies(/"error_response":(\{.*?\}),"/.exec(response.text)[1], sign), about);
  }
});

test('in certificate mode the response names the certificate that signed it', async () => {
  const sdk = sdkOf(certificates);
  const { text } = await callGateway(certificates, {
    beforeSigning: { app_cert_sn: sdk.config.appCertSn, alipay_root_cert_sn: sdk.config.alipayRootCertSn },
  });
  const [, body, sn, sign] =
    /^\{"alipay_system_oauth_token_response":(\{.*?\}),"alipay_cert_sn":"([0-9a-f]{32})","sign":"([^"]+)"\}$/.exec(
      text,
    );
  assert.equal(sn, sdk.config.alipayCertSn);
  assert.ok(verifies(body, sign));
});

test("the certificates are valid: OpenSSL verifies Alipay's chain up to a root, and one of the roots has an EC key", () => {
  const of = (text) =>
    text.match(/-----BEGIN[^]+?-----END CERTIFICATE-----/g).map((certificate) => new X509Certificate(certificate));
  const [leaf, issuer] = of(certificates.alipayPublicKey);
  const roots = of(certificates.alipayRootCertificate);
  assert.deepEqual(
    roots.map(({ publicKey }) => publicKey.asymmetricKeyType),
    ['ec', 'rsa', 'rsa'],
  );
  assert.ok(leaf.checkIssued(issuer) && leaf.verify(issuer.publicKey));
  assert.ok(roots.some((root) => issuer.checkIssued(root) && issuer.verify(root.publicKey)));
  assert.deepEqual([leaf.ca, issuer.ca, ...roots.map(({ ca }) => ca)], [false, true, true, true, true]);
  const [own] = of(certificates.appCertificate);
  assert.ok(own.checkPrivateKey(createPrivateKey(pem('PRIVATE KEY', certificates.privateKey))));
});

for (const [mode, config] of MODES) {
  test(`${mode}: the SDK verifies and decrypts the payload of a tap`, async () => {
    const sdk = sdkOf(config);
    for (const [user, mobile] of [
      [{}, undefined],
      [{ phone: '51234567', countryCode: '852' }, '852-51234567'],
    ]) {
      const device = simulator.device('alipay', user);
      const detail = await device.tap();
      assert.deepEqual([detail.sign_type, detail.encrypt_type, detail.charset], ['RSA2', 'AES', 'UTF-8']);
      assert.equal(sdk.rsaCheck(`"${detail.response}"`, detail.sign), true);
      assert.equal(sdk.rsaCheck(detail.response, detail.sign), false, 'the signature covers the quotes');
      assert.deepEqual(JSON.parse(sdk.aesDecrypt(detail.response)), {
        code: '10000',
        msg: 'Success',
        mobile: mobile ?? device.phone,
      });
    }
  });
}

test('a tap returns the result of the callback or the newer event', async () => {
  const device = simulator.device('alipay');
  const text = await device.tap({ form: 'text' });
  assert.deepEqual(Object.keys(text), ['response']);
  assert.deepEqual(JSON.parse(text.response), await device.tap(), 'the IV is constant, so the ciphertext is, too');
  assert.deepEqual(Object.keys(await device.tap({ form: 'event' })), ['encryptedData', 'sign']);
  const zero = Buffer.alloc(16).toString('base64');
  const { encryptedData } = await device.tap({ form: 'event', payload: { code: '20000' } });
  assert.match(
    decrypt({ encryptedData, iv: zero }, Buffer.from(keys.aesKey, 'base64')).toString(),
    /^\{"code":"20000"\}/,
  );
});

test('the events without a number: the user declined, the app lacks the permission, the account has no number', () => {
  const device = simulator.device('alipay');
  assert.equal(device.refuse().type, 'getAuthorize');
  const sdk = sdkOf(keys);
  const opened = (reason) => JSON.parse(sdk.aesDecrypt(device.refuse(reason).response));
  assert.equal(opened('no-permission').subCode, 'isv.insufficient-isv-permissions');
  assert.equal(opened('no-phone').mobile, '');
});

test('fail() accepts a code or a sub code; the record of requests names the API', async () => {
  simulator.fail('alipay', { endpoint: METHOD, code: 20000 });
  simulator.fail('alipay', { code: 'aop.unknow-error' });
  assert.equal((await callGateway(keys)).json.error_response.sub_code, 'isp.unknow-error');
  assert.equal((await callGateway(keys)).json.error_response.sub_code, 'aop.unknow-error');
  const { path, api, code } = simulator.requests[simulator.requests.length - 1];
  assert.deepEqual([path, api, code], ['/gateway.do', METHOD, 'aop.unknow-error']);
  assert.equal((await postForm(gateway, {})).error_response.sub_code, 'isv.missing-method');
});
