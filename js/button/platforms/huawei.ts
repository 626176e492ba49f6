// Huawei's atomic services and HarmonyOS: the event has a code, and no login is needed. Implemented from the
// documentation, unproven.
// https://developer.huawei.com/consumer/cn/doc/atomic-ascf/develop-huawei-id-retrieval
import { codeOrSealed } from './detail';
import type { HostPlatform } from './platform';

declare const has: any;

export const huaweiHost: HostPlatform = {
  names: 'huawei harmony ascf',
  host: () => has,
  // Error numbers of Account Kit. Sources: developer.huawei.com, account-faq; juejin 7503165137373970459. 1001500001:
  // the fingerprint of the signing certificate is not registered. 1001502014: the app has not applied for the scope.
  codes: { 1001500001: 'no-permission', 1001502014: 'no-permission', 1001502012: 'denied', 1005300001: 'privacy' },
  // In an error, the member `code` is the error number; in a success, it is the phone code.
  normalizeEvent: (members) => (members.code > 0 ? { errMsg: members.message, errno: members.code } : members),
  // One page of uni-app's documentation calls this member phoneNumberCode.
  detail: (members) => codeOrSealed({ code: members.code || members.phoneNumberCode }),
};
