// What the button does with what the service answers, and how it reaches it.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { host, load, plain } from './host.mjs';
import { open, service, simulator, tapOf } from './page.mjs';

describe('the service', () => {
  test('busy once: sent again, once', async () => {
    const page = open('wechat');
    await page.button.prepare();
    simulator.fail('wechat', { endpoint: 'getuserphonenumber', code: -1 });
    assert.equal((await page.submit(await tapOf(page, { fast: 'code' }))).ok, true);
    assert.deepEqual(page.paths(), ['/login', '/phone', '/phone']);
    assert.deepEqual(page.sent[1], page.sent[2]);
  });
  test('busy and busy: the user may try later', async () => {
    const page = open('wechat');
    await page.button.prepare();
    simulator.fail('wechat', { endpoint: 'getuserphonenumber', code: -1, times: Infinity });
    const outcome = await page.submit(await tapOf(page, { fast: 'code' }));
    simulator.heal('wechat');
    assert.deepEqual([outcome.reason, outcome.action, outcome.code], ['service', 'retry', 'unavailable']);
    assert.equal(page.paths().length, 3);
  });
  test('the network is away: once, and for good', async () => {
    for (const times of [1, Infinity]) {
      let failures = 0;
      const page = open('wechat');
      await page.button.prepare();
      const { createPhoneButton } = load({ wx: host({}).host });
      const button = createPhoneButton({
        login: () => page.device.login(),
        send: async (path, body) => {
          if (path === '/phone' && failures++ < times) throw new Error('request:fail');
          return service.cloud({ path, body: plain(body) });
        },
      });
      await button.prepare();
      const outcome = plain(await button.submit({ detail: await page.device.tap({ fast: 'code' }) }));
      assert.equal(outcome.ok, times === 1);
      if (!outcome.ok) assert.deepEqual([failures, outcome.reason, outcome.action], [2, 'service', 'retry']);
    }
  });
  test('a code that is spent, a number that the account has not: as the service says', async () => {
    const page = open('wechat');
    await page.button.prepare();
    const outcome = await page.submit({ detail: { errMsg: 'getPhoneNumber:ok', code: 'f'.repeat(64) } });
    assert.deepEqual([outcome.reason, outcome.action, outcome.code], ['service', 'ask-again', 'refused']);
    assert.match(outcome.message.zh, /再点一次/);
  });
  test('what only a developer can do leaves the user to type', async () => {
    const page = open('wechat', { options: { platform: 'wecom', login: false, remember: false } });
    const outcome = await page.submit({ encryptedData: 'RUQ=', iv: 'SVY=' });
    assert.deepEqual([outcome.reason, outcome.action, outcome.code], ['service', 'enter-manually', 'invalid_request']);
  });
  test('answers that are none', async () => {
    for (const answer of [undefined, null, '', 'x', 7, {}, [], { error: {} }, { error: 'x' }, { phone: null }]) {
      const { createPhoneButton } = load({ wx: host({}).host });
      const button = createPhoneButton({ send: async () => answer, login: false });
      const outcome = plain(await button.submit({ detail: { errMsg: 'x:ok', code: 'c' } }));
      assert.deepEqual([outcome.ok, outcome.reason, outcome.action], [false, 'service', 'retry'], JSON.stringify(answer));
      assert.ok(outcome.message.zh);
    }
  });
});

describe('by its address, with the host’s own request', () => {
  const answer = { phone: { e164: '+8613800138000', countryCode: '86', nationalNumber: '13800138000' }, result: 1 };
  const refusal = { error: { code: 'refused', action: 'enter-manually', message: { en: 'e', zh: 'z' } } };
  for (const [name, object, request, expected] of [
    ['WeChat: an object', 'wx', async () => ({ statusCode: 200, data: answer }), true],
    ['WeChat: a refusal has a status, and is no failure', 'wx', async () => ({ statusCode: 422, data: refusal }), false],
    ['text', 'swan', async () => ({ data: JSON.stringify(answer) }), true],
    ['Alipay: a refusal is a failure with the answer in it', 'my', () => Promise.reject({ error: 19, status: 422, data: refusal }), false],
    ['Alipay: the same as text', 'my', () => Promise.reject({ error: 19, status: 422, data: JSON.stringify(refusal) }), false],
  ]) {
    test(name, async () => {
      const asked = [];
      const { host: played } = host({ request: (options) => (asked.push(options), request()) });
      const { createPhoneButton } = load({ [object]: played });
      const button = createPhoneButton({ send: 'https://example.com/mp-phone/', login: false });
      const outcome = plain(await button.submit({ detail: { errMsg: 'x:ok', code: 'c', encryptedData: 'RUQ=', iv: 'SVY=' } }));
      assert.equal(outcome.ok, expected);
      if (!expected) assert.deepEqual([outcome.code, outcome.message], ['refused', { en: 'e', zh: 'z' }]);
      const [{ url, method, data, header, headers }] = asked;
      assert.deepEqual([asked.length, url, method], [1, 'https://example.com/mp-phone/phone', 'POST']);
      assert.equal(JSON.parse(data).platform, button.platform);
      for (const one of [header, headers]) assert.equal(one['content-type'], 'application/json');
    });
  }
  test('DingTalk has another name for it', async () => {
    const { host: played, calls } = host({ httpRequest: async () => ({ data: JSON.stringify(answer) }), getAuthCode: async () => ({ authCode: 'c' }) }, { objects: true });
    const { createPhoneButton } = load({ dd: played });
    assert.equal((await createPhoneButton({ send: 'https://example.com' }).submit({})).ok, true);
    assert.deepEqual(calls, ['getAuthCode', 'httpRequest']);
  });
});
