// Keeps the values that this process wrote in its memory, for the time when the store is unavailable: requests are
// served from memory, and failed writes are repeated when the store responds again.
import { MemoryStore } from './memory';

/** Writes to the store. Rejects if the store did not store the value. */
type Write = (key: string, text: string, ttl: number) => Promise<unknown>;

/** In milliseconds: a flush that takes longer counts as lost. On Workers, the promises of an aborted request never settle. */
const LONGEST_FLUSH = 1000;

export class Fallback {
  readonly #memory: MemoryStore;
  /** Keys whose last value is not in the store. */
  readonly #pendingWrites = new Set<string>();
  #flushingUntil = 0;

  /**
   * @param entries the limit of the memory, for each kind of key
   * @param expiryOf the time at which a text expires, in milliseconds
   */
  constructor(
    entries: number,
    private readonly now: () => number,
    private readonly write: Write,
    private readonly expiryOf: (text: string) => number | undefined,
  ) {
    // A value that the memory has evicted cannot be written later. So pending writes are limited like the other entries:
    // the owner with the most entries loses the oldest of them.
    this.#memory = new MemoryStore(entries, now, (key) => this.#pendingWrites.delete(key));
  }

  /** Whether the store lacks the newest value of a key. */
  isPending(key: string): boolean {
    return this.#pendingWrites.has(key);
  }

  /** The last text that this process wrote. */
  get(key: string): Promise<string | undefined> {
    return this.#memory.get(key);
  }

  /**
   * Stores a text in memory and writes it to the store, now or when the store responds again.
   * @param ttl in milliseconds
   * @param owner as in {@link MemoryStore.set}
   */
  async set(key: string, text: string, ttl: number, owner?: string): Promise<void> {
    await this.#memory.set(key, text, ttl, owner);
    await this.#writeThrough(key, text, ttl);
  }

  async delete(key: string): Promise<void> {
    await this.#memory.delete(key);
    this.#pendingWrites.delete(key);
  }

  /** Repeats pending writes in the background, one after another, until the store fails again. */
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
