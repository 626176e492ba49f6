// Events of phone buttons on each platform, and the failure that the user sees. The events come from the platforms' pages
// and from developers' posts. A comment at each list of events names the source.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { platforms, supported } from '../../js/build/platforms.mjs';
import { load, plain } from './host.mjs';
import { core, createSimulator } from './installed.mjs';

const { readPhoneEvent, detectPlatform } = load();
const read = (platform, event) => plain(readPhoneEvent(platform, event));

const CODE = 'e'.repeat(64);
const SEALED = { encryptedData: 'RUQ=', iv: 'SVY=' };

describe('an event with a number', () => {
  const ok = { errMsg: 'getPhoneNumber:ok' };
  for (const [name, platform, detail, expected] of [
    [
      'WeChat, all members that recent base libraries send',
      'wechat',
      { ...ok, ...SEALED, code: CODE, cloudID: '28_x' },
      { ...SEALED, code: CODE, cloudID: '28_x' },
    ],
    ['WeChat, only a code', 'wechat', { ...ok, code: CODE }, { code: CODE }],
    ['WeChat, wx.getPhoneNumber of a mini-game', 'wechat', { ...ok, code: CODE, errno: 0 }, { code: CODE }],
    ['WeChat, realtime button', 'wechat', { errMsg: 'getRealtimePhoneNumber:ok', code: CODE }, { code: CODE }],
    ['WeChat, a base library without codes', 'wechat', { ...ok, ...SEALED }, SEALED],
    ['WeChat, cloud development', 'wechat', { ...ok, cloudID: '28_x' }, { cloudID: '28_x' }],
    ['Baidu', 'baidu', { ...ok, ...SEALED }, SEALED],
    ['Baidu, a ciphertext with the name data', 'baidu', { ...ok, data: 'RUQ=', iv: 'SVY=' }, SEALED],
    ['Douyin, with code', 'douyin', { ...ok, ...SEALED, code: 'c', cloudId: 'x' }, { ...SEALED, code: 'c' }],
    ['Douyin, sealed', 'douyin', { ...ok, ...SEALED }, SEALED],
    ['Kuaishou', 'kuaishou', { ...ok, ...SEALED }, SEALED],
    ['Xiaohongshu', 'xiaohongshu', { ...ok, ...SEALED, errCode: 0 }, SEALED],
    ['Huawei', 'huawei', { code: 'c' }, { code: 'c' }],
    ['Huawei, the other name in uni-app’s documentation', 'huawei', { phoneNumberCode: 'c' }, { code: 'c' }],
    ['WeCom, the result of wx.qy.getMobile', 'wecom', SEALED, SEALED],
    ['DingTalk, the result of dd.getAuthCode', 'dingtalk', { authCode: 'c' }, { code: 'c' }],
    ['Feishu, the result of tt.requestAccess', 'feishu', { code: 'c' }, { code: 'c' }],
    [
      'Alipay, the newer event',
      'alipay',
      { encryptedData: 'RUQ=', sign: 'U0lHTg==' },
      { response: 'RUQ=', sign: 'U0lHTg==' },
    ],
    [
      'Alipay, uni-app’s event',
      'alipay',
      { ...ok, encryptedData: 'RUQ=', sign: 'U0lHTg==' },
      { response: 'RUQ=', sign: 'U0lHTg==' },
    ],
    [
      'Alipay, my.getPhoneNumber: text',
      'alipay',
      { response: '{"response":"RUQ=","sign":"U0lHTg=="}' },
      { response: '{"response":"RUQ=","sign":"U0lHTg=="}' },
    ],
    [
      'Alipay, my.getPhoneNumber: parsed',
      'alipay',
      { response: 'RUQ=', sign: 'U0lHTg==', sign_type: 'RSA2', encrypt_type: 'AES', charset: 'UTF-8' },
      { response: 'RUQ=', sign: 'U0lHTg==', sign_type: 'RSA2', encrypt_type: 'AES', charset: 'UTF-8' },
    ],
    [
      'Alipay, my.getPhoneNumber: object',
      'alipay',
      { response: { response: 'RUQ=', sign: 'U0lHTg==' } },
      { response: { response: 'RUQ=', sign: 'U0lHTg==' } },
    ],
  ]) {
    test(name, () => {
      // mpvue puts the host's event into `mp`.
      for (const event of [{ type: 'getphonenumber', detail }, detail, { mp: { type: 'getphonenumber', detail } }])
        assert.deepEqual(read(platform, event), { ok: true, detail: expected });
    });
  }
});

