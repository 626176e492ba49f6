// WeChat: the button getPhoneNumber, and the button getRealtimePhoneNumber, whose event has only a code.
// https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/getPhoneNumber.html

import { login } from '../host/call';
import { codeOrSealed } from './detail';
import type { HostPlatform } from './platform';

declare const wx: any;

export const wechatHost: HostPlatform = {
  names: 'wechat weixin wx weapp',
  // Some other hosts also have a `wx`. The registry lists them before WeChat, so they are tested first.
  host: () => wx,
  // Sources: developers' posts; 103 has no written source. 112: the privacy guide in the console does not declare the
  // phone number. A user cannot change that.
  codes: { 102: 'no-permission', 103: 'privacy', 104: 'privacy', 112: 'privacy enter-manually', 1400001: 'quota' },
  detail: codeOrSealed,
  login,
};
