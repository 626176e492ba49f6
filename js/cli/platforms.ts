import type { Platform } from '../core/index';
import type { Language } from './language';

const NAMES: Record<Platform, readonly [string, string]> = {
  wechat: ['WeChat', '微信'],
  alipay: ['Alipay', '支付宝'],
  baidu: ['Baidu', '百度'],
  douyin: ['Douyin', '抖音'],
  kuaishou: ['Kuaishou', '快手'],
  xiaohongshu: ['Xiaohongshu', '小红书'],
  wecom: ['WeCom', '企业微信'],
  qq: ['QQ', 'QQ'],
  jd: ['JD', '京东'],
  huawei: ['Huawei', '华为'],
  dingtalk: ['DingTalk', '钉钉'],
  feishu: ['Feishu', '飞书'],
  unionpay: ['UnionPay', '云闪付'],
};

export const platformName = (platform: Platform, language: Language): string => NAMES[platform][language === 'zh' ? 1 : 0];
