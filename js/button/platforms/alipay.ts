// Alipay: the button getAuthorize with scope phoneNumber, after which my.getPhoneNumber gives the number; its newer event
// onGetPhoneNumber; and uni-app, which calls my.getPhoneNumber by itself.
// https://opendocs.alipay.com/mini/api/getphonenumber
import { call, login } from '../host/call';
import type { Members } from '../untrusted';
import { parseJson } from '../untrusted';
import { pickTexts } from './detail';
import type { HostPlatform } from './platform';

export const alipay: HostPlatform = {
  names: 'alipay ali my',
  host: () => my,
  // 40001: no AES key or no signing method in the console; 40003: not agreed, or lapsed; 40006: the ability is not bound.
  // 40002: the app's key was changed, and what the user once allowed has to be allowed anew. 1: the IDE has no numbers.
  codes: {
    40001: 'no-permission',
    40002: 'no-permission open-settings',
    40003: 'denied',
    40006: 'no-permission',
    1: 'unsupported',
  },
  storageTakesObject: true,
  normalize(members) {
    const body = errorBody(members);
    return body
      ? { errMsg: [body.msg, body.subMsg, body.subCode].filter(Boolean).join(' '), errno: body.code }
      : members;
  },
  // The signature covers the text as it is: nothing is taken apart here.
  detail(members) {
    const response = members.encryptedData || members.response;
    return response && { ...pickTexts(members, 'sign sign_type encrypt_type charset'), response };
  },
  login: (host) => login(host, 'getAuthCode', { scopes: 'auth_base' }),
  requestPhone: (host) => call(host, 'getPhoneNumber'),
};

/** What is no ciphertext but an error, as an object or as its text, in whatever it is wrapped. */
function errorBody(value: any): Members | undefined {
  const body = parseJson(value);
  return (
    body && (body.code > 0 && body.code != 10000 ? body : errorBody(body.response) || errorBody(body.encryptedData))
  );
}
