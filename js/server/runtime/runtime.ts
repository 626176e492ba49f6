// What runtimes do not agree on. runtime/node.ts fills in what old Nodes lack.
import type { Diagnose } from '../../core/types';
import type { Fetch } from '../types';

interface Runtime {
  crypto: Crypto;
  fetch: Fetch | undefined;
  /** SHA-256 of UTF-8, in base64url. Undefined where the runtime has WebCrypto only, which is asynchronous. */
  sha256: ((text: string) => string) | undefined;
  /** Loads `diagnose` of mp-phone. Undefined where the application must pass it. */
  diagnose: (() => Diagnose | undefined) | undefined;
}

export const runtime: Runtime = {
  crypto: globalThis.crypto,
  fetch: globalThis.fetch as unknown as Fetch | undefined,
  sha256: sha256With(builtinCrypto()),
  diagnose: undefined,
};

function builtinCrypto(): typeof import('node:crypto') | undefined {
  try {
    return (globalThis as any).process?.getBuiltinModule?.('node:crypto');
  } catch {
    return undefined;
  }
}

/** The function of a `node:crypto`: Node's, Bun's, Deno's, that of Workers with `nodejs_compat`. */
export function sha256With(crypto: typeof import('node:crypto') | undefined): Runtime['sha256'] {
  return crypto && ((text) => crypto.createHash('sha256').update(text).digest('base64url'));
}

const utf8 = new TextEncoder();

/** A new id that nobody can guess: 256 bits, in 43 characters. */
export function randomId(): string {
  return base64url(runtime.crypto.getRandomValues(new Uint8Array(32)));
}

/**
 * SHA-256 of texts, none of which can be mistaken for a part of its neighbour. 43 characters. Each text by itself: an array
 * would be asked for a `toJSON`, and all hashes would be equal.
 */
export function hash(...texts: string[]): string | Promise<string> {
  const json = `[${texts.map((text) => JSON.stringify(text)).join()}]`;
  return runtime.sha256?.(json) ?? subtleHash(json);
}

async function subtleHash(json: string): Promise<string> {
  return base64url(new Uint8Array(await runtime.crypto.subtle.digest('SHA-256', utf8.encode(json))));
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');
}
