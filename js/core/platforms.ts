import type { Bilingual, Platform } from './types';

/** The platforms by the names that people have for them. */
export const platformNames: Record<Platform, Bilingual> = {
  wechat: { en: 'WeChat', zh: '微信' },
  alipay: { en: 'Alipay', zh: '支付宝' },
  baidu: { en: 'Baidu', zh: '百度' },
  douyin: { en: 'Douyin', zh: '抖音' },
  kuaishou: { en: 'Kuaishou', zh: '快手' },
  xiaohongshu: { en: 'Xiaohongshu', zh: '小红书' },
  wecom: { en: 'WeCom', zh: '企业微信' },
  huawei: { en: 'Huawei', zh: '华为' },
  dingtalk: { en: 'DingTalk', zh: '钉钉' },
  feishu: { en: 'Feishu', zh: '飞书' },
  qq: { en: 'QQ', zh: 'QQ' },
  jd: { en: 'JD', zh: '京东' },
  unionpay: { en: 'UnionPay', zh: '云闪付' },
};

export const platforms = Object.keys(platformNames) as Platform[];
