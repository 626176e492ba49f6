// DingTalk has no phone button. The service exchanges a login code for the user's data, which includes the number.
// Implemented from the documentation, unproven.
import { call } from '../host/call';
import { codeOrSealed } from './detail';
import type { HostPlatform } from './platform';

declare const dd: any;

export const dingtalkHost: HostPlatform = {
  names: 'dingtalk dd',
  host: () => dd,
  storageTakesObject: true,
  detail: (members) => codeOrSealed({ code: members.code || members.authCode }),
  // 免登 (login without a password). Newer clients require the corpId of the user's company, a member of the host's
  // object.
  // https://open.dingtalk.com/document/development/dd-corpid
  requestPhone: (host) => call(host, 'getAuthCode', { corpId: host.corpId }),
};
