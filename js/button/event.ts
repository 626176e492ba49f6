// Events of phone buttons: the data for the service, or the reason why there is no data.

import { readHostError, toMembers } from './host/failure';
import { failure } from './messages';
import { findPlatform, type HostPlatform } from './platforms';
import type { ButtonAction, PhoneEventResult, Reason } from './types';
import { attempt } from './untrusted';

/**
 * Reads the event of a phone button, the event's `detail`, the result of `my.getPhoneNumber`, `wx.qy.getMobile` or a
 * login, or the error of one of these functions. The result is a success only if the host reports a success and the
 * data is present. Never throws.
 *
 * `platform` is any name that a host or toolchain uses for the platform: `wechat`, `mp-weixin`, `weapp`.
 */
export const readPhoneEvent = (platform: string, event: unknown): PhoneEventResult =>
  readEvent(findPlatform(platform), event);

/**
 * Reads an event or the result of a host's function. With `failed`, `event` is an error, and the result is never a
 * success. An event that cannot be read (throwing getters and proxies, cycles, deep nesting) is treated as an event
 * without data.
 */
export const readEvent = (platform: HostPlatform, event: unknown, failed?: true): PhoneEventResult =>
  attempt(() => interpret(platform, failed ? toMembers(event) : event, failed)) || failure('failed');

function interpret(platform: HostPlatform, event: any, failed?: true): PhoneEventResult {
  if (!platform.detail) return failure('unsupported');
  // mpvue puts the host's event into `mp`.
  const members = [Object(Object(event).mp || event).detail, event, { errMsg: event }].find(
    (value) => value && typeof value === 'object',
  );
  const normalized = platform.normalizeEvent ? platform.normalizeEvent(members) : members;
  const cause = readHostError(normalized);
  const { errMsg, errno } = cause;
  const detail = platform.detail(normalized);
  const ok = !failed && (errMsg ? /^(.*:)?ok$/.test(errMsg) : !errno);
  // An event without errMsg is a success only on platforms whose functions or events have no errMsg.
  if (ok && detail && (errMsg || platform.requestPhone || platform.normalizeEvent)) return { ok, detail };
  const text = String(errMsg).toLowerCase();
  const byNumber = Object(platform.codes)[(+errno! > 0 && errno) as string];
  const meaning = byNumber || Object.keys(PATTERNS).find((key) => PATTERNS[key]!.test(text)) || 'failed';
  const [reason, action] = meaning.split(' ') as [Reason, ButtonAction?];
  return failure(reason, action, ok && !errMsg && platform.requestPhone ? { consented: true } : cause);
}

/**
 * Patterns in error texts. A key has the reason and, after a space, an action that differs from the reason's usual
 * action. Texts differ between hosts, clients and versions: `fail user deny`, `fail:user deny`, `user deny`. The first
 * match counts, as in src/diagnosis/diagnose/code.rs of mp-phone.
 */
const PATTERNS: Record<string, RegExp> = {
  // A developer's mistake: the page requested the number outside of a tap.
  'failed enter-manually': /user (interaction|tap|gesture)/,
  // The privacy guide in the platform's console does not declare the phone number. A user cannot change that.
  'privacy enter-manually': /not declared/,
  privacy: /privacy|not authorized|隐私|协议/,
  denied: /user (den|rej)|取消|拒绝|未授权|不同意/,
  'no-permission': /platform auth|permission|access denied|system deny|权限|无权|未认证/,
  'denied ask-again': /den(y|ied)|cancel/,
  'not-logged-in': /not log|invalid session|登录/,
  // The user first has to verify the bound number by SMS in the WeChat client.
  'no-phone': /not? (bind )?phone|短信验证|(没有|无|绑定)手机/,
  unsupported: /support|不支持|版本/,
  quota: /quota|balance|额度|余额|次数/,
};
