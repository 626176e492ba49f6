// Everything that is kept: in the application's store, which may fail, be slow, or give back what has expired.
import { isPhoneError, storeFailed } from './errors';
import type { Events } from './events';
import type { Store } from './index';
import { MemoryStore } from './memory';
import { randomId } from './runtime';
import { Turns, sleep, within } from './waiting';

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
    // What is forgotten cannot be handed in. So the memory's bounds, which are fair, are those of `owed`, too.
    this.memory = new MemoryStore(limits.entries, events.now, (key) => this.owed.delete(key.slice(PREFIX.length)));
    this.turns = new Turns(limits.storeTimeout * 4);
  }

  /** The value, or `undefined`. @throws ERR_STORE where nobody knows */
  async get<T>(key: string): Promise<T | undefined> {
    return this.read<T>(await this.text(key));
  }

  /**
   * Keeps a value, where the store does not take it in this process alone.
   * @param owner whose value it is: where this process's memory is full, whoever has most of a kind loses his oldest.
   *   A value without an owner, such as a token, stays until it expires.
   */
  async set(key: string, value: unknown, ttl: number, owner?: string): Promise<void> {
    if (!(ttl > 0)) return;
    const text = this.wrap(value, ttl);
    await this.memory.set(name(key), text, ttl, owner);
    if (this.store) await this.send(key, text, ttl);
  }

  /** @throws ERR_STORE where the value may still be there */
  async delete(key: string): Promise<void> {
    await this.memory.delete(name(key));
    this.owed.delete(key);
    await this.ask('delete', (store) => store.delete(name(key)));
  }

  /**
   * Keeps a value unless there is one. Atomic only where the store has `setIfAbsent`.
   * @param owner as in {@link set}
   * @returns the value that is there already, or `undefined` if this one was kept
   * @throws ERR_STORE
   */
  async claim<T>(key: string, value: T, ttl: number, owner: string): Promise<T | undefined> {
    const text = this.wrap(value, ttl);
    return this.turns.take(key, async () => {
      const { store, memory } = this;
      if (!store) {
        if (await memory.setIfAbsent(name(key), text, ttl, owner)) return undefined;
      } else if (store.setIfAbsent && (await this.ask('setIfAbsent', () => store.setIfAbsent!(name(key), text, Math.ceil(ttl))))) return undefined;
      const present = await this.text(key);
      // Something is there that cannot be read: nobody knows what was claimed.
      if (present !== undefined && !parse(present)) throw storeFailed();
      const claimed = this.read<T>(present);
      if (claimed === undefined) await this.set(key, value, ttl, owner);
      return claimed;
    });
  }

  /**
   * Runs `work` while no other process runs it for the same key, as far as the store can do that. Where another one is at
   * it, looks every now and then whether `done` gives a value, and takes over when that process has given up. `busy` is
   * for when it does not give up for long.
   */
  async alone<T>(key: string, seconds: number, done: () => Promise<T | undefined>, work: () => Promise<T>, busy = work): Promise<T> {
    const store = this.store;
    if (!store?.setIfAbsent) return work();
    const [lock, mine, ttl] = [name(`lock:${key}`), randomId(), Math.ceil(seconds * 1000)];
    const isMine = async () => (await this.ask('get', () => store.get(lock), 'always')) === mine;
    // Only the lock that is still ours: somebody else may have taken it over.
    const release = async () => ((await isMine()) ? this.ask('delete', () => store.delete(lock), 'always') : undefined);
    const since = Date.now();
    for (let wait = 10; ; wait = Math.min(wait * 1.5, 200)) {
      let taking: Promise<boolean> | undefined;
      try {
        if (await this.ask('setIfAbsent', () => (taking = store.setIfAbsent!(lock, mine, ttl)))) break;
      } catch {
        // A store that is away costs a second request, not an answer; a lock that it takes late holds nobody up.
        taking?.then((late) => late && release()).catch(() => {});
        return work();
      }
      if (Date.now() - since > 2 * ttl) return busy();
      await sleep(wait);
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
    if (!this.owed.size || this.busyUntil > Date.now()) return;
    this.busyUntil = Date.now() + AWAY;
    const work = async () => {
      for (const key of [...this.owed]) {
        const text = await this.memory.get(name(key));
        const envelope = text && parse(text);
        if (!envelope) this.owed.delete(key);
        else if (!(await this.send(key, text, envelope.e - this.events.now()))) return;
      }
    };
    work()
      .catch(() => {})
      .then(() => (this.busyUntil = 0));
  }

  /** Writes to the application's store. @returns whether it took it */
  private async send(key: string, text: string, ttl: number): Promise<boolean> {
    try {
      await this.ask('set', (store) => store.set(name(key), text, Math.ceil(ttl)));
      this.owed.delete(key);
      return true;
    } catch {
      if (await this.memory.get(name(key))) this.owed.add(key);
      return false;
    }
  }

  /** Cloudflare's KV and some of unstorage's drivers give back what has expired: the time is in the value, too. */
  private wrap(value: unknown, ttl: number): string {
    return JSON.stringify({ e: this.events.now() + ttl, v: value });
  }

  /** What is kept under a key, as text. */
  private async text(key: string): Promise<string | undefined> {
    const remembered = () => this.memory.get(name(key));
    if (!this.store) return remembered();
    // What the store does not have yet is newer than what it has.
    if (this.owed.has(key)) {
      this.handIn();
      return remembered();
    }
    try {
      return await this.ask('get', async (store) => {
        const found = (await store.get(name(key))) ?? undefined;
        // A client that parses JSON by itself: nothing that is kept could be found again.
        if (found !== undefined && typeof found !== 'string') throw storeFailed();
        return found;
      });
    } catch (error) {
      const text = await remembered();
      if (text === undefined) throw error;
      return text;
    }
  }

  /** The value of a text that has not expired. One that cannot be read is none. */
  private read<T>(text: string | undefined): T | undefined {
    const envelope = text === undefined ? undefined : parse(text);
    return envelope && envelope.e > this.events.now() ? (envelope.v as T) : undefined;
  }

  private async ask<T>(operation: 'get' | 'set' | 'delete' | 'setIfAbsent', use: (store: Store) => Promise<T>, always?: 'always'): Promise<T> {
    const start = this.events.now();
    if (Date.now() < this.awayUntil && !always) throw storeFailed();
    try {
      const late = (): never => {
        this.awayUntil = Date.now() + AWAY;
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

const PREFIX = 'mp-phone:';
const name = (key: string) => PREFIX + key;

function parse(text: string): { e: number; v: unknown } | undefined {
  try {
    const envelope = JSON.parse(text) as { e: number; v: unknown };
    return typeof envelope?.e === 'number' ? envelope : undefined;
  } catch {
    return undefined;
  }
}
