// Kuaishou: the button getPhoneNumber. https://mp.kuaishou.com/docs/develop/guide/getUserPhoneNumber.html
import { codeOrSealed, type HostPlatform, login } from '../platform';

export const kuaishou: HostPlatform = {
  names: 'kuaishou ks kwai',
  host: () => ks,
  detail: codeOrSealed,
  login,
};
