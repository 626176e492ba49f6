// The cloud function with the unmodified wx-server-sdk, on every Node that cloud functions run on, against the
// simulator's gateway: as one bundled file with nothing beside it, and as installed.
import assert from 'node:assert/strict';
import { execFileSync, fork } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { here, nodeBinary, project, simulatorIn } from './project.mjs';

const folder = project('wechat-cloud-function');
const VICTIM = '13900139000';

/** A function that is deployed: a process of a Node's, called by the devices of a simulator. */
async function deploy(file, major) {
  const simulator = await simulatorIn(folder);
  const { env } = simulator.gateway;
  const child = fork(join(here, 'cloud-runner.cjs'), [file], {
    execPath: nodeBinary(major),
    execArgv: [],
    env: env(simulator.device('wechat')),
    silent: true,
  });
  const log = [];
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => log.push(...text.split('\n').filter(Boolean)));
  const waiting = new Map();
  let calls = 0;
  const version = await new Promise((resolve, reject) => {
    child.once('message', ({ ready }) => resolve(ready));
    child.once('exit', (code) => reject(new Error(`ended with ${code}: ${log.join('\n')}`)));
  });
  child.on('message', ({ id, ...outcome }) => waiting.get(id)?.(outcome));
  child.on('exit', (code) => waiting.forEach((resolve) => resolve({ thrown: `the process ended with ${code}` })));

  const raw = (device, event, context) =>
    new Promise((resolve) => {
      waiting.set(++calls, resolve);
      child.send({ id: calls, event, context, env: env(device) });
    });
  return {
    version,
    simulator,
    log,
    /** A call of wx.cloud.callFunction: WeChat opens CloudIDs and adds userInfo on the way. */
    call: (device, data) =>
      simulator.invoke(
        device,
        async (event, context) => {
          const { thrown, result } = await raw(device, event, context);
          if (thrown) throw new Error(thrown);
          return result;
        },
        data,
      ),
    raw,
    async end() {
      await new Promise((resolve) => child.once('exit', resolve) && child.kill());
      await simulator.close();
    },
  };
}

const phoneCall = (detail, beside) => ({ path: '/phone', body: { platform: 'wechat', detail }, ...beside });
const actual = (device, national = device.phone) => ({
  phone: { e164: `+86${national}`, countryCode: '86', nationalNumber: national },
  result: { account: device.openId, abroad: false },
});

async function refused(answer, code, action) {
  const { error, ...more } = await answer;
  assert.deepEqual(more, {});
  assert.deepEqual([error.code, error.action], [code, action]);
  assert.deepEqual(Object.keys(error.message), ['en', 'zh']);
}

