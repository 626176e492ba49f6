// The order of things: login before the tap, nothing that changes the key after it. Hosts are played here; the service and
// the platforms behind it are the real service and the simulator.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { host, load, plain } from './host.mjs';
import { createPhoneService, createSimulator } from './installed.mjs';

const simulator = await createSimulator();
after(() => simulator.close());

const got = [];
const service = createPhoneService({
  platforms: Object.fromEntries(simulator.platforms.map((name) => [name, simulator.config(name)])),
  onPhone: ({ phone, user }) => {
    got.push({ e164: phone.e164, openId: user?.openId });
    return { seen: got.length };
  },
  logger: false,
});

const OBJECT_OF = { wechat: 'wx', alipay: 'my', baidu: 'swan', douyin: 'tt', kuaishou: 'ks', xiaohongshu: 'xhs', huawei: 'has', dingtalk: 'dd', feishu: 'tt' };
/** How each host logs in. */
const LOGIN_OF = {
  alipay: (device) => ({ getAuthCode: async () => ({ authCode: await device.login(), authSuccessScopes: ['auth_base'] }) }),
  baidu: (device) => ({ getLoginCode: async () => ({ code: await device.login() }) }),
  huawei: () => ({}),
  dingtalk: (device) => ({ getAuthCode: async () => ({ authCode: (await device.tap()).code }) }),
  feishu: (device) => ({ requestAccess: async () => ({ code: (await device.tap()).code }) }),
};
const usual = (device) => ({ login: async () => ({ code: await device.login(), errMsg: 'login:ok' }) });

/** A phone with the page open. */
function open(platform, { promises, functions = {}, options = {}, device = simulator.device(platform), kept } = {}) {
  const played = host({ ...(LOGIN_OF[platform] ?? usual)(device), ...functions }, { promises, objects: ['alipay', 'dingtalk'].includes(platform) });
  if (kept) Object.assign(played.kept, kept);
  const sent = [];
  const send = async (path, body) => {
    sent.push({ path, body: plain(body) });
    return service.cloud({ path, body: plain(body) });
  };
  const { createPhoneButton } = load({ [OBJECT_OF[platform]]: played.host });
  const button = createPhoneButton({ send, ...options });
  return {
    device,
    button,
    sent,
    calls: played.calls,
    kept: played.kept,
    paths: () => sent.map(({ path }) => path),
    submit: async (event) => plain(await button.submit(event)),
  };
}

/** The tap on a platform's button: the event, and what the host is asked for after it. */
const EVENTS = [
  ['WeChat', 'wechat', async (device) => ({ type: 'getphonenumber', detail: await device.tap() })],
  ['WeChat, code alone', 'wechat', async (device) => ({ type: 'getphonenumber', detail: await device.tap({ fast: 'code' }) })],
  ['WeChat, realtime', 'wechat', async (device) => ({ type: 'getrealtimephonenumber', detail: await device.tap({ realtime: true }) })],
  ['WeChat, sealed', 'wechat', async (device) => ({ type: 'getphonenumber', detail: await device.tap({ fast: 'sealed' }) })],
  ['Baidu', 'baidu', async (device) => ({ detail: await device.tap() })],
  ['Douyin, code', 'douyin', async (device) => ({ detail: await device.tap({ fast: 'code' }) })],
  ['Douyin, sealed', 'douyin', async (device) => ({ detail: await device.tap({ fast: 'sealed' }) })],
  ['Kuaishou', 'kuaishou', async (device) => ({ detail: await device.tap() })],
  ['Xiaohongshu', 'xiaohongshu', async (device) => ({ detail: await device.tap() })],
  ['Huawei', 'huawei', async (device) => ({ detail: await device.tap() })],
  ['Alipay, consent, then my.getPhoneNumber: text', 'alipay', async () => ({ type: 'getAuthorize', detail: {} }), (device) => ({ getPhoneNumber: () => device.tap({ form: 'text' }) })],
  ['Alipay, consent, then my.getPhoneNumber: parsed', 'alipay', async () => ({ type: 'getAuthorize' }), (device) => ({ getPhoneNumber: () => device.tap() })],
  ['Alipay, the newer event', 'alipay', async (device) => ({ type: 'getPhoneNumber', detail: await device.tap({ form: 'event' }) })],
  ['Alipay, uni-app’s event', 'alipay', async (device) => {
    const { response, sign } = await device.tap();
    return { detail: { encryptedData: response, sign, errMsg: 'getPhoneNumber:ok' } };
  }],
  ['DingTalk', 'dingtalk', async () => ({ type: 'tap', detail: {} })],
  ['Feishu', 'feishu', async () => ({ type: 'tap', detail: {} })],
];

