// The test cases for the page of an example: everything that a user can do, from the tap to the number in the application's
// onPhone. The cases are the same for native source, for the output of WeChat's compiler, and for that of uni-app and Taro.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openPage } from './user.mjs';

/**
 * Returns a function that opens a page on a simulated WeChat device. `host` takes the device and
 * returns host functions that replace WeChat's.
 */
export function opener({ service, toolchain, root, route }) {
  return async (device, { host, storage } = {}) => {
    const page = await openPage({
      toolchain,
      root,
      route,
      storage,
      host: {
        login: async () => ({ code: await device.login(), errMsg: 'login:ok' }),
        checkSession: async () => ({ errMsg: 'checkSession:ok' }),
        ...host?.(device),
      },
    });
    // React renders the page asynchronously.
    await page.shows('手机号一键登录');
    return page;
  };
}

/** Tests the full flow, from the tap to the number in the user's account. */
export async function numberArrives(service, open, options) {
  const device = service.simulator.device('wechat');
  const page = await open(device);
  try {
    await page.called('request /mp-phone/login');
    await page.called('setStorageSync');
    await page.tap(await device.tap(options));
    await page.shows(`+86${device.phone}`);
    await page.shows('已绑定');
    assert.deepEqual(service.bound(device.openId), [`+86${device.phone}`]);
    assert.deepEqual(requests(await page.calls()), ['login', 'request /mp-phone/login', 'request /mp-phone/phone']);
    assert.deepEqual(page.failed, []);
  } finally {
    await page.close();
  }
}

const requests = (calls) => calls.filter((call) => call === 'login' || call.startsWith('request'));

/**
 * @param service returns the result of startService, when the tests run
 * @param open returns an {@link opener}, when the tests run
 * @param type types a number into the page's form and confirms it
 */
export function pageCases(name, { service, open, type }) {
  const opened = async (options, work) => {
    const device = service().simulator.device('wechat');
    const page = await open()(device, options);
    try {
      await work(page, device);
    } finally {
      await page.close();
    }
  };
  const ready = (page) => page.called('setStorageSync');

  describe(name, () => {
    test('a number by code, and a sealed number', async () => {
      for (const options of [{ fast: 'both' }, { fast: 'code' }, { fast: 'sealed' }])
        await numberArrives(service(), open(), options);
    });

    test('the reason for requesting the number is shown above the button', () =>
      opened({}, async (page) => {
        const html = await page.html();
        assert.ok(
          html.indexOf('用于接收订单通知') > 0 && html.indexOf('用于接收订单通知') < html.indexOf('手机号一键登录'),
        );
      }));

    test('the user declines, then taps again', () =>
      opened({}, async (page, device) => {
        await ready(page);
        await page.tap(device.refuse());
        await page.shows('未授权手机号，可再点一次');
        assert.deepEqual(
          requests(await page.calls()),
          ['login', 'request /mp-phone/login'],
          'a decline causes no request and no login',
        );
        await page.tap(await device.tap());
        await page.shows('已绑定');
        assert.deepEqual(service().bound(device.openId), [`+86${device.phone}`]);
      }));

    test('the user declines twice: the form appears; a typed number is marked as unverified and bound to no user', () =>
      opened({}, async (page, device) => {
        await page.tap(device.refuse());
        await page.shows('可再点一次');
        await page.tap(device.refuse());
        await page.shows('请手动输入');
        await page.shows('确定');
        await type(page, '1380013');
        await page.shows('手机号有误');
        await type(page, '138 0013 8000');
        await page.shows('+8613800138000');
        await page.shows('尚未验证');
        assert.deepEqual(service().bound(device.openId), []);
      }));

    test('a user who prefers to type opens the form without a tap on the phone button', () =>
      opened({}, async (page) => {
        await page.fire('#by-hand', 'tap', {});
        await page.shows('确定');
      }));

    test('the quota is used up', () =>
      opened({}, async (page, device) => {
        await page.tap(device.refuse('quota'));
        await page.shows('暂时无法获取手机号');
        await page.shows('确定');
      }));

    test('privacy terms not accepted: the page offers a button that opens them', () =>
      opened({}, async (page, device) => {
        await page.tap(device.refuse('privacy'));
        await page.shows('请先同意隐私保护指引');
        await page.fire('#privacy', 'tap', {});
        await page.called('openPrivacyContract');
      }));

    test('a stored session: the next launch calls checkSession and does not log in', () =>
      opened({}, async (page, device) => {
        await ready(page);
        const storage = await page.storage();
        const again = await open()(device, { storage });
        try {
          await again.called('checkSession');
          await again.tap(await device.tap({ fast: 'sealed' }));
          await again.shows('已绑定');
          assert.deepEqual(requests(await again.calls()), ['request /mp-phone/phone']);
        } finally {
          await again.close();
        }
      }));

    test('a stored session that has expired: a new login before the tap', () =>
      opened({}, async (page, device) => {
        await ready(page);
        const storage = await page.storage();
        const again = await open()(device, {
          storage,
          host: () => ({ checkSession: () => Promise.reject({ errMsg: 'checkSession:fail session time out' }) }),
        });
        try {
          await again.called('request /mp-phone/login');
          await again.called('setStorageSync', 2);
          await again.tap(await device.tap({ fast: 'sealed' }));
          await again.shows('已绑定');
        } finally {
          await again.close();
        }
      }));

    test('a double tap causes one request', () =>
      opened({}, async (page, device) => {
        await ready(page);
        const before = service().simulator.count('wechat', 'getuserphonenumber');
        const details = [await device.tap(), await device.tap()];
        await Promise.all(details.map((detail) => page.tap(detail)));
        await page.shows('已绑定');
        assert.deepEqual(requests(await page.calls()), ['login', 'request /mp-phone/login', 'request /mp-phone/phone']);
        assert.equal(service().simulator.count('wechat', 'getuserphonenumber'), before + 1);
      }));

    test('a sealed number after a failed login: the button logs in, and the user taps again', () => {
      let fails = true;
      const host = (device) => ({
        login: async () => (fails ? Promise.reject({ errMsg: 'login:fail' }) : { code: await device.login() }),
      });
      return opened({ host }, async (page, device) => {
        await page.called('login');
        fails = false;
        await page.tap(await device.tap({ fast: 'sealed' }));
        await page.shows('尚未登录');
        await page.tap(await device.tap({ fast: 'sealed' }));
        await page.shows('已绑定');
      });
    });

    test('the service is down: the page shows a message, and a later tap works', () =>
      opened({}, async (page, device) => {
        await ready(page);
        await service().stop();
        try {
          await page.tap(await device.tap({ fast: 'code' }));
          await page.shows('请稍后再试');
          assert.equal(requests(await page.calls()).filter((call) => call.endsWith('phone')).length, 2, 'one retry');
        } finally {
          await service().again();
        }
        await page.tap(await device.tap({ fast: 'code' }));
        await page.shows('已绑定');
      }));
  });
}
