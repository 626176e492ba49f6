import type { Platform } from '../types';
import { attempt } from '../untrusted';
import { alipay } from './alipay';
import { baidu } from './baidu';
import { dingtalk } from './dingtalk';
import { douyin } from './douyin';
import { feishu } from './feishu';
import { huawei } from './huawei';
import { kuaishou } from './kuaishou';
import type { HostPlatform } from './platform';
import { jdHost, qqHost, unionpay } from './unsupported';
import { wechat } from './wechat';
import { wecom } from './wecom';
import { xiaohongshu } from './xiaohongshu';

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
const UNKNOWN: HostPlatform = {} as HostPlatform;

/** By any of its names, in any case; uni-app's begin with mp-. */
const findByName = (name: unknown): HostPlatform | undefined =>
  platforms.find(({ names }) => names.split(' ').includes(String(name).toLowerCase().replace(/^mp-/, '')));

/** The host's own object, where this is the host. Elsewhere its name is not even declared, and that is an error. */
export const hostOf = ({ host }: HostPlatform): any => attempt(host!);

export const findPlatform = (name: unknown): HostPlatform => findByName(name) || UNKNOWN;

export const nameOf = ({ names }: HostPlatform): Platform | undefined =>
  (names && names.split(' ')[0]) as Platform | undefined;

/** Where this runs: as the toolchain says, which puts the name in the place of its variable, or by the host's object. */
export const detectHost = (): HostPlatform =>
  // Without a toolchain there is no process, and that is no error. A typeof would hide what a toolchain has put in.
  findByName(attempt(() => process.env.UNI_PLATFORM) || attempt(() => process.env.TARO_ENV)) ||
  platforms.find(hostOf) ||
  UNKNOWN;

/**
 * The platform that this runs on, by the constant of uni-app or Taro, or by the host's own object; `undefined` in a
 * browser and wherever else. Inside WeCom it is `wecom`, whose number is asked for in another way than WeChat's.
 */
export const detectPlatform = (): Platform | undefined => nameOf(detectHost());
