// Members of a platform's answer.
import type { Platform } from '../../core/types';
import { isToken } from './access-tokens';
import { platformUnavailable } from './unavailable';

/** The text members of an answer. @throws ERR_PLATFORM `EMPTY` where one is missing, `UNREADABLE` where one cannot be what it is called */
export function requiredTexts<K extends string>(platform: Platform, from: any, ...names: K[]): Record<K, string> {
  for (const name of names) {
    const value: unknown = from?.[name];
    if (typeof value !== 'string' || !value) throw platformUnavailable(platform, 'EMPTY');
    if (!(/token/i.test(name) ? isToken(value) : isId(value))) throw platformUnavailable(platform, 'UNREADABLE');
  }
  return from;
}

/** Ids and session keys end in keys of the store. The longest that is documented has 64 characters. */
export const isId = (value: unknown): value is string => typeof value === 'string' && /^[!-~]{1,256}$/.test(value);

/** Seconds. The longest that is documented is Baidu's, 30 days. */
export const LONGEST = 31 * 86_400;

/** A token's answer. */
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

/** An id in an answer that may be missing. One that cannot be an id is missing. */
export const optionalId = (value: unknown): string | undefined => (isId(value) ? value : undefined);

/** The user that an answer names, if it does. */
export const userOf = (openId: unknown, unionId: unknown) =>
  isId(openId) ? { openId, unionId: optionalId(unionId) } : undefined;
