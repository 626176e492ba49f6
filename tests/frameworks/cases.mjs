// What a person may do on the page of an example, from the tap to the number in the application's onPhone. The same for
// native source, for what WeChat's compiler makes of it, and for what uni-app and Taro make.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openPage } from './phone.mjs';

/** A page on a simulated WeChat device. What `host`, by the device, does not respond, WeChat responds as usual. */
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
    // React draws the page a moment later.
    await page.shows('手机号一键登录');
    return page;
  };
}

/** The whole way: the tap ends as a number at the user's account. */
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
 * @param service what startService gave
 * @param open an {@link opener}, made when the tests run
 * @param type types a number into the page's form, and confirms it
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
    test('a number, by code and sealed', async () => {
      for (const options of [{ fast: 'both' }, { fast: 'code' }, { fast: 'sealed' }])
        await numberArrives(service(), open(), options);
    });

    test('why the number is asked for stands above the button', () =>
      opened({}, async (page) => {
        const html = await page.html();
        assert.ok(
          html.indexOf('用于接收订单通知') > 0 && html.indexOf('用于接收订单通知') < html.indexOf('手机号一键登录'),
        );
      }));

    test('rejected, then tapped again', () =>
      opened({}, async (page, device) => {
        await ready(page);
        await page.tap(device.refuse());
        await page.shows('未授权手机号，可再点一次');
        assert.deepEqual(
          requests(await page.calls()),
          ['login', 'request /mp-phone/login'],
          'a refusal is not sent, and nobody logs in for it',
        );
        await page.tap(await device.tap());
        await page.shows('已绑定');
        assert.deepEqual(service().bound(device.openId), [`+86${device.phone}`]);
      }));

    test('rejected twice: the form is there; a number typed by hand is marked as such and bound to nobody', () =>
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

    test('who wants to type finds the form at once', () =>
      opened({}, async (page) => {
        await page.fire('#by-hand', 'tap', {});
        await page.shows('确定');
      }));

    test('quota used up', () =>
      opened({}, async (page, device) => {
        await page.tap(device.refuse('quota'));
        await page.shows('暂时无法获取手机号');
        await page.shows('确定');
      }));

    test('privacy terms not accepted: the way to them is there', () =>
      opened({}, async (page, device) => {
        await page.tap(device.refuse('privacy'));
        await page.shows('请先同意隐私指引');
        await page.fire('#privacy', 'tap', {});
        await page.called('openPrivacyContract');
      }));

    test('a login that is remembered: the next launch asks WeChat whether it is good, and does not log in', () =>
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

    test('a login that is remembered and over: a new one, before the tap', () =>
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

    test('a double tap is one request', () =>
      opened({}, async (page, device) => {
        await ready(page);
        const before = service().simulator.count('wechat', 'getuserphonenumber');
        const details = [await device.tap(), await device.tap()];
        await Promise.all(details.map((detail) => page.tap(detail)));
        await page.shows('已绑定');
        assert.deepEqual(requests(await page.calls()), ['login', 'request /mp-phone/login', 'request /mp-phone/phone']);
        assert.equal(service().simulator.count('wechat', 'getuserphonenumber'), before + 1);
      }));

    test('sealed, and the login had failed: a login now, and a second tap', () => {
      let refused = true;
      const host = (device) => ({
        login: async () => (refused ? Promise.reject({ errMsg: 'login:fail' }) : { code: await device.login() }),
      });
      return opened({ host }, async (page, device) => {
        await page.called('login');
        refused = false;
        await page.tap(await device.tap({ fast: 'sealed' }));
        await page.shows('尚未登录');
        await page.tap(await device.tap({ fast: 'sealed' }));
        await page.shows('已绑定');
      });
    });

    test('the service is down: the user is told, and later it works', () =>
      opened({}, async (page, device) => {
        await ready(page);
        await service().stop();
        try {
          await page.tap(await device.tap({ fast: 'code' }));
          await page.shows('请稍后再试');
          assert.equal(
            requests(await page.calls()).filter((call) => call.endsWith('phone')).length,
            2,
            'it was tried once more',
          );
        } finally {
          await service().again();
        }
        await page.tap(await device.tap({ fast: 'code' }));
        await page.shows('已绑定');
      }));
  });
}
