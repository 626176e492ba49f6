import { attempt, type HostPlatform, hostOf } from './platform';
import { alipay } from './platforms/alipay';
import { baidu } from './platforms/baidu';
import { dingtalk } from './platforms/dingtalk';
import { douyin } from './platforms/douyin';
import { feishu } from './platforms/feishu';
import { huawei } from './platforms/huawei';
import { kuaishou } from './platforms/kuaishou';
import { jdHost, qqHost, unionpay } from './platforms/unsupported';
import { wechat } from './platforms/wechat';
import { wecom } from './platforms/wecom';
import { xiaohongshu } from './platforms/xiaohongshu';
import type { Platform } from './types';

/** In the order in which the host is looked for: some have a wx or a my besides their own object. */
const platforms: HostPlatform[] = [
  dingtalk,
  feishu,
  douyin,
  baidu,
  kuaishou,
  xiaohongshu,
  qqHost,
  jdHost,
  huawei,
  alipay,
  wecom,
  wechat,
  unionpay,
];

/** A browser, or a platform that nobody knows. */
const NOWHERE: HostPlatform = {} as HostPlatform;

/** By any of its names, in any case; uni-app's begin with mp-. */
const find = (name: unknown): HostPlatform | undefined =>
  platforms.find(({ names }) => names.split(' ').includes(String(name).toLowerCase().replace(/^mp-/, '')));

export const named = (name: unknown): HostPlatform => find(name) || NOWHERE;

export const nameOf = ({ names }: HostPlatform): Platform | undefined =>
  (names && names.split(' ')[0]) as Platform | undefined;

/** Where this runs: as the toolchain says, which puts the name in the place of its variable, or by the host's object. */
export const here = (): HostPlatform =>
  // Without a toolchain there is no process, and that is no error. A typeof would hide what a toolchain has put in.
  find(attempt(() => process.env.UNI_PLATFORM) || attempt(() => process.env.TARO_ENV)) ||
  platforms.find(hostOf) ||
  NOWHERE;
