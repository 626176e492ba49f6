// Huawei's atomic services and HarmonyOS: the event has a code, and no login is needed. Documented, unproven.
// https://developer.huawei.com/consumer/cn/doc/atomic-ascf/develop-huawei-id-retrieval
import { codeOrSealed } from './detail';
import type { HostPlatform } from './platform';

declare const has: any;

export const huaweiHost: HostPlatform = {
  names: 'huawei harmony ascf',
  host: () => has,
  // Account Kit's numbers: developer.huawei.com, account-faq; juejin 7503165137373970459. 1001500001: the fingerprint of the
  // signing certificate is not registered. 1001502014: the scope was not applied for.
  codes: { 1001500001: 'no-permission', 1001502014: 'no-permission', 1001502012: 'denied', 1005300001: 'privacy' },
  // An error has its number where a success has the code.
  normalize: (members) => (members.code > 0 ? { errMsg: members.message, errno: members.code } : members),
  // uni-app's documentation has the second name on one page.
  detail: (members) => codeOrSealed({ code: members.code || members.phoneNumberCode }),
};
