// The default store: the memory of this process. It also serves as the fallback while another store is unavailable.
import type { Store } from '../types';

interface Entry {
  value: string;
  expires: number;
  /** The owner of an entry. Entries without an owner belong to the service. */
  owner?: string;
}

/**
 * A store in the memory of this process, with a limit for each kind of key: many codes must not end sessions. When the
 * limit is reached, the owner with the most entries of the kind loses the oldest of them: so no user can displace the
 * others.
 */
export class MemoryStore implements Required<Store> {
  private readonly kinds = new Map<string, KindEntries>();

  /** @param onEvict called with each key that was evicted because of the limit, or was found to be expired */
  constructor(
    private readonly size: number,
    private readonly now: () => number,
    private readonly onEvict: (key: string) => void = () => {},
  ) {}

  async get(key: string): Promise<string | undefined> {
    return this.read(key);
  }

  /** @param owner the owner of the entry; an entry without an owner stays until it expires */
  async set(key: string, value: string, ttl: number, owner?: string): Promise<boolean> {
    const kind = this.entriesOf(key);
    kind.set(key, { value, expires: this.now() + ttl, owner });
    for (const [oldest, { expires }] of kind.entries) {
      if (expires > this.now()) break;
      this.evict(oldest);
    }
    while (kind.owned > this.size) this.evict(kind.keyToEvict(owner));
    return true;
  }

  async delete(key: string): Promise<boolean> {
    return this.entriesOf(key).delete(key);
  }

  async setIfAbsent(key: string, value: string, ttl: number, owner?: string): Promise<boolean> {
    return this.read(key) === undefined && this.set(key, value, ttl, owner);
  }

  private read(key: string): string | undefined {
    const entry = this.entriesOf(key).entries.get(key);
    if (entry && entry.expires > this.now()) return entry.value;
    if (entry) this.evict(key);
    return undefined;
  }

  private evict(key: string): void {
    this.entriesOf(key).delete(key);
    this.onEvict(key);
  }

  /** The entries of the same kind as a key. The kind is the part before the last colon: `mp-phone:session`. */
  private entriesOf(key: string): KindEntries {
    const name = key.slice(0, key.lastIndexOf(':'));
    let kind = this.kinds.get(name);
    if (!kind) this.kinds.set(name, (kind = new KindEntries()));
    return kind;
  }
}

/** The entries of one kind, oldest first, and the number of entries of each owner. Every operation takes constant time. */
class KindEntries {
  readonly entries = new Map<string, Entry>();
  /** Entries that have an owner. */
  owned = 0;
  private readonly keys = new Map<string, Set<string>>();
  /** The element at index n: the owners that have exactly n entries each. The last element is never empty. */
  private readonly ranks: Set<string>[] = [];

  set(key: string, entry: Entry): void {
    this.delete(key);
    this.entries.set(key, entry);
    const { owner } = entry;
    if (owner === undefined) return;
    const keys = this.keys.get(owner) ?? new Set();
    this.keys.set(owner, keys.add(key));
    this.moveRank(owner, keys.size - 1, keys.size);
    this.owned++;
  }

  delete(key: string): boolean {
    const owner = this.entries.get(key)?.owner;
    const keys = owner === undefined ? undefined : this.keys.get(owner);
    if (owner !== undefined && keys?.delete(key)) {
      this.moveRank(owner, keys.size + 1, keys.size);
      if (!keys.size) this.keys.delete(owner);
      this.owned--;
    }
    return this.entries.delete(key);
  }

  /**
   * The oldest key of the owner with the most entries. If `newcomer` is among the owners with the most entries, its own
   * oldest key is returned, unless these owners have only one entry each.
   */
  keyToEvict(newcomer: string | undefined): string {
    const most = this.ranks.length - 1;
    const largest = this.ranks[most]!;
    const owner = most > 1 && newcomer !== undefined && largest.has(newcomer) ? newcomer : first(largest);
    return first(this.keys.get(owner)!);
  }

  private moveRank(owner: string, from: number, to: number): void {
    this.ranks[from]?.delete(owner);
    for (let top = this.ranks.length; top <= to; top++) this.ranks.push(new Set());
    if (to > 0) this.ranks[to]!.add(owner);
    while (this.ranks.length && !this.ranks[this.ranks.length - 1]!.size) this.ranks.pop();
  }
}

const first = (names: Set<string>): string => names.values().next().value!;
