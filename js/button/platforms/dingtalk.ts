// DingTalk: no button. The service takes a login code, and the number comes with the user. Documented, unproven.
import { call } from '../host/call';
import { codeOrSealed } from './detail';
import type { HostPlatform } from './platform';

declare const dd: any;

export const dingtalkHost: HostPlatform = {
  names: 'dingtalk dd',
  host: () => dd,
  storageTakesObject: true,
  detail: (members) => codeOrSealed({ code: members.code || members.authCode }),
  // 免登. Newer clients require the corpId of the user's company; the host knows it.
  // https://open.dingtalk.com/document/development/dd-corpid
  requestPhone: (host) => call(host, 'getAuthCode', { corpId: host.corpId }),
};
