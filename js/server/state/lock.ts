// A lock among the processes that share a store. Its holder's random id is the value; the lock expires by itself, should
// the process end.
import { sleep } from '../concurrency';
import { randomId } from '../runtime/runtime';
import type { Store } from '../types';
import type { GuardedStore } from './guarded-store';
import { lockHolder, wasStored } from './store-answers';

export interface LockOptions<T> {
  /** How long the lock lives without being renewed, in seconds. */
  seconds: number;
  /** The result of the process that held the lock before, if it has one. */
  result: () => Promise<T | undefined>;
  work: () => Promise<T>;
  /** Runs in place of `work` where another process has held the lock for twice its life. Default: `work`. */
  busy?: (() => Promise<T>) | undefined;
}

/**
 * Runs work while no other process runs it for the same key. While another process holds the lock, this one asks for the
 * result of that process, and takes the lock over when that process has given up. Where the store cannot lock, or is
 * unavailable, the work runs at once: that costs a second request of the platform, not an answer.
 * @param key the full key of the lock
 */
export async function withLock<T>(store: GuardedStore, key: string, options: LockOptions<T>): Promise<T> {
  const { seconds, result, work, busy = work } = options;
  if (!store.canSetIfAbsent) return work();
  const [id, ttl] = [randomId(), Math.ceil(seconds * 1000)];
  const isHeld = async () => (await store.call('get', (store) => store.get(key), lockHolder, true)) === id;
  // Another process may have taken the lock over since.
  const release = async () =>
    (await isHeld())
      ? store.call(
          'delete',
          (store) => store.delete(key),
          () => {},
          true,
        )
      : undefined;
  const since = Date.now();
  for (let wait = 10; ; wait = Math.min(wait * 1.5, 200)) {
    let taking: Promise<unknown> | undefined;
    const take = (store: Store) => (taking = (async () => store.setIfAbsent!(key, id, ttl))());
    try {
      if (await store.call('setIfAbsent', take, wasStored)) break;
    } catch {
      // A lock that the store grants late must not keep others waiting.
      taking?.then(release).catch(() => {});
      return work();
    }
    if (Date.now() - since > 2 * ttl) return busy();
    await sleep(wait);
    const value = await result().catch(() => undefined);
    if (value !== undefined) return value;
  }
  const renewal = setInterval(() => {
    isHeld()
      .then((held) =>
        held
          ? store.call(
              'set',
              (store) => store.set(key, id, ttl),
              () => {},
            )
          : undefined,
      )
      .catch(() => {});
  }, ttl / 3);
  try {
    return await work();
  } finally {
    clearInterval(renewal);
    await release().catch(() => {});
  }
}
