// Helpers of the unit tests of js/server: a clock, a recorder of events, and stores that can be made to fail.
import { setTimeout as sleep } from 'node:timers/promises';

/** A clock that changes only through `advance`. */
export function clock(start = 1_800_000_000_000) {
  let time = start;
  const now = () => time;
  now.advance = (ms) => (time += ms);
  return now;
}

/** Replaces the class Events of js/server/events.ts. Stores every event. */
export function recorder(now = Date.now) {
  const events = [];
  return {
    events,
    now,
    emit: (event) => void events.push(event),
    async observe(event, work) {
      try {
        const { value } = await work();
        events.push({ ...event, ok: true });
        return value;
      } catch (error) {
        events.push({ ...event, ok: false, code: error.code });
        throw error;
      }
    },
  };
}

/**
 * The store of an application, over a Map. `store.fault` is called before every operation: it may throw, or return a
 * promise that the operation waits for.
 * @param setIfAbsent whether the store has this function
 */
export function mapStore({ setIfAbsent = true } = {}) {
  const values = new Map();
  const store = {
    values,
    calls: [],
    fault: () => undefined,
    get: (key) => run('get', key, () => values.get(key)),
    set: (key, value) => run('set', key, () => void values.set(key, value)),
    delete: (key) => run('delete', key, () => values.delete(key)),
  };
  if (setIfAbsent)
    store.setIfAbsent = (key, value) =>
      run('setIfAbsent', key, () => !values.has(key) && (values.set(key, value), true));
  async function run(operation, key, work) {
    store.calls.push(`${operation} ${key}`);
    await store.fault(operation, key);
    return work();
  }
  return store;
}

/** A promise and the functions that settle it. */
export function deferred() {
  const parts = {};
  parts.promise = new Promise((resolve, reject) => Object.assign(parts, { resolve, reject }));
  return parts;
}

/** Waits until a condition holds. */
export async function until(condition, ms = 2000) {
  for (const end = Date.now() + ms; !(await condition()); await sleep(5))
    if (Date.now() > end) throw new Error('the condition did not become true');
}
