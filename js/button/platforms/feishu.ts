// Feishu and Lark: no button. A code of the login is what the service takes, and the number comes with it. Documented,
// unproven. The host is called tt, as Douyin's is; only here it has requestAccess (client 6.9.0).
import { call } from '../host/call';
import { codeOrSealed } from './detail';
import type { HostPlatform } from './platform';

export const feishu: HostPlatform = {
  names: 'feishu lark',
  host: () => tt.requestAccess && tt,
  detail: codeOrSealed,
  requestPhone: (host) => call(host, 'requestAccess', { scopeList: [] }),
};