const denied = ['denied', 'ask-again'];
const notPermitted = ['no-permission', 'enter-manually'];
const failed = ['failed', 'ask-again'];
const notLoggedIn = ['not-logged-in', 'login-again'];
const outsideTap = ['failed', 'enter-manually'];
const FAILURES = {
  // Developers' posts on developers.weixin.qq.com, and csdn 123736309.
  wechat: [
    [{ errMsg: 'getPhoneNumber:fail user deny' }, ...denied],
    [{ errMsg: 'getPhoneNumber:fail:user deny' }, ...denied],
    [{ errMsg: 'getPhoneNumber:user deny' }, ...denied],
    [{ errMsg: 'getPhoneNumber:fail:cancel to confirm login' }, ...denied],
    [{ errMsg: 'getPhoneNumber:fail user cancel' }, ...denied],
    [{ errMsg: 'getPhoneNumber:fail:user reject' }, ...denied],
    [{ errMsg: 'getPhoneNumber:fail user rejected' }, ...denied],
    [{ errMsg: 'getPhoneNumber:fail user not bind phone' }, 'no-phone', 'enter-manually'],
    [{ errMsg: 'getPhoneNumber:fail user has no bind phone' }, 'no-phone', 'enter-manually'],
    [{ errMsg: 'getPhoneNumber:fail 小程序未认证' }, ...notPermitted],
    [{ errMsg: 'getPhoneNumber:fail 余额不足' }, 'quota', 'enter-manually'],
    [{ errMsg: 'getPhoneNumber:fail insufficient balance' }, 'quota', 'enter-manually'],
    [{ errMsg: 'getPhoneNumber:fail 调用次数已用完' }, 'quota', 'enter-manually'],
    [{ errMsg: 'getPhoneNumber:fail auth deny' }, ...denied],
    [{ errMsg: 'getRealtimePhoneNumber:fail user deny' }, ...denied],
    [{ errMsg: 'getPhoneNumber:fail no permission' }, ...notPermitted],
    [{ errMsg: 'getPhoneNumber:fail operateWXData:fail jsapi has no permission', errno: 102 }, ...notPermitted],
    [
      {
        errMsg:
          'getPhoneNumber:fail jsapi has no permission, event_id=1, runningState=foreground, ' +
          'permissionMsg=permission got, detail = jsapi has no permission',
      },
      ...notPermitted,
    ],
    [{ errMsg: 'getPhoneNumber:fail access denied' }, ...notPermitted],
    [{ errMsg: 'getPhoneNumber:fail', errno: 103 }, 'privacy', 'accept-privacy'],
    [{ errMsg: 'getPhoneNumber:fail privacy permission is not authorized', errno: 104 }, 'privacy', 'accept-privacy'],
    [{ errMsg: 'privacy permission is not authorized', errno: 104 }, 'privacy', 'accept-privacy'],
    [
      { errMsg: 'getPhoneNumber:fail api scope is not declared in the privacy agreement', errno: 112 },
      'privacy',
      'enter-manually',
    ],
    [{ errMsg: 'getPhoneNumber:fail api scope is not declared in the privacy agreement' }, 'privacy', 'enter-manually'],
    [{ errMsg: 'getPhoneNumber:fail', errno: 1400001 }, 'quota', 'enter-manually'],
    [{ errno: 1400001 }, 'quota', 'enter-manually'],
    [
      { errMsg: 'getPhoneNumber:fail 用户绑定的手机需要进行验证，请在客户端完成短信验证步骤' },
      'no-phone',
      'enter-manually',
    ],
    [
      { errMsg: 'getPhoneNumber:fail Error: 用户绑定的手机需要进行验证，请在客户端完成短信验证步骤' },
      'no-phone',
      'enter-manually',
    ],
    [{ errMsg: 'getPhoneNumber:fail api not supported' }, 'unsupported', 'enter-manually'],
    [{ errMsg: 'getPhoneNumber:fail something new' }, ...failed],
    // Older clients send Chinese texts: EastWorld/wechat-app-mall, issues 129 and 265.
    [{ errMsg: 'getPhoneNumber:fail 该 appid 没有权限' }, ...notPermitted],
    [{ errMsg: 'getPhoneNumber:fail Error: 该 appid 没有权限' }, ...notPermitted],
    // A mini-game that requests the number outside of a tap: tapping again does not help.
    [{ errMsg: 'getPhoneNumber:fail require user interaction (only in touchend event)' }, ...outsideTap],
    [{ errMsg: 'getPhoneNumber:fail can only be invoked by user TAP gesture.' }, ...outsideTap],
    [{ errMsg: 'getPhoneNumber:fail 用户拒绝授予权限' }, ...denied],
    [{ errMsg: 'getPhoneNumber:fail 用户未授权' }, ...denied],
    [{ errMsg: 'getPhoneNumber:fail 尚未同意隐私协议' }, 'privacy', 'accept-privacy'],
    [{ errMsg: 'getPhoneNumber:fail 请先登录' }, ...notLoggedIn],
    [{ errMsg: 'getPhoneNumber:fail 登录态已失效' }, ...notLoggedIn],
    [{ errMsg: 'getPhoneNumber:fail 用户没有绑定手机号' }, 'no-phone', 'enter-manually'],
    [{ errMsg: 'getPhoneNumber:fail 当前版本过低，不支持该能力' }, 'unsupported', 'enter-manually'],
    [{ errMsg: 'getPhoneNumber:fail 额度不足' }, 'quota', 'enter-manually'],
    [{ errMsg: 'getPhoneNumber:fail 系统繁忙' }, ...failed],
    // A success without data is a failure, and so is data without a success.
    [{ errMsg: 'getPhoneNumber:ok' }, ...failed],
    [{ errMsg: 'getPhoneNumber:ok', code: '' }, ...failed],
    [{ errMsg: 'getPhoneNumber:ok', code: 7 }, ...failed],
    [{ errMsg: 'getPhoneNumber:ok', encryptedData: 'RUQ=' }, ...failed],
    [{ code: CODE }, ...failed],
    [{ errMsg: 'getPhoneNumber:fail user deny', code: CODE }, ...denied],
    [{ errMsg: 'not ok', code: CODE }, ...failed],
    [{}, ...failed],
  ],
  // swan-docs: formlist_button.md, authorize_list.md; Baidu's own demo checks whether the iv is missing.
  baidu: [
    [{ errMsg: 'getPhoneNumber:fail auth deny' }, ...denied],
    [{ errMsg: 'getPhoneNumber:fail', errno: 10003 }, ...denied],
    [{ errMsg: 'getPhoneNumber:fail', errCode: 10004 }, 'not-logged-in', 'login-again'],
    [{ errMsg: 'getPhoneNumber:fail system deny', errno: 10005 }, 'no-permission', 'open-settings'],
    [{ errMsg: 'getPhoneNumber:fail', errno: 10001 }, ...failed],
    [{ errMsg: 'getPhoneNumber:fail', errno: 10002 }, ...failed],
    [{ encryptedData: 'RUQ=' }, ...failed],
  ],
  // Douyin's page acquire-phone-number-acquire.
  douyin: [
    [{ errMsg: 'getPhoneNumber:fail auth deny' }, ...denied],
    [{ errMsg: 'getPhoneNumber:fail platform auth deny' }, ...notPermitted],
    [{ errMsg: 'getPhoneNumber:fail no permission' }, ...notPermitted],
    [{ errMsg: 'getPhoneNumber:fail no phone number' }, 'no-phone', 'enter-manually'],
    [{ errMsg: 'getPhoneNumber:fail not login' }, 'not-logged-in', 'login-again'],
    [{ errMsg: 'getPhoneNumber:fail invalid session' }, 'not-logged-in', 'login-again'],
    [{ errMsg: 'getPhoneNumber:fail internal error' }, ...failed],
    [{ errMsg: 'getPhoneNumber:fail internal error', errNo: 10200 }, ...failed],
  ],
  // csdn 138785214, second-hand.
  kuaishou: [
    [{ errMsg: 'getPhoneNumber:user deny' }, ...denied],
    [{ errMsg: 'getPhoneNumber:fail no permission' }, ...notPermitted],
  ],
  // github.com/redengineer/redmini, issues 1403, 1237 and 223: the text means that the user declined, the number means that
  // the user is not logged in.
  xiaohongshu: [
    [{ errMsg: 'getPhoneNumber:fail user deny' }, ...denied],
    [{ errMsg: 'getPhoneNumber:fail auth deny' }, ...denied],
    ...[410004, 410006, 410103, '410006'].map((errCode) => [
      { errMsg: 'getPhoneNumber:fail auth deny', errCode },
      ...notLoggedIn,
    ]),
  ],
  // open-docs: my.getPhoneNumber.md, button 按钮.md, 获取会员手机号 FAQ.md, 插件代商户获取会员手机号.md.
  alipay: [
    [{ type: 'getAuthorize', errorMessage: '用户取消授权' }, ...denied],
    [{ type: 'getAuthorize', errorMessage: '用户拒绝授权' }, ...denied],
    [{ error: 1, errorMessage: '' }, 'unsupported', 'enter-manually'],
    [{ error: 11, errorMessage: '用户取消授权' }, ...denied],
    [{ errMsg: 'getPhoneNumber:fail Error: 用户取消授权' }, ...denied],
    // uni-app's text for a failure of my.getPhoneNumber.
    [{ errMsg: 'getPhoneNumber:fail Error: {"error":11,"errorMessage":"用户取消授权"}' }, ...denied],
    [{ errMsg: 'getPhoneNumber:fail Error: ' }, ...failed],
    [{ errMsg: 'getPhoneNumber:ok' }, ...failed],
    ...[
      [
        { code: '40001', msg: 'Missing Required Arguments', subCode: 'isv.missing-encrypt-key', subMsg: '' },
        ...notPermitted,
      ],
      [
        {
          code: '40001',
          msg: 'Missing Required Arguments',
          subCode: 'isv.missing-default-signature-type',
          subMsg: '缺少默认签名类型',
        },
        ...notPermitted,
      ],
      [
        { code: '40002', msg: 'Invalid Arguments', subCode: 'isv.invalid-encrypt', subMsg: '' },
        'no-permission',
        'open-settings',
      ],
      [
        {
          code: '40003',
          msg: 'Insufficient Conditions',
          subCode: 'isv.invalid-auth-relations',
          subMsg: '无效的授权关系',
        },
        ...denied,
      ],
      [
        {
          code: '40006',
          msg: 'Insufficient Permissions',
          subCode: 'isv.insufficient-isv-permissions',
          subMsg: 'ISV权限不足，建议在开发者中心检查对应功能是否已经添加',
        },
        ...notPermitted,
      ],
      [{ code: '20000', msg: 'Service Currently Unavailable', subCode: 'aop.unknow-error', subMsg: '' }, ...failed],
    ].flatMap(([body, ...expected]) => [
      // The error alone; in `response` as an object, as a text, and as a text with another `response`; and as uni-app passes
      // the error on.
      [body, ...expected],
      [{ response: body }, ...expected],
      [{ response: JSON.stringify(body) }, ...expected],
      [{ response: JSON.stringify({ response: body }) }, ...expected],
      [{ errMsg: 'getPhoneNumber:ok', encryptedData: body }, ...expected],
    ]),
  ],
  huawei: [
    // Errors of Account Kit: developer.huawei.com, account-faq.
    [{ errCode: 1001500001, errMsg: 'getPhoneNumberAndRiskLevel:fail' }, ...notPermitted],
    [{ code: 1001500001, message: '应用指纹证书校验失败' }, ...notPermitted],
    [{ code: 1001502014, message: '应用未申请scopes或permissions权限' }, ...notPermitted],
    [{ code: 1001502012, message: '用户取消授权' }, ...denied],
    [{ code: 1005300001, message: '用户未同意协议' }, 'privacy', 'accept-privacy'],
    [{ code: 1001502001, message: '用户未登录华为账号' }, ...notLoggedIn],
    [{ errMsg: 'getPhoneNumber:fail user cancel' }, ...denied],
    [{}, ...failed],
  ],
  wecom: [[{ errMsg: 'qy__getMobile:fail auth deny' }, ...denied]],
  dingtalk: [[{ error: 11, errorMessage: '用户取消' }, ...denied]],
  feishu: [[{ errno: 1, errString: 'user cancel' }, ...denied]],
};

