// Access tokens: one request for any number of callers, one token for all processes, and none thrown away that is good.
import type { Platform } from '../core/index';
import { calledFor, isPhoneError, noAnswer } from './errors';
import type { Events } from './events';
import type { TokenSource } from './index';
import { Flights, within } from './waiting';
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
/** Milliseconds that a caller waits for a new token while the old one lives. */
const PATIENCE = 500;
/** Milliseconds for which a refusal to give a token is believed, so that a wrong secret is not sent with every request. */
const REFUSED = 1_000;

export class TokenCache implements Tokens {
  private current: Token | undefined;
  /** The last token that the platform refused. */
  private refused: string | undefined;
  private readonly flights: Flights<Token>;
  private failure: { error: unknown; until: number } | undefined;

  /** @param key names the token among all processes that share the store */
  constructor(
    private readonly platform: Platform,
    private readonly key: string,
    private readonly request: RequestToken,
    private readonly keeper: Keeper,
    private readonly events: Events,
    private readonly timeout: number,
  ) {
    this.flights = new Flights(timeout + 1);
  }

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
    const known = this.current;
    if (known && this.good(known)) return known;
    try {
      const next = this.once();
      // While the old one lives, nobody waits long for its successor.
      return await (this.lives(known) ? within(PATIENCE, next, () => known) : next);
    } catch (error) {
      const old = known ?? (await this.keeper.get<Token>(this.key).catch(() => undefined));
      if (this.lives(old)) return old;
      throw error;
    }
  }

  /** Another token than the one that was refused, which is dropped only if it is still the present one. */
  private async renew(refused: string): Promise<Token> {
    if (!this.current || this.current.token === refused) this.refused = refused;
    // What was begun before the refusal may bring the same token.
    await this.flights.landed('');
    return this.get();
  }

  /** One request at a time in this process: whoever comes meanwhile gets the same. */
  private async once(): Promise<Token> {
    if (this.failure && this.failure.until > this.events.now()) throw this.failure.error;
    this.failure = undefined;
    const { value } = await this.flights.join('', async () => {
      try {
        const token = await this.shared();
        if (!this.current || this.current.since <= token.since || this.current.token === this.refused) this.current = token;
        return this.current;
      } catch (error) {
        if (isPhoneError(error, 'ERR_PLATFORM')) this.failure = { error, until: this.events.now() + REFUSED };
        throw error;
      }
    });
    return value;
  }

  /** The token in the store, or one that only this process asks for. A store that is away costs a request, no more. */
  private async shared(): Promise<Token> {
    const stored = async () => {
      const token = await this.keeper.get<Token>(this.key).catch(() => undefined);
      return token && this.good(token) ? token : undefined;
    };
    return (await stored()) ?? this.keeper.alone(this.key, this.timeout * 2, stored, async () => (await stored()) ?? this.fetch());
  }

  private async fetch(): Promise<Token> {
    const since = this.events.now();
    const got = await this.events
      .tell({ event: 'token', platform: this.platform }, () => this.request(this.refused))
      // A token request has no token that could be refused: it is the secret.
      .catch((error: unknown) => Promise.reject(calledFor(error, 'refresh-token', 'fix-config')));
    // The platform insists on it.
    if (got.token === this.refused) this.refused = undefined;
    const token = { token: got.token, since, expires: since + got.expiresIn * 1000 };
    // An answer that took long must not take the place of a newer token.
    const stored = await this.keeper.get<Token>(this.key).catch(() => undefined);
    if (stored && stored.since > since && this.good(stored)) return stored;
    await this.keeper.set(this.key, token, token.expires - this.events.now());
    return token;
  }

  /** Not so near its end that it should be renewed, and not refused. */
  private good(token: Token): boolean {
    return this.lives(token) && token.expires - Math.min(AHEAD, (token.expires - token.since) / 2) > this.events.now();
  }

  private lives(token: Token | undefined): token is Token {
    return token !== undefined && token.token !== this.refused && token.expires > this.events.now();
  }
}

/** Tokens that somebody else keeps. */
export class ForeignTokens implements Tokens {
  constructor(
    private readonly platform: Platform,
    private readonly source: TokenSource,
    private readonly events: Events,
    private readonly timeout: number,
  ) {}

  async use<T>(work: (token: string) => Promise<T>): Promise<T> {
    const token = await this.ask();
    try {
      return await work(token);
    } catch (error) {
      if (!isRefused(error)) throw error;
      const other = await this.ask(token);
      if (other === token) throw error;
      return work(other);
    }
  }

  /** @throws ERR_PLATFORM, `retry`: where the token is kept nobody answers, or not with a token */
  private async ask(refused?: string): Promise<string> {
    const start = this.events.now();
    const late = (): never => {
      throw noAnswer(this.platform, 'TIMEOUT');
    };
    try {
      const token = await within(this.timeout * 1000, (async () => this.source(refused))(), late);
      if (typeof token !== 'string' || !token) throw noAnswer(this.platform, 'EMPTY');
      return token;
    } catch (error) {
      // What the application's function threw may hold anything: its class is told, and no more.
      const failure = isPhoneError(error) ? error : noAnswer(this.platform, 'NETWORK');
      const { code, message, action, platformCode } = failure;
      const reason = isPhoneError(error) ? message : `the function of the option token threw ${error instanceof Error ? error.name : typeof error}`;
      this.events.emit({ event: 'token', ok: false, ms: this.events.now() - start, platform: this.platform, code, reason, action, platformCode });
      throw failure;
    }
  }
}

const isRefused = (error: unknown) => isPhoneError(error, 'ERR_PLATFORM') && error.action === 'refresh-token';
