// A padding-oracle attack over HTTP: an attacker must not be able to decrypt a payload with the help of the service.
//
// https://en.wikipedia.org/wiki/Padding_oracle_attack. The attacker has a payload and the
// session of the user whose key sealed it, and sees the differences between responses. As a control, the same attack must
// succeed against a server that leaks the reason.
import assert from 'node:assert/strict';
import { createDecipheriv } from 'node:crypto';
import { createServer } from 'node:http';
import { after, test } from 'node:test';
import { decrypt } from 'padding-oracle-attacker';
import { listen, post, send } from './client.mjs';
import { phoneKit } from './phone-kit.mjs';

const { createPhoneService, createSimulator } = phoneKit('http-oracle');
const simulator = await createSimulator();
after(() => simulator.close());

const BLOCK = 16;
const bodyOf = (session) => (payload) =>
  JSON.stringify({
    platform: 'wechat',
    session,
    detail: {
      iv: payload.subarray(0, BLOCK).toString('base64'),
      encryptedData: payload.subarray(BLOCK).toString('base64'),
    },
  });

/** Everything by which an attacker can distinguish responses, except their timing. */
const fingerprint = ({ statusCode, status = statusCode, headers, body, text = body }) =>
  JSON.stringify([
    status,
    Object.entries(headers)
      .filter(([name]) => !/^(date|connection|keep-alive)$/.test(name))
      .sort(),
    text,
  ]);

/** Attacks a server and returns the plaintext, or `undefined`. */
async function attack(port, session, sealed) {
  const ciphertext = Buffer.concat([Buffer.from(sealed.iv, 'base64'), Buffer.from(sealed.encryptedData, 'base64')]);
  const transformPayload = bodyOf(session);
  // The response to wrong padding: the attacker sends several random payloads and takes the most common response.
  const records = [];
  for (let i = 0; i < 9; i++)
    records.push(
      fingerprint(
        await send(port, { path: '/phone', ...post({}), body: transformPayload(Buffer.alloc(2 * BLOCK, 17 * i + 1)) }),
      ),
    );
  const rejection = records
    .sort((a, b) => records.filter((status) => status === a).length - records.filter((status) => status === b).length)
    .at(-1);
  try {
    const { foundBytes } = await decrypt({
      url: `http://127.0.0.1:${port}/phone`,
      blockSize: BLOCK,
      ciphertext,
      concurrency: 32,
      isCacheEnabled: false,
      logMode: 'none',
      makeInitialRequest: false,
      requestOptions: { method: 'POST', headers: { 'content-type': 'application/json' }, data: '{POPAYLOAD}' },
      transformPayload,
      isDecryptionSuccess: (response) => fingerprint(response) !== rejection,
    });
    return foundBytes.toString('latin1');
  } catch (error) {
    assert.match(error.message, /Padding oracle failure/i);
    return undefined;
  }
}

/** Serves a handler during a test, counts the requests, and records the statuses of the responses. */
async function serve(t, handler) {
  const requests = { count: 0, statuses: new Set() };
  const server = createServer((request, response) => {
    requests.count += 1;
    response.once('finish', () => requests.statuses.add(response.statusCode));
    return handler(request, response);
  });
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { requests, port: await listen(server) };
}

async function victim() {
  let sessionKey;
  const fetch = async (url, init) => {
    const response = await globalThis.fetch(url, init);
    const text = await response.text();
    sessionKey = JSON.parse(text).session_key ?? sessionKey;
    return { status: response.status, headers: response.headers, text: async () => text };
  };
  const service = createPhoneService({ platforms: { wechat: simulator.config('wechat') }, logger: false, fetch });
  const device = simulator.device('wechat');
  const { session } = await service.login({ platform: 'wechat', code: await device.login() });
  const sealed = await device.tap({ fast: 'sealed' });
  assert.equal(
    (await service.phone({ platform: 'wechat', session, detail: sealed })).phone.nationalNumber,
    device.phone,
  );
  return { service, session, sealed, device, sessionKey };
}

test('the responses of the service reveal nothing to the attacker', { timeout: 60_000 }, async (t) => {
  const { service, session, sealed } = await victim();
  const { port, requests: calls } = await serve(t, service.node);
  assert.equal(await attack(port, session, sealed), undefined);
  t.diagnostic(`stopped after ${calls.count} requests`);
  // Every payload passed validation and was rejected when it was opened.
  assert.deepEqual([calls.count >= 256, ...calls.statuses], [true, 422]);
});

for (const [label, leak] of [
  ['another code', (response, bad) => response.writeHead(422).end(JSON.stringify({ error: { code: bad } }))],
  ['another status', (response, bad) => response.writeHead(bad === 'padding' ? 422 : 400).end('{}')],
  [
    'another header',
    (response, bad) => response.writeHead(422, bad === 'padding' ? {} : { 'x-request-cost': '2' }).end('{}'),
  ],
]) {
  test(`control: the attacker decrypts the payload if the server has ${label} for wrong padding than for wrong JSON`, {
    timeout: 60_000,
  }, async (t) => {
    // Accidentally valid padding misleads the attacker with about one payload in a hundred, so the attack has three
    // tries.
    for (let tries = 1; ; tries++) {
      const { sealed, device, sessionKey, session } = await victim();
      const { port, requests: sentRequests } = await serve(t, leaky(sessionKey, leak));
      // Two blocks of the payload are sufficient and take a tenth of the time.
      const short = {
        iv: sealed.iv,
        encryptedData: Buffer.from(sealed.encryptedData, 'base64')
          .subarray(0, 2 * BLOCK)
          .toString('base64'),
      };
      const plaintext = await attack(port, session, short);
      t.diagnostic(`read ${JSON.stringify(plaintext?.slice(0, 2 * BLOCK))} with ${sentRequests.count} requests`);
      if (plaintext?.includes(`"phoneNumber":"${device.phone}`.slice(0, 31))) return;
      assert.ok(tries < 3, plaintext);
    }
  });
}

/** A handler that reveals the fault of a payload. */
const leaky = (sessionKey, leak) => async (request, response) => {
  const parts = [];
  for await (const part of request) parts.push(part);
  const { iv, encryptedData } = JSON.parse(Buffer.concat(parts)).detail;
  const decipher = createDecipheriv('aes-128-cbc', Buffer.from(sessionKey, 'base64'), Buffer.from(iv, 'base64'));
  let text;
  try {
    text = Buffer.concat([decipher.update(encryptedData, 'base64'), decipher.final()]).toString();
  } catch {
    return leak(response, 'padding');
  }
  try {
    JSON.parse(text);
    return response.writeHead(200).end('{}');
  } catch {
    return leak(response, 'json');
  }
};
