// What the user is told, and what to do next.
import type { Bilingual, ButtonAction, Failure, Reason } from './types';

/** What there usually is to do about a reason; about the others the user can but type the number. */
const USUAL: Partial<Record<Reason, ButtonAction>> = {
  failed: 'ask-again',
  denied: 'ask-again',
  privacy: 'accept-privacy',
  'not-logged-in': 'login-again',
};

/** By what is to be done, and by reasons that say more where the user is to tap again. */
const SAY: Record<string, Bilingual> = {
  denied: { en: 'Please tap again.', zh: '未授权手机号，可再点一次。' },
  'not-logged-in': { en: 'Please tap again.', zh: '尚未登录，请再点一次。' },
  'ask-again': { en: 'Please tap again.', zh: '请再点一次。' },
  'enter-manually': { en: 'Please type the number in.', zh: '暂时无法获取手机号，请手动输入。' },
  'accept-privacy': { en: 'Please accept the privacy terms and tap again.', zh: '请先同意隐私指引，再点一次。' },
  'open-settings': { en: 'Please allow it in the settings and tap again.', zh: '请先在设置中允许，再点一次。' },
  retry: { en: 'Please try again.', zh: '请稍后再试。' },
};

export function failure(
  reason: Reason,
  action: ButtonAction = USUAL[reason] || 'enter-manually',
  more?: Partial<Failure>,
): Failure {
  const message = (/again/.test(action) && SAY[reason]) || SAY[action]!;
  return { ok: false, reason, action, message, ...more };
}
