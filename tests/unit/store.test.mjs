// The service's state, over the application's store and over memory.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compiled } from '../support/compiled.mjs';
import { clock, mapStore, recorder, until } from './parts.mjs';

const { createServiceStore } = await compiled('server/state/store.ts');
const isText = (value) => typeof value === 'string';
const LIMITS = { storeTimeout: 0.05, entries: 100 };

function shared(store = mapStore()) {
  const now = clock();
  const observer = recorder(now);
  return { store, now, events: observer.events, state: createServiceStore(store, LIMITS, observer) };
}

for (const [name, create] of [
  ['memory', () => ({ now: clock() })],
  ['a store', () => shared()],
  ['a store without setIfAbsent', () => shared(mapStore({ setIfAbsent: false }))],
]) {
  const states = () => {
    const parts = create();
    return { ...parts, state: parts.state ?? createServiceStore(undefined, LIMITS, recorder(parts.now)) };
  };

  test(`${name}: a value is stored until it expires or is deleted`, async () => {
    const { state, now } = states();
    await state.set('a:1', 'v', 100, 'o');
    assert.equal(await state.get('a:1', isText), 'v');
    now.advance(100);
    assert.equal(await state.get('a:1', isText), undefined);
    await state.set('a:1', 'w', 100, 'o');
    await state.delete('a:1');
    assert.equal(await state.get('a:1', isText), undefined);
  });

  test(`${name}: a value that has already expired is not stored`, async () => {
    const { state } = states();
    await state.set('a:1', 'v', 0, 'o');
    assert.equal(await state.get('a:1', isText), undefined);
  });

  test(`${name}: setIfAbsent returns the previous text; of concurrent calls only one stores its text`, async () => {
    const { state } = states();
    const responses = await Promise.all(['a', 'b', 'c'].map((text) => state.setIfAbsent('k:1', text, 1000, 'o')));
    assert.deepEqual(responses.filter((text) => text === undefined).length, 1);
    const stored = await state.get('k:1', isText);
    assert.ok(responses.every((text) => text === undefined || text === stored));
  });

  test(`${name}: withLock returns the result of the work`, async () => {
    assert.equal(
      await states().state.withLock('k', { seconds: 1, result: async () => undefined, work: async () => 'work' }),
      'work',
    );
  });
}

test('every key in the store begins with mp-phone:', async () => {
  const { store, state } = shared();
  await state.set('session:1', 'v', 100, 'o');
  await state.setIfAbsent('replay:1', 'v', 100, 'o');
  await state.withLock('list', { seconds: 1, result: async () => undefined, work: async () => {} });
  assert.ok(store.calls.length > 3);
  for (const call of store.calls) assert.match(call, /^\w+ mp-phone:(session:1|replay:1|lock:list)$/);
});

test('while the store is down, a value that this process wrote is served from memory; reading any other value fails', async () => {
  const { store, state, events } = shared();
  await state.set('a:1', 'v', 1000, 'o');
  store.fault = () => Promise.reject(Object.assign(new Error('secret'), { code: 'ECONNREFUSED' }));
  assert.equal(await state.get('a:1', isText), 'v');
  await assert.rejects(state.get('a:2', isText), { code: 'ERR_STORE' });
  assert.deepEqual(
    events.map(({ event, operation, cause }) => [event, operation, cause]),
    [
      ['store', 'get', 'ECONNREFUSED'],
      ['store', 'get', 'ECONNREFUSED'],
    ],
  );
});

test('a value that the store rejected replaces the older value in the store, and is written when the store responds again', async () => {
  const { store, state } = shared();
  await state.set('a:1', 'old', 1000, 'o');
  store.fault = () => Promise.reject(new Error('down'));
  await state.set('a:1', 'new', 1000, 'o');
  store.fault = () => undefined;
  assert.equal(await state.get('a:1', isText), 'new');
  await until(() => store.values.get('mp-phone:a:1').includes('new'));
  assert.equal(await state.get('a:1', isText), 'new');
});

test('a delete that the store rejects is an error: the store may still have the value', async () => {
  const { store, state } = shared();
  await state.set('a:1', 'v', 1000, 'o');
  store.fault = () => Promise.reject(new Error('down'));
  await assert.rejects(state.delete('a:1'), { code: 'ERR_STORE' });
});

test('a value in the store that the service did not write is an error, and never a session', async () => {
  for (const foreign of ['{', '{"version":1,"expires":9e15,"value":7}', 'text']) {
    const { store, state } = shared();
    store.values.set('mp-phone:a:1', foreign);
    await assert.rejects(state.get('a:1', isText), { code: 'ERR_STORE' });
  }
});

test('a value that another version of this package wrote is absent, and is replaced', async () => {
  for (const other of ['{"version":2,"expires":9e15,"value":{"new":"layout"}}', '{"e":9e15,"v":"text"}']) {
    const { store, state } = shared();
    store.values.set('mp-phone:a:1', other);
    assert.equal(await state.get('a:1', isText), undefined);
    await state.set('a:1', 'v', 1000, 'o');
    assert.equal(await state.get('a:1', isText), 'v');
  }
});
