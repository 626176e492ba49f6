import type { EventDetail } from '../types';
import type { Random } from './random';
import { plaintext, sealCbc } from './seal';

/**
 * The session keys of a platform's users: each user has a single valid key, as text, and a login replaces it. If a
 * device seals before its first login, the key is one that no server receives.
 */
export class SessionKeys {
  private readonly keys = new Map<string, string>();

  constructor(private readonly make: () => string) {}

  of(openId: string): string {
    return this.keys.get(openId) ?? this.rotate(openId);
  }

  knows(openId: string): boolean {
    return this.keys.has(openId);
  }

  rotate(openId: string): string {
    const key = this.make();
    this.keys.set(openId, key);
    return key;
  }
}

/** AES-CBC under a session key whose text is base64, with a new IV. */
export function sealWithSession(
  sessionKey: string,
  random: Random,
  payload: object | string,
): { encryptedData: string; iv: string } & EventDetail {
  const iv = random.bytes(16);
  return {
    encryptedData: sealCbc(Buffer.from(sessionKey, 'base64'), iv, plaintext(payload)),
    iv: iv.toString('base64'),
  };
}
