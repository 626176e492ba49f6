// Access tokens of the platforms: cached, shared among processes through the store, and renewed before they expire. Any
// number of concurrent callers causes a single request.
import type { Platform } from '../../core/types';
import { SingleFlight, withTimeout } from '../concurrency';
import { isPhoneError, withAction } from '../errors';
import type { Events } from '../events';
import { memberOf } from '../own-members';
import { classOf } from '../safe-text';
import type { ServiceStore } from '../state/store';
import type { TokenSource } from '../types';
import { platformUnavailable } from './unavailable';

interface Token {
  token: string;
  /** When the token expires, and when its request began, in milliseconds, according to this machine's clock. */
  expires: number;
  requestedAt: number;
}

/** Requests a token from the platform. `rejected` is a token that must not be returned again. */
export type RequestToken = (rejected: string | undefined) => Promise<{ token: string; expiresIn: number }>;

/**
 * Whether a text can be a token: it becomes part of URLs and headers. The longest documented token is Feishu's, 4,096
 * characters.
 */
export const isToken = (text: unknown): text is string => typeof text === 'string' && /^[!-~]{1,4096}$/.test(text);

const isStoredToken = (value: unknown): value is Token =>
  isToken(memberOf(value, 'token')) &&
  ['expires', 'requestedAt'].every((name) => Number.isFinite(memberOf(value, name)));

/** Runs work with an access token. If the platform rejects the token, the work runs a second time with a new token. */
export interface AccessTokens {
  use<T>(work: (token: string) => Promise<T>): Promise<T>;
}

/**
 * How long before its expiry a token is renewed, in milliseconds. For this time WeChat (stable tokens) and
 * Douyin accept both the old and the new token.
 */
const RENEW_AHEAD = 300_000;
/** In milliseconds: how long a caller waits for a new token while the old token is still valid. */
const RENEWAL_WAIT = 500;
/** In milliseconds: how long a failed token request is not repeated. With a wrong secret the next request would fail, too. */
const FAILURE_PAUSE = 1_000;

export class TokenCache implements AccessTokens {
  #current: Token | undefined;
  /** The last token that the platform rejected. */
  #rejected: string | undefined;
  #failure: { error: unknown; at: number } | undefined;
  readonly #flights: SingleFlight<Token>;
  readonly #platform: Platform;
  readonly #key: string;
  readonly #request: RequestToken;
  readonly #store: ServiceStore;
  readonly #events: Events;
  readonly #timeout: number;

  /** @param key names the token for all processes that share the store */
  constructor(
    platform: Platform,
    key: string,
    request: RequestToken,
    store: ServiceStore,
    events: Events,
    timeout: number,
  ) {
    this.#platform = platform;
    this.#key = key;
    this.#request = request;
    this.#store = store;
    this.#events = events;
    this.#timeout = timeout;
    this.#flights = new SingleFlight(timeout + 1);
  }

  async use<T>(work: (token: string) => Promise<T>): Promise<T> {
    const { token } = await this.#get();
    try {
      return await work(token);
    } catch (error) {
      if (!isTokenRejected(error)) throw error;
      return work((await this.#renew(token)).token);
    }
  }

  async #get(): Promise<Token> {
    const known = this.#current;
    if (known && this.#isFresh(known)) return known;
    try {
      const next = this.#fetchOnce();
      // The old token is still valid: no caller waits long for its successor.
      return await (this.#isValid(known) ? withTimeout(RENEWAL_WAIT, next, () => known) : next);
    } catch (error) {
      const old = known ?? (await this.#stored());
      if (this.#isValid(old)) return old;
      throw error;
    }
  }

  /** Returns a token other than the rejected one. The rejected token is removed only if it is still the current one. */
  async #renew(rejected: string): Promise<Token> {
    if (!this.#current || this.#current.token === rejected) this.#rejected = rejected;
    // A token request that began before the rejection may return the same token.
    await this.#flights.settled('');
    return this.#get();
  }

  /** Requests a token. Concurrent callers in this process share a request. */
  async #fetchOnce(): Promise<Token> {
    const age = this.#events.now() - (this.#failure?.at ?? -Infinity);
    // The clock may have been set back.
    if (this.#failure && age >= 0 && age < FAILURE_PAUSE) throw this.#failure.error;
    this.#failure = undefined;
    const { value } = await this.#flights.run('', async () => {
      try {
        const token = await this.#storedOrNew();
        if (!this.#current || this.#current.requestedAt <= token.requestedAt || this.#current.token === this.#rejected)
          this.#current = token;
        return this.#current;
      } catch (error) {
        if (isPhoneError(error, 'ERR_PLATFORM')) this.#failure = { error, at: this.#events.now() };
        throw error;
      }
    });
    return value;
  }

  /**
   * The token in the store, or a new token, which only one process at a time requests. Without a store, each process
   * requests its own.
   */
  async #storedOrNew(): Promise<Token> {
    const stored = async () => {
      const token = await this.#stored();
      return token && this.#isFresh(token) ? token : undefined;
    };
    return (
      (await stored()) ??
      this.#store.withLock(this.#key, {
        seconds: this.#timeout * 2,
        result: stored,
        work: async () => (await stored()) ?? this.#fetch(),
      })
    );
  }

  /** The token in the store. */
  #stored(): Promise<Token | undefined> {
    return this.#store.get(this.#key, isStoredToken).catch(() => undefined);
  }

