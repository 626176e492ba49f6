// The values that this process wrote, for the time when the store is unavailable.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compiled } from '../support/compiled.mjs';
import { clock, deferred, until } from './parts.mjs';

const { Fallback } = await compiled('server/state/fallback.ts');

function createFallback({ entries = 100 } = {}) {
  const now = clock();
  const written = new Map();
  const remote = { written, failing: false, write: undefined };
  const write = async (key, text, ttl) => {
    if (remote.failing) throw new Error('unavailable');
    await remote.write?.(key);
    written.set(key, { text, ttl });
  };
  const fallback = new Fallback(entries, now, write, (text) =>
    text.startsWith('bad') ? undefined : Number(text.split('@')[1]),
  );
  const set = (key, ttl = 1000, owner) => fallback.set(key, `${key}@${now() + ttl}`, ttl, owner);
  return { now, remote, fallback, set };
}

test('a write goes to the store and stays in memory', async () => {
  const { fallback, remote, set } = createFallback();
  await set('k:1');
  assert.equal(remote.written.get('k:1').ttl, 1000);
  assert.match(await fallback.get('k:1'), /^k:1@/);
  assert.equal(fallback.isPending('k:1'), false);
});

test('a write that the store rejects stays pending, and is repeated with the remaining lifetime', async () => {
  const { fallback, remote, set, now } = createFallback();
  remote.failing = true;
  await set('k:1');
  assert.equal(fallback.isPending('k:1'), true);
  remote.failing = false;
  now.advance(400);
  fallback.flushPendingWrites();
  await until(() => !fallback.isPending('k:1'));
  assert.equal(remote.written.get('k:1').ttl, 600);
});

test('a flush ends at the first write that fails, and the others stay pending', async () => {
  const { fallback, remote, set } = createFallback();
  remote.failing = true;
  for (const key of ['k:1', 'k:2', 'k:3']) await set(key);
  remote.failing = false;
  remote.write = (key) => {
    if (key === 'k:2') throw new Error('unavailable');
  };
  fallback.flushPendingWrites();
  await until(() => !fallback.isPending('k:1'));
  assert.deepEqual(
    ['k:2', 'k:3'].map((key) => fallback.isPending(key)),
    [true, true],
  );
});

test('one flush runs at a time', async () => {
  const { fallback, remote, set } = createFallback();
  remote.failing = true;
  await set('k:1');
  remote.failing = false;
  const { promise, resolve } = deferred();
  let writes = 0;
  remote.write = () => {
    writes++;
    return promise;
  };
  for (let i = 0; i < 3; i++) fallback.flushPendingWrites();
  await until(() => writes > 0);
  resolve();
  await until(() => !fallback.isPending('k:1'));
  assert.equal(writes, 1);
});

test('a value that has expired, was deleted, or was dropped from memory is not written later', async () => {
  const { fallback, remote, set, now } = createFallback({ entries: 2 });
  remote.failing = true;
  await set('k:expired', 10, 'o');
  await set('k:deleted', 1000, 'o');
  await fallback.delete('k:deleted');
  await set('m:1', 1000, 'o');
  await set('m:2', 1000, 'o');
  await set('m:3', 1000, 'o');
  now.advance(20);
  remote.failing = false;
  fallback.flushPendingWrites();
  await until(() => remote.written.size === 2);
  assert.deepEqual([...remote.written.keys()], ['m:2', 'm:3']);
  assert.equal(fallback.isPending('k:expired'), false);
});

test('a newer write replaces a pending write', async () => {
  const { fallback, remote, set, now } = createFallback();
  remote.failing = true;
  await set('k:1');
  remote.failing = false;
  now.advance(5);
  await set('k:1');
  assert.equal(fallback.isPending('k:1'), false);
  assert.equal(remote.written.get('k:1').text, `k:1@${now() + 1000}`);
});
