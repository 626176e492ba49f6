// Kuaishou: the button getPhoneNumber. https://mp.kuaishou.com/docs/develop/guide/getUserPhoneNumber.html
import { codeOrSealed, login, type HostPlatform } from '../platform';

export const kuaishou: HostPlatform = {
  names: 'kuaishou ks kwai mp-kuaishou',
  host: () => typeof ks !== 'undefined' && ks,
  detail: codeOrSealed,
  login,
};
