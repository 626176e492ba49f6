// Signs with a private RSA key through the runtime's WebCrypto, which is faster than this package's own arithmetic, and
// hardened. This package's arithmetic is used if a runtime has no WebCrypto, or does not accept the key.
import type { Key } from '../../core/types';
import { pkcs8Of } from './pkcs8';
import { runtime } from './runtime';
import { signRsa2 } from './wasm';

const ALGORITHM = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
const utf8 = new TextEncoder();

/**
 * Returns the function that signs texts: base64 of RSASSA-PKCS1-v1_5 with SHA-256.
 * @param privateKey PKCS#1 or PKCS#8: PEM, one line of base64, or DER bytes
 */
export function rsaSigner(privateKey: Key): (text: string) => Promise<string> {
  let imported: Promise<CryptoKey | undefined> | undefined;
  return async (text) => {
    imported ??= importKey(privateKey).catch(() => undefined);
    const key = await imported;
    if (!key) return signRsa2(text, privateKey);
    const signature = await runtime.crypto.subtle.sign(ALGORITHM, key, utf8.encode(text));
    return btoa(String.fromCharCode(...new Uint8Array(signature)));
  };
}

const importKey = async (privateKey: Key): Promise<CryptoKey> =>
  runtime.crypto.subtle.importKey('pkcs8', pkcs8Of(privateKey), ALGORITHM, false, ['sign']);
