// The attacker's tools break the control, a typical vulnerable backend, and do not break the service.
import assert from 'node:assert/strict';
import { createCipheriv, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { decrypt, encrypt } from 'padding-oracle-attacker';
import { control } from './control.mjs';
import { sample } from './sample.mjs';
import { loggedIn, send, serve } from './service.mjs';

const BLOCK = 16;
/** The platforms whose payloads the control reads: AES-128, and a watermark. */
const CONTROLLED = ['wechat', 'douyin', 'kuaishou'];
const OPEN_ID = 'open-id';
const base64 = (bytes) => Buffer.from(bytes).toString('base64');
const ofBytes = (bytes) => ({ iv: base64(bytes.subarray(0, BLOCK)), encryptedData: base64(bytes.subarray(BLOCK)) });

/**
 * Control and service for a platform, with the same session key; `accepted` are the numbers that each server accepted.
 */
async function servers(t, platform) {
  const payloads = sample(platform);
  const { keys, now } = payloads.genuine[0];
  const { service, session, bound } = await loggedIn(t, platform, keys, now);
  const accepted = [];
  return {
    ...payloads,
    keys,
    now,
    control: {
      port: await serve(
        t,
        control(keys.appId, { [OPEN_ID]: keys.sessionKey }, (_, phone) => accepted.push(phone)),
      ),
      path: '/',
      body: (sealed) => ({ openid: OPEN_ID, ...sealed }),
      accepted,
    },
    service: {
      port: await serve(t, service.node),
      path: '/phone',
      body: (sealed) => ({ platform, session, detail: sealed }),
      accepted: bound,
    },
  };
}

const ask = (server, sealed) => send(server.port, server.path, server.body(sealed));

for (const platform of CONTROLLED) {
  test(`splicing, ${platform}: the control accepts forged payloads, the service accepts none`, {
    timeout: 60_000,
  }, async (t) => {
    const { forged, ...both } = await servers(t, platform);
    for (const { sealed } of forged.slice(0, 2500)) {
      await ask(both.control, sealed);
      await ask(both.service, sealed);
    }
    const own = new Set(both.genuine.map(({ phone }) => phone.replace('+86', '')));
    const foreign = both.control.accepted.filter((phone) => phone && !own.has(String(phone).replace('+86', '')));
    t.diagnostic(
      `${platform}: of 2500 forgeries the control accepted ${foreign.length}, for example ${JSON.stringify(foreign[0])}; ` +
        `the service accepted ${both.service.accepted.length}`,
    );
    assert.ok(foreign.length > 0);
    assert.deepEqual(both.service.accepted, []);
  });
}

/**
 * The options of both padding-oracle attacks. If a response differs from the response to wrong padding, the padding
 * was valid.
 */
async function oracle(server) {
  const fingerprint = ({ statusCode, status = statusCode, body, text = body }) => JSON.stringify([status, text]);
  const requests = { count: 0 };
  const transformPayload = (bytes) => {
    requests.count += 1;
    return JSON.stringify(server.body(ofBytes(bytes)));
  };
  const records = [];
  for (let i = 0; i < 9; i++) records.push(fingerprint(await ask(server, ofBytes(randomBytes(2 * BLOCK)))));
  const rejection = records
    .sort((a, b) => records.filter((status) => status === a).length - records.filter((status) => status === b).length)
    .at(-1);
  const options = {
    url: `http://127.0.0.1:${server.port}${server.path}`,
    blockSize: BLOCK,
    concurrency: 32,
    isCacheEnabled: false,
    logMode: 'none',
    requestOptions: { method: 'POST', headers: { 'content-type': 'application/json' }, data: '{POPAYLOAD}' },
    transformPayload,
    isDecryptionSuccess: (response) => fingerprint(response) !== rejection,
  };
  return { options, requests };
}

/** The plaintext that an attack finds, or `undefined`, and its number of requests. */
async function tryOracle(server, attack) {
  const { options, requests } = await oracle(server);
  const hit = await attack(options).then(
    ({ foundBytes }) => foundBytes,
    (error) => assert.match(error.message, /padding oracle failure/i),
  );
  return { plaintext: hit, requestCount: requests.count };
}

test('padding oracle: the control decrypts an intercepted payload block by block; the responses of the service do not help', {
  timeout: 60_000,
}, async (t) => {
  const { genuine, ...both } = await servers(t, 'wechat');
  const { iv, encryptedData } = genuine[0].sealed;
  // The number is in the first two blocks.
  const ciphertext = Buffer.concat([
    Buffer.from(iv, 'base64'),
    Buffer.from(encryptedData, 'base64').subarray(0, 2 * BLOCK),
  ]);
  const read = (options) => decrypt({ ...options, ciphertext, makeInitialRequest: false });
  const onControl = await tryOracle(both.control, read);
  t.diagnostic(
    `the control revealed ${JSON.stringify(onControl.plaintext.toString('latin1', 0, 2 * BLOCK))} in ${onControl.requestCount} requests`,
  );
  assert.match(onControl.plaintext.toString('latin1'), /^\{"phoneNumber":"13800138000/);
  const onService = await tryOracle(both.service, read);
  t.diagnostic(
    `the service revealed ${JSON.stringify(onService.plaintext ?? null)} in ${onService.requestCount} requests, ` +
      'all of which got the same response',
  );
  assert.equal(onService.plaintext, undefined);
  assert.ok(onService.requestCount >= 256);
});

test('a padding oracle can also encrypt: if a server distinguishes paddings, an attacker can bind any number', {
  timeout: 120_000,
}, async (t) => {
  const { keys, now, ...both } = await servers(t, 'wechat');
  const expected = {
    phoneNumber: '13912345678',
    purePhoneNumber: '13912345678',
    countryCode: '86',
    watermark: { timestamp: Math.floor(now / 1000), appid: keys.appId },
  };
  const seal = (options) =>
    encrypt({ ...options, plaintext: Buffer.from(JSON.stringify(expected)), makeFinalRequest: false });
  const onService = await tryOracle(both.service, seal);
  assert.equal(onService.plaintext, undefined);
  const onControl = await tryOracle(both.control, seal);
  both.control.accepted.length = 0;
  const response = await ask(both.control, ofBytes(onControl.plaintext));
  t.diagnostic(
    `the control sealed a forgery in ${onControl.requestCount} requests and accepted it with the response ${response.text}`,
  );
  assert.deepEqual(both.control.accepted, ['13912345678']);
  // No check of the shape can detect this forgery, because its plaintext is a phone payload. See SECURITY.md.
  await ask(both.service, ofBytes(onControl.plaintext));
  assert.deepEqual(both.service.accepted, ['+8613912345678']);
});

test('a session key in the request: the control accepts a payload that the client sealed, the service ignores the key', async (t) => {
  const { keys, now, ...both } = await servers(t, 'wechat');
  const [key, iv] = [randomBytes(16), randomBytes(16)];
  const cipher = createCipheriv('aes-128-cbc', key, iv);
  const requested = {
    phoneNumber: '13912345678',
    purePhoneNumber: '13912345678',
    countryCode: '86',
    watermark: { timestamp: Math.floor(now / 1000), appid: keys.appId },
  };
  const sealed = {
    encryptedData: cipher.update(JSON.stringify(requested), 'utf8', 'base64') + cipher.final('base64'),
    iv: base64(iv),
  };
  const own = { sessionKey: base64(key), session_key: base64(key) };
  const response = await send(both.control.port, '/', { ...both.control.body(sealed), ...own });
  t.diagnostic(`the control responded ${response.text}`);
  assert.deepEqual(both.control.accepted, ['13912345678']);
  const { detail, ...rest } = both.service.body(sealed);
  const statuses = [];
  for (const body of [
    { ...rest, detail, ...own },
    { ...rest, detail: { ...detail, ...own } },
    { ...rest, detail },
  ])
    statuses.push((await send(both.service.port, '/phone', body)).status);
  t.diagnostic(`the service rejected all three places of the key: ${statuses.join(', ')}`);
  assert.ok(
    statuses.every((status) => [400, 422].includes(status)),
    statuses.join(),
  );
  assert.deepEqual(both.service.accepted, []);
});
