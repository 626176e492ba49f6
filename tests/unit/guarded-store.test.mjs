// The application's store behind a time limit.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { compiled } from '../support/compiled.mjs';
import { mapStore, recorder } from './parts.mjs';

const { GuardedStore } = await compiled('server/state/guarded-store.ts');

function guarded(store, seconds = 0.03) {
  const observer = recorder();
  let successes = 0;
  const guard = new GuardedStore(store, seconds, observer, () => successes++);
  const get = (always) =>
    guard.call(
      'get',
      (store) => store.get('k'),
      (value) => value,
      always,
    );
  return { guard, get, events: observer.events, successes: () => successes };
}

test('the result is read, and the listener is called', async () => {
  const store = mapStore();
  store.values.set('k', 'v');
  const { get, events, successes } = guarded(store);
  assert.equal(await get(), 'v');
  assert.deepEqual([events.length, successes()], [0, 1]);
});

test('a store that throws, immediately or later, causes ERR_STORE with the known cause, and an event', async () => {
  const failure = () => Object.assign(new Error('secret'), { code: 'ECONNREFUSED' });
  const throwNow = () => {
    throw failure();
  };
  for (const use of [throwNow, async () => throwNow()]) {
    const { guard, events, successes } = guarded(mapStore());
    await assert.rejects(guard.call('set', use, assert.fail), { code: 'ERR_STORE', cause: 'ECONNREFUSED' });
    const [{ operation, ok, code, cause }] = events;
    assert.deepEqual([operation, ok, code, cause], ['set', false, 'ERR_STORE', 'ECONNREFUSED']);
    assert.equal(successes(), 0);
    assert.doesNotMatch(JSON.stringify(events), /secret/);
  }
});

test('an error of the store that looks like an error of the service is not trusted', async () => {
  const { guard } = guarded(mapStore());
  const { error } = await guard
    .call('get', () => Promise.reject({ code: 'ERR_STORE', cause: 'x' }), assert.fail)
    .catch((error) => ({ error }));
  assert.equal(error.message, 'the store failed');
});

test('a result that cannot be right causes ERR_STORE, and an event', async () => {
  const { guard, events } = guarded(mapStore());
  const read = () => {
    throw Object.assign(new Error('not right'), { code: 'ERR_STORE' });
  };
  await assert.rejects(
    guard.call('get', (store) => store.get('k'), read),
    { message: 'not right' },
  );
  assert.equal(events.length, 1);
});

test('a store that hangs is not called again within one second, except by calls with `always`', async () => {
  const store = mapStore();
  store.fault = () => new Promise(() => {});
  const { get, events } = guarded(store);
  await assert.rejects(get(), { code: 'ERR_STORE', message: /did not respond/ });
  assert.equal(events.length, 1);
  await assert.rejects(get(), { code: 'ERR_STORE' });
  assert.deepEqual([store.calls.length, events.length], [1, 1]);
  store.fault = () => undefined;
  assert.equal(await get(true), undefined);
  await assert.rejects(get(), { code: 'ERR_STORE' });
  await sleep(1000);
  assert.equal(await get(), undefined);
});