describe('from the page’s show to onPhone', () => {
  for (const promises of [false, true]) {
    for (const [name, platform, tap, functions] of EVENTS) {
      test(`${name}, a host with ${promises ? 'promises' : 'callbacks'}`, async () => {
        const device = simulator.device(platform);
        const page = open(platform, { promises, device, functions: functions?.(device) });
        assert.deepEqual(page.calls, [], 'nothing before the page is shown');
        await page.button.prepare();
        const before = [...page.calls];
        const needsLogin = !['huawei', 'dingtalk', 'feishu'].includes(platform);
        assert.equal(before.length, needsLogin ? 1 : 0, before.join());
        const outcome = await page.submit(await tap(device));
        assert.deepEqual(outcome, { ok: true, phone: { e164: `+86${device.phone}`, countryCode: '86', nationalNumber: device.phone }, result: { seen: got.length } });
        const { e164, openId } = got[got.length - 1];
        assert.deepEqual([e164, openId], [`+86${device.phone}`, device.openId]);
        assert.deepEqual(page.paths(), needsLogin ? ['/login', '/phone'] : ['/phone']);
        const after = page.calls.slice(before.length);
        assert.ok(!after.some((call) => /login$|getLoginCode/.test(call) || (platform === 'alipay' && call === 'getAuthCode')), `no login after the tap: ${after}`);
        assert.equal(page.sent[0].body.platform, platform);
      });
    }
  }
  test('WeCom: wx.qy, and what it gives is sent as it is', async () => {
    const sealed = { encryptedData: 'RUQ=', iv: 'SVY=' };
    const { host: qy, calls } = host({ login: async () => ({ code: 'C' }), checkSession: async () => ({}), getMobile: async () => sealed });
    const sent = [];
    const { createPhoneButton } = load({ wx: { ...host({ request: async ({ url, data }) => (sent.push([url, JSON.parse(data)]), { data: url.endsWith('login') ? { session: 's', expiresIn: 60 } : { phone: { e164: '+8613800138000' } } }) }).host, qy } });
    const button = createPhoneButton({ send: 'https://example.com' });
    await button.prepare();
    await button.prepare();
    assert.equal((await button.submit({ type: 'tap', detail: {} })).ok, true);
    assert.deepEqual(calls, ['login', 'checkSession', 'getMobile']);
    assert.deepEqual(sent, [['https://example.com/login', { platform: 'wecom', code: 'C' }], ['https://example.com/phone', { platform: 'wecom', session: 's', detail: sealed }]]);
  });
});

const tapOf = (page, options) => page.device.tap(options).then((detail) => ({ detail }));

