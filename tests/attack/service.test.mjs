// Sends the sample of forgeries to the phone service over HTTP: no number is bound, and all rejections are identical.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { servedWithSessionKey } from '../../js/build/platforms.mjs';
import { sample } from './sample.mjs';
import { loggedIn, send, serve } from './service.mjs';

const AT_ONCE = 8;

for (const platform of servedWithSessionKey) {
  test(`${platform}: no forgery binds a number over HTTP, and all forgeries get the same response`, {
    timeout: 120_000,
  }, async (t) => {
    const { genuine, forged } = sample(platform);
    const { service, session, bound } = await loggedIn(t, platform, forged[0].keys, forged[0].now);
    const port = await serve(t, service.node);
    const phone = ({ sealed }) => send(port, '/phone', { platform, session, detail: sealed });

    const refusals = new Map();
    const kinds = new Set();
    const queue = [...forged];
    const attacker = async () => {
      for (let forgery = queue.pop(); forgery; forgery = queue.pop()) {
        const response = JSON.stringify(await phone(forgery));
        refusals.set(response, (refusals.get(response) ?? 0) + 1);
        kinds.add(forgery.kind);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, attacker));
    t.diagnostic(
      `${platform}: ${forged.length} forgeries ran over HTTP, of ${kinds.size} kinds, ` +
        `${bound.length} bound, number of different responses: ${refusals.size}`,
    );
    assert.deepEqual(bound, []);
    assert.deepEqual([...refusals.values()], [forged.length], [...refusals.keys()].join('\n'));
    assert.equal(JSON.parse([...refusals.keys()][0]).status, 422);

    for (const payload of genuine) assert.equal((await phone(payload)).status, 200);
    assert.deepEqual(
      bound,
      genuine.map(({ phone }) => phone),
    );
  });
}
