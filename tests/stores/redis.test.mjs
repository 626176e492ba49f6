// Four processes with one Redis and one simulator: they share tokens, codes and payloads, and Redis fails under load.

import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Redis } from 'ioredis';
import { installed, simulatorOf, timed, times } from './helpers.mjs';
import { connection, startRedis } from './redis.mjs';

/** Starts a backend of `count` processes. Returns the processes, the calls of their onPhone, and unexpected errors. */
async function backend(
  t,
  { count = 4, platforms = ['wechat'], redis: options = { maxRetriesPerRequest: 1 }, limits } = {},
) {
  const simulator = await simulatorOf(t);
  const redis = await startRedis(t);
  const config = {
    platforms: Object.fromEntries(platforms.map((name) => [name, simulator.config(name)])),
    port: redis.port,
    redis: options,
    limits,
  };
  const [phones, bugs] = [[], []];
  const processes = times(count, () =>
    start({ ...process.env, MP_PHONE_INSTALLED: installed, WORKER: JSON.stringify(config) }, phones, bugs),
  );
  t.after(() => Promise.all(processes.map(({ end }) => end())));
  await Promise.all(processes.map(({ ready }) => ready));
  return { simulator, redis, processes, phones, bugs };
}

function start(env, phones, bugs) {
  const child = fork(fileURLToPath(new URL('./worker.mjs', import.meta.url)), [], { env, execArgv: [] });
  const waiting = new Map();
  let ready;
  const process = { ready: new Promise((resolve) => (ready = resolve)) };
  child.on('message', ({ id, answer: response, ...message }) => {
    if (message.ready) ready();
    if (message.onPhone) phones.push(message.onPhone);
    if (message.bug) bugs.push(message.bug);
    waiting.get(id)?.(response);
    waiting.delete(id);
  });
  child.on('exit', () => waiting.forEach((resolve) => resolve({ status: 'the process died' })));
  let ids = 0;
  const ask = (request) => new Promise((resolve) => (waiting.set(++ids, resolve), child.send({ id: ids, ...request })));
  /** A client's request to the HTTP interface. */
  process.post = (path, body) => ask({ http: [path, body] });
  /** A call by the application. */
  process.call = (name, request) => ask({ service: [name, request] });
  process.end = async () => {
    if (child.exitCode !== null) return;
    const exit = once(child, 'exit');
    child.disconnect();
    await exit;
  };
  return process;
}

const any = (list) => list[Math.floor(Math.random() * list.length)];
const login = async (process, device) =>
  (await process.post('login', { platform: device.platform, code: await device.login() })).session;

test('2,000 numbers on four processes and a revoked token: no request fails, and one token is valid at a time', async (t) => {
  const { simulator, processes, phones } = await backend(t);
  const devices = times(100, () => simulator.device('wechat'));
  const sessions = await Promise.all(devices.map((device) => login(any(processes), device)));
  assert.equal(simulator.count('wechat', 'stable_token'), 0);

  let finishedCount = 0;
  const wrong = [];
  const { ms } = await timed(() =>
    Promise.all(
      devices.map(async (device, index) => {
        for (let i = 0; i < 20; i++) {
          const { status, phone } = await any(processes).post('phone', {
            platform: 'wechat',
            session: sessions[index],
            detail: await device.tap({ fast: 'code' }),
          });
          if (status !== 200 || phone.nationalNumber !== device.phone) wrong.push(status);
          if (++finishedCount === 1000) simulator.revokeToken('wechat');
        }
      }),
    ),
  );
  const tokens = simulator.count('wechat', 'stable_token');
  const calls = simulator.count('wechat', 'getuserphonenumber');
  t.diagnostic(
    `2,000 requests in ${(ms / 1000).toFixed(1)} s (${Math.round(2000 / (ms / 1000))}/s): ${wrong.length} wrong, ` +
      `${tokens} token requests for 1 revocation, ${calls - 2000} calls repeated with a new token`,
  );
  assert.deepEqual(wrong, []);
  assert.equal(tokens, 2);
  assert.equal(phones.length, 2000);
  assert.ok(calls <= 2000 + 100, 'each rejected call is repeated once');
});

/**
 * Runs clients that tap repeatedly and send each request to a random process, until `during` ends. The clients act as
 * the button does: on retry they send the same request again, on login-again they log in first. Counts all responses.
 */
