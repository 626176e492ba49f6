// Taps: one at a time, no login between a tap and the request with its sealed data, and a next step after every failure.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { servedWithSessionKey } from '../../js/build/platforms.mjs';
import { open, received, service, tapOf } from './page.mjs';

describe('taps', () => {
  test('two simultaneous taps are submitted once', async () => {
    const page = open('wechat');
    await page.button.prepare();
    const before = received.length;
    const [first, second] = await Promise.all([page.submit(await tapOf(page)), page.submit(await tapOf(page))]);
    assert.deepEqual(first, second);
    assert.deepEqual([page.paths(), received.length], [['/login', '/phone'], before + 1]);
    assert.equal((await page.submit(await tapOf(page))).ok, true, 'a later tap is submitted again');
  });
  test('sealed data without a session is not sent, and the button logs in for the next tap', async () => {
    for (const platform of servedWithSessionKey) {
      const page = open(platform);
      const first = await page.submit(await tapOf(page, { fast: 'sealed' }));
      assert.deepEqual([first.ok, first.reason, first.action], [false, 'not-logged-in', 'ask-again'], platform);
      assert.deepEqual(page.paths(), ['/login']);
      assert.equal((await page.submit(await tapOf(page, { fast: 'sealed' }))).ok, true, platform);
    }
  });
  test('a code without a session is sent after a login, because a login does not invalidate a code', async () => {
    const page = open('wechat');
    assert.equal((await page.submit(await tapOf(page, { fast: 'code' }))).ok, true);
    assert.deepEqual(page.paths(), ['/login', '/phone']);
    assert.equal(received[received.length - 1].openId, page.device.openId);
  });
  test('the service no longer has the session: codes and Alipay payloads are sent after a login, sealed data is not', async () => {
    for (const [platform, options, isResent] of [
      ['wechat', { fast: 'code' }, true],
      ['alipay', {}, true],
      ['wechat', { fast: 'sealed' }, false],
      ['baidu', {}, false],
    ]) {
      const page = open(platform);
      await page.button.prepare();
      await service.logout({ session: page.button.session });
      const outcome = await page.submit(await tapOf(page, options));
      assert.deepEqual(page.paths(), ['/login', '/phone', '/login', ...(isResent ? ['/phone'] : [])], platform);
      assert.equal(outcome.ok, isResent);
      if (!isResent) {
        assert.deepEqual([outcome.reason, outcome.action, outcome.code], ['service', 'ask-again', 'login_required']);
        assert.equal((await page.submit(await tapOf(page, options))).ok, true);
      }
    }
  });
  test('another login has replaced the session key: the button logs in, and the next tap succeeds', async () => {
    const page = open('wechat');
    await page.button.prepare();
    await page.device.login();
    const outcome = await page.submit(await tapOf(page, { fast: 'sealed' }));
    assert.deepEqual([outcome.ok, outcome.action, outcome.code], [false, 'ask-again', 'refused']);
    assert.equal((await page.submit(await tapOf(page, { fast: 'sealed' }))).ok, true);
  });
  test('after the second ask-again in a row the action is enter-manually', async () => {
    const page = open('wechat');
    await page.button.prepare();
    const deny = { detail: page.device.refuse() };
    assert.equal((await page.submit(deny)).action, 'ask-again');
    const second = await page.submit(deny);
    assert.deepEqual(
      [second.reason, second.action, second.errMsg],
      ['denied', 'enter-manually', 'getPhoneNumber:fail user deny'],
    );
    assert.match(second.message.zh, /手动输入/);
    assert.equal((await page.submit(await tapOf(page))).ok, true);
    assert.equal((await page.submit(deny)).action, 'ask-again', 'a success resets the count');
    assert.deepEqual(page.paths(), ['/login', '/phone'], 'a declined tap is not sent');
  });
  test('the user is not logged in to the platform: the button logs in, then the user taps again', async () => {
    const page = open('douyin');
    await page.button.prepare();
    const outcome = await page.submit({ detail: page.device.refuse('not-logged-in') });
    assert.deepEqual([outcome.reason, outcome.action], ['not-logged-in', 'ask-again']);
    assert.deepEqual(page.calls, ['login', 'login']);
  });
  test('Xiaohongshu: the error number means not logged in, the text means denied: the button logs in for the next tap', async () => {
    for (const errCode of [410004, 410006, 410103]) {
      const page = open('xiaohongshu');
      await page.button.prepare();
      const outcome = await page.submit({ detail: { errMsg: 'getPhoneNumber:fail auth deny', errCode } });
      assert.deepEqual([outcome.reason, outcome.action, outcome.errno], ['not-logged-in', 'ask-again', errCode]);
      assert.deepEqual(page.calls, ['login', 'login']);
      assert.equal((await page.submit(await tapOf(page))).ok, true);
    }
  });
  test('Alipay: the user declines, the console lacks a key, the account has no number', async () => {
    const page = open('alipay', {
      functions: { getPhoneNumber: () => Promise.reject({ error: 11, errorMessage: '用户取消授权' }) },
    });
    assert.equal((await page.submit({ type: 'getAuthorize', detail: {} })).reason, 'denied');
    assert.equal(
      (await page.submit({ type: 'error', detail: { type: 'getAuthorize', errorMessage: '用户取消授权' } })).reason,
      'denied',
    );
    const withoutKey = open('alipay', {
      functions: {
        getPhoneNumber: async () => ({
          response: { code: '40001', msg: 'Missing Required Arguments', subCode: 'isv.missing-encrypt-key' },
        }),
      },
    });
    assert.equal((await withoutKey.submit({ type: 'getAuthorize', detail: {} })).reason, 'no-permission');
    const withoutNumber = open('alipay', { functions: { getPhoneNumber: async () => page.device.refuse('no-phone') } });
    await withoutNumber.button.prepare();
    const outcome = await withoutNumber.submit({ type: 'getAuthorize', detail: {} });
    assert.deepEqual([outcome.reason, outcome.action], ['service', 'enter-manually']);
  });
});
