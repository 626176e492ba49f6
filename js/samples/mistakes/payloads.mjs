// What shows only in the opened payload.

import { resealed, WAYS } from '../good.mjs';
import { give, mistake, without } from './mistake.mjs';

const mark = ({ payload }) => payload.watermark;
const wechatLike = ['wechat', 'douyin', 'kuaishou', 'xiaohongshu'];

/** What else the same scheme seals. */
const USER = {
  wechat: (random) => ({
    openId: `o${random.text(27)}`,
    nickName: '测试',
    gender: 0,
    language: 'zh_CN',
    city: '',
    province: '',
    country: '',
    avatarUrl: 'https://example.com/0',
    unionId: `o${random.text(27)}`,
  }),
  douyin: (random) => ({
    openId: random.text(32),
    nickName: '测试',
    gender: 0,
    city: '',
    avatarUrl: 'https://example.com/0',
  }),
  'douyin-code': () => ({ nickName: '测试', avatarUrl: 'https://example.com/0', gender: 0 }),
  kuaishou: (random) => ({ openId: `f${random.text(31)}`, nickName: '测试', avatarUrl: 'https://example.com/0' }),
  xiaohongshu: (random) => ({ openId: random.text(24), nickName: '测试', avatarUrl: 'https://example.com/0' }),
  baidu: (random) => ({ openid: random.text(27), nickname: '测试', headimgurl: 'https://example.com/0', sex: 1 }),
  alipay: () => ({
    code: '10000',
    msg: 'Success',
    avatar: 'https://example.com/0',
    nickName: '测试',
    gender: 'm',
    countryCode: 'CN',
  }),
};
const EMPTY = { wecom: { mobile: '' }, baidu: { mobile: '' }, alipay: { mobile: '' } };
const MASKED = { wecom: 'mobile', alipay: 'mobile' };

const HOUR = 3600_000;
const later = (sample, ms) => ({ ...sample, options: { ...sample.options, now: mark(sample).timestamp * 1000 + ms } });
/** Everything of a payload but its number. */
const shell = ({ payload: { phoneNumber, purePhoneNumber, countryCode, mobile, ...rest } }) => rest;
const timed = ['wechat', 'douyin', 'douyin-code', 'kuaishou'];

