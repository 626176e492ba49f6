// Kuaishou: the button getPhoneNumber. https://mp.kuaishou.com/docs/develop/guide/getUserPhoneNumber.html
import { codeOrSealed, login, type HostPlatform } from '../platform';

export const kuaishou: HostPlatform = {
  names: 'kuaishou ks kwai mp-kuaishou',
  host: () => (typeof ks === 'undefined' ? undefined : ks),
  detail: (given) => codeOrSealed(given, 'encryptedData iv'),
  login,
};
