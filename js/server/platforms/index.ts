// The platforms that are configured, each with its client. Adding one is adding its file and its line here.
import type { Platform } from '../../core/types';
import { invalidInput } from '../errors';
import type { Names } from '../option-names';
import { isObject } from '../own-members';
import type { Fetch, Method, PlatformBase, PlatformOptions } from '../types';
import { alipay } from './alipay';
import { baidu } from './baidu';
import type { ClientContext, PlatformClient } from './client';
import { dingtalk } from './dingtalk';
import { douyin } from './douyin';
import { feishu } from './feishu';
import { PlatformHttp } from './http';
import { huawei } from './huawei';
import { kuaishou } from './kuaishou';
import { wechat } from './wechat';
import { wechatCloud } from './wechat-cloud';
import { xiaohongshu } from './xiaohongshu';

type Make<Options> = (options: Options, making: ClientContext) => PlatformClient;

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

interface Every {
  methods?: unknown;
}

/** What every platform takes. */
const EVERY = { baseUrl: true, methods: true } as const;

/** The names of each platform's options. */
export const PLATFORM_OPTIONS: {
  [Name in keyof Required<PlatformOptions>]: Names<NonNullable<PlatformOptions[Name]> & Every>;
} = {
  wechat: {
    ...EVERY,
    appId: true,
    appSecret: true,
    token: true,
    component: { appId: true, token: true },
    checkOpenId: true,
    cloud: true,
  },
  alipay: {
    ...EVERY,
    appId: true,
    privateKey: true,
    alipayPublicKey: true,
    aesKey: true,
    appCertificate: true,
    alipayRootCertificate: true,
  },
  baidu: { ...EVERY, appKey: true, appSecret: true },
  douyin: { ...EVERY, appId: true, appSecret: true, privateKey: true, token: true },
  kuaishou: { ...EVERY, appId: true, appSecret: true },
  xiaohongshu: { ...EVERY, appId: true, appSecret: true },
  huawei: { ...EVERY, clientId: true, clientSecret: true, flow: true },
  dingtalk: { ...EVERY, clientId: true, clientSecret: true, flow: true },
  feishu: { ...EVERY, appId: true, appSecret: true },
};

/** Makes the clients of all configured platforms. @throws ERR_INPUT */
export function clientsOf(
  platforms: PlatformOptions,
  fetch: Fetch,
  making: Omit<ClientContext, 'http'>,
): Map<Platform, PlatformClient> {
  const clients = new Map<Platform, PlatformClient>();
  if (!isObject(platforms)) throw invalidInput('platforms');
  for (const [name, options] of Object.entries(platforms)) {
    if (!options) continue;
    if (!isObject(options)) throw invalidInput(`platforms.${name}`);
    const make = CLIENTS[name as keyof PlatformOptions] as Make<object>;
    const { baseUrl, methods } = options as PlatformBase;
    // What a client does not have must not be found on Object.prototype. It may have getters.
    const http = new PlatformHttp(name as Platform, originOf(baseUrl, name), fetch, making.timeout);
    const client: PlatformClient = Object.setPrototypeOf(make(options, { ...making, http }), null);
    clients.set(name as Platform, methods === undefined ? client : limited(client, methods, name));
  }
  if (!clients.size) throw invalidInput('platforms');
  return clients;
}

/** What a client has for each method. */
const MEMBERS = { code: 'exchangePhoneCode', cloud: 'resolveCloudId', sealed: 'openSealed' } as const;

/** Takes from a client what the options do not name: nobody who sends a detail can choose it. */
function limited(client: PlatformClient, methods: readonly Method[], name: string): PlatformClient {
  const field = `platforms.${name}.methods`;
  if (!Array.isArray(methods) || !methods.length)
    throw invalidInput(field, `${field} is not a list of ${Object.keys(MEMBERS).join(', ')}`);
  const all = Object.keys(MEMBERS) as Method[];
  for (const method of methods as readonly Method[]) {
    if (all.includes(method) && client[MEMBERS[method]]) continue;
    // Douyin's codes are exchanged for data that only the private key opens.
    if (name === 'douyin' && method === 'code') throw invalidInput('platforms.douyin.privateKey', undefined, 'douyin');
    throw invalidInput(field, `${field} names a method that the platform does not have`);
  }
  for (const method of all) if (!methods.includes(method)) delete client[MEMBERS[method]];
  return client;
}

function originOf(baseUrl: string | undefined, name: string): string | undefined {
  if (baseUrl === undefined) return undefined;
  const field = `platforms.${name}.baseUrl`;
  try {
    // A user, a path or a query would be lost or get into the way of the platform's own.
    if (typeof baseUrl === 'string' && /^https?:\/\/[^\s/?#@\\]+\/?$/i.test(baseUrl)) return new URL(baseUrl).origin;
  } catch {}
  throw invalidInput(field, `${field} is not the text of an origin alone, such as https://example.com`);
}
