// What an event holds: a number's data, or why there is none.
import type { Action, PhoneEventResult, Reason } from './index';
import { said, type Members, type HostPlatform } from './platform';
import { failure } from './say';

/** What an event says, or what a function of the host's gave; `failed` where it failed with that, for then there is no number. */
export function read(platform: HostPlatform, event: any, failed?: true): PhoneEventResult {
  if (!platform.detail) return failure('unsupported');
  // mpvue has the host's event in mp.
  const members = objectOr(Object(Object(event).mp || event).detail, objectOr(event, { errMsg: event }));
  const known = platform.normal ? platform.normal(members) : members;
  const cause = said(known);
  const { errMsg, errno } = cause;
  const detail = platform.detail(known);
  const ok = !failed && (errMsg ? /^(.*:)?ok$/.test(errMsg) : !errno);
  if (ok && detail && (errMsg || platform.quiet)) return { ok, detail };
  const text = (errMsg || '').toLowerCase();
  const why = (+errno! > 0 && platform.codes && platform.codes[errno!]) || PARTS.find(([, part]) => part.test(text))![0];
  const [reason, action] = why.split(' ') as [Reason, Action?];
  return failure(reason, action, ok && !errMsg && platform.ask ? { consented: true } : cause);
}

const objectOr = (value: any, other: Members): Members => (value && typeof value === 'object' ? value : other);

/**
 * By parts of the text, for it differs by host, client and version: `fail user deny`, `fail:user deny`, `user deny`. The first
 * that fits counts, as in src/diagnose/code.rs of mp-phone.
 */
const PARTS: [string, RegExp][] = [
  // A developer's mistake: asked for outside of the tap.
  ['failed enter-manually', /user (interaction|tap|gesture)/],
  // The console's privacy guide lacks the phone number: no user can help it.
  ['privacy enter-manually', /not declared/],
  ['privacy', /privacy|not authorized|隐私|协议/],
  ['denied', /user den|取消|拒绝|未授权|不同意/],
  ['no-permission', /platform auth|permission|access denied|system deny|权限|无权/],
  ['denied', /den(y|ied)|cancel/],
  ['not-logged-in', /not log|invalid session|登录/],
  // WeChat wants the bound number verified by SMS in its own client first.
  ['no-phone', /no phone|短信验证|(没有|无|绑定)手机/],
  ['unsupported', /support|不支持|版本/],
  ['quota', /quota|额度/],
  ['failed', /^/],
];
