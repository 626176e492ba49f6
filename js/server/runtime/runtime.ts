// Functions that differ between runtimes. runtime/node.ts adds those that old versions of Node lack.
import type { Diagnose } from '../../core/types';
import type { Fetch } from '../types';

interface Runtime {
  crypto: Crypto;
  fetch: Fetch | undefined;
  /** SHA-256 of UTF-8, in base64url. Undefined if the runtime has only WebCrypto, which is asynchronous. */
  sha256: ((text: string) => string) | undefined;
  /** Loads `diagnose` of mp-phone. Undefined if the application must pass it. */
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

/** SHA-256 with a `node:crypto` module, which Node, Bun, Deno, and Workers with `nodejs_compat` have. */
export function sha256With(crypto: typeof import('node:crypto') | undefined): Runtime['sha256'] {
  return crypto && ((text) => crypto.createHash('sha256').update(text).digest('base64url'));
}

const utf8 = new TextEncoder();

/** A new id that cannot be guessed: 256 bits, in 43 characters. */
export function randomId(): string {
  return base64url(runtime.crypto.getRandomValues(new Uint8Array(32)));
}

/**
 * SHA-256 of a list of texts, in 43 characters. Different lists never give the same input: `['ab', 'c']` and
 * `['a', 'bc']` differ. Each text is converted separately: a polluted `toJSON` of an array would make all hashes equal.
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
