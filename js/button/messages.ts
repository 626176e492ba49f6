// The texts for the user, and the usual action for each reason.
import type { Bilingual, ButtonAction, Failure, Reason } from './types';

/**
 * Failures of the reason `service` always set their own action. For other reasons that are not listed, the user types
 * the number.
 */
const USUAL_ACTIONS: Partial<Record<Reason, ButtonAction>> = {
  failed: 'ask-again',
  denied: 'ask-again',
  privacy: 'accept-privacy',
  'not-logged-in': 'login-again',
};

/** The texts by action. If the user has to tap again and the reason has a text, the reason's text is used. */
const MESSAGES: Record<string, Bilingual> = {
  denied: { en: 'Please tap again.', zh: '未授权手机号，可再点一次。' },
  'not-logged-in': { en: 'Please tap again.', zh: '尚未登录，请再点一次。' },
  'ask-again': { en: 'Please tap again.', zh: '请再点一次。' },
  'enter-manually': { en: 'Please enter your number.', zh: '暂时无法获取手机号，请手动输入。' },
  'accept-privacy': { en: 'Please accept the privacy terms and tap again.', zh: '请先同意隐私保护指引，再点一次。' },
  'open-settings': {
    en: 'Please allow access in the settings and tap again.',
    zh: '请先在设置中开启授权，再点一次。',
  },
  retry: { en: 'Please try again.', zh: '请稍后再试。' },
};

export function failure(
  reason: Reason,
  action: ButtonAction = USUAL_ACTIONS[reason] || 'enter-manually',
  more?: Partial<Failure>,
): Failure {
  const message = (/again/.test(action) && MESSAGES[reason]) || MESSAGES[action]!;
  return { ok: false, reason, action, message, ...more };
}