describe('login', () => {
  test('two shows at once log in once; a third, later, not at all', async () => {
    const page = open('wechat');
    await Promise.all([page.button.prepare(), page.button.prepare()]);
    await page.button.prepare();
    assert.deepEqual(page.calls, ['login']);
  });
  test('a tap while the login is under way waits for it', async () => {
    const page = open('wechat');
    void page.button.prepare();
    const detail = await page.device.tap({ fast: 'code' });
    assert.equal((await page.submit({ detail })).ok, true);
    assert.deepEqual(page.paths(), ['/login', '/phone']);
    assert.deepEqual(page.calls, ['login']);
  });
  test('a tap whose login is not answered yet waits for the answer: its key is the new one', async () => {
    let answered;
    const slow = new Promise((resolve) => (answered = resolve));
    const page = open('wechat', { options: { send: async (path, body) => {
      if (path === '/login') await slow;
      return service.cloud({ path, body: plain(body) });
    } } });
    void page.button.prepare();
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.deepEqual(page.calls, ['login']);
    const tapped = page.submit(await tapOf(page, { fast: 'sealed' }));
    answered();
    assert.equal((await tapped).ok, true);
    assert.deepEqual(page.calls, ['login']);
  });
  test('the session is remembered: the next launch does not log in, and asks the host whether it is still good', async () => {
    const first = open('wechat', { functions: { checkSession: async () => ({}) } });
    await first.button.prepare();
    const next = open('wechat', { device: first.device, kept: first.kept, functions: { checkSession: async () => ({ errMsg: 'checkSession:ok' }) } });
    assert.equal(next.button.session, undefined);
    await next.button.prepare();
    assert.deepEqual(next.calls, ['checkSession']);
    assert.equal(next.button.session, first.button.session);
    assert.equal((await next.submit(await tapOf(next, { fast: 'sealed' }))).ok, true);
    assert.deepEqual(next.paths(), ['/phone']);
  });
  test('a session that the host says is over: login', async () => {
    const first = open('wechat');
    await first.button.prepare();
    const next = open('wechat', { device: first.device, kept: first.kept, functions: { checkSession: () => Promise.reject({ errMsg: 'checkSession:fail' }) } });
    await next.button.prepare();
    assert.deepEqual(next.calls, ['checkSession', 'login']);
    assert.equal((await next.submit(await tapOf(next, { fast: 'sealed' }))).ok, true);
  });
  test('a session that has ended by the clock, or one that cannot be read: login', async () => {
    for (const text of [JSON.stringify({ id: 'x', until: Date.now() - 1 }), '{', '7', 'null', '[]']) {
      const page = open('wechat', { kept: { 'mp-phone': text } });
      await page.button.prepare();
      assert.deepEqual(page.calls, ['login'], text);
    }
  });
  test('nothing but the session’s id and its end is kept', async () => {
    for (const platform of ['wechat', 'alipay']) {
      const page = open(platform);
      await page.button.prepare();
      const { id, until, ...rest } = JSON.parse(page.kept['mp-phone']);
      assert.deepEqual([id, rest], [page.button.session, {}]);
      assert.ok(Math.abs(until - Date.now() - 7 * 86_400_000) < 60_000);
    }
  });
  test('a store of one’s own, with promises; and none', async () => {
    let kept;
    const remember = { get: async () => kept, set: async (text) => void (kept = text) };
    await open('wechat', { options: { remember } }).button.prepare();
    assert.match(kept, /"id"/);
    const next = open('wechat', { options: { remember } });
    await next.button.prepare();
    assert.deepEqual(next.calls, []);
    const forgetful = open('wechat', { options: { remember: false } });
    await forgetful.button.prepare();
    assert.deepEqual(forgetful.kept, {});
  });
  test('a login of one’s own, and none', async () => {
    const device = simulator.device('wechat');
    const own = open('wechat', { device, options: { login: () => device.login() } });
    await own.button.prepare();
    assert.deepEqual([own.calls, own.paths()], [[], ['/login']]);
    const none = open('wechat', { options: { login: false } });
    await none.button.prepare();
    assert.equal((await none.submit(await tapOf(none, { fast: 'code' }))).ok, true);
    assert.deepEqual([none.calls, none.paths()], [[], ['/phone']]);
  });
  test('DingTalk: a login of one’s own gives the code that is sent', async () => {
    const device = simulator.device('dingtalk');
    const page = open('dingtalk', { device, options: { login: async () => (await device.tap()).code } });
    await page.button.prepare();
    assert.equal((await page.submit({ type: 'tap' })).ok, true);
    assert.deepEqual([page.calls, page.paths()], [[], ['/phone']]);
  });
  test('prepare never rejects: no login, no service, no storage', async () => {
    const broken = () => Promise.reject(new Error('x'));
    await open('wechat', { functions: { login: broken } }).button.prepare();
    await open('wechat', { options: { send: broken } }).button.prepare();
    await open('wechat', { options: { send: async () => ({ error: { code: 'refused', action: 'login-again' } }) } }).button.prepare();
    await open('wechat', { options: { remember: { get: broken, set: broken } } }).button.prepare();
    const { createPhoneButton } = load();
    const nowhere = createPhoneButton({ send: 'https://example.com' });
    await nowhere.prepare();
    assert.equal(nowhere.platform, undefined);
    assert.deepEqual(plain(await nowhere.submit({})).reason, 'unsupported');
  });
  test('a page that is shown again while a tap is on its way does not log in', async () => {
    const page = open('wechat', { functions: { checkSession: () => Promise.reject({ errMsg: 'checkSession:fail' }) } });
    await page.button.prepare();
    const tapped = page.submit(await tapOf(page, { fast: 'sealed' }));
    await page.button.prepare();
    assert.equal((await tapped).ok, true);
    assert.deepEqual(page.calls, ['login']);
  });
});

