// Kuaishou: the button getPhoneNumber. https://mp.kuaishou.com/docs/develop/guide/getUserPhoneNumber.html

import { login } from '../host/call';
import { codeOrSealed } from './detail';
import type { HostPlatform } from './platform';

declare const ks: any;

export const kuaishouHost: HostPlatform = {
  names: 'kuaishou ks kwai',
  host: () => ks,
  detail: codeOrSealed,
  login,
};
