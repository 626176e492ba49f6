// WeChat: over HTTP, or inside a cloud function.
import { COMMON_OPTION_NAMES, type OptionNames } from '../option-names';
import type { WechatCloudOptions, WechatOptions } from '../types';
import type { ClientContext, PlatformClient } from './client';
import { wechatCloud } from './wechat-cloud';
import { wechatHttp } from './wechat-http';

type Options = WechatOptions | WechatCloudOptions;

export const optionNames: OptionNames<Options> = {
  ...COMMON_OPTION_NAMES,
  appId: true,
  appSecret: true,
  token: true,
  component: { appId: true, token: true },
  checkOpenId: true,
  cloud: true,
};

export const wechat = (options: Options, context: ClientContext): PlatformClient =>
  'cloud' in options ? wechatCloud(options, context) : wechatHttp(options, context);