export const payloads = [
  mistake(
    'wrong-app',
    'The payload is of another app',
    '数据属于另一个小程序',
    [...timed, 'wecom'],
    'wrong-app',
    'appId',
    'payload',
    ['app-id'],
    (sample, random) => {
      if (!mark(sample) && sample.platform !== 'wecom') return undefined;
      const { appId } = sample.keys;
      return give(sample, {
        appId: appId.slice(0, 2) + (/^ks/.test(appId) ? random.digits(appId.length - 2) : random.hex(appId.length - 2)),
      });
    },
  ),
  mistake(
    'wrong-app-key',
    'The App Key is that of another app',
    'App Key 属于另一个小程序',
    ['baidu'],
    'wrong-app',
    'appKey',
    'payload',
    ['app-key'],
    (sample, random) => give(sample, { appKey: random.text(32) }),
  ),
  mistake(
    'app-id-for-app-key',
    'The numeric App ID was given for the App Key',
    '把数字 App ID 当成了 App Key',
    ['baidu'],
    'app-id-for-app-key',
    'appKey',
    'payload',
    ['app-key'],
    (sample, random) => give(sample, { appKey: `1${random.digits(7)}` }),
  ),
  mistake(
    'too-old',
    'The payload is hours old',
    '数据已经过期',
    timed,
    'too-old',
    undefined,
    'payload',
    ['time'],
    (sample, random) => mark(sample) && later(sample, random.between(1, 100) * HOUR),
  ),
  mistake(
    'from-the-future',
    "The payload is from this server's future",
    '数据的时间晚于服务器时间',
    timed,
    'from-the-future',
    undefined,
    'payload',
    ['time'],
    (sample, random) => mark(sample) && later(sample, -random.between(1, 100) * HOUR),
  ),
  mistake(
    'no-watermark',
    'The payload has no watermark',
    '数据没有 watermark',
    without(timed, 'kuaishou'),
    'no-watermark',
    undefined,
    'payload',
    ['watermark', 'app-id', 'time'],
    (sample) => resealed(sample, { ...sample.payload, watermark: undefined }),
  ),
  mistake(
    'user-info',
    'User info was sent, and no phone number',
    '传来的是用户信息，不是手机号',
    Object.keys(USER),
    'user-info',
    undefined,
    'payload',
    ['number'],
    (sample, random) =>
      resealed(sample, {
        ...USER[sample.way](random),
        ...('watermark' in sample.payload && { watermark: mark(sample) }),
      }),
  ),
  mistake(
    'share-info',
    "A group's share info was sent, and no phone number",
    '传来的是转发到群的信息，不是手机号',
    ['wechat'],
    'share-info',
    undefined,
    'payload',
    ['number'],
    (sample, random) => resealed(sample, { openGId: `t${random.text(27)}`, watermark: mark(sample) }),
  ),
  mistake(
    'another-json',
    'Something else was sent, and no phone number',
    '传来的是别的数据，不是手机号',
    WAYS,
    'not-a-phone',
    undefined,
    'payload',
    ['number'],
    (sample) => resealed(sample, { ...shell(sample), stepInfoList: [{ timestamp: 1445866601, step: 100 }] }),
  ),
  mistake(
    'empty-number',
    'The account has no number',
    '账号没有绑定手机号',
    WAYS,
    'no-number',
    undefined,
    'payload',
    ['number'],
    (sample) =>
      resealed(sample, {
        ...sample.payload,
        ...(EMPTY[sample.way] ?? { phoneNumber: '', purePhoneNumber: '', countryCode: '' }),
      }),
  ),
  mistake(
    'contradicting-number',
    'The fields of the payload name two numbers',
    '数据里的两个号码互相矛盾',
    [...wechatLike, 'douyin-code'],
    'contradicting-number',
    undefined,
    'payload',
    ['number'],
    (sample) =>
      resealed(sample, {
        ...sample.payload,
        phoneNumber: '13800138000',
        purePhoneNumber: '13900139000',
        countryCode: '86',
      }),
  ),
  mistake(
    'foreign-member',
    'The payload was put together from a phone payload and user info',
    '数据由手机号数据与用户信息拼接而成',
    without(WAYS, 'alipay'),
    'foreign-member',
    undefined,
    'payload',
    ['number'],
    (sample) => resealed(sample, { ...sample.payload, gender: 0, avatarUrl: 'https://example.com/0' }),
  ),
  mistake(
    'missing-member',
    'The payload lacks a member of a phone payload',
    '数据缺少手机号数据应有的成员',
    [...wechatLike, 'douyin-code', 'wecom'],
    'missing-member',
    undefined,
    'payload',
    ['number'],
    (sample) =>
      resealed(sample, { ...sample.payload, purePhoneNumber: undefined, countryCode: undefined, corpid: undefined }),
  ),
  mistake(
    'foreign-text',
    'The payload has a block of random bytes',
    '数据中有一块随机字节',
    ['wechat', 'douyin', 'douyin-code'],
    'foreign-text',
    undefined,
    'payload',
    ['number'],
    (sample) => resealed(sample, { ...sample.payload, x: 'é\u0007Ωß' }),
  ),
  mistake(
    'foreign-number',
    'The first digit of the number was changed',
    '号码的首位数字被改动',
    ['baidu'],
    'foreign-number',
    undefined,
    'payload',
    ['number'],
    (sample, random) =>
      resealed(sample, { mobile: random.pick(['2', '+', '0', '*', ' ']) + sample.payload.mobile.slice(1) }),
  ),
  mistake(
    'masked-number',
    'The platform gave a number with asterisks',
    '平台给的号码带星号',
    without(WAYS, 'baidu'),
    'masked-number',
    undefined,
    'payload',
    ['number'],
    (sample) => {
      const hidden = '138****8000';
      return {
        ...resealed(sample, {
          ...sample.payload,
          ...(MASKED[sample.way]
            ? { mobile: hidden }
            : { phoneNumber: hidden, purePhoneNumber: hidden, countryCode: '86' }),
        }),
        phone: null,
      };
    },
    { harmless: true },
  ),
  mistake(
    'not-strict-json',
    'The plaintext is not one strict JSON object',
    '明文不是一个严格的 JSON 对象',
    WAYS,
    'not-strict-json',
    undefined,
    'relation',
    ['ciphertext'],
    (sample, random) => {
      const text = JSON.stringify(sample.payload);
      const [first] = Object.entries(sample.payload).map(
        ([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`,
      );
      return resealed(
        sample,
        random.pick([
          `${text}{}`,
          `${text}\0\0`,
          `{${first},${text.slice(1)}`,
          text.replace(/\}$/, ',}'),
          text.replaceAll('"', "'"),
        ]),
      );
    },
  ),
  mistake(
    'padded-to-32',
    'The padding counts more than 16',
    '填充超过 16 字节',
    ['baidu'],
    'padded-to-32',
    undefined,
    'payload',
    ['number'],
    // With the App Key 97 to 111 bytes, padded to 128.
    (sample, random) =>
      resealed(sample, JSON.stringify(sample.payload).replace(/\}$/, ' '.repeat(random.between(21, 35)) + '}')),
    { harmless: true },
  ),
];
