import { Clock, MINUTE } from './clock';

/** What became of something that was handed out. */
export type Looked<T> = { state: 'good'; value: T } | { state: 'unknown' | 'expired' | 'used' };

/** Codes, CloudIDs and users' tokens: handed out, good for a while, and, as far as {@link spend} asks, once. */
export class ExpiringTokens<T> {
  private readonly entries = new Map<string, { value: T; expires: number; used: boolean }>();

  constructor(
    private readonly clock: Clock,
    private readonly life = 5 * MINUTE,
  ) {}

  issue(name: string, value: T): string {
    this.entries.set(name, { value, expires: this.clock.now() + this.life, used: false });
    return name;
  }

  look(name: unknown): Looked<T> {
    const entry = typeof name === 'string' ? this.entries.get(name) : undefined;
    if (!entry) return { state: 'unknown' };
    if (entry.used) return { state: 'used' };
    if (this.clock.now() >= entry.expires) return { state: 'expired' };
    return { state: 'good', value: entry.value };
  }

  spend(name: unknown): Looked<T> {
    const looked = this.look(name);
    if (looked.state === 'good') this.entries.get(name as string)!.used = true;
    return looked;
  }

  forgetAll(): void {
    this.entries.clear();
  }
}
