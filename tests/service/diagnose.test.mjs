// The option `diagnose`: it adds the reason why a sealed payload was rejected to the event, and nowhere else.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { served, withSealed } from '../../js/build/platforms.mjs';
import { createPhoneService, installed, login, post, serviceOf, simulator } from './service.mjs';

const required = createRequire(join(installed, 'x.js'));

const mistakes = (sim, device, good) => {
  const { appId } = sim.config('wechat');
  const watermark = { timestamp: Math.floor(sim.now() / 1000), appid: appId };
  const number = { phoneNumber: '13800138000', purePhoneNumber: '13800138000', countryCode: '86' };
  return {
    'user-info': device.sealed({ nickName: 'x', openId: 'y', watermark }),
    'wrong-app': device.sealed({ ...number, watermark: { ...watermark, appid: 'wx0000000000000000' } }),
    'too-old': device.sealed({ ...number, watermark: { ...watermark, timestamp: 1 } }),
    'lost-plus': { ...good, encryptedData: good.encryptedData.replace(/\+/g, ' ') },
    'percent-encoded': { ...good, encryptedData: encodeURIComponent(good.encryptedData) },
    'swapped-iv-data': { ...good, encryptedData: good.iv, iv: good.encryptedData.slice(0, 250) },
  };
};

async function rejectionsWith(options) {
  const sim = await options.simulator;
  const { service, events } = serviceOf(sim, { wechat: sim.config('wechat') }, options.service);
  const device = sim.device('wechat');
  const session = await login(service, device);
  let good = await device.tap({ fast: 'sealed' });
  while (!/\+.*\+.*\//.test(good.encryptedData)) good = await device.tap({ fast: 'sealed' });
  const rows = [];
  for (const [code, detail] of Object.entries(mistakes(sim, device, good))) {
    const start = performance.now();
    const response = await post(service, 'phone', { platform: 'wechat', session, detail });
    rows.push({ code, response, ms: performance.now() - start, event: events.at(-1) });
  }
  return { rows, service, device, session, events, good };
}

test('on Node `true` loads the diagnosis module at the first rejection, and adds findings only to the event', async (t) => {
  const loadedFiles = () => Object.keys(required.cache).filter((path) => basename(path).startsWith('diagnosis'));
  const sim = simulator(t);
  const without = await rejectionsWith({ simulator: sim });
  assert.ok(without.rows.every(({ event }) => event.ok === false && event.findings === undefined));
  createPhoneService({ platforms: { wechat: { appId: 'wx', appSecret: 's' } }, diagnose: true });
  assert.deepEqual(loadedFiles(), []);

  const { rows, service, device, session, events, good } = await rejectionsWith({
    simulator: sim,
    service: { diagnose: true },
  });
  assert.ok(loadedFiles().length > 0);
  for (const { code, event } of rows) {
    const [first] = event.findings;
    assert.ok(
      event.findings.some((finding) => finding.code === code),
      `${code}: ${JSON.stringify(event.findings)}`,
    );
    assert.deepEqual(
      Object.keys(first).filter((key) => !['code', 'field', 'severity', 'en', 'zh', 'fix'].includes(key)),
      [],
    );
    assert.ok(first.en && first.zh && first.fix.en && first.fix.zh);
  }
  // The client cannot see the findings, and cannot distinguish them by the content or the time of the response.
  assert.equal(new Set(rows.map(({ response }) => JSON.stringify(response))).size, 1);
  assert.deepEqual(rows[0].response, without.rows[0].response);
  assert.ok(
    rows.every(({ ms }) => ms >= 249),
    JSON.stringify(rows.map(({ ms }) => ms)),
  );
  // Codes, and payloads that open, are handled as without the option.
  await service.phone({ platform: 'wechat', session, detail: good });
  await assert.rejects(service.phone({ platform: 'wechat', session, detail: { code: 'f'.repeat(64) } }));
  assert.ok(events.slice(-2).every(({ findings }) => findings === undefined));
  assert.ok(!JSON.stringify(events).includes(device.phone));
});

test('the function diagnose of mp-phone has the same effect; if the function fails, the event has no findings', async (t) => {
  const { diagnose } = required('mp-phone');
  const sim = simulator(t);
  const { rows } = await rejectionsWith({ simulator: sim, service: { diagnose } });
  for (const { code, event } of rows)
    assert.ok(
      event.findings.some((finding) => finding.code === code),
      code,
    );
  const failing = await rejectionsWith({
    simulator: sim,
    service: {
      diagnose: () => {
        throw new Error('x');
      },
    },
  });
  for (const [index, { response, event }] of failing.rows.entries()) {
    assert.deepEqual(response, rows[index].response);
    assert.equal(event.findings, undefined);
  }
  for (const wrong of [1, 'yes', {}])
    assert.throws(
      () => createPhoneService({ platforms: { wechat: { appId: 'wx', appSecret: 's' } }, diagnose: wrong }),
      { code: 'ERR_INPUT', field: 'diagnose' },
    );
});

test('payloads of every platform with sealed payloads get findings', async (t) => {
  const sim = await simulator(t);
  for (const platform of served.filter((id) => withSealed.includes(id))) {
    const { service, events } = serviceOf(
      sim,
      { [platform]: { ...sim.config(platform), ...(platform === 'douyin' && { privateKey: undefined }) } },
      { diagnose: true },
    );
    const device = sim.device(platform);
    const session = await login(service, device);
    const detail = device.sealed({ nickName: '13912345678' });
    assert.notEqual((await post(service, 'phone', { platform, session, detail })).status, 200);
    assert.ok(events.at(-1).findings?.length, platform);
    assert.ok(!JSON.stringify(events).includes('13912345678'));
  }
});

test('no finding contains a text of the payload, except app ids', async (t) => {
  const sim = await simulator(t);
  const { service, events } = serviceOf(sim, { wechat: sim.config('wechat') }, { diagnose: true });
  const device = sim.device('wechat');
  const session = await login(service, device);
  for (const text of ['13912345678', '8613912345678', 'paid\n2026', '\u001b[2J', 'x'.repeat(5000)]) {
    const number = { phoneNumber: text, purePhoneNumber: text, countryCode: '86' };
    for (const payload of [
      { ...number, watermark: { appid: text, timestamp: Math.floor(sim.now() / 1000) } },
      { [text]: text, ...number },
      { errcode: text },
      text,
    ]) {
      await post(service, 'phone', { platform: 'wechat', session, detail: device.sealed(payload) });
      const output = JSON.stringify(events.at(-1));
      assert.ok(!/13912345678|\\n|\\u001b|x{100}/.test(output), output);
    }
  }
});
