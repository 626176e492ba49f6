// mp-phone simulate in a shell.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { served } from '../../js/build/platforms.mjs';
import { ask, installed, run, start } from './cli.mjs';

const { createSimulator } = installed('mp-phone/simulator');
const postJson = async (url, value) =>
  JSON.parse(
    (await ask(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) }))
      .text,
  );
const get = async (url, query) => JSON.parse((await ask(`${url}?${new URLSearchParams(query)}`)).text);

test('--help shows how to control a device', async () => {
  const { code, out } = await run(['simulate', '--help']);
  assert.equal(code, 0);
  assert.match(out, /--port <n>[^]+--seed <text>[^]+curl -H \$J \$S\/_device -d[^]+_revoke/);
});

test('a port in use: exit code 1 and a message', async () => {
  const simulator = await createSimulator();
  const { port } = new URL(simulator.url);
  const { code, err } = await run(['simulate', '--port', port]);
  await simulator.close();
  assert.equal(code, 1);
  assert.match(err, new RegExp(`port ${port} is in use`));
});

for (const signal of ['SIGINT', 'SIGTERM']) {
  test(`it prints the configuration, acts as a platform and as a device, and ends with ${signal}`, async () => {
    const { child, ended, until } = start(['simulate', '--port', '0', '--platform', 'wechat', '--seed', 'a']);
    const out = await until(/Ctrl\+C/);
    const [, printed] = /createPhoneService\(\{ platforms: (\{[^]+\}) \}\)/.exec(out);
    const { wechat, ...others } = JSON.parse(printed);
    assert.deepEqual(others, {});
    const { id } = await postJson(`${wechat.baseUrl}/_device`, { platform: 'wechat' });
    const { code: js_code } = await postJson(`${wechat.baseUrl}/_device/${id}/login`, {});
    const { session_key } = await get(`${wechat.baseUrl}/sns/jscode2session`, {
      appid: wechat.appId,
      secret: wechat.appSecret,
      js_code,
      grant_type: 'authorization_code',
    });
    assert.ok(session_key);
    child.kill(signal);
    const { code, err } = await ended;
    assert.deepEqual([code, err], [0, '']);
  });
}

test('without --platform it prints the configuration of every platform', async () => {
  const { child, ended, until } = start(['simulate', '--port', '0']);
  const out = await until(/Ctrl\+C/);
  for (const name of served) assert.ok(out.includes(`"${name}": {`), name);
  child.kill('SIGTERM');
  assert.equal((await ended).code, 0);
});
