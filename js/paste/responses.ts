// Recognises the responses of platforms by the names of their members.
import type { Platform } from '../core/types';
import { platformsWithCatalog } from './marks';

type Members = Record<string, unknown>;

/** The platforms that may have sent a response, the most probable first. Empty where the value is not a response. */
export function responseOf(members: Members): readonly Platform[] {
  const has = (...names: string[]): boolean => names.some((name) => members[name] !== undefined);
  if (Object.keys(members).some((name) => /^(?:alipay_\w+|error)_response$/.test(name)) || has('subCode', 'sub_code'))
    return ['alipay'];
  if (has('err_no') || inner(members, 'data').error_code !== undefined) return ['douyin'];
  if (has('errcode')) return has('userid', 'corpid') ? ['wecom'] : ['wechat', 'wecom', 'qq'];
  // A button's event can have an `errCode`, too. The text of a cloud call begins with `openapi`.
  if (isCode(members.errCode) && !/^get(?:Realtime)?PhoneNumber:/.test(String(members.errMsg)))
    return ['wechat', 'huawei'];
  if (has('phone_info', 'phoneInfo')) return ['wechat'];
  if (has('NSP_STATUS', 'resultCode', 'sub_error')) return ['huawei'];
  if (isCode(members.result) && has('error_msg', 'session_key', 'open_id', 'access_token')) return ['kuaishou'];
  if (typeof members.success === 'boolean' && has('msg', 'code')) return ['xiaohongshu'];
  // An event has `errMsg`, a response has `errmsg`.
  if ((has('errno') && !has('errMsg')) || has('error_code')) return ['baidu'];
  if (has('error') && has('error_description')) return has('code') ? ['feishu'] : ['baidu', 'huawei'];
  if (isCode(members.code) && has('msg', 'message', 'sub_msg')) {
    if (has('requestid')) return ['dingtalk'];
    return /^(?:10000|20000|2000[01]|400\d\d)$/.test(String(members.code)) && has('msg')
      ? ['alipay', 'feishu']
      : ['feishu', 'dingtalk', 'alipay', 'xiaohongshu'];
  }
  if (has('session_key') && has('openid', 'open_id')) return has('expires_in') ? ['baidu'] : ['wechat', 'baidu', 'qq'];
  return [];
}

/** Whether a response is a success. Called only for responses. */
export function isSuccess(members: Members): boolean {
  const node = Object.keys(members).find((name) => name.endsWith('_response'));
  const { errcode, errCode, err_no, errno, code, result = 1, success } = { ...members, ...inner(members, node ?? '') };
  return (
    [errcode, errCode, err_no, errno, code, members.error_code, inner(members, 'data').error_code].every(
      (code) => code === undefined || /^(?:0|10000)$/.test(String(code)),
    ) &&
    node !== 'error_response' &&
    String(result) === '1' &&
    success !== false
  );
}

const inner = (members: Members, name: string): Members =>
  typeof members[name] === 'object' && members[name] !== null ? (members[name] as Members) : {};

/** The error code of a response: a number, or a short word such as `InvalidAuthentication`. One-time codes are longer. */
export const isCode = (value: unknown): boolean =>
  typeof value === 'number' || (typeof value === 'string' && /^-?\d{1,10}$|^[A-Za-z][A-Za-z.]{2,60}$/.test(value));

/** The message of an error, as SDKs of cloud functions and logs print it, or an error code alone. */
export function messageOf(text: string): readonly Platform[] {
  const code = text.trim();
  if (/^(?:isv|isp|aop|acq)\.[\w.-]{3,60}$/i.test(code)) return ['alipay'];
  if (/^-?\d{1,10}$/.test(code))
    return /^40[01]\d\d$/.test(code) ? ['wechat', 'douyin', 'alipay'] : ['wechat', 'douyin', ...platformsWithCatalog];
  if (/\berr_no\b/i.test(text)) return ['douyin'];
  if (/\b(?:isv|isp)\.[a-z]|\bsub_?code\b/i.test(text)) return ['alipay'];
  if (/\berr_?code["']?\s*[:=]?\s*["']?-?\d+/i.test(text)) return ['wechat', 'wecom', 'qq'];
  if (/\berrno["']?\s*[:=]\s*["']?-?\d+/i.test(text)) return ['baidu'];
  return [];
}
