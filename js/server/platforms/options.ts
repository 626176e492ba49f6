// Checks a platform's options when the service is created.
import type { PhoneError } from '../../core/errors';
import type { Key, Platform } from '../../core/types';
import { changed, invalidInput, isPhoneError } from '../errors';
import { openPhone, signRsa2 } from '../runtime/wasm';

/**
 * Rejects options without a required text; a key may be bytes.
 * @param within the path from the platform's options to this object, such as `component.`
 */
export function requireTexts(platform: Platform, options: object, names: readonly string[], within = ''): void {
  for (const name of names) {
    const value = (options as Record<string, unknown>)[name];
    const field = `platforms.${platform}.${within}${name}`;
    const isPresent = typeof value === 'string' ? value.trim() : value instanceof Uint8Array && MAY_BE_BYTES.test(name);
    if (!isPresent) throw invalidInput(field, undefined, platform);
    // A file with a secret ends with a line break, and the platform would reject the secret with it.
    if (ONE_LINE.test(name) && value !== (value as string).trim())
      throw invalidInput(field, `${field} begins or ends with whitespace`, platform);
  }
}

const MAY_BE_BYTES = /^(private|alipayPublic|aes)Key$/;

const ONE_LINE = /^(app|client)(Id|Key|Secret)$/;

/** Rejects an option whose value is not allowed. */
export function requireOption(
  platform: Platform,
  name: string,
  value: unknown,
  isAllowed: boolean,
  expected: string,
): void {
  const field = `platforms.${platform}.${name}`;
  if (value !== undefined && !isAllowed) throw invalidInput(field, `${field} is not ${expected}`, platform);
}

/**
 * Rejects a key that cannot be read: the creation of the service fails, and not the first request.
 * @param use uses the key with meaningless data, to find out whether the key can be read
 * @param other returns the text of the error if the key is the other half of a key pair
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

/** A block that no key opens. */
export const NONSENSE = 'bm9uc2Vuc2Vub25zZW5zZQ==';

/** Verifies the signature of nonsense with a public key. */
export const tryPublicKey = (alipayPublicKey: Key) =>
  openPhone({ platform: 'alipay', response: NONSENSE, sign: NONSENSE }, { alipayPublicKey, aesKey: NONSENSE });

/** Signs nonsense with a private key. */
export const tryPrivateKey = (privateKey: Key) => signRsa2('nonsense', privateKey);

/** The text of the error if a key is the wrong half of a key pair; otherwise `undefined`. */
export const textIfPublic = (key: Key) =>
  wrongKey('alipayPublicKey', () => tryPublicKey(key)) ? undefined : ' is a public key, but must be the private key';

export const textIfPrivate = (key: Key) =>
  wrongKey('privateKey', () => tryPrivateKey(key)) ? undefined : ' is a private key, but must be the public key';

function wrongKey(name: string, use: () => unknown): PhoneError | undefined {
  try {
    use();
  } catch (error) {
    if (isPhoneError(error) && error.field === name) return error;
  }
  return undefined;
}

/** The same error, which names the key as the options do. */
function errorOfOption(
  error: PhoneError,
  platform: Platform,
  reason = error.message.slice(error.field!.length),
): PhoneError {
  const field = `platforms.${platform}.${error.field}`;
  return changed(error, { field, platform, message: field + reason });
}