/** What every deployment does. */
async function facts(t, deployed, { full }) {
  const { simulator } = deployed;
  const device = simulator.device('wechat');
  const call = (detail, beside, person = device) => deployed.call(person, phoneCall(detail, beside));
  const fact = (name, body) => t.test(name, body);

  await fact('by code', async () => assert.deepEqual(await call(await device.tap()), actual(device)));
  await fact('by CloudID', async () => {
    const { cloudID } = await device.tap({ fast: 'sealed' });
    assert.deepEqual(await call({}, { cloudID }), actual(device));
  });
  await fact('a code that WeChat does not know: tap again', () =>
    refused(call({ code: 'f'.repeat(64) }), 'refused', 'ask-again'),
  );
  if (!full) return;

  await fact('a code that is sent again: the same response, and no second call', async () => {
    const { code } = await device.tap();
    const before = simulator.count('wechat', 'phonenumber.getPhoneNumber');
    assert.deepEqual(await call({ code }), actual(device));
    assert.deepEqual(await call({ code }), actual(device));
    assert.equal(simulator.count('wechat', 'phonenumber.getPhoneNumber'), before + 1);
  });
  await fact('the same instance serves another user', async () => {
    const other = simulator.device('wechat');
    assert.deepEqual(await call(await other.tap(), {}, other), actual(other));
  });
  await fact('who calls is what WeChat says, not what the event says', async () => {
    const forged = {
      userInfo: { openId: 'o-victim', appId: 'wx' },
      user: { openId: 'o-victim' },
      OPENID: 'o-victim',
      WX_OPENID: 'o-victim',
    };
    assert.deepEqual(await call(await device.tap(), forged), actual(device));
  });
  await fact('login gives no session: none is needed', async () => {
    assert.deepEqual(await deployed.call(device, { path: '/login', body: { platform: 'wechat' } }), { session: null });
  });

  const data = {
    phoneNumber: VICTIM,
    purePhoneNumber: VICTIM,
    countryCode: '86',
    watermark: { timestamp: Math.floor(simulator.now() / 1000), appid: simulator.config('wechat').appId },
  };
  for (const [name, event] of [
    ['beside the body', phoneCall({}, { cloudID: { cloudID: '28_made-up', data } })],
    ['in the detail', phoneCall({ cloudID: { cloudID: '28_made-up', data } })],
  ]) {
    await fact(`CloudID data that is made up, ${name}, is not believed`, () =>
      refused(deployed.call(device, event), 'refused', 'ask-again'),
    );
  }
  await fact('CloudID data without the id is nothing', () =>
    refused(call({}, { cloudID: { data } }), 'invalid_request', 'fix-config'),
  );
  await fact("made-up data beside one's own CloudID: the number is WeChat's", async () => {
    const { cloudID } = await device.tap({ fast: 'sealed' });
    assert.deepEqual(await call({ cloudID: { cloudID, data } }), actual(device));
  });
  await fact('a CloudID of another user', async () => {
    const { cloudID } = await simulator.device('wechat').tap({ fast: 'sealed' });
    await refused(call({}, { cloudID }), 'refused', 'ask-again');
  });
  await fact('a CloudID that has expired (item -601006): tap again', async () => {
    const { cloudID } = await device.tap({ fast: 'sealed' });
    simulator.advance(301_000);
    await refused(call({}, { cloudID }), 'refused', 'ask-again');
    simulator.advance(-301_000);
  });

  for (const [name, fault, code, action] of [
    ['an empty body', { empty: true }, 'unavailable', 'retry'],
    ['HTTP 500', { status: 500, text: 'upstream failed' }, 'unavailable', 'retry'],
    ["a proxy's page", { html: true }, 'unavailable', 'retry'],
    ['a connection that is reset', { drop: true }, 'unavailable', 'retry'],
    ['its own error in JSON', { code: 'SIGN_PARAM_INVALID' }, 'unavailable', 'retry'],
    ['no permission (-604101)', { code: -604101 }, 'unavailable', 'enter-manually'],
    ['system error (-1)', { code: -1 }, 'unavailable', 'retry'],
    ['no response', { hang: true }, 'unavailable', 'retry'],
  ]) {
    await fact(`the gateway responds with ${name}: ${action}; with the same code it works afterwards`, async () => {
      const { code: phoneCode } = await device.tap();
      simulator.fail('wechat', { endpoint: 'phonenumber', ...fault });
      const since = Date.now();
      await refused(call({ code: phoneCode }), code, action);
      assert.ok(Date.now() - since < 7000, `took ${Date.now() - since} ms`);
      assert.deepEqual(await call({ code: phoneCode }), actual(device));
    });
  }

  const phoneInfo = { ...data, phoneNumber: device.phone, purePhoneNumber: device.phone };
  await fact('integers of more than 15 digits beside the number', async () => {
    assert.deepEqual(
      await call(
        await device.tap({
          fast: 'code',
          payload: { ...phoneInfo, big: 2 ** 63, watermark: { ...data.watermark, big: 2 ** 60 } },
        }),
      ),
      actual(device),
    );
  });
  await fact('a number of another app', async () => {
    await refused(
      call(
        await device.tap({
          fast: 'code',
          payload: { ...phoneInfo, watermark: { ...data.watermark, appid: 'wx0000000000000000' } },
        }),
      ),
      'unavailable',
      'enter-manually',
    );
  });
  await fact('an event that is none', async () => {
    const nonsense = [
      undefined,
      null,
      'text',
      7,
      [],
      {},
      { path: '/phone' },
      { path: '/admin', body: {} },
      { path: 7, body: 7 },
      phoneCall(null),
      phoneCall({}),
      phoneCall({ code: 7 }),
      phoneCall({ code: "';--" }),
    ];
    for (const event of nonsense) {
      const { thrown, result } = await deployed.raw(device, event, {});
      assert.equal(thrown, undefined);
      assert.equal(result.error.code, 'invalid_request', JSON.stringify(event));
    }
  });

  await fact('the log names what failed and no secret', () => {
    const text = deployed.log.join('\n');
    assert.match(text, /^mp-phone phone failed \{.*"platformCode":"40029".*"rid":"/m);
    assert.match(text, /"platformCode":"-604101"/);
    for (const secret of [device.phone, VICTIM, device.openId, '127.0.0.1', 'f'.repeat(64), '28_'])
      assert.ok(!text.includes(secret), `${secret} in the log:\n${text}`);
  });
}

describe('bundled to one file', { concurrency: true }, () => {
  const alone = join(tmpdir(), `mp-phone-function-${process.pid}`);
  before(() => {
    execFileSync('npm', ['run', 'build'], { cwd: folder, stdio: 'pipe' });
    cpSync(join(folder, 'dist', 'phone'), alone, { recursive: true });
  });
  after(() => rmSync(alone, { recursive: true, force: true }));

  test('it is one file and its permissions', () => {
    assert.deepEqual(readdirSync(alone).sort(), ['config.json', 'index.js']);
    assert.deepEqual(JSON.parse(readFileSync(join(alone, 'config.json'), 'utf8')).permissions.openapi, [
      'phonenumber.getPhoneNumber',
    ]);
  });
  for (const major of [16, 18, 20, 22]) {
    test(`Node ${major}`, async (t) => {
      const deployed = await deploy(join(alone, 'index.js'), major);
      t.diagnostic(deployed.version);
      await facts(t, deployed, { full: true }).finally(() => deployed.end());
    });
  }
});

describe('as installed', { concurrency: true }, () => {
  for (const major of [16, 18, 20, 22]) {
    test(`Node ${major}`, async (t) => {
      const deployed = await deploy(join(folder, 'index.js'), major);
      await facts(t, deployed, { full: false }).finally(() => deployed.end());
    });
  }
});
