// What an event holds: a number's data, or why there is none.

import { readHostError, toMembers } from './host/failure';
import { failure } from './messages';
import { findPlatform, type HostPlatform } from './platforms';
import type { ButtonAction, PhoneEventResult, Reason } from './types';
import { attempt } from './untrusted';

/**
 * Reads what a phone button gave: its event, the event's `detail`, what `my.getPhoneNumber`, `wx.qy.getMobile` or a login
 * gave, or what they failed with. It is a success only where the host says so and the data is there. Never throws.
 *
 * `platform` may be any name that hosts and toolchains give it: `wechat`, `mp-weixin`, `weapp`.
 */
export const readPhoneEvent = (platform: string, event: unknown): PhoneEventResult =>
  readEvent(findPlatform(platform), event);

/**
 * What an event says, or what a function of the host's gave; `failed` where it failed with that, for then there is no number.
 * Getters and proxies throw, and what is deep or a cycle has no end: that is read as nothing.
 */
export const readEvent = (platform: HostPlatform, event: unknown, failed?: true): PhoneEventResult =>
  attempt(() => interpret(platform, failed ? toMembers(event) : event, failed)) || failure('failed');

function interpret(platform: HostPlatform, event: any, failed?: true): PhoneEventResult {
  if (!platform.detail) return failure('unsupported');
  // mpvue has the host's event in mp.
  const members = [Object(Object(event).mp || event).detail, event, { errMsg: event }].find(
    (value) => value && typeof value === 'object',
  );
  const known = platform.normalize ? platform.normalize(members) : members;
  const cause = readHostError(known);
  const { errMsg, errno } = cause;
  const detail = platform.detail(known);
  const ok = !failed && (errMsg ? /^(.*:)?ok$/.test(errMsg) : !errno);
  if (ok && detail && (errMsg || platform.requestPhone || platform.normalize)) return { ok, detail };
  const text = String(errMsg).toLowerCase();
  const byNumber = Object(platform.codes)[(+errno! > 0 && errno) as string];
  const why = byNumber || Object.keys(PARTS).find((key) => PARTS[key]!.test(text)) || 'failed';
  const [reason, action] = why.split(' ') as [Reason, ButtonAction?];
  return failure(reason, action, ok && !errMsg && platform.requestPhone ? { consented: true } : cause);
}

/**
 * By parts of the text, for it differs by host, client and version: `fail user deny`, `fail:user deny`, `user deny`. The first
 * that fits counts, as in src/diagnose/code.rs of mp-phone.
 */
const PARTS: Record<string, RegExp> = {
  // A developer's mistake: asked for outside of the tap.
  'failed enter-manually': /user (interaction|tap|gesture)/,
  // The console's privacy guide lacks the phone number: no user can help it.
  'privacy enter-manually': /not declared/,
  privacy: /privacy|not authorized|隐私|协议/,
  denied: /user (den|rej)|取消|拒绝|未授权|不同意/,
  'no-permission': /platform auth|permission|access denied|system deny|权限|无权|未认证/,
  'denied ask-again': /den(y|ied)|cancel/,
  'not-logged-in': /not log|invalid session|登录/,
  // WeChat wants the bound number verified by SMS in its own client first.
  'no-phone': /not? (bind )?phone|短信验证|(没有|无|绑定)手机/,
  unsupported: /support|不支持|版本/,
  quota: /quota|balance|额度|余额|次数/,
};
