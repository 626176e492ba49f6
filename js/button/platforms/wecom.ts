// WeCom: no button; wx.qy.getMobile, after wx.qy.login. https://developer.work.weixin.qq.com/document/path/96977
// Documented, unproven.
import { call, codeOrSealed, type HostPlatform, login } from '../platform';

export const wecom: HostPlatform = {
  names: 'wecom wxwork qywx',
  // Requests and storage are wx's own.
  host: () => wx.qy && wx,
  session: 'qy',
  detail: codeOrSealed,
  login: (host) => login(host.qy),
  ask: (host) => call(host.qy, 'getMobile'),
};
