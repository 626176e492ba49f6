// Everything that is kept: in the application's store, which may fail, be slow, or give back what has expired.
import { isPhoneError, storeFailed } from './errors';
import type { Events } from './events';
import type { Store } from './index';
import { Turns, randomId, sleep, within } from './runtime';

/** A store in this process's memory, of a bounded size. */
export class MemoryStore implements Required<Store> {
  private readonly entries = new Map<string, { value: string; expires: number }>();

  constructor(
    private readonly size: number,
    private readonly now: () => number,
  ) {}

  async get(key: string): Promise<string | undefined> {
    return this.peek(key);
  }

  async set(key: string, value: string, ttl: number): Promise<boolean> {
    this.entries.delete(key);
    if (this.entries.size >= this.size) this.makeRoom();
    this.entries.set(key, { value, expires: this.now() + ttl });
    return true;
  }

  async delete(key: string): Promise<boolean> {
    return this.entries.delete(key);
  }

  async setIfAbsent(key: string, value: string, ttl: number): Promise<boolean> {
    return this.peek(key) === undefined && this.set(key, value, ttl);
  }

  private peek(key: string): string | undefined {
    const entry = this.entries.get(key);
    if (entry && entry.expires > this.now()) return entry.value;
    this.entries.delete(key);
    return undefined;
  }

  /** What ends soonest goes first, so that a rush of codes does not end sessions; a tenth at once, to do it seldom. */
  private makeRoom(): void {
    const byEnd = [...this.entries].sort(([, a], [, b]) => a.expires - b.expires);
    const room = Math.ceil(this.size / 10);
    byEnd.forEach(([key, { expires }], i) => {
      if (i < room || expires <= this.now()) this.entries.delete(key);
    });
  }
}

/**
 * JSON values under the service's own keys, with their own expiry, every call of the store under a time limit.
 *
 * What this process wrote it also remembers, and uses only where the store fails: requests go on while it is away. What
 * could not be written is handed in later. A value that this process does not know is then not "absent": it is ERR_STORE.
 */
export class Keeper {
  private readonly memory: MemoryStore;
  /** Keys whose last value the store did not take. */
  private readonly owed = new Set<string>();
  /** Until when somebody is busy handing it in. */
  private busyUntil = 0;
  private readonly turns: Turns;
  /** Until when a store that did not answer in time is not asked again: nobody should wait for it at every step. */
  private awayUntil = 0;

  constructor(
    private readonly store: Store | undefined,
    private readonly limits: { storeTimeout: number; entries: number },
    private readonly events: Events,
  ) {
    this.memory = new MemoryStore(limits.entries, events.now);
    this.turns = new Turns(limits.storeTimeout * 4);
  }

  /** The value, or `undefined`. @throws ERR_STORE where nobody knows */
  async get<T>(key: string): Promise<T | undefined> {
    const remembered = async () => this.read<T>(await this.memory.get(name(key)));
    if (!this.store) return remembered();
    // What the store does not have yet is newer than what it has.
    if (this.owed.has(key)) {
      this.handIn();
      return remembered();
    }
    try {
      return this.read<T>(await this.ask('get', (store) => store.get(name(key))));
    } catch (error) {
      const value = await remembered();
      if (value === undefined) throw error;
      return value;
    }
  }

  /** Keeps a value. Tells whether the store has it; this process does in any case. */
  async set(key: string, value: unknown, ttl: number): Promise<boolean> {
    return this.write(key, this.wrap(value, ttl), ttl);
  }

  /** @throws ERR_STORE where the value may still be there */
  async delete(key: string): Promise<void> {
    await this.memory.delete(name(key));
    this.owed.delete(key);
    await this.ask('delete', (store) => store.delete(name(key)));
  }

  /**
   * Keeps a value unless there is one. Atomic only where the store has `setIfAbsent`.
   * @returns the value that is there already, or `undefined` if this one was kept
   * @throws ERR_STORE
   */
  async claim<T>(key: string, value: T, ttl: number): Promise<T | undefined> {
    const text = this.wrap(value, ttl);
    return this.turns.take(key, async () => {
      const store = this.store ?? this.memory;
      if (store.setIfAbsent && (await this.ask('setIfAbsent', () => store.setIfAbsent!(name(key), text, Math.ceil(ttl))))) return undefined;
      const present = await this.get<T>(key);
      if (present === undefined) await this.set(key, value, ttl);
      return present;
    });
  }

