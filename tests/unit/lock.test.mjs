// The lock among processes that share a store.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { compiled } from '../support/compiled.mjs';
import { deferred, mapStore, recorder, until } from './parts.mjs';

const { GuardedStore } = await compiled('server/state/guarded-store.ts');
const { withLock } = await compiled('server/state/lock.ts');

const guardOf = (store, seconds = 0.5) => new GuardedStore(store, seconds, recorder(), () => {});
const noResult = async () => undefined;

test('work runs under the lock, and the lock is released afterwards, also after an error', async () => {
  const store = mapStore();
  const guard = guardOf(store);
  const lockValue = await withLock(guard, 'l', {
    seconds: 1,
    result: noResult,
    work: async () => store.values.get('l'),
  });
  assert.match(lockValue, /^[\w-]{43}$/);
  assert.equal(store.values.has('l'), false);
  const broken = async () => {
    throw new Error('broken');
  };
  await assert.rejects(withLock(guard, 'l', { seconds: 1, result: noResult, work: broken }), /broken/);
  assert.equal(store.values.has('l'), false);
});

test('a second process waits, and returns the result of the first process', async () => {
  const store = mapStore();
  const { promise, resolve } = deferred();
  let result;
  const first = withLock(guardOf(store), 'l', { seconds: 1, result: noResult, work: () => promise });
  await until(() => store.values.has('l'));
  const second = withLock(guardOf(store), 'l', { seconds: 1, result: async () => result, work: assert.fail });
  await sleep(30);
  result = 'result of the first';
  assert.equal(await second, 'result of the first');
  resolve('first');
  assert.equal(await first, 'first');
});

test('without a result the second process runs its own work after the work of the first process', async () => {
  const store = mapStore();
  const log = [];
  const work = (name) => async () => {
    log.push(`${name} begins`);
    await sleep(30);
    log.push(`${name} ends`);
  };
  await Promise.all(
    ['a', 'b'].map((name) => withLock(guardOf(store), 'l', { seconds: 1, result: noResult, work: work(name) })),
  );
  assert.deepEqual([log.length, log[1].slice(2)], [4, 'ends']);
});

test('if a lock is held for twice its lifetime, `busy` runs; if there is no `busy`, the work runs', async () => {
  const store = mapStore();
  store.values.set('l', 'x'.repeat(43));
  const options = { seconds: 0.02, result: noResult, work: async () => 'work' };
  assert.equal(await withLock(guardOf(store), 'l', { ...options, busy: async () => 'busy' }), 'busy');
  assert.equal(await withLock(guardOf(store), 'l', options), 'work');
  assert.equal(store.values.get('l'), 'x'.repeat(43), "the other process's lock stays");
});

test('the lock is renewed while the work runs, but not after another process has taken it over', async () => {
  const store = mapStore();
  const renewals = () => store.calls.filter((call) => call === 'set l').length;
  const work = async () => {
    await until(() => renewals() >= 2);
    store.values.set('l', 'y'.repeat(43));
    await sleep(40);
    const count = renewals();
    await sleep(60);
    assert.equal(renewals(), count);
  };
  await withLock(guardOf(store), 'l', { seconds: 0.06, result: noResult, work });
  assert.equal(store.values.get('l'), 'y'.repeat(43));
});

test('a store that cannot lock, or that fails, does not stop the work', async () => {
  const work = async () => 'work';
  assert.equal(
    await withLock(guardOf(mapStore({ setIfAbsent: false })), 'l', { seconds: 1, result: noResult, work }),
    'work',
  );
  const store = mapStore();
  store.fault = () => Promise.reject(new Error('down'));
  assert.equal(await withLock(guardOf(store), 'l', { seconds: 1, result: noResult, work }), 'work');
});

test('a lock that the store grants too late is released', async () => {
  const store = mapStore();
  const { promise, resolve } = deferred();
  store.fault = (operation) => (operation === 'setIfAbsent' ? promise : undefined);
  assert.equal(
    await withLock(guardOf(store, 0.02), 'l', { seconds: 1, result: noResult, work: async () => 'work' }),
    'work',
  );
  resolve();
  await until(() => store.calls.includes('delete l'));
  await until(() => !store.values.has('l'));
});
