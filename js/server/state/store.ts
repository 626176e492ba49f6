// The service's state: JSON values under its own keys, with their own expiry, in the application's store or in the
// memory of this process.
import { KeyedMutex } from '../concurrency';
import { storeFailure } from '../errors';
import type { Events } from '../events';
import type { Store } from '../types';
import { type Envelope, readEnvelope, writeEnvelope } from './envelope';
import { Fallback } from './fallback';
import { GuardedStore } from './guarded-store';
import { type LockOptions, withLock } from './lock';
import { MemoryStore } from './memory';
import { FOREIGN_VALUE, isAbsent, requireStored, wasStored } from './store-results';
import { isText } from './values';

const fullKey = (key: string) => `mp-phone:${key}`;

/** The service's state. A call of the application's store that takes longer than `limits.storeTimeout` has failed. */
export interface ServiceStore {
  /**
   * Returns the value, or `undefined`. Its objects have no prototype.
   * @param is whether a value can be the value of this key
   * @throws ERR_STORE if the store is unavailable and this process did not write the value
   */
  get<T>(key: string, is: (value: unknown) => value is T): Promise<T | undefined>;

  /**
   * Stores a value. If the store fails, the value stays in this process until the store responds again.
   * @param ttl in milliseconds
   * @param owner the owner of the value: if the memory of this process is full, the owner with the most values of a kind
   *   loses the oldest of them. A value without an owner, such as a token, stays until it expires.
   */
  set(key: string, value: unknown, ttl: number, owner?: string): Promise<void>;

  /** @throws ERR_STORE if the store may still have the value */
  delete(key: string): Promise<void>;

  /**
   * Stores a text unless the key has a value. Atomic among processes only if the store has `setIfAbsent`.
   * @returns the previous text, or `undefined` if this text was stored
   * @throws ERR_STORE
   */
  setIfAbsent(key: string, value: string, ttl: number, owner: string): Promise<string | undefined>;

  /** Runs `work` while no other process runs it for the same key, as far as the store can lock. */
  withLock<T>(key: string, options: LockOptions<T>): Promise<T>;
}

interface Limits {
  /** In seconds. */
  storeTimeout: number;
  /** The limit of the memory, for each kind of key. */
  entries: number;
}

/** The application's store, or the memory of this process. */
export const createServiceStore = (store: Store | undefined, limits: Limits, events: Events): ServiceStore =>
  store ? new SharedState(store, limits, events) : new LocalState(limits, events.now);

/** The state of a service whose store may be shared by other processes. */
class SharedState implements ServiceStore {
  readonly #store: GuardedStore;
  readonly #fallback: Fallback;
  readonly #mutex: KeyedMutex;
  readonly #now: () => number;

  constructor(store: Store, { storeTimeout, entries }: Limits, events: Events) {
    this.#now = events.now;
    this.#store = new GuardedStore(store, storeTimeout, events, () => this.#fallback.flushPendingWrites());
    const write = (key: string, text: string, ttl: number) =>
      this.#store.call('set', (store) => store.set(key, text, Math.ceil(ttl)), requireStored);
    this.#fallback = new Fallback(entries, events.now, write, (text) => readEnvelope(text)?.expires);
    this.#mutex = new KeyedMutex(storeTimeout * 4);
  }

  async get<T>(key: string, is: (value: unknown) => value is T): Promise<T | undefined> {
    const envelope = await this.#read(fullKey(key), is);
    return envelope && this.#lives(envelope) ? (envelope.value as T) : undefined;
  }

  async set(key: string, value: unknown, ttl: number, owner?: string): Promise<void> {
    if (ttl > 0) await this.#fallback.set(fullKey(key), this.#write(value, ttl), ttl, owner);
  }

  async delete(key: string): Promise<void> {
    await this.#fallback.delete(fullKey(key));
    await this.#store.call(
      'delete',
      (store) => store.delete(fullKey(key)),
      () => {},
    );
  }

  setIfAbsent(key: string, value: string, ttl: number, owner: string): Promise<string | undefined> {
    return this.#mutex.runExclusive(key, async () => {
      const text = this.#write(value, ttl);
      const take = (store: Store) => store.setIfAbsent!(fullKey(key), text, Math.ceil(ttl));
      if (this.#store.canSetIfAbsent && (await this.#store.call('setIfAbsent', take, wasStored))) return undefined;
      const before = await this.get(key, isText);
      if (before === undefined) await this.set(key, value, ttl, owner);
      return before;
    });
  }

  withLock<T>(key: string, options: LockOptions<T>): Promise<T> {
    return withLock(this.#store, fullKey(`lock:${key}`), options);
  }

  async #read(key: string, is: (value: unknown) => boolean): Promise<Envelope | undefined> {
    // A pending value is newer than the value in the store.
    if (this.#fallback.isPending(key)) {
      this.#fallback.flushPendingWrites();
      return readEnvelope(await this.#fallback.get(key));
    }
    try {
      return await this.#store.call(
        'get',
        (store) => store.get(key),
        (stored) => {
          if (isAbsent(stored)) return undefined;
          const envelope = readEnvelope(stored);
          if (!envelope || (this.#lives(envelope) && !is(envelope.value))) throw storeFailure(FOREIGN_VALUE);
          return envelope;
        },
      );
    } catch (error) {
      const envelope = readEnvelope(await this.#fallback.get(key));
      if (!envelope) throw error;
      return envelope;
    }
  }

  #write(value: unknown, ttl: number): string {
    return writeEnvelope({ expires: this.#now() + ttl, value });
  }

  #lives({ expires }: Envelope): boolean {
    return expires > this.#now();
  }
}

/** The state of a service in this process alone. */
class LocalState implements ServiceStore {
  readonly #memory: MemoryStore;
  readonly #now: () => number;

  constructor({ entries }: Limits, now: () => number) {
    this.#memory = new MemoryStore(entries, now);
    this.#now = now;
  }

  async get<T>(key: string, _: (value: unknown) => value is T): Promise<T | undefined> {
    const envelope = readEnvelope(await this.#memory.get(fullKey(key)));
    return envelope && envelope.expires > this.#now() ? (envelope.value as T) : undefined;
  }

  async set(key: string, value: unknown, ttl: number, owner?: string): Promise<void> {
    const text = writeEnvelope({ expires: this.#now() + ttl, value });
    if (ttl > 0) await this.#memory.set(fullKey(key), text, ttl, owner);
  }

  async delete(key: string): Promise<void> {
    await this.#memory.delete(fullKey(key));
  }

  async setIfAbsent(key: string, value: string, ttl: number, owner: string): Promise<string | undefined> {
    const text = writeEnvelope({ expires: this.#now() + ttl, value });
    if (await this.#memory.setIfAbsent(fullKey(key), text, ttl, owner)) return undefined;
    return this.get(key, isText);
  }

  withLock<T>(_: string, { work }: LockOptions<T>): Promise<T> {
    return work();
  }
}
