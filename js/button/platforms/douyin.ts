// Douyin and Toutiao: the button getPhoneNumber, with a code since base library 3.51.0.
// https://developer.open-douyin.com/docs/resource/zh-CN/mini-app/develop/guide/open-capabilities/acquire-phone-number-acquire

import { login } from '../host/call';
import { codeOrSealed } from './detail';
import type { HostPlatform } from './platform';

declare const tt: any;

export const douyinHost: HostPlatform = {
  names: 'douyin toutiao tt bytedance',
  host: () => tt,
  detail: codeOrSealed,
  login,
};
