// WeChat: the button getPhoneNumber, and getRealtimePhoneNumber, whose event has a code alone.
// https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/getPhoneNumber.html

import { login } from '../host/call';
import { codeOrSealed } from './detail';
import type { HostPlatform } from './platform';

declare const wx: any;

export const wechatHost: HostPlatform = {
  names: 'wechat weixin wx weapp',
  // Other hosts have a wx, too: the list tests them first.
  host: () => wx,
  // Developers' posts; 103 is from memory. 112: the console's privacy guide does not declare the number: no user can change that.
  codes: { 102: 'no-permission', 103: 'privacy', 104: 'privacy', 112: 'privacy enter-manually', 1400001: 'quota' },
  detail: codeOrSealed,
  login,
};
