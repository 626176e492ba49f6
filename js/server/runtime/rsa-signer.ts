// Signatures with a private RSA key, by the runtime's WebCrypto: it is faster than this package's own arithmetic, and
// hardened. The own arithmetic signs where a runtime has no WebCrypto, or does not take the key.
import type { Key } from '../../core/types';
import { runtime } from './runtime';
import { signRsa2 } from './wasm';

const ALGORITHM = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
const utf8 = new TextEncoder();

/**
 * Gives the function that signs texts: base64 of RSASSA-PKCS1-v1_5 with SHA-256.
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
  runtime.crypto.subtle.importKey('pkcs8', pkcs8(derOf(privateKey)), ALGORITHM, false, ['sign']);

function derOf(key: Key): Uint8Array<ArrayBuffer> {
  if (typeof key !== 'string' && key[0] === SEQUENCE) return new Uint8Array(key);
  const text = typeof key === 'string' ? key : new TextDecoder().decode(key);
  const base64 = text.replace(/-----[A-Z ]+-----/g, '').replace(/\s|\\n/g, '');
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

// Tags of DER: https://www.rfc-editor.org/rfc/rfc8017#appendix-A.1.2 and https://www.rfc-editor.org/rfc/rfc5208#section-5
const SEQUENCE = 0x30;
const INTEGER = 0x02;
const OCTET_STRING = 0x04;
/** Version 0, and the algorithm rsaEncryption. */
const PKCS8_HEAD = [INTEGER, 1, 0, SEQUENCE, 13, 6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1, 5, 0];

/** WebCrypto reads PKCS#8 only, which has PKCS#1 in it. */
function pkcs8(der: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const content = der[1]! < 0x80 ? 2 : 2 + (der[1]! & 0x7f);
  // After the version, PKCS#1 has the modulus, PKCS#8 the algorithm.
  if (der[content + 3] !== INTEGER) return der;
  return encoded(SEQUENCE, Uint8Array.from([...PKCS8_HEAD, ...encoded(OCTET_STRING, der)]));
}

function encoded(tag: number, content: Uint8Array): Uint8Array<ArrayBuffer> {
  const { length } = content;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Uint8Array.from([tag, ...size, ...content]);
}
