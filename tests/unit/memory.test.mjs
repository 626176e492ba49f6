// The store in the memory of this process.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compiled } from '../support/compiled.mjs';
import { clock } from './parts.mjs';

const { MemoryStore } = await compiled('server/state/memory.ts');

function memory(size = 3) {
  const now = clock();
  const evicted = [];
  const store = new MemoryStore(size, now, (key) => evicted.push(key));
  const has = async (...keys) => Promise.all(keys.map(async (key) => (await store.get(key)) !== undefined));
  return { store, now, evicted, has };
}

test('a value is stored until it expires or is deleted', async () => {
  const { store, now } = memory();
  await store.set('a:1', 'v', 100, 'o');
  assert.equal(await store.get('a:1'), 'v');
  now.advance(99);
  assert.equal(await store.get('a:1'), 'v');
  now.advance(1);
  assert.equal(await store.get('a:1'), undefined);
  await store.set('a:1', 'w', 100, 'o');
  assert.equal(await store.delete('a:1'), true);
  assert.equal(await store.get('a:1'), undefined);
});

test('setIfAbsent stores a value once, and again after the value has expired', async () => {
  const { store, now } = memory();
  assert.equal(await store.setIfAbsent('a:1', 'v', 100, 'o'), true);
  assert.equal(await store.setIfAbsent('a:1', 'w', 100, 'o'), false);
  assert.equal(await store.get('a:1'), 'v');
  now.advance(100);
  assert.equal(await store.setIfAbsent('a:1', 'w', 100, 'o'), true);
});

test('each kind of key has its own limit', async () => {
  const { store, has } = memory();
  for (const key of ['session:1', 'code:1', 'code:2', 'code:3', 'code:4', 'code:5'])
    await store.set(key, 'v', 100, 'o');
  assert.deepEqual(await has('session:1', 'code:1', 'code:2', 'code:3', 'code:4', 'code:5'), [
    true,
    false,
    false,
    true,
    true,
    true,
  ]);
});

test('the owner with most entries of a kind loses the oldest entry, whichever owner adds an entry', async () => {
  const { store, evicted } = memory();
  for (const [key, owner] of [
    ['k:1', 'many'],
    ['k:2', 'many'],
    ['k:3', 'few'],
    ['k:4', 'new'],
  ])
    await store.set(key, 'v', 100, owner);
  assert.deepEqual(evicted, ['k:1']);
});

test('an owner who has most entries cannot displace the entries of others', async () => {
  const { store, has } = memory();
  await store.set('k:other', 'v', 100, 'other');
  for (let i = 0; i < 10; i++) await store.set(`k:${i}`, 'v', 100, 'greedy');
  assert.deepEqual(await has('k:other'), [true]);
});

test('an entry without an owner stays until it expires', async () => {
  const { store, has } = memory();
  await store.set('k:token', 'v', 100);
  for (let i = 0; i < 10; i++) await store.set(`k:${i}`, 'v', 100, `owner ${i}`);
  assert.deepEqual(await has('k:token'), [true]);
});

test('the listener receives every key that expired or was dropped, and no deleted key', async () => {
  const { store, now, evicted } = memory();
  await store.set('k:1', 'v', 10, 'o');
  await store.set('k:2', 'v', 100, 'o');
  await store.delete('k:2');
  now.advance(10);
  await store.set('k:3', 'v', 100, 'o');
  assert.deepEqual(evicted, ['k:1']);
});
