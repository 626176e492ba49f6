// Tries the sample of forgeries on the packed module.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withSessionKey } from '../../js/build/platforms.mjs';
import { install, requireIn } from '../support/installed.mjs';
import { sample } from './sample.mjs';

const { openPhone, PhoneError } = requireIn(install('attack-packed'))('mp-phone');
const open = ({ platform, sealed, keys, now }) => openPhone({ platform, ...sealed }, keys, { now });

for (const platform of withSessionKey) {
  test(`${platform}: genuine payloads open, forged payloads do not`, (t) => {
    const { genuine, forged } = sample(platform);
    for (const payload of genuine) assert.equal(open(payload).e164, payload.phone);
    const accepted = [];
    for (const forgery of forged) {
      try {
        accepted.push({ kind: forgery.kind, ...open(forgery) });
      } catch (error) {
        assert.ok(error instanceof PhoneError, error);
      }
    }
    t.diagnostic(
      `${platform}: ${genuine.length} payloads opened, ${forged.length} forgeries ran in the packed module, ${accepted.length} accepted`,
    );
    assert.ok(forged.length >= 4000);
    assert.deepEqual(accepted, []);
  });
}
