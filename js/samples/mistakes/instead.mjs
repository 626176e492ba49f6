// Inputs instead of a payload: events without data, another platform's payload, codes.

import { good } from '../good.mjs';
import { mistake, withFields } from './mistake.mjs';

const fail = (text) => `getPhoneNumber:fail ${text}`;
/** Events without a payload: the finding's code, its titles, and the observed `[platforms, errMsg, errno]`. */
const EVENTS = {
  'event-denied': [
    'The user declined',
    '用户拒绝授权',
    [
      [['wechat', 'kuaishou'], fail('user deny')],
      [['wechat'], 'getPhoneNumber:fail:user deny'],
      [['wechat', 'kuaishou'], 'getPhoneNumber:user deny'],
      [['wechat'], 'getPhoneNumber:fail:cancel to confirm login'],
      [['wechat', 'xiaohongshu'], fail('user cancel')],
      [['baidu', 'douyin', 'xiaohongshu'], fail('auth deny')],
    ],
  ],
  'event-no-permission': [
    'The app has no permission for phone numbers',
    '小程序没有获取手机号的权限',
    [
      [['wechat', 'douyin', 'kuaishou'], fail('no permission')],
      [['wechat'], fail('operateWXData:fail jsapi has no permission'), 102],
      [['wechat'], fail('access denied')],
      [['douyin'], fail('platform auth deny')],
      [['wechat'], fail('该 appid 没有权限')],
    ],
  ],
  'event-privacy': [
    'The privacy statement does not declare the phone number, or was not accepted',
    '隐私保护指引中未声明手机号，或用户未同意',
    [
      [['wechat'], fail('privacy permission is not authorized'), 104],
      [['wechat'], 'privacy permission is not authorized', 104],
      [['wechat'], fail('api scope is not declared in the privacy agreement'), 112],
    ],
  ],
  'event-quota': ['The paid quota is used up', '付费额度已用完', [[['wechat'], 'getPhoneNumber:fail', 1400001]]],
  'event-not-logged-in': [
    'The user is not logged in',
    '用户没有登录',
    [
      [['douyin'], fail('not login')],
      [['douyin'], fail('invalid session')],
      [['xiaohongshu'], fail('auth deny'), 410006],
    ],
  ],
  'event-no-phone': ['The account has no phone', '账号没有绑定手机号', [[['douyin'], fail('no phone number')]]],
  'event-unsupported': [
    'This host has no phone button',
    '小程序环境不支持获取手机号',
    [[['wechat', 'douyin', 'baidu', 'kuaishou'], fail('api not supported')]],
  ],
  'event-needs-tap': [
    'The number was requested without a tap of the user',
    '没有在用户点击时请求手机号',
    [[['wechat'], fail('require user interaction (only in touchend event)')]],
  ],
  'event-failed': ['Internal error of the platform', '平台内部错误', [[['douyin'], fail('internal error')]]],
};

export const events = Object.entries(EVENTS).map(([code, [en, zh, rows]]) =>
  mistake({
    name: code,
    en,
    zh,
    formats: [...new Set(rows.flatMap(([platforms]) => platforms))],
    finds: code,
    field: undefined,
    kind: 'alone',
    touches: ['event'],
    make: (sample, random) => {
      const [, errMsg, errno] = random.pick(rows.filter(([platforms]) => platforms.includes(sample.platform)));
      return { ...sample, sealed: { platform: sample.sealed.platform, errMsg, ...(errno && { errno }) } };
    },
  }),
);

/** Payloads with the name of another platform; the keys show which platform sealed them. */
export const wrongPlatforms = [
  ['wechat', ['wechat', 'baidu', 'alipay']],
  ['baidu', ['baidu', 'wechat', 'douyin']],
  ['alipay', ['alipay', 'wechat', 'baidu']],
  ['douyin-code', ['douyin', 'wechat', 'baidu']],
  ['wecom', ['wecom', 'wechat']],
  ['xiaohongshu', ['xiaohongshu', 'baidu']],
  ['kuaishou', ['kuaishou', 'baidu']],
].map(([format, [platform, ...others]]) =>
  mistake({
    name: `${platform}-as-another`,
    en: 'The platform name belongs to another platform than the one that sealed the payload',
    zh: '平台名写错了',
    formats: [format],
    finds: 'wrong-platform',
    field: 'platform',
    kind: 'alone',
    touches: ['platform'],
    make: (sample, random) => ({
      ...sample,
      ...(format === 'alipay' && { wrap: undefined }),
      sealed: { ...sample.sealed, platform: random.pick(others) },
    }),
  }),
);

export const codes = [
  mistake({
    name: 'login-code',
    en: 'The code of wx.login instead of the phone code',
    zh: '把 wx.login 的 code 当成了手机号 code',
    formats: ['wechat-phone-code'],
    finds: 'login-code',
    field: 'code',
    kind: 'alone',
    touches: ['code'],
    make: (sample, random) => withFields(sample, { code: `0${random.text(31)}` }),
  }),
  mistake({
    name: 'phone-code',
    en: 'The phone code instead of the code of wx.login',
    zh: '把手机号 code 当成了 wx.login 的 code',
    formats: ['wechat-login-code'],
    finds: 'phone-code',
    field: 'code',
    kind: 'alone',
    touches: ['code'],
    make: (sample, random) => withFields(sample, { code: random.hex(64) }),
  }),
  mistake({
    name: 'sealed-as-code',
    en: 'A ciphertext or a complete event instead of the code',
    zh: '把密文或整个事件对象当成了 code',
    formats: ['wechat-phone-code', 'wechat-login-code'],
    finds: 'sealed-as-code',
    field: 'code',
    kind: 'alone',
    touches: ['code'],
    make: (sample, random) => {
      const { encryptedData, iv } = good('wechat', random).sealed;
      return withFields(sample, {
        code: random.pick([
          encryptedData.replace(/\s/g, ''),
          JSON.stringify({ errMsg: 'getPhoneNumber:ok', encryptedData, iv }),
          JSON.stringify({ code: sample.sealed.code, errMsg: 'getPhoneNumber:ok' }),
        ]),
      });
    },
  }),
  mistake({
    name: 'percent-encoded-code',
    en: 'The code is still percent-encoded and quoted',
    zh: 'code 没有做 URL 解码',
    formats: ['wechat-phone-code', 'wechat-login-code'],
    finds: 'percent-encoded',
    field: 'code',
    kind: 'alone',
    touches: ['code'],
    make: (sample) => withFields(sample, { code: encodeURIComponent(JSON.stringify(sample.sealed.code)) }),
  }),
  mistake({
    name: 'blank-ended-code',
    en: 'A blank or a line break follows the code',
    zh: 'code 末尾有空格或换行',
    formats: ['wechat-phone-code', 'wechat-login-code'],
    finds: 'foreign-characters',
    field: 'code',
    kind: 'alone',
    touches: ['code'],
    make: (sample, random) => withFields(sample, { code: sample.sealed.code + random.pick([' ', '\n', '\r\n']) }),
  }),
  mistake({
    name: 'mock-code',
    en: 'The code is the mock value of the developer tools',
    zh: 'code 是开发者工具的模拟值',
    formats: ['wechat-phone-code', 'wechat-login-code'],
    finds: 'placeholder',
    field: 'code',
    kind: 'alone',
    touches: ['code'],
    make: (sample) => withFields(sample, { code: 'the code is a mock one' }),
  }),
];
