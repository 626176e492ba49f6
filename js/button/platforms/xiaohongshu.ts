// Xiaohongshu: the button getPhoneNumber. Documented, unproven.
import { codeOrSealed, login, type HostPlatform } from '../platform';

export const xiaohongshu: HostPlatform = {
  names: 'xiaohongshu xhs mp-xhs',
  host: () => (typeof xhs === 'undefined' ? undefined : xhs),
  detail: (given) => codeOrSealed(given, 'encryptedData iv'),
  login,
};