  async #fetch(): Promise<Token> {
    const requestedAt = this.#events.now();
    const response = await this.#events
      .observe({ event: 'token', platform: this.#platform }, async () => ({
        value: await this.#request(this.#rejected),
      }))
      // A token request sends no token. So if the error says that a token is invalid, the app's secret is wrong.
      .catch((error: unknown) => Promise.reject(withAction(error, 'refresh-token', 'fix-config')));
    // The platform returned the rejected token again: there is no other.
    if (response.token === this.#rejected) this.#rejected = undefined;
    const token = { token: response.token, requestedAt, expires: requestedAt + response.expiresIn * 1000 };
    // A slow response must not overwrite a newer token.
    const stored = await this.#stored();
    if (stored && stored.requestedAt > requestedAt && this.#isFresh(stored)) return stored;
    await this.#store.set(this.#key, token, token.expires - this.#events.now());
    return token;
  }

  /** Whether a token is valid, and not so near its expiry that it should be renewed. */
  #isFresh(token: Token): boolean {
    return (
      this.#isValid(token) &&
      token.expires - Math.min(RENEW_AHEAD, (token.expires - token.requestedAt) / 2) > this.#events.now()
    );
  }

  #isValid(token: Token | undefined): token is Token {
    return token !== undefined && token.token !== this.#rejected && token.expires > this.#events.now();
  }
}

/** Access tokens from a function of the application. */
export class ExternalTokens implements AccessTokens {
  readonly #platform: Platform;
  readonly #source: TokenSource;
  readonly #events: Events;
  readonly #timeout: number;

  constructor(platform: Platform, source: TokenSource, events: Events, timeout: number) {
    this.#platform = platform;
    this.#source = source;
    this.#events = events;
    this.#timeout = timeout;
  }

  async use<T>(work: (token: string) => Promise<T>): Promise<T> {
    const token = await this.#callSource();
    try {
      return await work(token);
    } catch (error) {
      if (!isTokenRejected(error)) throw error;
      const other = await this.#callSource(token);
      if (other === token) throw error;
      return work(other);
    }
  }

  /** @throws ERR_PLATFORM, `retry`: the function of the application does not respond, or returns a value that is not a token */
  async #callSource(rejected?: string): Promise<string> {
    const start = this.#events.now();
    let token: unknown;
    let thrown: { error: unknown } | undefined;
    try {
      token = await withTimeout<unknown>(this.#timeout * 1000, (async () => this.#source(rejected))(), () => LATE);
    } catch (error) {
      // An error of the application's function may contain anything, even if it looks like an error of the service.
      thrown = { error };
    }
    if (isToken(token)) return token;
    const word = thrown ? 'NETWORK' : token === LATE ? 'TIMEOUT' : token ? 'UNREADABLE' : 'EMPTY';
    const failure = platformUnavailable(this.#platform, word, thrown?.error);
    const { code, message, action, platformCode } = failure;
    const cause = memberOf(failure, 'cause') as string | undefined;
    const reason = thrown ? `the function of the option token threw ${classOf(thrown.error)}` : message;
    const ms = this.#events.now() - start;
    this.#events.emit({
      event: 'token',
      ok: false,
      ms,
      platform: this.#platform,
      code,
      reason,
      action,
      platformCode,
      cause,
    });
    throw failure;
  }
}

const LATE = Symbol('late');

const isTokenRejected = (error: unknown) => isPhoneError(error, 'ERR_PLATFORM') && error.action === 'refresh-token';
