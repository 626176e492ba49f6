// What runtimes do not agree on. entry/node.ts fills in what old Nodes lack.
import type { Diagnose } from '../../core/types';
import type { Fetch } from '../types';

export const runtime: { crypto: Crypto; fetch: Fetch | undefined; diagnose: (() => Diagnose | undefined) | undefined } =
  {
    crypto: globalThis.crypto,
    fetch: globalThis.fetch as unknown as Fetch | undefined,
    // Only Node can load the other module where nobody named it.
    diagnose: undefined,
  };

const utf8 = new TextEncoder();

/** A new id that nobody can guess: 256 bits, in 43 characters. */
export function randomId(): string {
  return base64url(runtime.crypto.getRandomValues(new Uint8Array(32)));
}

/**
 * SHA-256 of texts, none of which can be mistaken for a part of its neighbour. 43 characters. Each text by itself: an array
 * would be asked for a `toJSON`, and all hashes would be equal.
 */
export async function hash(...texts: string[]): Promise<string> {
  const json = `[${texts.map((text) => JSON.stringify(text)).join()}]`;
  return base64url(new Uint8Array(await runtime.crypto.subtle.digest('SHA-256', utf8.encode(json))));
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');
}
