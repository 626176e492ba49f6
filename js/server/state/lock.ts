// A lock among the processes that share a store. Its value is the random id of its holder. It expires by itself if the
// process ends.
import { sleep } from '../concurrency';
import { randomId } from '../runtime/runtime';
import type { Store } from '../types';
import type { GuardedStore } from './guarded-store';
import { lockHolder, wasStored } from './store-results';

export interface LockOptions<T> {
  /** The lifetime of the lock without a renewal, in seconds. */
  seconds: number;
  /** The result of the process that held the lock before, if there is a result. */
  result: () => Promise<T | undefined>;
  work: () => Promise<T>;
  /** Replaces `work` if another process has held the lock for twice its lifetime. Default: `work`. */
  busy?: (() => Promise<T>) | undefined;
}

/**
 * Runs work while no other process runs it for the same key. While another process holds the lock, this process polls
 * for its result, and takes the lock over when the other process has stopped renewing it. If the store cannot lock, or
 * is unavailable, the work runs immediately: this causes a second request to the platform, but no lost response.
 * @param key the full key of the lock
 */
export async function withLock<T>(store: GuardedStore, key: string, options: LockOptions<T>): Promise<T> {
  const { seconds, result, work, busy = work } = options;
  if (!store.canSetIfAbsent) return work();
  const [id, ttl] = [randomId(), Math.ceil(seconds * 1000)];
  const isHeld = async () => (await store.call('get', (store) => store.get(key), lockHolder, true)) === id;
  // Another process may have taken the lock over in the meantime.
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
      // A lock that the store grants too late must not block other processes.
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
      .then((isHolder) =>
        isHolder
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
