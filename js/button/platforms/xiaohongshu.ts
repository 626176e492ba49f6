// Xiaohongshu: the button getPhoneNumber. Implemented from the documentation, unproven.

import { login } from '../host/call';
import { codeOrSealed } from './detail';
import type { HostPlatform } from './platform';

declare const xhs: any;

export const xiaohongshuHost: HostPlatform = {
  names: 'xiaohongshu xhs',
  host: () => xhs,
  // The error text is `fail auth deny`, but these numbers mean that xhs.login was not called. Source:
  // github.com/redengineer/redmini, issues 1403, 1237 and 223.
  codes: { 410004: 'not-logged-in', 410006: 'not-logged-in', 410103: 'not-logged-in' },
  detail: codeOrSealed,
  login,
};
