// Alipay's side of the smoke tests: see alipay-smoke.cjs for what they are and are not.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openPage } from './phone.mjs';

export function alipaySmoke(name, { service, root }) {
  const opened = async (host, work) => {
    const device = service().simulator.device('alipay');
    const page = await openPage({ program: 'alipay-smoke.cjs', root: root(), toolchain: '', host: { getAuthCode: async () => ({ authCode: await device.login() }), getPhoneNumber: () => device.tap({ form: 'text' }), ...host } });
    try {
      await page.called('setStorageSync');
      await work(page, device);
    } finally {
      await page.close();
    }
  };
  describe(`smoke test, no proof of the platform: ${name}`, () => {
    test('consent, my.getPhoneNumber, and the number is with onPhone', () =>
      opened({}, async (page, device) => {
        await page.fire('#phone', 'getAuthorize', {});
        await page.shows('已绑定');
        assert.deepEqual(service().bound(device.openId), [`+86${device.phone}`]);
        assert.deepEqual((await page.calls()).filter((call) => call !== 'setStorageSync'), ['getAuthCode', 'request /api/login', 'getPhoneNumber', 'request /api/phone']);
      }));
    test('refused', () =>
      opened({ getPhoneNumber: () => Promise.reject({ error: 11, errorMessage: '用户取消授权' }) }, async (page) => {
        await page.fire('#phone', 'getAuthorize', {});
        await page.shows('未授权手机号');
      }));
    test('the account has no number: the service’s refusal arrives, though its status is a failure here', () =>
      opened({ getPhoneNumber: () => ({ response: JSON.stringify(service().simulator.device('alipay').refuse('no-phone')) }) }, async (page) => {
        await page.fire('#phone', 'getAuthorize', {});
        await page.shows('请手动输入');
      }));
  });
}