describe('taps', () => {
  test('a double tap is one', async () => {
    const page = open('wechat');
    await page.button.prepare();
    const before = got.length;
    const [one, two] = await Promise.all([page.submit(await tapOf(page)), page.submit(await tapOf(page))]);
    assert.deepEqual(one, two);
    assert.deepEqual([page.paths(), got.length], [['/login', '/phone'], before + 1]);
    assert.equal((await page.submit(await tapOf(page))).ok, true, 'and a later one is another');
  });
  test('sealed, and nobody was logged in: nothing is sent; the login is made for the next tap', async () => {
    for (const platform of ['wechat', 'baidu', 'douyin', 'kuaishou', 'xiaohongshu']) {
      const page = open(platform);
      const first = await page.submit(await tapOf(page, { fast: 'sealed' }));
      assert.deepEqual([first.ok, first.reason, first.action], [false, 'not-logged-in', 'ask-again'], platform);
      assert.deepEqual(page.paths(), ['/login']);
      assert.equal((await page.submit(await tapOf(page, { fast: 'sealed' }))).ok, true, platform);
    }
  });
  test('a code, and nobody was logged in: a code does not mind a login', async () => {
    const page = open('wechat');
    assert.equal((await page.submit(await tapOf(page, { fast: 'code' }))).ok, true);
    assert.deepEqual(page.paths(), ['/login', '/phone']);
    assert.equal(got[got.length - 1].openId, page.device.openId);
  });
  test('the session has ended at the service: a code and Alipay’s payload go again after a login, what is sealed needs a new tap', async () => {
    for (const [platform, options, again] of [['wechat', { fast: 'code' }, true], ['alipay', {}, true], ['wechat', { fast: 'sealed' }, false], ['baidu', {}, false]]) {
      const page = open(platform);
      await page.button.prepare();
      await service.logout({ session: page.button.session });
      const outcome = await page.submit(await tapOf(page, options));
      assert.deepEqual(page.paths(), ['/login', '/phone', '/login', ...(again ? ['/phone'] : [])], platform);
      assert.equal(outcome.ok, again);
      if (!again) {
        assert.deepEqual([outcome.reason, outcome.action, outcome.code], ['service', 'ask-again', 'login_required']);
        assert.equal((await page.submit(await tapOf(page, options))).ok, true);
      }
    }
  });
  test('another login has replaced the key: login, and the next tap is good', async () => {
    const page = open('wechat');
    await page.button.prepare();
    await page.device.login();
    const outcome = await page.submit(await tapOf(page, { fast: 'sealed' }));
    assert.deepEqual([outcome.ok, outcome.action, outcome.code], [false, 'ask-again', 'refused']);
    assert.equal((await page.submit(await tapOf(page, { fast: 'sealed' }))).ok, true);
  });
  test('who is asked to tap again and again is led to typing', async () => {
    const page = open('wechat');
    await page.button.prepare();
    const deny = { detail: page.device.refuse() };
    assert.equal((await page.submit(deny)).action, 'ask-again');
    const second = await page.submit(deny);
    assert.deepEqual([second.reason, second.action, second.errMsg], ['denied', 'enter-manually', 'getPhoneNumber:fail user deny']);
    assert.match(second.message.zh, /手动输入/);
    assert.equal((await page.submit(await tapOf(page))).ok, true);
    assert.equal((await page.submit(deny)).action, 'ask-again', 'a success begins anew');
    assert.deepEqual(page.paths(), ['/login', '/phone'], 'a refusal is not sent');
  });
  test('not logged in to the platform itself: a login, then the user taps again', async () => {
    const page = open('douyin');
    await page.button.prepare();
    const outcome = await page.submit({ detail: page.device.refuse('not-logged-in') });
    assert.deepEqual([outcome.reason, outcome.action], ['not-logged-in', 'ask-again']);
    assert.deepEqual(page.calls, ['login', 'login']);
  });
  test('Alipay: refused, failed, or an error in place of the number', async () => {
    const page = open('alipay', { functions: { getPhoneNumber: () => Promise.reject({ error: 11, errorMessage: '用户取消授权' }) } });
    assert.equal((await page.submit({ type: 'getAuthorize', detail: {} })).reason, 'denied');
    assert.equal((await page.submit({ type: 'error', detail: { type: 'getAuthorize', errorMessage: '用户取消授权' } })).reason, 'denied');
    const plainError = open('alipay', { functions: { getPhoneNumber: async () => ({ response: { code: '40001', msg: 'Missing Required Arguments', subCode: 'isv.missing-encrypt-key' } }) } });
    assert.equal((await plainError.submit({ type: 'getAuthorize', detail: {} })).reason, 'no-permission');
    const none = open('alipay', { functions: { getPhoneNumber: async () => page.device.refuse('no-phone') } });
    await none.button.prepare();
    const outcome = await none.submit({ type: 'getAuthorize', detail: {} });
    assert.deepEqual([outcome.reason, outcome.action], ['service', 'enter-manually']);
  });
});

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
      const button = createPhoneButton({ send: 'https://example.com/api/', login: false });
      const outcome = plain(await button.submit({ detail: { errMsg: 'x:ok', code: 'c', encryptedData: 'RUQ=', iv: 'SVY=' } }));
      assert.equal(outcome.ok, expected);
      if (!expected) assert.deepEqual([outcome.code, outcome.message], ['refused', { en: 'e', zh: 'z' }]);
      const [{ url, method, data, header, headers }] = asked;
      assert.deepEqual([asked.length, url, method], [1, 'https://example.com/api/phone', 'POST']);
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

