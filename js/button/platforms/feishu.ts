// Feishu and Lark: no button. The service takes a login code, and the number comes with the user. Documented, unproven.
// The host's object is tt, as on Douyin; only Feishu's has requestAccess (client 6.9.0).
import { call } from '../host/call';
import { codeOrSealed } from './detail';
import type { HostPlatform } from './platform';

declare const tt: any;

export const feishuHost: HostPlatform = {
  names: 'feishu lark',
  host: () => tt.requestAccess && tt,
  detail: codeOrSealed,
  requestPhone: (host) => call(host, 'requestAccess', { scopeList: [] }),
};
