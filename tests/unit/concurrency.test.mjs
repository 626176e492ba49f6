// Single flight, mutex and time limit.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { compiled } from '../support/compiled.mjs';
import { deferred } from './parts.mjs';

const { KeyedMutex, SingleFlight, withTimeout } = await compiled('server/concurrency.ts');

test('withTimeout returns the result of work that ends in time, or throws its error', async () => {
  assert.equal(await withTimeout(1000, Promise.resolve(7), assert.fail), 7);
  await assert.rejects(withTimeout(1000, Promise.reject(new Error('broken')), assert.fail), /broken/);
});

test('withTimeout returns the result of `onTimeout` after the time limit; `onTimeout` may throw', async () => {
  const never = new Promise(() => {});
  assert.equal(await withTimeout(5, never, () => 'late'), 'late');
  const late = () => {
    throw new RangeError('too late');
  };
  await assert.rejects(withTimeout(5, never, late), RangeError);
});

test('withTimeout leaves no timer behind', async () => {
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
  const before = timers();
  await withTimeout(60_000, Promise.resolve(), assert.fail);
  assert.equal(timers(), before);
});

test('single flight: concurrent callers of the same key share the work of the first caller', async () => {
  const flights = new SingleFlight(1);
  const { promise, resolve } = deferred();
  let runs = 0;
  const work = () => {
    runs++;
    return promise;
  };
  const calls = [flights.run('a', work), flights.run('a', work), flights.run('a', work)];
  resolve('result');
  assert.deepEqual(await Promise.all(calls), [
    { value: 'result', joined: false },
    { value: 'result', joined: true },
    { value: 'result', joined: true },
  ]);
  assert.equal(runs, 1);
});

test('single flight: a call with another key, or after the work has ended, runs its own work', async () => {
  const flights = new SingleFlight(1);
  let runs = 0;
  const work = async () => ++runs;
  await Promise.all([flights.run('a', work), flights.run('b', work)]);
  assert.deepEqual(await flights.run('a', work), { value: 3, joined: false });
});

test('single flight: an error reaches every caller, and the next call tries again', async () => {
  const flights = new SingleFlight(1);
  const { promise, reject } = deferred();
  const calls = [1, 2].map(() => flights.run('a', () => promise).catch((error) => error.message));
  reject(new Error('broken'));
  assert.deepEqual(await Promise.all(calls), ['broken', 'broken']);
  assert.equal((await flights.run('a', async () => 'well')).value, 'well');
});

test('single flight: callers stop waiting for work whose timer has stopped', async (t) => {
  const flights = new SingleFlight(0.05);
  // Like an aborted request of a Worker: its timers stop, and its promises never settle.
  const { setInterval } = globalThis;
  t.after(() => (globalThis.setInterval = setInterval));
  globalThis.setInterval = () => undefined;
  flights.run('a', () => new Promise(() => {}));
  globalThis.setInterval = setInterval;
  assert.deepEqual(await flights.run('a', async () => 'own'), { value: 'own', joined: false });
});

test('single flight: callers wait for slow work whose timer still runs', async () => {
  const flights = new SingleFlight(0.05);
  const slow = flights.run('a', () => sleep(200, 'slow'));
  assert.deepEqual(await flights.run('a', assert.fail), { value: 'slow', joined: true });
  await slow;
});

test('single flight: `settled` waits for running work, also if the work fails', async () => {
  const flights = new SingleFlight(1);
  const { promise, reject } = deferred();
  flights.run('a', () => promise).catch(() => {});
  let settled = false;
  const waiting = flights.settled('a').then(() => (settled = true));
  await sleep(5);
  assert.equal(settled, false);
  reject(new Error('broken'));
  await waiting;
  await flights.settled('of no work');
});

test('mutex: work of the same key runs in order, one at a time, and an error does not stop the next work', async () => {
  const mutex = new KeyedMutex(1);
  const log = [];
  const work = (name, ms) => async () => {
    log.push(`${name} begins`);
    await sleep(ms);
    log.push(`${name} ends`);
    if (name === 'b') throw new Error('broken');
  };
  await Promise.allSettled([
    mutex.runExclusive('k', work('a', 20)),
    mutex.runExclusive('k', work('b', 1)),
    mutex.runExclusive('k', work('c', 1)),
  ]);
  assert.deepEqual(log, ['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
});

test('mutex: another key does not wait', async () => {
  const mutex = new KeyedMutex(1);
  const { promise, resolve } = deferred();
  const first = mutex.runExclusive('k', () => promise);
  assert.equal(await mutex.runExclusive('other', async () => 'at once'), 'at once');
  resolve();
  await first;
});

test('mutex: work that hangs delays the next work at most for the time limit', async () => {
  const mutex = new KeyedMutex(0.03);
  mutex.runExclusive('k', () => new Promise(() => {}));
  assert.equal(await mutex.runExclusive('k', async () => 'next'), 'next');
});
