// WeCom has no phone button: wx.qy.getMobile returns the data, after wx.qy.login. Implemented from the documentation,
// unproven.
// https://developer.work.weixin.qq.com/document/path/96977
import { call, login } from '../host/call';
import { codeOrSealed } from './detail';
import type { HostPlatform } from './platform';

declare const wx: any;

export const wecomHost: HostPlatform = {
  names: 'wecom wxwork qywx',
  // Requests and storage are functions of wx, not of wx.qy.
  host: () => wx.qy && wx,
  sessionApi: 'qy',
  detail: codeOrSealed,
  login: (host) => login(host.qy),
  requestPhone: (host) => call(host.qy, 'getMobile'),
};
