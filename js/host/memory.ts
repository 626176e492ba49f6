// The default store: this process's memory. It is also what the service falls back on while another store is away.
import type { Store } from './index';

interface Entry {
  value: string;
  expires: number;
}

/**
 * A store in this process's memory, of a bounded size for each kind of key: a rush of codes must not end sessions. What
 * is oldest of a kind, and so ends first, gives way.
 */
export class MemoryStore implements Required<Store> {
  private readonly kinds = new Map<string, Map<string, Entry>>();

  constructor(
    private readonly size: number,
    private readonly now: () => number,
  ) {}

  async get(key: string): Promise<string | undefined> {
    return this.peek(key);
  }

  async set(key: string, value: string, ttl: number): Promise<boolean> {
    const entries = this.kind(key);
    entries.delete(key);
    for (const [oldest, { expires }] of entries) {
      if (entries.size < this.size && expires > this.now()) break;
      entries.delete(oldest);
    }
    entries.set(key, { value, expires: this.now() + ttl });
    return true;
  }

  async delete(key: string): Promise<boolean> {
    return this.kind(key).delete(key);
  }

  async setIfAbsent(key: string, value: string, ttl: number): Promise<boolean> {
    return this.peek(key) === undefined && this.set(key, value, ttl);
  }

  private peek(key: string): string | undefined {
    const entry = this.kind(key).get(key);
    if (entry && entry.expires > this.now()) return entry.value;
    this.kind(key).delete(key);
    return undefined;
  }

  /** `mp-phone:session:…`: what stands before the last colon. */
  private kind(key: string): Map<string, Entry> {
    const name = key.slice(0, key.lastIndexOf(':'));
    let entries = this.kinds.get(name);
    if (!entries) this.kinds.set(name, (entries = new Map()));
    return entries;
  }
}
