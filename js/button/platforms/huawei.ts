// Huawei's atomic services and HarmonyOS: the button gives a code, and no login is needed. Documented, unproven.
// https://developer.huawei.com/consumer/cn/doc/atomic-ascf/develop-huawei-id-retrieval
import { codeOrSealed, type HostPlatform } from '../platform';

export const huawei: HostPlatform = {
  names: 'huawei harmony ascf mp-harmony',
  host: () => (typeof has === 'undefined' ? undefined : has),
  quiet: true,
  // uni-app's documentation has the second name on one page.
  detail: (given) => codeOrSealed({ code: given.code || given.phoneNumberCode }, 'code'),
};