for (const [platform, cases] of Object.entries(FAILURES)) {
  test(`no number: ${platform}, ${cases.length} events`, () => {
    for (const [detail, reason, action] of cases) {
      for (const event of [{ type: 'x', detail }, detail, { mp: { type: 'x', detail } }]) {
        const result = read(platform, event);
        assert.deepEqual([result.ok, result.reason, result.action], [false, reason, action], JSON.stringify(event));
        assert.ok(result.message.en.length > 10 && /[一-鿿]/.test(result.message.zh), JSON.stringify(result));
        assert.ok(!result.consented || reason === 'failed');
      }
    }
  });
}

test('a failure contains the text and the number of the host’s error, for the log', () => {
  assert.deepEqual(
    read('wechat', { detail: { errMsg: 'getPhoneNumber:fail user deny' } }).errMsg,
    'getPhoneNumber:fail user deny',
  );
  const { errMsg, errno } = read('wechat', {
    detail: { errMsg: 'x:fail privacy permission is not authorized', errno: 104 },
  });
  assert.deepEqual([errMsg, errno], ['x:fail privacy permission is not authorized', 104]);
  const alipay = read('alipay', {
    response: { code: '40003', msg: 'Insufficient Conditions', subCode: 'isv.invalid-auth-relations' },
  });
  assert.deepEqual([alipay.errMsg, alipay.errno], ['Insufficient Conditions isv.invalid-auth-relations', '40003']);
  for (const [platform, error] of [
    ['alipay', { errorMessage: 'E', error: 12 }],
    ['dingtalk', { errorMessage: 'E', error: 12 }],
    ['feishu', { errString: 'E', errno: 12 }],
    ['xiaohongshu', { errMsg: 'E', errCode: 12 }],
    ['douyin', { errMsg: 'E', errNo: 12 }],
    ['douyin', { errMsg: 'E', errorCode: 12 }],
    ['huawei', { message: 'E', code: 12 }],
  ]) {
    const { errMsg, errno } = read(platform, { detail: error });
    assert.deepEqual([errMsg, errno], ['E', 12], platform);
  }
});