test('a number typed by hand', () => {
  const { readTypedNumber, typing } = load();
  const read = (...given) => plain(readTypedNumber(...given))?.e164;
  for (const text of ['13800138000', ' 138 0013 8000 ', '138-0013-8000', '+86 13800138000', '+86-138-0013-8000', '0086 13800138000', '8613800138000', '１３８００１３８０００', '(+86) 138.0013.8000']) assert.equal(read(text), '+8613800138000', text);
  for (const text of ['', '1380013800', '138001380000', '23800138000', '12800138000', '+85261234567', '1380013800o', 'abc', '010-12345678', undefined, null, {}]) assert.equal(read(text), undefined, String(text));
  for (const [text, country, expected] of [
    ['6123 4567', '852', '+85261234567'],
    ['+852 6123 4567', '852', '+85261234567'],
    ['00852 61234567', '852', '+85261234567'],
    // A number that begins like its country's code.
    ['8521 2345', '852', '+85285212345'],
    ['+86 13800138000', '852', undefined],
    ['123', '852', undefined],
    ['1234567890123', '852', undefined],
    ['(415) 555-2671', '1', '+14155552671'],
  ]) assert.equal(read(text, country), expected, text);
  assert.deepEqual(plain(readTypedNumber('13800138000')), { e164: '+8613800138000', countryCode: '86', nationalNumber: '13800138000' });
  for (const { en, zh } of Object.values(plain(typing))) assert.ok(en && /[一-鿿]/.test(zh));
});