  /**
   * Runs `work` while no other process runs it for the same key, as far as the store can do that. Where another one is at
   * it, looks every now and then whether `done` gives a value, and takes over when that process has given up.
   */
  async alone<T>(key: string, seconds: number, done: () => Promise<T | undefined>, work: () => Promise<T>): Promise<T> {
    const store = this.store;
    if (!store?.setIfAbsent) return work();
    const [lock, mine, ttl] = [name(`lock:${key}`), randomId(), Math.ceil(seconds * 1000)];
    const isMine = async () => (await this.ask('get', () => store.get(lock), 'always')) === mine;
    // Only the lock that is still ours: somebody else may have taken it over.
    const release = async () => ((await isMine()) ? this.ask('delete', () => store.delete(lock), 'always') : undefined);
    for (let wait = 10, waited = 0; ; wait = Math.min(wait * 1.5, 200)) {
      let taking: Promise<boolean> | undefined;
      try {
        if (await this.ask('setIfAbsent', () => (taking = store.setIfAbsent!(lock, mine, ttl)))) break;
      } catch {
        // A store that is away costs a second request, not an answer; a lock that it takes late holds nobody up.
        taking?.then((late) => late && release()).catch(() => {});
        return work();
      }
      if (waited > ttl) return work();
      await sleep(wait);
      waited += wait;
      const value = await done().catch(() => undefined);
      if (value !== undefined) return value;
    }
    // The lock lives as long as the work does, and not much longer should this process end.
    const beat = setInterval(() => {
      isMine()
        .then((held) => (held ? this.ask('set', () => store.set(lock, mine, ttl)) : undefined))
        .catch(() => {});
    }, ttl / 3);
    try {
      return await work();
    } finally {
      clearInterval(beat);
      await release().catch(() => {});
    }
  }

  /** Hands in what the store did not take, in the background, a piece at a time, as soon as it answers again. */
  private handIn(): void {
    if (!this.owed.size || this.busyUntil > this.events.now()) return;
    this.busyUntil = this.events.now() + AWAY;
    const work = async () => {
      for (const key of [...this.owed]) {
        const text = await this.memory.get(name(key));
        const { e: expires } = JSON.parse(text ?? '{"e":0}') as { e: number };
        if (!text) this.owed.delete(key);
        else if (!(await this.write(key, text, expires - this.events.now()))) return;
      }
    };
    work()
      .catch(() => {})
      .then(() => (this.busyUntil = 0));
  }

  private async write(key: string, text: string, ttl: number): Promise<boolean> {
    if (!(ttl > 0)) return false;
    await this.memory.set(name(key), text, ttl);
    if (!this.store) return true;
    try {
      await this.ask('set', (store) => store.set(name(key), text, Math.ceil(ttl)));
      this.owed.delete(key);
      return true;
    } catch {
      if (this.owed.size < this.limits.entries) this.owed.add(key);
      return false;
    }
  }

  /** Cloudflare's KV and some of unstorage's drivers give back what has expired: the time is in the value, too. */
  private wrap(value: unknown, ttl: number): string {
    return JSON.stringify({ e: this.events.now() + ttl, v: value });
  }

  private read<T>(text: unknown): T | undefined {
    if (typeof text !== 'string') return undefined;
    try {
      const { e: expires, v: value } = JSON.parse(text) as { e: number; v: T };
      return expires > this.events.now() ? value : undefined;
    } catch {
      return undefined;
    }
  }

  private async ask<T>(operation: 'get' | 'set' | 'delete' | 'setIfAbsent', use: (store: Store) => Promise<T>, always?: 'always'): Promise<T> {
    const start = this.events.now();
    if (start < this.awayUntil && !always) throw storeFailed();
    try {
      const late = (): never => {
        this.awayUntil = this.events.now() + AWAY;
        throw storeFailed();
      };
      const answer = await within(this.limits.storeTimeout * 1000, (async () => use(this.store ?? this.memory))(), late);
      if (answer === false && operation === 'set') throw storeFailed();
      this.handIn();
      return answer;
    } catch (error) {
      const failure = isPhoneError(error) ? error : storeFailed();
      const { code, message: reason } = failure;
      this.events.emit({ event: 'store', ok: false, ms: this.events.now() - start, operation, code, reason });
      throw failure;
    }
  }
}

/** Milliseconds. */
const AWAY = 1000;

const name = (key: string) => `mp-phone:${key}`;
