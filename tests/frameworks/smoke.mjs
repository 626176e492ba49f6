// Smoke tests for platforms whose own tools do not run here. smoke.cjs explains which parts are real.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openPage } from './user.mjs';

/** The host's object, its login function, and the event of a tap on the page's button. */
const HOSTS = {
  alipay: { object: 'my', login: 'getAuthCode', tap: () => ['getAuthorize', {}] },
  baidu: { object: 'swan', login: 'getLoginCode' },
  douyin: { object: 'tt', login: 'login' },
  kuaishou: { object: 'ks', login: 'login' },
  xiaohongshu: { object: 'xhs', login: 'login' },
};

/** @param root returns the folder of the build, when the tests run */
export function smoke(name, { platform, service, root }) {
  const { object, login, tap = (detail) => ['getphonenumber', detail] } = HOSTS[platform];
  const opened = async (getPhoneNumber, work) => {
    const device = service().simulator.device(platform);
    const code = async () =>
      platform === 'alipay' ? { authCode: await device.login() } : { code: await device.login() };
    const page = await openPage({
      program: 'smoke.cjs',
      toolchain: object,
      root: root(),
      host: { [login]: code, getPhoneNumber: () => getPhoneNumber(device) },
    });
    try {
      await page.called('setStorageSync');
      await work(page, device);
    } finally {
      await page.close();
    }
  };
  const phoneOf = (device) => device.tap({ form: 'text' });

  describe(`smoke test, not a proof that the platform works: ${name}`, () => {
    test('after a tap, onPhone receives the number', () =>
      opened(phoneOf, async (page, device) => {
        await page.fire('#phone', ...tap(await device.tap()));
        await page.shows('已绑定');
        assert.deepEqual(service().bound(device.openId), [`+86${device.phone}`]);
        assert.deepEqual(
          (await page.calls()).filter((call) => call !== 'setStorageSync'),
          [
            login,
            'request /mp-phone/login',
            ...(platform === 'alipay' ? ['getPhoneNumber'] : []),
            'request /mp-phone/phone',
          ],
        );
        assert.deepEqual(page.failed, []);
      }));
    test('the user declines', () =>
      opened(
        () => Promise.reject({ error: 11, errorMessage: '用户取消授权' }),
        async (page, device) => {
          await page.fire('#phone', ...tap(device.refuse()));
          await page.shows('未授权手机号');
          assert.ok(!(await page.calls()).includes('request /mp-phone/phone'));
        },
      ));
    if (platform !== 'alipay') return;
    test('the account has no number: the page gets the service’s error response, which Alipay reports as a failed request', () =>
      opened(
        (device) => ({ response: JSON.stringify(device.refuse('no-phone')) }),
        async (page) => {
          await page.fire('#phone', ...tap());
          await page.shows('请手动输入');
        },
      ));
  });
}
