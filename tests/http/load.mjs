// node load.mjs: how many requests a second the service answers, beside a handler that does nothing. No part of the tests.
import autocannon from 'autocannon';
import { createServer } from 'node:http';
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import { fileURLToPath } from 'node:url';
import { listen } from './client.mjs';
import { requireIn } from '../package/installed.mjs';

const SECONDS = 5;
const CONNECTIONS = 20;

const watermark = () => ({ timestamp: Math.floor(Date.now() / 1000), appid: 'wx1' });
const ANSWERS = {
  '/sns/jscode2session': () => ({ openid: 'o1', session_key: 'tiihtNczf5v6AKRyjwEUhQ==' }),
  '/cgi-bin/stable_token': () => ({ access_token: 'T', expires_in: 7200 }),
  '/wxa/business/getuserphonenumber': () => ({ errcode: 0, errmsg: 'ok', phone_info: { phoneNumber: '13800138000', purePhoneNumber: '13800138000', countryCode: '86', watermark: watermark() } }),
};

/** The servers, in a thread of their own: this machine's other core asks. */
async function serveAll(folder) {
  const { createPhoneService } = requireIn(folder)('mp-phone/host');
  // The platform costs nothing here: what is measured is the service. Of 10,000 entries the session would be the first to go.
  const fetch = async (url) => ({ status: 200, headers: { get: () => null }, text: async () => JSON.stringify(ANSWERS[new URL(url).pathname]()) });
  const service = createPhoneService({ platforms: { wechat: { appId: 'wx1', appSecret: 's' } }, fetch, logger: false, limits: { entries: 10_000_000 } });
  const { session } = await service.login({ platform: 'wechat', code: 'c' });
  const empty = await listen(createServer((request, response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{}')));
  const real = await listen(createServer(service.node));
  parentPort.postMessage({ empty, real, session });
}

async function measure(port, body) {
  const headers = { 'content-type': 'application/json' };
  const run = (duration) => autocannon({ url: `http://127.0.0.1:${port}`, connections: CONNECTIONS, duration, requests: [{ method: 'POST', path: '/phone', headers, setupRequest: (request) => ({ ...request, body: JSON.stringify(body()) }) }] });
  await run(1);
  const { requests, latency, non2xx, errors } = await run(SECONDS);
  if (non2xx || errors || !requests.total) throw new Error(`${non2xx} refused, ${errors} failed, of ${requests.total}`);
  return { 'requests/s': Math.round(requests.average), 'p50 ms': latency.p50, 'p99 ms': latency.p99 };
}

if (isMainThread) {
  const { install } = await import('../package/installed.mjs');
  const worker = new Worker(fileURLToPath(import.meta.url), { workerData: { folder: install('http-load') } });
  const { empty, real, session } = await new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
  let codes = 0;
  const fresh = () => ({ platform: 'wechat', session, detail: { code: `code-${codes++}` } });
  const rows = { 'a handler that does nothing': await measure(empty, fresh), 'the phone, by a code of its own': await measure(real, fresh), 'the phone, by a code that was sent before': await measure(real, () => ({ ...fresh(), detail: { code: 'again' } })) };
  console.table(rows);
  const [nothing, ...others] = Object.values(rows).map((row) => row['requests/s']);
  console.log(`ratio: ${others.map((one) => (one / nothing).toFixed(2)).join(', ')}`);
  await worker.terminate();
} else {
  await serveAll(workerData.folder);
}
