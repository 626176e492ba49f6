// Feishu and Lark have no phone button. The service exchanges a login code for the user's data, which includes the
// number. Implemented from the documentation, unproven. The host's object is `tt`, as on Douyin; only Feishu's `tt` has
// requestAccess (client 6.9.0).
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
