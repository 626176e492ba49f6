// Access tokens: one request for any number of callers, one token for all processes, and none thrown away that is good.
import type { Platform } from '../core/index';
import { calledFor, isPhoneError } from './errors';
import type { Events } from './events';
import type { TokenSource } from './index';
import type { Keeper } from './store';

interface Token {
  token: string;
  /** When it ends, and when the request began that got it, by our clock, in milliseconds. */
  expires: number;
  since: number;
}

/** Asks the platform for a token. `refused` is one that it must not give again. */
export type RequestToken = (refused: string | undefined) => Promise<{ token: string; expiresIn: number }>;

/** Something that has a token for a piece of work, and another one if the first is refused. */
export interface Tokens {
  use<T>(work: (token: string) => Promise<T>): Promise<T>;
}

/** Milliseconds before its end from which a token is renewed: WeChat's stable and Douyin's tokens overlap that long. */
const AHEAD = 300_000;
/** Milliseconds for which a refusal to give a token is believed, so that a wrong secret is not sent with every request. */
const REFUSED = 1_000;

export class TokenCache implements Tokens {
  private current: Token | undefined;
  private pending: Promise<Token> | undefined;
  private failure: { error: unknown; until: number } | undefined;

  /** @param key names the token among all processes that share the store */
  constructor(
    private readonly platform: Platform,
    private readonly key: string,
    private readonly request: RequestToken,
    private readonly keeper: Keeper,
    private readonly events: Events,
    private readonly timeout: number,
  ) {}

  /** Runs `work` with a token; where the platform refuses the token, once more with another one. */
  async use<T>(work: (token: string) => Promise<T>): Promise<T> {
    const { token } = await this.get();
    try {
      return await work(token);
    } catch (error) {
      if (!isRefused(error)) throw error;
      return work((await this.renew(token)).token);
    }
  }

  private async get(): Promise<Token> {
    if (this.current && this.fresh(this.current)) return this.current;
    const known = this.current;
    try {
      return await this.once(async () => this.shared((token) => this.fresh(token), undefined));
    } catch (error) {
      // The old one is still good: its successor can wait.
      if (known && known === this.current && known.expires > this.events.now()) return known;
      throw error;
    }
  }

  /** Another token than the one that was refused. */
  private async renew(refused: string): Promise<Token> {
    if (this.current?.token === refused) this.current = undefined;
    // Somebody may be renewing it already, or have begun before it was refused.
    if (this.pending) await this.pending.catch(() => {});
    if (this.current && this.current.token !== refused) return this.current;
    return this.once(async () => this.shared((token) => token.token !== refused && this.fresh(token), refused));
  }

  /** One at a time in this process: whoever comes meanwhile gets the same. */
  private once(work: () => Promise<Token>): Promise<Token> {
    if (this.failure && this.failure.until > this.events.now()) return Promise.reject(this.failure.error);
    this.failure = undefined;
    this.pending ??= work()
      .then((token) => this.keep(token))
      .catch((error: unknown) => {
        if (isPhoneError(error, 'ERR_PLATFORM')) this.failure = { error, until: this.events.now() + REFUSED };
        throw error;
      })
      .finally(() => (this.pending = undefined));
    return this.pending;
  }

  /** The token in the store, or one that only this process asks for. A store that is away costs a request, no more. */
  private async shared(good: (token: Token) => boolean, refused: string | undefined): Promise<Token> {
    const stored = async () => {
      const token = await this.keeper.get<Token>(this.key).catch(() => undefined);
      return token && good(token) ? token : undefined;
    };
    return (await stored()) ?? this.keeper.alone(this.key, this.timeout * 2, stored, async () => (await stored()) ?? this.fetch(refused));
  }

  private async fetch(refused: string | undefined): Promise<Token> {
    const since = this.events.now();
    const got = await this.events
      .tell({ event: 'token', platform: this.platform }, () => this.request(refused))
      // A token request has no token that could be refused: it is the secret.
      .catch((error: unknown) => Promise.reject(calledFor(error, 'refresh-token', 'fix-config')));
    const token = { token: got.token, since, expires: since + got.expiresIn * 1000 };
    // An answer that took long must not take the place of a newer token.
    const stored = await this.keeper.get<Token>(this.key).catch(() => undefined);
    if (stored && stored.since > since && stored.token !== refused) return stored;
    await this.keeper.set(this.key, token, token.expires - this.events.now());
    return token;
  }

  private keep(token: Token): Token {
    if (!this.current || this.current.since <= token.since) this.current = token;
    return this.current;
  }

  private fresh({ expires, since }: Token): boolean {
    return expires - Math.min(AHEAD, (expires - since) / 2) > this.events.now();
  }
}

/** Tokens that somebody else keeps. */
export class ForeignTokens implements Tokens {
  constructor(private readonly source: TokenSource) {}

  async use<T>(work: (token: string) => Promise<T>): Promise<T> {
    const token = await this.source();
    try {
      return await work(token);
    } catch (error) {
      if (!isRefused(error)) throw error;
      const other = await this.source(token);
      if (other === token) throw error;
      return work(other);
    }
  }
}

const isRefused = (error: unknown) => isPhoneError(error, 'ERR_PLATFORM') && error.action === 'refresh-token';
