// The lock among processes that share a store.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { compiled } from '../support/compiled.mjs';
import { deferred, mapStore, recorder, until } from './parts.mjs';

const { GuardedStore } = await compiled('server/state/guarded-store.ts');
const { withLock } = await compiled('server/state/lock.ts');

const process_ = (store, seconds = 0.5) => new GuardedStore(store, seconds, recorder(), () => {});
const none = async () => undefined;

test('work runs under the lock, which is gone afterwards, also after an error', async () => {
  const store = mapStore();
  const guard = process_(store);
  const owned = await withLock(guard, 'l', { seconds: 1, result: none, work: async () => store.values.get('l') });
  assert.match(owned, /^[\w-]{43}$/);
  assert.equal(store.values.has('l'), false);
  const broken = async () => {
    throw new Error('broken');
  };
  await assert.rejects(withLock(guard, 'l', { seconds: 1, result: none, work: broken }), /broken/);
  assert.equal(store.values.has('l'), false);
});

test('a second process waits, and takes the result of the first', async () => {
  const store = mapStore();
  const { promise, resolve } = deferred();
  let result;
  const first = withLock(process_(store), 'l', { seconds: 1, result: none, work: () => promise });
  await until(() => store.values.has('l'));
  const second = withLock(process_(store), 'l', { seconds: 1, result: async () => result, work: assert.fail });
  await sleep(30);
  result = 'made by the first';
  assert.equal(await second, 'made by the first');
  resolve('first');
  assert.equal(await first, 'first');
});

test('without a result the second process runs its own work when the first has ended', async () => {
  const store = mapStore();
  const log = [];
  const work = (name) => async () => {
    log.push(`${name} begins`);
    await sleep(30);
    log.push(`${name} ends`);
  };
  await Promise.all(
    ['a', 'b'].map((name) => withLock(process_(store), 'l', { seconds: 1, result: none, work: work(name) })),
  );
  assert.deepEqual([log.length, log[1].slice(2)], [4, 'ends']);
});

test('a lock that is held for twice its life: `busy` runs, or the work itself', async () => {
  const store = mapStore();
  store.values.set('l', 'x'.repeat(43));
  const options = { seconds: 0.02, result: none, work: async () => 'work' };
  assert.equal(await withLock(process_(store), 'l', { ...options, busy: async () => 'busy' }), 'busy');
  assert.equal(await withLock(process_(store), 'l', options), 'work');
  assert.equal(store.values.get('l'), 'x'.repeat(43), "another process's lock stays");
});

test('the lock is renewed while the work runs, and not once another process has it', async () => {
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
  await withLock(process_(store), 'l', { seconds: 0.06, result: none, work });
  assert.equal(store.values.get('l'), 'y'.repeat(43));
});

test('a store that cannot lock, or that fails, does not stop the work', async () => {
  const work = async () => 'work';
  assert.equal(
    await withLock(process_(mapStore({ setIfAbsent: false })), 'l', { seconds: 1, result: none, work }),
    'work',
  );
  const store = mapStore();
  store.fault = () => Promise.reject(new Error('down'));
  assert.equal(await withLock(process_(store), 'l', { seconds: 1, result: none, work }), 'work');
});

test('a lock that the store grants late is released', async () => {
  const store = mapStore();
  const { promise, resolve } = deferred();
  store.fault = (operation) => (operation === 'setIfAbsent' ? promise : undefined);
  assert.equal(
    await withLock(process_(store, 0.02), 'l', { seconds: 1, result: none, work: async () => 'work' }),
    'work',
  );
  resolve();
  await until(() => store.calls.includes('delete l'));
  await until(() => !store.values.has('l'));
});
