// What this process wrote, kept in its memory for the time when the store is unavailable: requests are served from it, and
// writes that the store did not take are repeated when it answers again.
import { MemoryStore } from './memory';

/** Writes to the store. Rejects where the store did not take the value. */
type Write = (key: string, text: string, ttl: number) => Promise<unknown>;

/** Milliseconds after which a flush counts as lost: on Workers, a request that is aborted never settles its promises. */
const LONGEST_FLUSH = 1000;

export class Fallback {
  readonly #memory: MemoryStore;
  /** Keys whose last value the store did not take. */
  readonly #pendingWrites = new Set<string>();
  #flushingUntil = 0;

  /**
   * @param entries the bound of the memory, for each kind of key
   * @param expiryOf the time at which a text expires, in milliseconds
   */
  constructor(
    entries: number,
    private readonly now: () => number,
    private readonly write: Write,
    private readonly expiryOf: (text: string) => number | undefined,
  ) {
    // A value that the memory has dropped cannot be written later. So the memory's bounds, which are fair, hold for
    // pending writes, too.
    this.#memory = new MemoryStore(entries, now, (key) => this.#pendingWrites.delete(key));
  }

  /** Whether the store lacks the newest value of a key. */
  isPending(key: string): boolean {
    return this.#pendingWrites.has(key);
  }

  /** The text that this process wrote last. */
  get(key: string): Promise<string | undefined> {
    return this.#memory.get(key);
  }

  /**
   * Keeps a text and writes it to the store, now or when the store answers again.
   * @param ttl in milliseconds
   * @param owner as of {@link MemoryStore.set}
   */
  async set(key: string, text: string, ttl: number, owner?: string): Promise<void> {
    await this.#memory.set(key, text, ttl, owner);
    await this.#writeThrough(key, text, ttl);
  }

  async delete(key: string): Promise<void> {
    await this.#memory.delete(key);
    this.#pendingWrites.delete(key);
  }

  /** Repeats pending writes in the background, one after the other, until the store fails again. */
  flushPendingWrites(): void {
    if (!this.#pendingWrites.size || this.#flushingUntil > Date.now()) return;
    this.#flushingUntil = Date.now() + LONGEST_FLUSH;
    this.#flush()
      .catch(() => {})
      .then(() => (this.#flushingUntil = 0));
  }

  async #flush(): Promise<void> {
    for (const key of [...this.#pendingWrites]) {
      const text = await this.#memory.get(key);
      const expires = text === undefined ? undefined : this.expiryOf(text);
      if (expires === undefined) this.#pendingWrites.delete(key);
      else if (!(await this.#writeThrough(key, text!, expires - this.now()))) return;
    }
  }

  async #writeThrough(key: string, text: string, ttl: number): Promise<boolean> {
    try {
      await this.write(key, text, ttl);
      this.#pendingWrites.delete(key);
      return true;
    } catch {
      if (await this.#memory.get(key)) this.#pendingWrites.add(key);
      return false;
    }
  }
}
