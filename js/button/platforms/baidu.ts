// Baidu: the button getPhoneNumber. https://smartprogram.baidu.com/docs/develop/component/formlist_button/

import { login } from '../host/call';
import { codeOrSealed } from './detail';
import type { HostPlatform } from './platform';

declare const swan: any;

export const baiduHost: HostPlatform = {
  names: 'baidu swan',
  host: () => swan,
  // Source: swan-docs, authorize_list.md. 10005: the app has no permission, or the user switched the app's permission
  // off.
  codes: { 10003: 'denied', 10004: 'not-logged-in', 10005: 'no-permission open-settings' },
  // The ciphertext is named `data` by swan.getUserInfo and `encryptedData` by the button. Baidu's own server accepts
  // both.
  detail: (members) => codeOrSealed({ ...members, encryptedData: members.encryptedData || members.data }),
  login: (host) => login(host, host.getLoginCode && 'getLoginCode'),
};