test('consented: the user agreed, and the number must be requested from the host', () => {
  for (const [platform, event] of [
    ['alipay', { type: 'getAuthorize', detail: {} }],
    ['alipay', { type: 'getAuthorize' }],
    ['wecom', { type: 'tap', detail: { x: 1, y: 2 } }],
    ['dingtalk', { type: 'tap', detail: {} }],
    ['feishu', { type: 'tap', detail: {} }],
  ]) {
    const result = read(platform, event);
    assert.deepEqual([result.ok, result.consented], [false, true], platform);
  }
});

test('an error number of 0 is not an error, neither as a number nor as a text', () => {
  for (const [platform, event] of [
    ['alipay', { response: 'RUQ=', error: '0' }],
    ['alipay', { response: 'RUQ=', errCode: '0' }],
    ['dingtalk', { authCode: 'c', errorCode: '0' }],
    ['feishu', { code: 'c', errNo: '0' }],
    ['feishu', { code: 'c', errNo: 0 }],
  ])
    assert.equal(read(platform, event).ok, true, JSON.stringify(event));
  assert.equal(read('feishu', { code: 'c', errNo: '1' }).ok, false);
});

test('platforms without a phone button are unsupported', () => {
  for (const platform of ['qq', 'mp-qq', 'jd', 'mp-jd', 'unionpay', 'mp-360', '', undefined, 'constructor']) {
    const result = read(platform, { detail: { errMsg: 'getPhoneNumber:ok', code: CODE, ...SEALED } });
    assert.deepEqual(
      [result.ok, result.reason, result.action],
      [false, 'unsupported', 'enter-manually'],
      String(platform),
    );
  }
});

