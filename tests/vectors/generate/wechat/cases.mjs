// Helpers of all cases of WeChat: the apps, a payload, and the sealing of a case.
import * as sample from '../../samples.mjs';
import { AT, asObject, phone, section, session, throws } from '../shared.mjs';

export const { open, read } = section('wechat');
export const APP = 'wx0123456789abcdef';
export const OTHER_APP = 'wxfedcba9876543210';
export const watermark = { timestamp: AT, appid: APP };
export const of = (phoneNumber, purePhoneNumber, countryCode, more) => ({
  phoneNumber,
  purePhoneNumber,
  countryCode,
  watermark,
  ...more,
});
export const mainland = of('13800138000', '13800138000', '86');
export const wx = (name, payload, change, how) => session('wechat', name, payload, change, { appId: APP, ...how });
export const opens = (name, about, payload, match, change, more) =>
  open(name, about, wx(name, payload, change), phone('wechat', match, asObject(payload), more));
export const rejects = (name, about, payload, outcome, change, how) =>
  open(name, about, wx(name, payload, change, how), outcome);

export const official = (change) => {
  const { appId, sessionKey, encryptedData, iv } = sample.wechatSample;
  const args = [{ platform: 'wechat', encryptedData, iv }, { appId, sessionKey }, { now: 1477314247000 }];
  change?.(...args);
  return args;
};
export const notPhone = throws('ERR_NOT_PHONE');
export const decrypt = throws('ERR_DECRYPT');
