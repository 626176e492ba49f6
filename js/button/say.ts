// What the user is told, and what to do next.
import type { Action, Failure, Reason } from './index';

type Said = [action: Action, en: string, zh: string];

const away: Said = ['enter-manually', 'This is not available at present. Please type the number in.', '暂时无法获取手机号，请手动输入。'];

/** By reason. The first with an action is also what is said where a reason calls for another action than its own. */
const SAY: Record<Reason | 'settings', Said> = {
  failed: ['ask-again', 'That did not work. Please tap again.', '获取失败，请再点一次。'],
  denied: ['ask-again', 'The number was not given. Tap again, or type it in.', '未授权手机号，可再点一次，或手动输入。'],
  'no-permission': away,
  quota: away,
  'no-phone': ['enter-manually', 'This account has no number. Please type it in.', '该账号没有手机号，请手动输入。'],
  unsupported: ['enter-manually', 'This app cannot give the number. Please type it in.', '当前客户端不支持，请手动输入手机号。'],
  privacy: ['accept-privacy', 'Please accept the privacy terms, then tap again.', '请先同意隐私指引，再点一次。'],
  'not-logged-in': ['login-again', 'You were not logged in. Please tap again.', '尚未登录，请再点一次。'],
  service: ['retry', 'Please try again in a moment.', '服务繁忙，请稍后再试。'],
  settings: ['open-settings', 'Please allow it in the settings, then tap again.', '请先在设置中允许，再点一次。'],
};

export function failure(reason: Reason, action: Action = SAY[reason][0], more?: Partial<Failure>): Failure {
  const [, en, zh] = [SAY[reason], ...Object.values(SAY)].find(([its]) => its === action)!;
  return { ok: false, reason, action, message: { en, zh }, ...more };
}
