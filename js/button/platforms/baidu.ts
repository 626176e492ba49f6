// Baidu: the button getPhoneNumber. https://smartprogram.baidu.com/docs/develop/component/formlist_button/

import { login } from '../host/call';
import { codeOrSealed } from './detail';
import type { HostPlatform } from './platform';

declare const swan: any;

export const baiduHost: HostPlatform = {
  names: 'baidu swan',
  host: () => swan,
  // swan-docs, authorize_list.md. 10005: the app has no permission, or the user switched it off for the app.
  codes: { 10003: 'denied', 10004: 'not-logged-in', 10005: 'no-permission open-settings' },
  // swan.getUserInfo calls the ciphertext data, the button encryptedData. Baidu's own server takes both names.
  detail: (members) => codeOrSealed({ ...members, encryptedData: members.encryptedData || members.data }),
  login: (host) => login(host, host.getLoginCode && 'getLoginCode'),
};
