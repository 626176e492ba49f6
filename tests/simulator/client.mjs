// Code that the tests of the simulator share: the installed simulator, an HTTP client, and functions that open payloads
// with node:crypto instead of this package.
import { constants, createDecipheriv, privateDecrypt } from 'node:crypto';
import { request } from 'node:http';
import { after } from 'node:test';
import { install, requireIn } from '../support/installed.mjs';

const { createSimulator } = requireIn(install('simulator'))('mp-phone/simulator');

export const MINUTE = 60_000;

/** Starts a simulator and closes it after the tests of the file. Only `advance()` moves its clock. */
export async function simulate(options) {
  const simulator = await createSimulator({ now: () => 1_700_000_000_000, ...options });
  after(() => simulator.close());
  return simulator;
}

/** Sends a request. `json` is the parsed body, `undefined` if the body is not JSON. */
export function ask(url, { method = 'GET', headers, body } = {}) {
  return new Promise((resolve, reject) => {
    const clientRequest = request(url, { method, headers, agent: false }, (response) => {
      const chunks = [];
      response
        .on('data', (chunk) => chunks.push(chunk))
        .on('error', reject)
        .on('end', () => {
          const text = Buffer.concat(chunks).toString();
          const result = { status: response.statusCode, headers: response.headers, text };
          try {
            result.json = JSON.parse(text);
          } catch {}
          resolve(result);
        });
    });
    clientRequest.on('error', reject).end(body);
  });
}

export const get = async (url, query = {}, headers) =>
  (await ask(`${url}?${new URLSearchParams(query)}`, { headers })).json;
export const postJson = async (url, value, headers) =>
  (
    await ask(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(value),
    })
  ).json;
export const postForm = async (url, fields) =>
  (
    await ask(url, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: String(new URLSearchParams(fields)),
    })
  ).json;

/** Decrypts AES-CBC. The padding stays. */
export function decrypt({ encryptedData, iv }, key, cipher = `aes-${key.length * 8}-cbc`) {
  const decipher = createDecipheriv(cipher, key, Buffer.from(iv, 'base64')).setAutoPadding(false);
  return Buffer.concat([decipher.update(encryptedData, 'base64'), decipher.final()]);
}

/** Opens a payload with its session key: AES-CBC, PKCS#7 padding to 16 bytes. Throws if the key is wrong. */
export function open(detail, sessionKey) {
  const key = Buffer.from(sessionKey, 'base64');
  const decipher = createDecipheriv(`aes-${key.length * 8}-cbc`, key, Buffer.from(detail.iv, 'base64'));
  return JSON.parse(Buffer.concat([decipher.update(detail.encryptedData, 'base64'), decipher.final()]));
}

/** Decrypts RSAES-PKCS1-v1_5. Removes the padding itself: `privateDecrypt` of Node 18 and 20 rejects this padding. */
export function openRsa(privateKey, data) {
  const block = privateDecrypt({ key: privateKey, padding: constants.RSA_NO_PADDING }, Buffer.from(data, 'base64'));
  if (block[0] !== 0 || block[1] !== 2) throw new Error('the block has no PKCS#1 v1.5 padding');
  return JSON.parse(block.subarray(block.indexOf(0, 2) + 1));
}
