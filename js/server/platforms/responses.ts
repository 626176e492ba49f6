// Members of a platform's response.
import type { Platform } from '../../core/types';
import { isToken } from './access-tokens';
import { platformUnavailable } from './unavailable';

/**
 * The text members of a response. @throws ERR_PLATFORM `EMPTY` if a member is missing, `UNREADABLE` if its value is
 * impossible
 */
export function requiredTexts<K extends string>(platform: Platform, from: any, ...names: K[]): Record<K, string> {
  for (const name of names) {
    const value: unknown = from?.[name];
    if (typeof value !== 'string' || !value) throw platformUnavailable(platform, 'EMPTY');
    if (!(/token/i.test(name) ? isToken(value) : isId(value))) throw platformUnavailable(platform, 'UNREADABLE');
  }
  return from;
}

/** Ids and session keys become part of keys of the store. The longest documented one has 64 characters. */
export const isId = (value: unknown): value is string => typeof value === 'string' && /^[!-~]{1,256}$/.test(value);

/** In seconds. The longest documented lifetime is Baidu's, 30 days. */
export const LONGEST = 31 * 86_400;

/** The response to a token request. */
export function tokenOf(
  platform: Platform,
  from: any,
  name = 'access_token',
  lifetime = 'expires_in',
): { token: string; expiresIn: number } {
  const { [name]: token } = requiredTexts(platform, from, name);
  const seconds: unknown = from[lifetime];
  const expiresIn = typeof seconds === 'number' || typeof seconds === 'string' ? Number(seconds) : NaN;
  if (!(expiresIn > 0)) throw platformUnavailable(platform, 'EMPTY');
  return { token: token!, expiresIn: Math.min(expiresIn, LONGEST) };
}

/** An optional id in a response. A value that cannot be an id counts as missing. */
export const optionalId = (value: unknown): string | undefined => (isId(value) ? value : undefined);

/** The user in a response, if the response has one. */
export const userOf = (openId: unknown, unionId: unknown) =>
  isId(openId) ? { openId, unionId: optionalId(unionId) } : undefined;
