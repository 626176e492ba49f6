// Everything that is kept: in the application's store, which may fail, be slow, or give back what has expired.
import { isStoreFailure, storeFailed } from './errors';
import type { Events } from './events';
import { MemoryStore } from './memory';
import { bare, memberOf } from './own';
import { randomId } from './runtime';
import { causeOf } from './transport';
import type { Store } from './types';
import { sleep, Turns, within } from './waiting';
import { classOf } from './words';

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

  /**
   * The value, or `undefined`. An object has no prototype.
   * @param is whether a value can be what was kept under the key
   * @throws ERR_STORE where nobody knows
   */
  async get<T>(key: string, is: (value: unknown) => value is T): Promise<T | undefined> {
    const envelope = await this.envelope(key, is);
    return envelope && this.lives(envelope) ? (envelope.v as T) : undefined;
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
   * Keeps a text unless there is one. Atomic only where the store has `setIfAbsent`.
   * @param owner as in {@link set}
   * @returns the text that is there already, or `undefined` if this one was kept
   * @throws ERR_STORE
   */
  async claim(key: string, value: string, ttl: number, owner: string): Promise<string | undefined> {
    const text = this.wrap(value, ttl);
    return this.turns.take(key, async () => {
      const { store, memory } = this;
      if (!store) {
        if (await memory.setIfAbsent(name(key), text, ttl, owner)) return undefined;
      } else if (store.setIfAbsent) {
        const take = async () => kept(await store.setIfAbsent!(name(key), text, Math.ceil(ttl)));
        if (await this.ask('setIfAbsent', take)) return undefined;
      }
      const claimed = await this.get(key, isText);
      if (claimed === undefined) await this.set(key, value, ttl, owner);
      return claimed;
    });
  }

  /**
   * Runs `work` while no other process runs it for the same key, as far as the store can do that. Where another one is at
   * it, looks every now and then whether `done` gives a value, and takes over when that process has given up. `busy` is
   * for when it does not give up for long.
   */
  async alone<T>(
    key: string,
    seconds: number,
    done: () => Promise<T | undefined>,
    work: () => Promise<T>,
    busy = work,
  ): Promise<T> {
    const store = this.store;
    if (!store?.setIfAbsent) return work();
    const [lock, mine, ttl] = [name(`lock:${key}`), randomId(), Math.ceil(seconds * 1000)];
    const isMine = async () => (await this.ask('get', async () => lockIn(await store.get(lock)), 'always')) === mine;
    // Only the lock that is still ours: somebody else may have taken it over.
    const release = async () => ((await isMine()) ? this.ask('delete', () => store.delete(lock), 'always') : undefined);
    const since = Date.now();
    for (let wait = 10; ; wait = Math.min(wait * 1.5, 200)) {
      let taking: Promise<unknown> | undefined;
      try {
        if (
          await this.ask('setIfAbsent', async () =>
            kept(await (taking = (async () => store.setIfAbsent!(lock, mine, ttl))())),
          )
        )
          break;
      } catch {
        // A store that is away costs a second request, not an answer; a lock that it takes late holds nobody up.
        taking?.then(release).catch(() => {});
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
        const envelope = parse(text);
        if (!envelope) this.owed.delete(key);
        else if (!(await this.send(key, text!, envelope.e - this.events.now()))) return;
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

  /** What is kept under a key. It may have expired. */
  private async envelope(key: string, is: (value: unknown) => boolean): Promise<Envelope | undefined> {
    const remembered = async () => parse(await this.memory.get(name(key)));
    if (!this.store) return remembered();
    // What the store does not have yet is newer than what it has.
    if (this.owed.has(key)) {
      this.handIn();
      return remembered();
    }
    try {
      return await this.ask('get', async (store) => {
        const found = await store.get(name(key));
        if (isNone(found)) return undefined;
        const envelope = parse(found);
        if (!envelope || (this.lives(envelope) && !is(envelope.v))) throw storeFailed(ANOTHER);
        return envelope;
      });
    } catch (error) {
      const envelope = await remembered();
      if (!envelope) throw error;
      return envelope;
    }
  }

  private lives({ e }: Envelope): boolean {
    return e > this.events.now();
  }

  private async ask<T>(
    operation: 'get' | 'set' | 'delete' | 'setIfAbsent',
    use: (store: Store) => Promise<T>,
    always?: 'always',
  ): Promise<T> {
    const start = this.events.now();
    if (Date.now() < this.awayUntil && !always) throw storeFailed(LATE);
    try {
      const late = (): never => {
        this.awayUntil = Date.now() + AWAY;
        throw storeFailed(LATE);
      };
      const answer = await within(
        this.limits.storeTimeout * 1000,
        (async () => use(this.store ?? this.memory))(),
        late,
      );
      if (answer === false && operation === 'set') throw storeFailed('set of the store answered false');
      this.handIn();
      return answer;
    } catch (error) {
      const failure = isStoreFailure(error) ? error : storeFailed('the store failed', causeIn(error));
      const { code, message: reason } = failure;
      const cause = memberOf(failure, 'cause') as string | undefined;
      this.events.emit({ event: 'store', ok: false, ms: this.events.now() - start, operation, code, reason, cause });
      throw failure;
    }
  }
}

/** Milliseconds. */
const AWAY = 1000;

const PREFIX = 'mp-phone:';
const name = (key: string) => PREFIX + key;

const LATE = 'the store did not answer within limits.storeTimeout';
const ANOTHER = 'get of the store gave something other than what set got';

interface Envelope {
  /** When it ends, in milliseconds. */
  e: number;
  v: unknown;
}

/** Characters of an envelope. It holds at most a result and an answer of a platform, some of whose characters are escaped. */
const LARGEST = 1_048_576;

function parse(text: unknown): Envelope | undefined {
  if (typeof text !== 'string' || text.length > LARGEST) return undefined;
  try {
    const { e, v } = bare(JSON.parse(text)) as Envelope;
    return typeof e === 'number' ? { e, v: bare(v) } : undefined;
  } catch {
    return undefined;
  }
}

/** Whether `get` says that there is nothing. Some stores and adapters have a text for it. */
const isNone = (found: unknown): boolean => found === undefined || found === null || found === '' || found === 'null';

export const isText = (value: unknown): value is string => typeof value === 'string';
export const isTexts = (value: unknown): value is string[] => Array.isArray(value) && value.every(isText);

/** Whether `setIfAbsent` kept the value. Redis itself says OK or null, others 1 or 0. */
function kept(answer: unknown): boolean {
  if (answer === true || answer === 'OK' || answer === 1) return true;
  if (answer === false || answer === null || answer === 0) return false;
  throw storeFailed('setIfAbsent of the store answered neither true nor false');
}

/** What is kept under a lock: somebody's id, if anything. */
function lockIn(found: unknown): unknown {
  if (isNone(found) || (isText(found) && /^[\w-]{43}$/.test(found))) return found;
  throw storeFailed(ANOTHER);
}

/** What a store threw, by a code that is known, or by its class: its text may hold an address with a password. */
function causeIn(thrown: unknown): string {
  try {
    const { code, message } = Object(thrown) as { code?: unknown; message?: unknown };
    const word = REPLY.exec(String(message))?.[1] ?? (CODE.test(String(code)) ? String(code) : undefined);
    return causeOf(thrown) ?? word ?? classOf(thrown);
  } catch {
    return classOf(thrown); // a getter, a proxy
  }
}

/** The first word of an error that Redis answers. */
const REPLY =
  /^(NOAUTH|WRONGPASS|NOPERM|READONLY|LOADING|BUSY|OOM|MISCONF|MASTERDOWN|CLUSTERDOWN|NOREPLICAS|TRYAGAIN|MOVED)(?: |$)/;
/** Codes of Node's and of SQLite. */
const CODE = /^(?:ERR|SQLITE)_[A-Z_]{2,40}$/;
