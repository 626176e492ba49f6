// DingTalk: no button. A code of the login is what the service takes, and the number comes with it. Documented, unproven.
import { call, codeOrSealed, type HostPlatform } from '../platform';

export const dingtalk: HostPlatform = {
  names: 'dingtalk dd',
  host: () => (typeof dd === 'undefined' ? undefined : dd),
  quiet: true,
  normal: (given) => (given.errorMessage ? { errMsg: given.errorMessage, errno: given.error } : given),
  detail: (given) => codeOrSealed({ code: given.code || given.authCode }, 'code'),
  // Needs the corpId of the user's company, which only the app knows: see the option login.
  ask: (host) => call(host, 'getAuthCode'),
};