test('readPhoneEvent does not throw for malformed and hostile events', () => {
  const malformed = [
    undefined,
    null,
    0,
    1,
    '',
    'getPhoneNumber:fail user deny',
    true,
    [],
    [1],
    () => 1,
    { detail: null },
    { detail: 'x' },
    { detail: [] },
    { detail: { errMsg: {} } },
    { detail: { errMsg: 5, code: {} } },
    { response: '{' },
    { response: '{}' },
    { response: [] },
    { response: { response: { response: {} } } },
    { errMsg: 'x:ok', encryptedData: {} },
    new Error('x'),
    { response: '[]' },
    { errno: 'constructor' },
    { errCode: '__proto__' },
    { mp: 7 },
    { mp: { detail: null } },
  ];
  const cycle = {};
  cycle.response = cycle;
  const deep = {};
  for (let depth = 0, inner = deep; depth < 20_000; depth += 1) inner = inner.response = {};
  const throwing = () => {
    throw new Error('x');
  };
  const getter = (name) => Object.defineProperty({}, name, { get: throwing, enumerable: true });
  const hostile = [
    { errno: 10n },
    { errno: Symbol('x') },
    { errMsg: Symbol('x') },
    { errMsg: Object.create(null) },
    { errMsg: { toString: throwing } },
    getter('detail'),
    getter('errMsg'),
    { detail: getter('errno') },
    { detail: getter('code') },
    new Proxy({}, { get: throwing }),
    new Proxy({}, { get: throwing, ownKeys: throwing }),
    { response: new Proxy({}, { get: throwing }) },
    { response: deep },
    cycle,
  ];
  for (const platform of supported) {
    for (const event of malformed) {
      const result = readPhoneEvent(platform, event);
      assert.equal(typeof result.ok, 'boolean');
      assert.ok(result.ok ? platform === 'alipay' : result.reason, `${platform} ${JSON.stringify(event)}`);
    }
  }
  for (const platform of ['wechat', 'alipay', 'huawei']) {
    for (const event of hostile) {
      const result = readPhoneEvent(platform, event);
      if (result.ok) assert.ok(!('errMsg' in event) && platform === 'alipay');
      else assert.deepEqual(JSON.parse(JSON.stringify(result)).reason, 'failed');
    }
  }
  assert.equal(read('wechat', 'getPhoneNumber:fail user deny').reason, 'denied');
});

