// Converts a private RSA key to PKCS#8, for WebCrypto.
import type { Key } from '../../core/types';

// Tags of DER: https://www.rfc-editor.org/rfc/rfc8017#appendix-A.1.2 and https://www.rfc-editor.org/rfc/rfc5208#section-5
const SEQUENCE = 0x30;
const INTEGER = 0x02;
const OCTET_STRING = 0x04;
/** Version 0, and the algorithm rsaEncryption. */
const PKCS8_HEAD = [INTEGER, 1, 0, SEQUENCE, 13, 6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1, 5, 0];

/**
 * The DER of PKCS#8, the only form that WebCrypto reads.
 * @param key PKCS#1, which becomes part of PKCS#8, or PKCS#8: PEM, one line of base64, or DER bytes
 * @throws DOMException if the text is not base64
 */
export function pkcs8Of(key: Key): Uint8Array<ArrayBuffer> {
  const der = derOf(key);
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

function derOf(key: Key): Uint8Array<ArrayBuffer> {
  if (typeof key !== 'string' && key[0] === SEQUENCE) return new Uint8Array(key);
  const text = typeof key === 'string' ? key : new TextDecoder().decode(key);
  const base64 = text.replace(/-----[A-Z ]+-----/g, '').replace(/\s|\\n/g, '');
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
