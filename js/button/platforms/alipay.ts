// Alipay has three flows: the button getAuthorize with the scope phoneNumber, after which my.getPhoneNumber returns the
// data; the newer event onGetPhoneNumber; and the event of uni-app, which calls my.getPhoneNumber itself.
// https://opendocs.alipay.com/mini/api/getphonenumber
import { call, login } from '../host/call';
import type { Members } from '../untrusted';
import { parseJson } from '../untrusted';
import { pickTexts } from './detail';
import type { HostPlatform } from './platform';

declare const my: any;

export const alipayHost: HostPlatform = {
  names: 'alipay ali my',
  host: () => my,
  // 40001: no AES key or no signing method in the console. 40002: the app's key was changed, and the user has to allow
  // access again. 40003: no consent, or an expired consent. 40006: the app may not use the phone number API. 1:
  // Alipay's IDE cannot return phone numbers.
  codes: {
    40001: 'no-permission',
    40002: 'no-permission open-settings',
    40003: 'denied',
    40006: 'no-permission',
    1: 'unsupported',
  },
  storageTakesObject: true,
  normalizeEvent(members) {
    const body = errorBody(members);
    return body
      ? { errMsg: [body.msg, body.subMsg, body.subCode].filter(Boolean).join(' '), errno: body.code }
      : members;
  },
  // The signature covers the exact text, so the text must not be parsed and serialized again.
  detail(members) {
    const response = members.encryptedData || members.response;
    return response && { ...pickTexts(members, 'sign sign_type encrypt_type charset'), response };
  },
  login: (host) => login(host, 'getAuthCode', { scopes: 'auth_base' }),
  requestPhone: (host) => call(host, 'getPhoneNumber'),
};

/**
 * Returns the error that stands in place of a ciphertext: an object or its JSON, bare or in `response` or
 * `encryptedData`.
 */
function errorBody(value: any): Members | undefined {
  const body = parseJson(value);
  return (
    body && (body.code > 0 && body.code != 10000 ? body : errorBody(body.response) || errorBody(body.encryptedData))
  );
}