test('`diagnose` of mp-phone finds the same reason in every event', () => {
  const findings = new Set();
  const namesCause = ({ errMsg, errorMessage, errString, message, ...numbers }) =>
    errMsg
      ? !errMsg.endsWith(':ok')
      : errorMessage || errString || message || Object.values(numbers).some((value) => typeof value === 'number');
  for (const [platform, cases] of Object.entries(FAILURES)) {
    for (const [event, reason, action] of cases) {
      // Alipay's error in place of the ciphertext has its own finding.
      if (!namesCause(event) || event.response || event.encryptedData || event.subCode) continue;
      const {
        ok,
        findings: [first],
      } = core.diagnose({ platform, ...event }, {});
      const expected = reason === 'failed' && action === 'enter-manually' ? 'event-needs-tap' : `event-${reason}`;
      assert.deepEqual([ok, first.code], [false, expected], `${platform} ${JSON.stringify(event)}`);
      findings.add(first.code);
    }
  }
  assert.equal(findings.size, 9, [...findings].join());
});

test('the button accepts the same platform names as mp-phone', () => {
  const names = [...platforms.flatMap(({ id, aliases }) => [id, ...aliases]), 'WEAPP'];
  const { createPhoneButton } = load();
  for (const name of names)
    assert.equal(
      createPhoneButton({ platform: name, endpoint: async () => ({}) }).platform,
      core.platformOf(name),
      name,
    );
});

