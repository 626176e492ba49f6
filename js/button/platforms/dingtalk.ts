// DingTalk: no button. A code of the login is what the service takes, and the number comes with it. Documented, unproven.
import { call } from '../host/call';
import { codeOrSealed } from './detail';
import type { HostPlatform } from './platform';

export const dingtalk: HostPlatform = {
  names: 'dingtalk dd',
  host: () => dd,
  storageTakesObject: true,
  detail: (members) => codeOrSealed({ code: members.code || members.authCode }),
  // 免登. Newer clients want the corpId of the user's company; the host knows it.
  // https://open.dingtalk.com/document/development/dd-corpid
  requestPhone: (host) => call(host, 'getAuthCode', { corpId: host.corpId }),
};
