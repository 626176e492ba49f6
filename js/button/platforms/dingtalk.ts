// DingTalk: no button. A code of the login is what the service takes, and the number comes with it. Documented, unproven.
import { call, codeOrSealed, type HostPlatform } from '../platform';

export const dingtalk: HostPlatform = {
  names: 'dingtalk dd',
  host: () => typeof dd !== 'undefined' && dd,
  quiet: true,
  objects: true,
  detail: (given) => codeOrSealed({ code: given.code || given.authCode }),
  // It wants the corpId of the user's company, which only the app knows: that is what the option login is for.
  ask: (host) => call(host, 'getAuthCode'),
};