describe('detectPlatform', () => {
  const detectIn = (globals) => load(globals).detectPlatform();
  for (const [name, globals, expected] of [
    ['no host', {}, undefined],
    ['WeChat', { wx: {} }, 'wechat'],
    ['WeCom', { wx: { qy: {} } }, 'wecom'],
    ['Alipay', { my: {} }, 'alipay'],
    ['Baidu', { swan: {} }, 'baidu'],
    ['Douyin', { tt: {} }, 'douyin'],
    ['Feishu, whose object is also tt', { tt: { requestAccess() {} } }, 'feishu'],
    ['Kuaishou', { ks: {} }, 'kuaishou'],
    ['Xiaohongshu', { xhs: {} }, 'xiaohongshu'],
    ['Huawei', { has: {} }, 'huawei'],
    ['DingTalk', { dd: {} }, 'dingtalk'],
    ['QQ', { qq: {} }, 'qq'],
    ['JD', { jd: {} }, 'jd'],
    ['a host with a wx in addition to its own object', { wx: {}, ks: {} }, 'kuaishou'],
    ['DingTalk with a my in addition to its own object', { my: {}, dd: {} }, 'dingtalk'],
    ['uni-app’s constant', { wx: {}, process: { env: { UNI_PLATFORM: 'mp-toutiao' } } }, 'douyin'],
    ['Taro’s constant', { wx: {}, process: { env: { TARO_ENV: 'swan' } } }, 'baidu'],
    ['a constant that is not of a mini-program', { process: { env: { TARO_ENV: 'h5' } } }, undefined],
  ]) {
    test(name, () => assert.equal(detectIn(globals), expected));
  }
  test('globals are read when a function is called, not when the module is loaded', () => {
    let accesses = 0;
    const globals = {};
    for (const name of ['wx', 'my', 'swan', 'tt', 'ks', 'xhs', 'qq', 'jd', 'has', 'dd', 'process'])
      Object.defineProperty(globals, name, { get: () => void accesses++, enumerable: true, configurable: true });
    const loaded = load(globals);
    const before = accesses;
    loaded.detectPlatform();
    assert.ok(accesses > before);
    assert.equal(detectPlatform(), undefined);
  });
});

describe('events of the simulator’s devices', async () => {
  const simulator = await createSimulator();
  for (const platform of simulator.platforms) {
    test(platform, async () => {
      const device = simulator.device(platform);
      const shapes =
        platform === 'alipay'
          ? [{ form: 'parsed' }, { form: 'text' }, { form: 'event' }]
          : ['wechat', 'douyin'].includes(platform)
            ? [{ fast: 'both' }, { fast: 'code' }, { fast: 'sealed' }]
            : [{}];
      for (const shape of shapes) {
        const payload = await device.tap(shape);
        const { ok, detail } = read(platform, { detail: payload });
        assert.ok(ok, JSON.stringify(payload));
        for (const [name, value] of Object.entries(detail))
          assert.deepEqual(
            value,
            platform === 'alipay' && name === 'response' ? (payload.response ?? payload.encryptedData) : payload[name],
            name,
          );
      }
    });
  }
  test('close', () => simulator.close());
});