async function load(t, { simulator, processes, bugs, phones }, during) {
  const counts = { right: 0, retry: 0, 'login-again': 0 };
  const wrong = [];
  const slowest = { ms: 0 };
  let outage = false;
  let rightDuringOutage = 0;
  let running = true;
  const owner = new Map();

  async function ask(path, body) {
    const { value, ms } = await timed(() => any(processes).post(path, body));
    slowest.ms = Math.max(slowest.ms, ms);
    return value;
  }

  async function client(device) {
    owner.set(device.openId, device.phone);
    let session;
    while (running) {
      const fast = any(['code', 'sealed']);
      let detail = await device.tap({ fast });
      for (let tries = 0; ; tries++) {
        if (tries === 60) return void wrong.push('never succeeded');
        if (!session) {
          const { status, ...loginResponse } = await ask('login', { platform: 'wechat', code: await device.login() });
          if (status !== 200) return void wrong.push({ login: status, ...loginResponse });
          session = loginResponse.session;
          // A payload from before the login was sealed under a key that was lost with the killed Redis.
          if (fast === 'sealed') detail = await device.tap({ fast });
        }
        const { status, phone, error } = await ask('phone', { platform: 'wechat', session, detail });
        if (status === 200) {
          if (phone.nationalNumber !== device.phone) wrong.push('the number of another user');
          counts.right++;
          if (outage) rightDuringOutage++;
          break;
        }
        if (status === 503 && error.action === 'retry') {
          counts.retry++;
          await sleep(100);
        } else if (status === 401 && error.action === 'login-again') {
          counts['login-again']++;
          session = undefined;
        } else return void wrong.push({ status, error, fast });
      }
    }
  }

  const clients = times(24, () => client(simulator.device('wechat')));
  await during((value) => (outage = value));
  running = false;
  await Promise.all(clients);
  t.diagnostic(
    `right ${counts.right}, of which ${rightDuringOutage} while Redis was unavailable; 503 retry ${counts.retry}; ` +
      `401 login-again ${counts['login-again']}; wrong ${wrong.length}; the slowest response ${slowest.ms.toFixed(0)} ms`,
  );
  t.diagnostic(`token requests: ${simulator.count('wechat', 'stable_token')}`);
  assert.deepEqual(wrong, []);
  assert.deepEqual(bugs, []);
  for (const { number, openId } of phones)
    assert.equal(number, owner.get(openId), 'onPhone got the number of the same user');
  return { counts, rightDuringOutage, slowest: slowest.ms };
}

for (const [name, options, leave, comeBack] of [
  [
    'Redis is killed and restarts empty; ioredis with maxRetriesPerRequest: 1',
    { maxRetriesPerRequest: 1 },
    'kill',
    'start',
  ],
  [
    'Redis is killed and restarts empty; ioredis with its defaults, which waits for Redis indefinitely',
    {},
    'kill',
    'start',
  ],
  ['Redis is paused, and executes its commands late', {}, 'freeze', 'thaw'],
]) {
  test(`${name}: every response is right or has the next action`, async (t) => {
    const world = await backend(t, { redis: options });
    const { redis } = world;
    const { counts, rightDuringOutage, slowest } = await load(t, world, async (setOutage) => {
      await sleep(1000);
      await redis[leave]();
      setOutage(true);
      await sleep(2500);
      await redis[comeBack]();
      setOutage(false);
      await sleep(2500);
    });
    // A busy machine sends fewer requests in the same time.
    assert.ok(counts.right > 100, 'there was load');
    assert.ok(rightDuringOutage > 10, 'requests succeeded during the outage');
    assert.ok(counts.retry + counts['login-again'] > 0, 'the outage affected requests');
    // This allows for two time limits of half a second, the wait for the lock, and a slow machine.
    assert.ok(slowest < 5000, `the slowest response took ${slowest} ms`);
  });
}

test('Redis is unavailable when the processes start: they serve requests, and use Redis once available', async (t) => {
  const { simulator, redis, processes } = await backend(t, { count: 2, redis: {} });
  await redis.kill();
  const device = simulator.device('wechat');
  const [first, second] = processes;
  const session = await login(first, device);
  const tap = async (process, of = session) =>
    await process.post('phone', { platform: 'wechat', session: of, detail: await device.tap({ fast: 'sealed' }) });
  assert.equal((await tap(first)).phone.nationalNumber, device.phone);
  assert.equal((await tap(second)).status, 503);
  await redis.start();
  await sleep(2500);
  const again = await login(first, device);
  assert.equal((await tap(second, again)).phone.nationalNumber, device.phone);
});

test('a user who logged in while Redis was unavailable can log in without delay afterwards', async (t) => {
  // With its defaults, ioredis sends the commands of the outage after it has reconnected, including those for locks.
  const {
    simulator,
    redis,
    processes: [first, second],
  } = await backend(t, { count: 2, redis: {} });
  const device = simulator.device('wechat');
  await login(first, device);
  await redis.kill();
  await sleep(200);
  await login(first, device);
  await redis.start();
  await sleep(1500);
  const { value: session, ms } = await timed(() => login(second, device));
  t.diagnostic(`${ms.toFixed(0)} ms`);
  assert.ok(session);
  assert.ok(ms < 2000, `the login took ${ms.toFixed(0)} ms`);
});

