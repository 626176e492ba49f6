import { Clock, MINUTE } from './clock';

/** The state of an issued token. */
export type Lookup<T> = { state: 'good'; value: T } | { state: 'unknown' | 'expired' | 'used' };

/** Codes, CloudIDs and users' tokens: issued, valid for some time, and spent by {@link spend}. */
export class ExpiringTokens<T> {
  private readonly entries = new Map<string, { value: T; expires: number; used: boolean }>();

  constructor(
    private readonly clock: Clock,
    private readonly life = 5 * MINUTE,
  ) {}

  issue(token: string, value: T): string {
    this.entries.set(token, { value, expires: this.clock.now() + this.life, used: false });
    return token;
  }

  inspect(token: unknown): Lookup<T> {
    const entry = typeof token === 'string' ? this.entries.get(token) : undefined;
    if (!entry) return { state: 'unknown' };
    if (entry.used) return { state: 'used' };
    if (this.clock.now() >= entry.expires) return { state: 'expired' };
    return { state: 'good', value: entry.value };
  }

  spend(token: unknown): Lookup<T> {
    const lookup = this.inspect(token);
    if (lookup.state === 'good') this.entries.get(token as string)!.used = true;
    return lookup;
  }

  forgetAll(): void {
    this.entries.clear();
  }
}
