// What the service asks of a platform. One file a platform knows its URLs, its parameters and its shapes.

import type { PhoneError } from '../../core/errors';
import { openPhone } from '../../core/opener/functions';
import type { Key, OpenOptions, PhoneNumber, Platform } from '../../core/types';
import { signRsa2 } from '../core';
import type { Open } from '../diagnosis';
import { invalid, isPhoneError, noAnswer, ofOption } from '../errors';
import type { Events } from '../events';
import type { Http } from '../http';
import type { Keeper } from '../store';
import { ForeignTokens, isToken, type RequestToken, TokenCache, type Tokens } from '../tokens';
import type { PhoneDetail, TokenSource, User } from '../types';

export interface Client {
  /** What names the app, for keys of the store. */
  readonly app: string;
  /** Exchanges a login code. Absent where the platform has no login. */
  login?(code: string): Promise<Identity>;
  /** Who is calling, where the host knows it without a login. */
  caller?(): User | null;
  /** Fetches the number behind a phone code. */
  byCode?(code: string, user: User | null): Promise<Named>;
  /** Fetches the number behind a CloudID. */
  byCloudId?(cloudId: string): Promise<Named>;
  /** Opens what is sealed. */
  open?(detail: PhoneDetail, sessionKeys: string[], options: OpenOptions): PhoneNumber;
  /** Text that is the same for equal payloads and names nobody without a secret, where a payload could be anybody's. */
  fingerprint?(phone: PhoneNumber): string;
  checkSession?(openId: string, sessionKey: string): Promise<boolean>;
  resetSessionKey?(openId: string, sessionKey: string): Promise<string>;
}

export interface Identity {
  openId: string;
  userId?: string;
  unionId?: string;
  sessionKey?: string;
}

/** A number, and the user if the platform's answer names one. */
export interface Named {
  phone: PhoneNumber;
  user?: { openId: string; unionId?: string };
}

/** What a client is made with. */
export interface Making {
  http: Http;
  keeper: Keeper;
  events: Events;
  /** Seconds. */
  timeout: number;
  /** What phone data is checked by. */
  checks: () => OpenOptions;
  /** Opens what is sealed. */
  open: Open;
}

/** The tokens of a platform: its own, or somebody else's. */
export const tokensOf = (
  platform: Platform,
  app: string,
  { keeper, events, timeout }: Making,
  source: RequestToken | { foreign: TokenSource },
): Tokens =>
  typeof source === 'function'
    ? new TokenCache(platform, `token:${platform}:${app}`, source, keeper, events, timeout)
    : new ForeignTokens(platform, source.foreign, events, timeout);

/** The text members of an answer. @throws ERR_PLATFORM `EMPTY` where one is missing, `UNREADABLE` where one cannot be what it is called */
export function texts<K extends string>(platform: Platform, from: any, ...names: K[]): Record<K, string> {
  for (const name of names) {
    const value: unknown = from?.[name];
    if (typeof value !== 'string' || !value) throw noAnswer(platform, 'EMPTY');
    if (!(/token/i.test(name) ? isToken(value) : isId(value))) throw noAnswer(platform, 'UNREADABLE');
  }
  return from;
}

/** Ids and session keys end in keys of the store. The longest that is documented has 64 characters. */
const isId = (value: unknown): value is string => typeof value === 'string' && /^[!-~]{1,256}$/.test(value);

/** Seconds. The longest that is documented is Baidu's, 30 days. */
const LONGEST = 31 * 86_400;

/** A token's answer. */
export function token(
  platform: Platform,
  from: any,
  name = 'access_token',
  lifetime = 'expires_in',
): { token: string; expiresIn: number } {
  const { [name]: token } = texts(platform, from, name);
  const seconds: unknown = from[lifetime];
  const expiresIn = typeof seconds === 'number' || typeof seconds === 'string' ? Number(seconds) : NaN;
  if (!(expiresIn > 0)) throw noAnswer(platform, 'EMPTY');
  return { token: token!, expiresIn: Math.min(expiresIn, LONGEST) };
}

/** An id in an answer that may be missing. One that cannot be an id is missing. */
export const optional = (value: unknown): string | undefined => (isId(value) ? value : undefined);

/** The user that an answer names, if it does. */
export const userOf = (openId: unknown, unionId: unknown) =>
  isId(openId) ? { openId, unionId: optional(unionId) } : undefined;

/** The text members of what a client sent. @throws ERR_INPUT with the name of the one that is missing or empty */
export function members<K extends string>(platform: Platform, detail: PhoneDetail, ...names: K[]): Record<K, string> {
  for (const name of names)
    if (typeof detail[name] !== 'string' || !detail[name]) throw invalid(`detail.${name}`, undefined, platform);
  return detail as Record<K, string>;
}

/** Refuses options that lack a text; a key may be bytes. `within` is what holds them, where the platform does not. */
export function required(platform: Platform, options: object, names: readonly string[], within = ''): void {
  for (const name of names) {
    const value = (options as Record<string, unknown>)[name];
    const field = `platforms.${platform}.${within}${name}`;
    const isThere = typeof value === 'string' ? value.trim() : value instanceof Uint8Array && BYTES.test(name);
    if (!isThere) throw invalid(field, undefined, platform);
    // A file that a secret is read from ends with a line break; the platform then refuses the secret.
    if (WORDS.test(name) && value !== (value as string).trim())
      throw invalid(field, `${field} begins or ends with white space`, platform);
  }
}

const BYTES = /^(private|alipayPublic|aes)Key$/;
const WORDS = /^(app|client)(Id|Key|Secret)$/;

/** Refuses an option that is there and is none of what it may be. */
export function allowed(platform: Platform, name: string, value: unknown, isAllowed: boolean, what: string): void {
  const field = `platforms.${platform}.${name}`;
  if (value !== undefined && !isAllowed) throw invalid(field, `${field} is not ${what}`, platform);
}

/**
 * Refuses a key that cannot be read when the service is made, and not when the first user comes.
 * @param use opens nonsense
 * @param other says what the key is instead, if it is the other half of a pair
 */
export function readable(platform: Platform, name: string, use: () => unknown, other?: () => string | undefined): void {
  const error = wrongKey(name, use);
  if (error) throw ofOption(error, platform, other?.());
}

/** One block that no key opens. */
export const NONSENSE = 'bm9uc2Vuc2Vub25zZW5zZQ==';

/** Checks nonsense with a public key, and signs it with a private one. */
export const openSigned = (alipayPublicKey: Key) =>
  openPhone({ platform: 'alipay', response: NONSENSE, sign: NONSENSE }, { alipayPublicKey, aesKey: NONSENSE });
export const sign = (privateKey: Key) => signRsa2('nonsense', privateKey);

/** Of a key that cannot be the private one, and of one that cannot be the public one. */
export const ifPublic = (key: Key) =>
  wrongKey('alipayPublicKey', () => openSigned(key)) ? undefined : ' is a public key: here the private key belongs';
export const ifPrivate = (key: Key) =>
  wrongKey('privateKey', () => sign(key)) ? undefined : ' is a private key: here the public key belongs';

function wrongKey(name: string, use: () => unknown): PhoneError | undefined {
  try {
    use();
  } catch (error) {
    if (isPhoneError(error) && error.field === name) return error;
  }
  return undefined;
}
