// Access tokens: their lifetime, their renewal, and concurrent callers.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { compiled } from '../support/compiled.mjs';
import { clock, mapStore, recorder } from './parts.mjs';

const { ExternalTokens, PhoneError, TokenCache } = await compiled(
  'server/platforms/access-tokens.ts',
  'core/errors.ts',
);
const { createServiceStore } = await compiled('server/state/store.ts');

const rejected = () =>
  new PhoneError({ code: 'ERR_PLATFORM', message: 'rejected', action: 'refresh-token', platformCode: '40001' });

/** A process: its tokens over a store that it may share. `calls` lists the rejected token of every request for a token. */
function tokens({ now = clock(), store = mapStore(), lifetime = 7200 } = {}) {
  const observer = recorder(now);
  const state = createServiceStore(store, { storeTimeout: 0.05, entries: 100 }, observer);
  const calls = [];
  const platform = {
    async request(rejected) {
      calls.push(rejected);
      return { token: `token-${calls.length}-${now()}`, expiresIn: lifetime };
    },
  };
  const cache = new TokenCache(
    'wechat',
    'token:wechat:app',
    (rejected) => platform.request(rejected),
    state,
    observer,
    1,
  );
  const current = () => cache.use(async (token) => token);
  return { cache, current, calls, now, platform, events: observer.events };
}

test('one request serves many callers, and the token is used until shortly before it expires', async () => {
  const { current, calls, now } = tokens();
  const used = new Set(await Promise.all(Array.from({ length: 20 }, current)));
  assert.deepEqual([used.size, calls.length], [1, 1]);
  now.advance((7200 - 301) * 1000);
  await current();
  assert.equal(calls.length, 1);
  now.advance(2000);
  await current();
  assert.equal(calls.length, 2);
});

test('a token with a short lifetime is renewed after half of it', async () => {
  const { current, calls, now } = tokens({ lifetime: 100 });
  await current();
  now.advance(49_000);
  await current();
  assert.equal(calls.length, 1);
  now.advance(2000);
  await current();
  assert.equal(calls.length, 2);
});

test('a rejected token is renewed once, and the work runs again with the new token', async () => {
  const { cache, calls } = tokens();
  const used = [];
  const result = await cache.use(async (token) => {
    used.push(token);
    if (used.length === 1) throw rejected();
    return 'done';
  });
  assert.equal(result, 'done');
  assert.deepEqual(calls, [undefined, used[0]]);
  assert.notEqual(used[0], used[1]);
});

test('any other error of the work is thrown unchanged, without a new token', async () => {
  const { cache, calls } = tokens();
  await assert.rejects(
    cache.use(() => Promise.reject(new Error('broken'))),
    /broken/,
  );
  assert.equal(calls.length, 1);
});

test('processes that share a store use one token', async () => {
  const [now, store] = [clock(), mapStore()];
  const processes = Array.from({ length: 4 }, () => tokens({ now, store }));
  const used = new Set(await Promise.all(processes.map(({ current }) => current())));
  assert.equal(used.size, 1);
  assert.equal(processes.flatMap(({ calls }) => calls).length, 1);
});

test('while the old token is valid, no caller waits long for the next token, and a failed renewal is not an error', async () => {
  const { current, platform, now } = tokens();
  const first = await current();
  now.advance((7200 - 200) * 1000);
  platform.request = () => sleep(1500).then(() => Promise.reject(new Error('too late')));
  const since = Date.now();
  assert.equal(await current(), first);
  assert.ok(Date.now() - since < 900);
});

test('a platform that rejects a token request is not called again within one second', async () => {
  const { current, platform, now } = tokens();
  let requests = 0;
  platform.request = async () => {
    requests++;
    throw new PhoneError({ code: 'ERR_PLATFORM', message: 'no', action: 'refresh-token', platformCode: '40125' });
  };
  for (let i = 0; i < 3; i++) await assert.rejects(current(), { code: 'ERR_PLATFORM', action: 'fix-config' });
  assert.equal(requests, 1);
  now.advance(1000);
  await assert.rejects(current(), { code: 'ERR_PLATFORM' });
  assert.equal(requests, 2);
});

test('a store that is down causes one token request, and no failure', async () => {
  const store = mapStore();
  store.fault = () => Promise.reject(new Error('down'));
  const { current, calls } = tokens({ store });
  assert.equal(await current(), await current());
  assert.equal(calls.length, 1);
});

test('external tokens: the source is called each time, and once more with the rejected token', async () => {
  const observer = recorder();
  const calls = [];
  const source = async (rejected) => {
    calls.push(rejected);
    return rejected ? 'second' : 'first';
  };
  const external = new ExternalTokens('douyin', source, observer, 1);
  const used = [];
  await external.use(async (token) => {
    used.push(token);
    if (token === 'first') throw rejected();
  });
  assert.deepEqual(
    [used, calls],
    [
      ['first', 'second'],
      [undefined, 'first'],
    ],
  );
});

test('external tokens: the same token again means that no better token exists', async () => {
  const external = new ExternalTokens('douyin', async () => 'same', recorder(), 1);
  await assert.rejects(
    external.use(() => Promise.reject(rejected())),
    { platformCode: '40001' },
  );
});

test('external tokens: a source that throws, hangs, or returns a value that is not a token causes an event and ERR_PLATFORM', async () => {
  const secret = () => {
    throw new RangeError('secret');
  };
  for (const [source, platformCode, reason] of [
    [secret, 'NETWORK', 'the function of the option token threw RangeError'],
    [async () => secret(), 'NETWORK', 'the function of the option token threw RangeError'],
    [async () => sleep(500), 'TIMEOUT', undefined],
    [async () => '', 'EMPTY', undefined],
    [async () => 'two words', 'UNREADABLE', undefined],
    [async () => ({ token: 'x' }), 'UNREADABLE', undefined],
  ]) {
    const observer = recorder();
    const external = new ExternalTokens('douyin', source, observer, 0.02);
    await assert.rejects(external.use(assert.fail), { code: 'ERR_PLATFORM', platformCode });
    const [event] = observer.events;
    assert.deepEqual([event.event, event.ok, event.platformCode], ['token', false, platformCode]);
    if (reason) assert.equal(event.reason, reason);
    assert.doesNotMatch(JSON.stringify(event), /secret/);
  }
});
