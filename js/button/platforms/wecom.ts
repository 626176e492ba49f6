// WeCom: no button; wx.qy.getMobile, after wx.qy.login. https://developer.work.weixin.qq.com/document/path/96977
// Documented, unproven.
import { call, codeOrSealed, login, type HostPlatform } from '../platform';

export const wecom: HostPlatform = {
  names: 'wecom wxwork qywx',
  host: () => (typeof wx === 'undefined' ? undefined : wx.qy),
  quiet: true,
  detail: (given) => codeOrSealed(given, 'encryptedData iv'),
  login,
  fetch: (host) => call(host, 'getMobile'),
};
