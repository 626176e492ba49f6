// The cloud function with the unmodified wx-server-sdk, in every Node version that cloud functions run on, against the
// simulator's gateway: bundled to a single file without dependencies beside it, and with installed dependencies.
import assert from 'node:assert/strict';
import { execFileSync, fork } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { here, nodeBinary, project, simulatorIn } from './project.mjs';

const folder = project('wechat-cloud-function');
const VICTIM = '13900139000';

/** A deployed function: a process of the given Node version, called by the devices of a simulator. */
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
    /** A call of wx.cloud.callFunction, in which WeChat opens CloudIDs and adds userInfo. */
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
const success = (device, national = device.phone) => ({
  phone: { e164: `+86${national}`, countryCode: '86', nationalNumber: national },
  result: { account: device.openId, country: '86' },
});

async function rejected(response, code, action) {
  const { error, ...more } = await response;
  assert.deepEqual(more, {});
  assert.deepEqual([error.code, error.action], [code, action]);
  assert.deepEqual(Object.keys(error.message), ['en', 'zh']);
}

/** The tests of every deployment. */
async function testDeployment(t, deployed, { full }) {
  const { simulator } = deployed;
  const device = simulator.device('wechat');
  const call = (detail, beside, person = device) => deployed.call(person, phoneCall(detail, beside));
  const subtest = (name, body) => t.test(name, body);

  await subtest('a code returns the number', async () =>
    assert.deepEqual(await call(await device.tap()), success(device)),
  );
  await subtest('a CloudID returns the number', async () => {
    const { cloudID } = await device.tap({ fast: 'sealed' });
    assert.deepEqual(await call({}, { cloudID }), success(device));
  });
  await subtest('an unknown code returns ask-again', () =>
    rejected(call({ code: 'f'.repeat(64) }), 'refused', 'ask-again'),
  );
  if (!full) return;

  await subtest('a code that is sent again returns the same result without a second call', async () => {
    const { code } = await device.tap();
    const before = simulator.count('wechat', 'phonenumber.getPhoneNumber');
    assert.deepEqual(await call({ code }), success(device));
    assert.deepEqual(await call({ code }), success(device));
    assert.equal(simulator.count('wechat', 'phonenumber.getPhoneNumber'), before + 1);
  });
  await subtest('the same instance serves another user', async () => {
    const other = simulator.device('wechat');
    assert.deepEqual(await call(await other.tap(), {}, other), success(other));
  });
  await subtest('the user is the one that WeChat names, not the one that the event names', async () => {
    const forged = {
      userInfo: { openId: 'o-victim', appId: 'wx' },
      user: { openId: 'o-victim' },
      OPENID: 'o-victim',
      WX_OPENID: 'o-victim',
    };
    assert.deepEqual(await call(await device.tap(), forged), success(device));
  });
  await subtest('login returns no session, because none is needed', async () => {
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
    await subtest(`forged CloudID data ${name} is rejected`, () =>
      rejected(deployed.call(device, event), 'refused', 'ask-again'),
    );
  }
  await subtest('CloudID data without an id is rejected', () =>
    rejected(call({}, { cloudID: { data } }), 'invalid_request', 'fix-config'),
  );
  await subtest("forged data beside the user's own CloudID does not replace WeChat's number", async () => {
    const { cloudID } = await device.tap({ fast: 'sealed' });
    assert.deepEqual(await call({ cloudID: { cloudID, data } }), success(device));
  });
  await subtest('a CloudID of another user is rejected', async () => {
    const { cloudID } = await simulator.device('wechat').tap({ fast: 'sealed' });
    await rejected(call({}, { cloudID }), 'refused', 'ask-again');
  });
  await subtest('an expired CloudID (error -601006) returns ask-again', async () => {
    const { cloudID } = await device.tap({ fast: 'sealed' });
    simulator.advance(301_000);
    await rejected(call({}, { cloudID }), 'refused', 'ask-again');
    simulator.advance(-301_000);
  });

  for (const [name, fault, code, action] of [
    ['an empty body', { empty: true }, 'unavailable', 'retry'],
    ['HTTP 500', { status: 500, text: 'upstream failed' }, 'unavailable', 'retry'],
    ["a proxy's page", { html: true }, 'unavailable', 'retry'],
    ['a connection reset', { drop: true }, 'unavailable', 'retry'],
    ['its own error in JSON', { code: 'SIGN_PARAM_INVALID' }, 'unavailable', 'retry'],
    ['no permission (-604101)', { code: -604101 }, 'unavailable', 'enter-manually'],
    ['system error (-1)', { code: -1 }, 'unavailable', 'retry'],
    ['no response at all', { hang: true }, 'unavailable', 'retry'],
  ]) {
    await subtest(`the gateway fails with ${name}: ${action}; afterwards the same code works`, async () => {
      const { code: phoneCode } = await device.tap();
      simulator.fail('wechat', { endpoint: 'phonenumber', ...fault });
      const since = Date.now();
      await rejected(call({ code: phoneCode }), code, action);
      assert.ok(Date.now() - since < 7000, `took ${Date.now() - since} ms`);
      assert.deepEqual(await call({ code: phoneCode }), success(device));
    });
  }

  const phoneInfo = { ...data, phoneNumber: device.phone, purePhoneNumber: device.phone };
  await subtest('integers of more than 15 digits beside the number are accepted', async () => {
    assert.deepEqual(
      await call(
        await device.tap({
          fast: 'code',
          payload: { ...phoneInfo, big: 2 ** 63, watermark: { ...data.watermark, big: 2 ** 60 } },
        }),
      ),
      success(device),
    );
  });
  await subtest('a number of another app is rejected', async () => {
    await rejected(
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
  await subtest('an invalid event is rejected', async () => {
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

  await subtest('the log names the failures and contains no secret', () => {
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

  test('the bundle is one file beside config.json', () => {
    assert.deepEqual(readdirSync(alone).sort(), ['config.json', 'index.js']);
    assert.deepEqual(JSON.parse(readFileSync(join(alone, 'config.json'), 'utf8')).permissions.openapi, [
      'phonenumber.getPhoneNumber',
    ]);
  });
  for (const major of [16, 18, 20, 22]) {
    test(`Node ${major}`, async (t) => {
      const deployed = await deploy(join(alone, 'index.js'), major);
      t.diagnostic(deployed.version);
      await testDeployment(t, deployed, { full: true }).finally(() => deployed.end());
    });
  }
});

describe('as installed', { concurrency: true }, () => {
  for (const major of [16, 18, 20, 22]) {
    test(`Node ${major}`, async (t) => {
      const deployed = await deploy(join(folder, 'index.js'), major);
      await testDeployment(t, deployed, { full: false }).finally(() => deployed.end());
    });
  }
});
