// Private RSA keys in the form that WebCrypto reads, compared with the output of OpenSSL.
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { compiled } from '../support/compiled.mjs';

const { pkcs8Of } = await compiled('server/runtime/pkcs8.ts');

for (const modulusLength of [512, 1024, 2048, 4096]) {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength });
  const expected = privateKey.export({ type: 'pkcs8', format: 'der' });
  for (const type of ['pkcs1', 'pkcs8']) {
    const pem = privateKey.export({ type, format: 'pem' });
    const der = privateKey.export({ type, format: 'der' });
    for (const [form, key] of Object.entries({
      PEM: pem,
      'PEM with escaped line ends': pem.replaceAll('\n', '\\n'),
      'PEM with Windows line ends': pem.replaceAll('\n', '\r\n'),
      'one line of base64': der.toString('base64'),
      'bytes of PEM': new TextEncoder().encode(pem),
      'DER bytes': new Uint8Array(der),
    }))
      test(`${modulusLength} bits, ${type}, ${form}`, () => assert.deepEqual(Buffer.from(pkcs8Of(key)), expected));
  }
}

test('a text that is not base64 throws', () => assert.throws(() => pkcs8Of('*')));
