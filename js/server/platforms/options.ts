// The checks of a platform's options, when the service is made.
import type { PhoneError } from '../../core/errors';
import type { Key, Platform } from '../../core/types';
import { changed, invalidInput, isPhoneError } from '../errors';
import { openPhone, signRsa2 } from '../runtime/wasm';

/** Refuses options that lack a text; a key may be bytes. `within` is what holds them, where the platform does not. */
export function requireTexts(platform: Platform, options: object, names: readonly string[], within = ''): void {
  for (const name of names) {
    const value = (options as Record<string, unknown>)[name];
    const field = `platforms.${platform}.${within}${name}`;
    const isThere = typeof value === 'string' ? value.trim() : value instanceof Uint8Array && BYTES.test(name);
    if (!isThere) throw invalidInput(field, undefined, platform);
    // A file that a secret is read from ends with a line break; the platform then refuses the secret.
    if (WORDS.test(name) && value !== (value as string).trim())
      throw invalidInput(field, `${field} begins or ends with white space`, platform);
  }
}

const BYTES = /^(private|alipayPublic|aes)Key$/;

const WORDS = /^(app|client)(Id|Key|Secret)$/;

/** Refuses an option that is there and is none of what it may be. */
export function requireOption(
  platform: Platform,
  name: string,
  value: unknown,
  isAllowed: boolean,
  what: string,
): void {
  const field = `platforms.${platform}.${name}`;
  if (value !== undefined && !isAllowed) throw invalidInput(field, `${field} is not ${what}`, platform);
}

/**
 * Refuses a key that cannot be read when the service is made, and not when the first user comes.
 * @param use opens nonsense
 * @param other says what the key is instead, if it is the other half of a pair
 */
export function requireReadableKey(
  platform: Platform,
  name: string,
  use: () => unknown,
  other?: () => string | undefined,
): void {
  const error = wrongKey(name, use);
  if (error) throw errorOfOption(error, platform, other?.());
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

/** The same error of a key, by its name among the options. */
function errorOfOption(
  error: PhoneError,
  platform: Platform,
  says = error.message.slice(error.field!.length),
): PhoneError {
  const field = `platforms.${platform}.${error.field}`;
  return changed(error, { field, platform, message: field + says });
}
