// The flow from onShow of the page to onPhone of the service, on every platform and with every kind of event.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { withLoginCode } from '../../js/build/platforms.mjs';
import { host, load } from './host.mjs';
import { open, received, simulator } from './page.mjs';

/** Taps: a name, the platform, a function that creates the event, and the host's functions that the button calls after it. */
const EVENTS = [
  ['WeChat', 'wechat', async (device) => ({ type: 'getphonenumber', detail: await device.tap() })],
  [
    'WeChat, only a code',
    'wechat',
    async (device) => ({ type: 'getphonenumber', detail: await device.tap({ fast: 'code' }) }),
  ],
  [
    'WeChat, realtime',
    'wechat',
    async (device) => ({ type: 'getrealtimephonenumber', detail: await device.tap({ realtime: true }) }),
  ],
  [
    'WeChat, sealed',
    'wechat',
    async (device) => ({ type: 'getphonenumber', detail: await device.tap({ fast: 'sealed' }) }),
  ],
  ['Douyin, code', 'douyin', async (device) => ({ detail: await device.tap({ fast: 'code' }) })],
  ['Douyin, sealed', 'douyin', async (device) => ({ detail: await device.tap({ fast: 'sealed' }) })],
  [
    'Alipay, consent, then my.getPhoneNumber: text',
    'alipay',
    async () => ({ type: 'getAuthorize', detail: {} }),
    (device) => ({ getPhoneNumber: () => device.tap({ form: 'text' }) }),
  ],
  [
    'Alipay, consent, then my.getPhoneNumber: parsed',
    'alipay',
    async () => ({ type: 'getAuthorize' }),
    (device) => ({ getPhoneNumber: () => device.tap() }),
  ],
  [
    'Alipay, the newer event',
    'alipay',
    async (device) => ({ type: 'getPhoneNumber', detail: await device.tap({ form: 'event' }) }),
  ],
  [
    'Alipay, uni-app’s event',
    'alipay',
    async (device) => {
      const { response, sign } = await device.tap();
      return { detail: { encryptedData: response, sign, errMsg: 'getPhoneNumber:ok' } };
    },
  ],
  ['DingTalk', 'dingtalk', async () => ({ type: 'tap', detail: {} })],
  ['Feishu', 'feishu', async () => ({ type: 'tap', detail: {} })],
];
// The other platforms have a button with getPhoneNumber, and one kind of event.
for (const id of simulator.platforms)
  if (!EVENTS.some(([, platform]) => platform === id))
    EVENTS.push([id, id, async (device) => ({ detail: await device.tap() })]);

describe('from onShow of the page to onPhone of the service', () => {
  for (const promises of [false, true]) {
    for (const [name, platform, tap, functions] of EVENTS) {
      test(`${name}, a host with ${promises ? 'promises' : 'callbacks'}`, async () => {
        const device = simulator.device(platform);
        const page = open(platform, { promises, device, functions: functions?.(device) });
        assert.deepEqual(page.calls, [], 'no call before the page is shown');
        await page.button.prepare();
        const before = [...page.calls];
        const needsLogin = withLoginCode.includes(platform);
        assert.equal(before.length, needsLogin ? 1 : 0, before.join());
        const outcome = await page.submit(await tap(device));
        assert.deepEqual(outcome, {
          ok: true,
          phone: { e164: `+86${device.phone}`, countryCode: '86', nationalNumber: device.phone },
          result: { count: received.length },
        });
        const { e164, openId } = received[received.length - 1];
        assert.deepEqual([e164, openId], [`+86${device.phone}`, device.openId]);
        assert.deepEqual(page.paths(), needsLogin ? ['/login', '/phone'] : ['/phone']);
        const after = page.calls.slice(before.length);
        assert.ok(
          !after.some((call) => /login$|getLoginCode/.test(call) || (platform === 'alipay' && call === 'getAuthCode')),
          `no login after the tap: ${after}`,
        );
        assert.equal(page.sent[0].body.platform, platform);
      });
    }
  }
  test('WeCom: wx.qy is called, and its result is sent unchanged', async () => {
    const sealed = { encryptedData: 'RUQ=', iv: 'SVY=' };
    const { host: qy, calls } = host({
      login: async () => ({ code: 'C' }),
      checkSession: async () => ({}),
      getMobile: async () => sealed,
    });
    const sent = [];
    const { createPhoneButton } = load({
      wx: {
        ...host({
          request: async ({ url, data }) => (
            sent.push([url, JSON.parse(data)]),
            { data: url.endsWith('login') ? { session: 's', expiresIn: 60 } : { phone: { e164: '+8613800138000' } } }
          ),
        }).host,
        qy,
      },
    });
    const button = createPhoneButton({ endpoint: 'https://example.com' });
    await button.prepare();
    await button.prepare();
    assert.equal((await button.submit({ type: 'tap', detail: {} })).ok, true);
    assert.deepEqual(calls, ['login', 'checkSession', 'getMobile']);
    assert.deepEqual(sent, [
      ['https://example.com/login', { platform: 'wecom', code: 'C' }],
      ['https://example.com/phone', { platform: 'wecom', session: 's', detail: sealed }],
    ]);
  });
});
