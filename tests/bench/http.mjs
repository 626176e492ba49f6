// Measures how many `/phone` requests the service handles per second over HTTP, compared with a handler that does nothing.
// As a command this file is the process of the servers; the parent process sends the requests from the machine's other core.

import { fork } from 'node:child_process';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import { requireIn } from '../support/installed.mjs';
import { inputsOf } from './inputs.mjs';
import { shuffled, spread } from './measure.mjs';

const PACE = { full: { warmUp: 2, seconds: 2, rounds: 7 }, quick: { warmUp: 1, seconds: 1, rounds: 1 } };
const CONNECTIONS = 20;
const HEADERS = { 'content-type': 'application/json' };

/**
 * `{ rounds, rows: [{ name, requests, cpu, ratio }] }`: requests per second, the server's processor time per request in
 * microseconds, and the ratio of the requests per second to those of the empty handler.
 */
export async function http(folder, { quick = false } = {}) {
  const pace = quick ? PACE.quick : PACE.full;
  const server = fork(fileURLToPath(import.meta.url), [folder]);
  const nextMessage = () =>
    new Promise((resolve, reject) => {
      const ended = (code) => reject(new Error(`the servers ended with ${code}`));
      server.once('exit', ended).once('message', (message) => {
        server.off('exit', ended);
        resolve(message);
      });
    });
  const cpu = () => {
    const message = nextMessage();
    server.send('cpu');
    return message;
  };
  try {
    const { empty, phone, sealed, session } = await nextMessage();
    let turn = 0;
    const nextSealed = () => sealed[turn++ % sealed.length];
    const nextCode = () => JSON.stringify({ platform: 'wechat', session, detail: { code: `code-${turn++}` } });
    const targets = [
      { name: 'empty', port: empty, body: nextSealed, results: [] },
      { name: 'encryptedData', port: phone, body: nextSealed, results: [] },
      { name: 'code', port: phone, body: nextCode, results: [] },
    ];
    const sendFor = async ({ port, body }, duration) => {
      const setupRequest = (request) => ({ ...request, body: body() });
      const before = await cpu();
      const { requests, non2xx, errors } = await autocannon({
        url: `http://127.0.0.1:${port}`,
        connections: CONNECTIONS,
        duration,
        requests: [{ method: 'POST', path: '/phone', headers: HEADERS, setupRequest }],
      });
      if (non2xx || errors || !requests.total)
        throw new Error(`${non2xx} rejected, ${errors} failed, of ${requests.total}`);
      return { requests: requests.average, cpu: ((await cpu()) - before) / requests.total };
    };
    for (const target of targets) await sendFor(target, pace.warmUp);
    for (let round = 0; round < pace.rounds; round++)
      for (const target of shuffled(targets)) target.results.push(await sendFor(target, pace.seconds));
    const rows = targets.map(({ name, results }) => ({
      name,
      requests: spread(results.map(({ requests }) => requests)),
      cpu: spread(results.map((result) => result.cpu)),
      ratio: spread(results.map(({ requests }, round) => requests / targets[0].results[round].requests)),
    }));
    return { rounds: pace.rounds, rows };
  } finally {
    server.kill();
  }
}

/**
 * Starts the servers. Every payload has its own session. The platform is a function without network requests, because only
 * the service is to be measured.
 */
async function serve([folder]) {
  const { createPhoneService } = requireIn(folder)('mp-phone/server');
  const { keys, inputs } = inputsOf('wechat');
  const watermark = () => ({ timestamp: Math.floor(Date.now() / 1000), appid: keys.appId });
  const responses = {
    '/sns/jscode2session': ({ searchParams }) => ({
      openid: `user-${searchParams.get('js_code')}`,
      session_key: inputs[searchParams.get('js_code')].sessionKey,
    }),
    '/cgi-bin/stable_token': () => ({ access_token: 'token', expires_in: 7200 }),
    '/wxa/business/getuserphonenumber': () => ({
      errcode: 0,
      errmsg: 'ok',
      phone_info: {
        phoneNumber: '13800138000',
        purePhoneNumber: '13800138000',
        countryCode: '86',
        watermark: watermark(),
      },
    }),
  };
  const fetch = async (text) => {
    const url = new URL(text);
    return {
      status: 200,
      headers: { get: () => null },
      text: async () => JSON.stringify(responses[url.pathname](url)),
    };
  };
  // With the default of 10,000 entries the store would remove the sessions.
  const service = createPhoneService({
    platforms: { wechat: { appId: keys.appId, appSecret: 'secret' } },
    fetch,
    logger: false,
    limits: { entries: 10_000_000 },
  });
  const sessions = [];
  for (const code of inputs.keys())
    sessions.push((await service.login({ platform: 'wechat', code: String(code) })).session);
  const sealed = inputs.map(({ encryptedData, iv }, index) =>
    JSON.stringify({ platform: 'wechat', session: sessions[index], detail: { encryptedData, iv } }),
  );

  const listen = (handler) =>
    new Promise((resolve) => {
      const server = createServer(handler).listen(0, '127.0.0.1', () => resolve(server.address().port));
    });
  const empty = await listen((request, response) => response.writeHead(200, HEADERS).end('{}'));
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    process.send(user + system);
  });
  process.send({ empty, phone: await listen(service.node), sealed, session: sessions[0] });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await serve(process.argv.slice(2));