describe('simultaneous requests at several processes', () => {
  test('the same code at two processes: one paid call, equal responses, one call of onPhone', async (t) => {
    const { simulator, processes, phones } = await backend(t, { count: 2 });
    const device = simulator.device('wechat');
    const session = await login(processes[0], device);
    const rounds = 50;
    const { ms } = await timed(async () => {
      for (let round = 0; round < rounds; round++) {
        const request = { platform: 'wechat', session, detail: await device.tap({ fast: 'code' }) };
        const [first, other] = await Promise.all(processes.map((process) => process.call('phone', request)));
        assert.equal(first.value.phone.nationalNumber, device.phone);
        assert.deepEqual(first, other);
      }
    });
    const calls = simulator.count('wechat', 'getuserphonenumber');
    t.diagnostic(
      `${rounds} rounds: ${calls} paid calls, ${phones.length} calls of onPhone, ${(ms / rounds).toFixed(1)} ms a round`,
    );
    assert.deepEqual([calls, phones.length], [rounds, rounds]);
  });

  test('the same code ten times at four processes, with a token that has just become invalid', async (t) => {
    const { simulator, processes, phones } = await backend(t);
    const device = simulator.device('wechat');
    const session = await login(processes[0], device);
    await processes[0].call('phone', { platform: 'wechat', session, detail: await device.tap({ fast: 'code' }) });
    simulator.revokeToken('wechat');
    const request = { platform: 'wechat', session, detail: await device.tap({ fast: 'code' }) };
    const responses = await Promise.all(times(10, (index) => processes[index % 4].call('phone', request)));
    for (const received of responses) assert.deepEqual(received, responses[0]);
    assert.equal(responses[0].value.phone.nationalNumber, device.phone);
    assert.deepEqual([phones.length, simulator.count('wechat', 'stable_token')], [2, 2]);
    assert.equal(
      simulator.requests.filter(({ path, code }) => path.includes('getuserphonenumber') && code === undefined).length,
      2,
    );
  });

  test('the same login code at four processes: one request to the platform, one session', async (t) => {
    const { simulator, processes } = await backend(t);
    for (let round = 1; round <= 20; round++) {
      const device = simulator.device('wechat');
      const code = await device.login();
      const logins = await Promise.all(processes.map((process) => process.call('login', { platform: 'wechat', code })));
      for (const { value } of logins)
        assert.deepEqual([value.session, value.user.openId], [logins[0].value.session, device.openId]);
      assert.equal(simulator.count('wechat', 'jscode2session'), round);
    }
  });

  test('the same Alipay payload from two users: one request is accepted', async (t) => {
    const { simulator, processes, phones } = await backend(t, { count: 2, platforms: ['alipay'] });
    const users = times(2, () => simulator.device('alipay'));
    const sessions = [];
    for (const [index, user] of users.entries()) sessions.push(await login(processes[index], user));
    const accepted = [0, 0];
    const rounds = 30;
    for (let round = 0; round < rounds; round++) {
      // Equal numbers make equal payloads, so each round needs another number.
      const detail = await simulator.device('alipay', { phone: `138001${38000 + round}` }).tap();
      const allResponses = await Promise.all(
        processes.map((process, index) =>
          process.call('phone', { platform: 'alipay', session: sessions[index], detail }),
        ),
      );
      const winner = allResponses.findIndex((answer) => answer.value);
      accepted[winner]++;
      assert.equal(allResponses.filter((answer) => answer.value).length, 1);
      assert.deepEqual(allResponses[1 - winner], { code: 'ERR_REPLAY', action: 'enter-manually' });
      assert.equal(phones.at(-1).openId, users[winner].openId);
      assert.equal(
        (await processes[1 - winner].call('phone', { platform: 'alipay', session: sessions[winner], detail })).value
          .phone.nationalNumber.length,
        11,
        'the first user may send the payload again, to any process',
      );
    }
    t.diagnostic(`${rounds} rounds: the first process won ${accepted[0]}, the second ${accepted[1]}`);
    assert.equal(phones.length, rounds * 2);
  });

  test('logins of one user: all sessions work at all processes, and the list of keys has at most three entries', async (t) => {
    const { simulator, redis, processes } = await backend(t);
    for (let round = 0; round < 5; round++) {
      const device = simulator.device('wechat');
      const details = [];
      const logins = await Promise.all(
        processes.map(async (process) => {
          const code = await device.login();
          details.push(await device.tap({ fast: 'sealed' }));
          return process.post('login', { platform: 'wechat', code });
        }),
      );
      const newest = details.at(-1);
      for (const { session } of logins) {
        for (const process of processes) {
          const { status } = await process.post('phone', {
            platform: 'wechat',
            session,
            detail: await device.tap({ fast: 'code' }),
          });
          assert.equal(status, 200);
        }
      }
      const { status } = await processes[0].post('phone', {
        platform: 'wechat',
        session: logins.at(-1).session,
        detail: newest,
      });
      assert.equal(status, 200, 'a payload under the newest key opens with the newest session');
    }
    const client = connection(t, new Redis(redis.port));
    const lists = await client.keys('mp-phone:keys:*');
    assert.equal(lists.length, 5);
    for (const list of lists) assert.equal(JSON.parse(await client.get(list)).value.length, 3);
    assert.deepEqual(await client.keys('mp-phone:lock:*'), []);
  });
});
