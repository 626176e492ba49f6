// The platforms that are configured, each with its client. Adding one is adding its file and its line here.
import type { Platform } from '../core/index';
import { invalid } from './errors';
import { Http } from './http';
import type { Fetch, PlatformBase, PlatformOptions } from './index';
import { alipay } from './platforms/alipay';
import { baidu } from './platforms/baidu';
import type { Client, Making } from './platforms/client';
import { dingtalk } from './platforms/dingtalk';
import { douyin } from './platforms/douyin';
import { feishu } from './platforms/feishu';
import { huawei } from './platforms/huawei';
import { kuaishou } from './platforms/kuaishou';
import { wechat } from './platforms/wechat';
import { wechatCloud } from './platforms/wechat-cloud';
import { xiaohongshu } from './platforms/xiaohongshu';

type Make<Options> = (options: Options, making: Making) => Client;

const CLIENTS: { [Name in keyof Required<PlatformOptions>]: Make<NonNullable<PlatformOptions[Name]>> } = {
  wechat: (options, making) => ('cloud' in options ? wechatCloud(options, making) : wechat(options, making)),
  alipay,
  baidu,
  douyin,
  kuaishou,
  xiaohongshu,
  huawei,
  dingtalk,
  feishu,
};

/** Makes the clients of all configured platforms. @throws ERR_INPUT */
export function clientsOf(platforms: PlatformOptions, fetch: Fetch, making: Omit<Making, 'http'>): Map<Platform, Client> {
  const clients = new Map<Platform, Client>();
  for (const [name, options] of Object.entries(platforms ?? {})) {
    if (!options) continue;
    if (!Object.prototype.hasOwnProperty.call(CLIENTS, name)) throw invalid(`platforms.${name}`, 'platforms names a platform that is not known');
    if (typeof options !== 'object') throw invalid(`platforms.${name}`);
    const make = CLIENTS[name as keyof PlatformOptions] as Make<object>;
    const { baseUrl } = options as PlatformBase;
    clients.set(name as Platform, make(options, { ...making, http: new Http(name as Platform, originOf(baseUrl, name), fetch, making.timeout) }));
  }
  if (!clients.size) throw invalid('platforms');
  return clients;
}

function originOf(baseUrl: string | undefined, name: string): string | undefined {
  if (baseUrl === undefined) return undefined;
  try {
    if (/^https?:$/.test(new URL(baseUrl).protocol)) return baseUrl;
  } catch {}
  throw invalid(`platforms.${name}.baseUrl`);
}
