// Mistakes that show only in the opened payload.

import { FORMATS, resealed } from '../good.mjs';
import { mistake, withKeys, without } from './mistake.mjs';

const mark = ({ payload }) => payload.watermark;
const wechatLike = ['wechat', 'douyin', 'kuaishou', 'xiaohongshu'];

/** User info, which the platforms seal in the same way. */
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
/** A payload without its number. */
const shell = ({ payload: { phoneNumber, purePhoneNumber, countryCode, mobile, ...rest } }) => rest;
const timed = ['wechat', 'douyin', 'douyin-code', 'kuaishou'];

export const payloads = [
  mistake({
    name: 'wrong-app',
    en: 'The payload belongs to another app',
    zh: '数据属于另一个小程序',
    formats: [...timed, 'wecom'],
    finds: 'wrong-app',
    field: 'appId',
    kind: 'payload',
    touches: ['app-id'],
    make: (sample, random) => {
      if (!mark(sample) && sample.platform !== 'wecom') return undefined;
      const { appId } = sample.keys;
      return withKeys(sample, {
        appId: appId.slice(0, 2) + (/^ks/.test(appId) ? random.digits(appId.length - 2) : random.hex(appId.length - 2)),
      });
    },
  }),
  mistake({
    name: 'wrong-app-key',
    en: 'The App Key belongs to another app',
    zh: 'App Key 属于另一个小程序',
    formats: ['baidu'],
    finds: 'wrong-app',
    field: 'appKey',
    kind: 'payload',
    touches: ['app-key'],
    make: (sample, random) => withKeys(sample, { appKey: random.text(32) }),
  }),
  mistake({
    name: 'app-id-for-app-key',
    en: 'The numeric App ID instead of the App Key',
    zh: '把数字 App ID 当成了 App Key',
    formats: ['baidu'],
    finds: 'app-id-for-app-key',
    field: 'appKey',
    kind: 'payload',
    touches: ['app-key'],
    make: (sample, random) => withKeys(sample, { appKey: `1${random.digits(7)}` }),
  }),
  mistake({
    name: 'too-old',
    en: 'The payload is hours old',
    zh: '数据已经过期',
    formats: timed,
    finds: 'too-old',
    field: undefined,
    kind: 'payload',
    touches: ['time'],
    make: (sample, random) => mark(sample) && later(sample, random.between(1, 100) * HOUR),
  }),
  mistake({
    name: 'from-the-future',
    en: "The payload's time is later than the server's",
    zh: '数据的时间晚于服务器时间',
    formats: timed,
    finds: 'from-the-future',
    field: undefined,
    kind: 'payload',
    touches: ['time'],
    make: (sample, random) => mark(sample) && later(sample, -random.between(1, 100) * HOUR),
  }),
  mistake({
    name: 'no-watermark',
    en: 'The payload has no watermark',
    zh: '数据没有 watermark',
    formats: without(timed, 'kuaishou'),
    finds: 'no-watermark',
    field: undefined,
    kind: 'payload',
    touches: ['watermark', 'app-id', 'time'],
    make: (sample) => resealed(sample, { ...sample.payload, watermark: undefined }),
  }),
  mistake({
    name: 'user-info',
    en: 'User info was sent, not a phone number',
    zh: '收到的是用户信息，不是手机号',
    formats: Object.keys(USER),
    finds: 'user-info',
    field: undefined,
    kind: 'payload',
    touches: ['number'],
    make: (sample, random) =>
      resealed(sample, {
        ...USER[sample.format](random),
        ...('watermark' in sample.payload && { watermark: mark(sample) }),
      }),
  }),
  mistake({
    name: 'share-info',
    en: "A group's share info was sent, not a phone number",
    zh: '收到的是分享信息，不是手机号',
    formats: ['wechat'],
    finds: 'share-info',
    field: undefined,
    kind: 'payload',
    touches: ['number'],
    make: (sample, random) => resealed(sample, { openGId: `t${random.text(27)}`, watermark: mark(sample) }),
  }),
  mistake({
    name: 'another-json',
    en: 'Other data was sent, not a phone number',
    zh: '收到的是其他数据，不是手机号',
    formats: FORMATS,
    finds: 'not-a-phone',
    field: undefined,
    kind: 'payload',
    touches: ['number'],
    make: (sample) => resealed(sample, { ...shell(sample), stepInfoList: [{ timestamp: 1445866601, step: 100 }] }),
  }),
  mistake({
    name: 'empty-number',
    en: 'The account has no number',
    zh: '账号没有绑定手机号',
    formats: FORMATS,
    finds: 'no-number',
    field: undefined,
    kind: 'payload',
    touches: ['number'],
    make: (sample) =>
      resealed(sample, {
        ...sample.payload,
        ...(EMPTY[sample.format] ?? { phoneNumber: '', purePhoneNumber: '', countryCode: '' }),
      }),
  }),
  mistake({
    name: 'contradicting-number',
    en: 'The fields of the payload contradict each other',
    zh: '数据里的两个号码互相矛盾',
    formats: [...wechatLike, 'douyin-code'],
    finds: 'contradicting-number',
    field: undefined,
    kind: 'payload',
    touches: ['number'],
    make: (sample) =>
      resealed(sample, {
        ...sample.payload,
        phoneNumber: '13800138000',
        purePhoneNumber: '13900139000',
        countryCode: '86',
      }),
  }),
  mistake({
    name: 'foreign-member',
    en: 'The payload was put together from a phone payload and user info',
    zh: '数据由手机号数据与用户信息拼接而成',
    formats: without(FORMATS, 'alipay'),
    finds: 'foreign-member',
    field: undefined,
    kind: 'payload',
    touches: ['number'],
    make: (sample) => resealed(sample, { ...sample.payload, gender: 0, avatarUrl: 'https://example.com/0' }),
  }),
  mistake({
    name: 'missing-member',
    en: 'The payload lacks a member of a phone payload',
    zh: '数据缺少手机号数据应有的字段',
    formats: [...wechatLike, 'douyin-code', 'wecom'],
    finds: 'missing-member',
    field: undefined,
    kind: 'payload',
    touches: ['number'],
    make: (sample) =>
      resealed(sample, { ...sample.payload, purePhoneNumber: undefined, countryCode: undefined, corpid: undefined }),
  }),
  mistake({
    name: 'foreign-text',
    en: 'The payload has a block of random bytes',
    zh: '数据中有一块随机字节',
    formats: ['wechat', 'douyin', 'douyin-code'],
    finds: 'foreign-text',
    field: undefined,
    kind: 'payload',
    touches: ['number'],
    make: (sample) => resealed(sample, { ...sample.payload, x: 'é\u0007Ωß' }),
  }),
  mistake({
    name: 'foreign-number',
    en: 'The first digit of the number was changed',
    zh: '号码的首位数字被改动',
    formats: ['baidu'],
    finds: 'foreign-number',
    field: undefined,
    kind: 'payload',
    touches: ['number'],
    make: (sample, random) =>
      resealed(sample, { mobile: random.pick(['2', '+', '0', '*', ' ']) + sample.payload.mobile.slice(1) }),
  }),
  mistake({
    name: 'masked-number',
    en: 'The platform returned a masked number',
    zh: '平台返回的号码已脱敏',
    formats: without(FORMATS, 'baidu'),
    finds: 'masked-number',
    field: undefined,
    kind: 'payload',
    touches: ['number'],
    make: (sample) => {
      const hidden = '138****8000';
      return {
        ...resealed(sample, {
          ...sample.payload,
          ...(MASKED[sample.format]
            ? { mobile: hidden }
            : { phoneNumber: hidden, purePhoneNumber: hidden, countryCode: '86' }),
        }),
        phone: null,
      };
    },
    harmless: true,
  }),
  mistake({
    name: 'not-strict-json',
    en: 'The plaintext is not one strict JSON object',
    zh: '明文不是一个严格的 JSON 对象',
    formats: FORMATS,
    finds: 'not-strict-json',
    field: undefined,
    kind: 'relation',
    touches: ['ciphertext'],
    make: (sample, random) => {
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
  }),
  mistake({
    name: 'padded-to-32',
    en: 'The padding is longer than 16 bytes',
    zh: '填充超过 16 字节',
    formats: ['baidu'],
    finds: 'padded-to-32',
    field: undefined,
    kind: 'payload',
    touches: ['number'],
    make: (
      sample,
      random, // The plaintext with the App Key has 97 to 111 bytes, padded to 128.
    ) => resealed(sample, JSON.stringify(sample.payload).replace(/\}$/, ' '.repeat(random.between(21, 35)) + '}')),
    harmless: true,
  }),
];
