import { Clock, MINUTE } from './clock';

export interface AppToken {
  token: string;
  /** In seconds. */
  expiresIn: number;
}

interface Rules {
  /** In milliseconds. Default two hours. */
  life?: number;
  /** How long a token stays valid after a newer token replaces it, in milliseconds. Default 5 minutes. */
  overlap?: number;
  /** How many of the newest tokens may be valid at the same time. Default: no limit. */
  keep?: number;
}

/** The access tokens of an app. A new token invalidates older ones, immediately or later. */
export class AppTokens {
  private readonly tokens: { token: string; expires: number; invalidFrom: number }[] = [];
  private readonly rules: Required<Rules>;

  constructor(
    private readonly clock: Clock,
    private readonly make: () => string,
    rules: Rules = {},
  ) {
    this.rules = { life: 120 * MINUTE, overlap: 5 * MINUTE, keep: Infinity, ...rules };
  }

  /** A new token. */
  renew(overlap = this.rules.overlap): AppToken {
    const now = this.clock.now();
    this.tokens.forEach((older, index) => {
      older.invalidFrom = Math.min(older.invalidFrom, index < this.rules.keep - 1 ? now + overlap : now);
    });
    this.tokens.unshift({ token: this.make(), expires: now + this.rules.life, invalidFrom: Infinity });
    return this.present();
  }

  /** The newest token, or a new token if the newest is invalid or expires within five minutes. */
  stable(): AppToken {
    const newest = this.tokens[0];
    const now = this.clock.now();
    if (newest && newest.invalidFrom > now && newest.expires - now > 5 * MINUTE) return this.present();
    return this.renew();
  }

  /** `dead`: replaced, revoked, or never issued. */
  inspect(token: string | null | undefined): 'good' | 'expired' | 'dead' {
    const known = this.tokens.find((issued) => issued.token === token);
    const now = this.clock.now();
    if (!known || known.invalidFrom <= now) return 'dead';
    return known.expires <= now ? 'expired' : 'good';
  }

  revoke(): void {
    for (const issued of this.tokens) issued.invalidFrom = -Infinity;
  }

  private present(): AppToken {
    const { token, expires } = this.tokens[0]!;
    return { token, expiresIn: Math.ceil((expires - this.clock.now()) / 1000) };
  }
}
