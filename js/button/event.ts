// What an event holds: a number's data, or why there is none.
import type { Action, Failure, PhoneEventResult, Reason } from './index';
import type { Given, HostPlatform } from './platform';
import { named } from './platforms';
import { failure } from './say';

export const readNamed = (platform: string, event: unknown): PhoneEventResult => read(named(platform), event);

export function read(platform: HostPlatform | undefined, event: any): PhoneEventResult {
  if (!platform || !platform.detail) return failure('unsupported');
  const isObject = typeof event === 'object' && event;
  const members: Given = isObject ? (typeof event.detail === 'object' && event.detail) || event : { errMsg: event };
  const given = platform.normal ? platform.normal(members) : members;
  const errMsg = given.errMsg && String(given.errMsg);
  const errno = given.errno || given.errCode;
  const detail = platform.detail(given);
  const ok = errMsg ? /:ok$/.test(errMsg) : !errno;
  if (ok && detail && (errMsg || platform.quiet)) return { ok, detail };
  const said = { ...(errMsg && { errMsg }), ...(errno && { errno }) };
  return reasonOf(platform, ok && !errMsg && platform.ask ? { consented: true } : said);
}

/** By parts of the text, for it differs by client and version: `fail user deny`, `fail:user deny`, `user deny`. */
const PARTS: [RegExp, Reason, Action?][] = [
  // The console's privacy guide lacks the phone number: no user can help it.
  [/not declared/, 'privacy', 'enter-manually'],
  [/privacy|not authorized/, 'privacy'],
  [/platform auth|no permission|access denied|operatewxdata|system deny/, 'no-permission'],
  [/deny|cancel|取消|拒绝/, 'denied'],
  [/not login|invalid session/, 'not-logged-in'],
  // WeChat wants the bound number verified by SMS in its own client first.
  [/no phone|短信验证/, 'no-phone'],
  [/not support/, 'unsupported'],
  [/^/, 'failed'],
];

function reasonOf({ codes = {} }: HostPlatform, said: Partial<Failure>): Failure {
  const text = (said.errMsg || '').toLowerCase();
  const [, reason, action] = codes[said.errno!] ? [0, ...codes[said.errno!]!] : PARTS.find(([part]) => part.test(text))!;
  return failure(reason, action, said);
}
