// Alipay's own SDK judges the same payloads: what opens here verifies and decrypts there, to the same fields, and what is
// refused here for its signature is refused there.
import { AlipaySdk } from 'alipay-sdk';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../../js/build/paths.mjs';
import { install, requireIn } from './installed.mjs';

const { openPhone } = requireIn(install('peers'))('mp-phone');
const vectors = (file) => JSON.parse(readFileSync(join(root, 'tests', 'vectors', file), 'utf8'));
const { cases } = vectors('alipay.json');
const { app: appKey } = vectors('keys.json');

/** The SDK takes the public key as one line or PEM, the ciphertext without formatting, and both signature types. */
const comparable = ({ call, args: [sealed, keys] }) =>
  call === 'openPhone' && typeof sealed.response === 'string' && /^[A-Za-z0-9+/=]+$/.test(sealed.response) && typeof sealed.sign === 'string' && /^[A-Za-z0-9+/=]{100,}$/.test(sealed.sign) &&
  /^MIG|^MIIB|BEGIN PUBLIC KEY/.test(keys.alipayPublicKey) && typeof keys.aesKey === 'string' && [undefined, 'RSA', 'RSA2'].includes(sealed.signType);

test('alipay-sdk agrees', (t) => {
  const seen = { opened: 0, refused: 0 };
  for (const { name, args: [sealed, keys, options] } of cases.filter(comparable)) {
    const sdk = new AlipaySdk({ appId: '2021000000000000', privateKey: appKey, alipayPublicKey: keys.alipayPublicKey.replace(/-----[^-]+-----|\s/g, ''), encryptKey: keys.aesKey });
    const verifies = () => sdk.rsaCheck(`"${sealed.response}"`, sealed.sign, sealed.signType);
    let phone;
    try {
      phone = openPhone(sealed, keys, options);
    } catch (error) {
      if (error.code === 'ERR_SIGNATURE') {
        assert.equal(verifies(), false, name);
        seen.refused++;
      }
      continue;
    }
    assert.equal(verifies(), true, name);
    assert.deepEqual(JSON.parse(sdk.aesDecrypt(sealed.response)), phone.raw, name);
    seen.opened++;
  }
  t.diagnostic(`${seen.opened} payloads opened by both, ${seen.refused} refused by both`);
  assert.ok(seen.opened >= 8 && seen.refused >= 3, JSON.stringify(seen));
});
