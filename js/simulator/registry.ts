import type { PlatformServer, World } from './platform';
import { alipay } from './platforms/alipay';
import { baidu } from './platforms/baidu';
import { dingtalk } from './platforms/dingtalk';
import { douyin } from './platforms/douyin';
import { feishu } from './platforms/feishu';
import { huawei } from './platforms/huawei';
import { kuaishou } from './platforms/kuaishou';
import { wechat } from './platforms/wechat';
import { xiaohongshu } from './platforms/xiaohongshu';
import type { SimulatedPlatform } from './types';

export const registry = {
  wechat,
  alipay,
  baidu,
  douyin,
  kuaishou,
  xiaohongshu,
  huawei,
  dingtalk,
  feishu,
} satisfies Record<SimulatedPlatform, (world: World) => PlatformServer>;
