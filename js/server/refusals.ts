// The service's own refusals: codes, HTTP statuses, and texts for the user.

import type { Bilingual } from '../core/types';

import { memberOf } from './own-members';
import type { ClientAction, Refusal } from './types';

/** The codes of the service's own refusals. */
export type PublicCode = 'invalid_request' | 'login_required' | 'refused' | 'unavailable' | 'internal';

export const STATUS: Record<PublicCode, number> = {
  invalid_request: 400,
  login_required: 401,
  refused: 422,
  unavailable: 503,
  internal: 500,
};

export const MESSAGES: Record<PublicCode, Partial<Record<ClientAction, Bilingual>> & { fallback: Bilingual }> = {
  invalid_request: {
    fallback: {
      en: 'The app sent a request that the service cannot process.',
      zh: '应用发来的请求有误，服务无法处理。',
    },
  },
  login_required: { fallback: { en: 'Please log in again, then tap once more.', zh: '请重新登录，然后再点一次。' } },
  refused: {
    'ask-again': {
      en: 'This authorisation cannot be used any more. Please tap once more.',
      zh: '本次授权已失效，请再点一次。',
    },
    'login-again': {
      en: 'That did not work. Please log in again, then tap once more.',
      zh: '获取失败，请重新登录后再点一次。',
    },
    fallback: {
      en: 'The phone number is not available. Please type it in.',
      zh: '无法自动获取手机号，请手动输入。',
    },
  },
  unavailable: {
    retry: { en: 'The service is busy. Please try again in a moment.', zh: '服务繁忙，请稍后再试。' },
    fallback: {
      en: 'This is not available at present. Please type the number in.',
      zh: '暂时无法自动获取手机号，请手动输入。',
    },
  },
  internal: { fallback: { en: 'Something went wrong. Please try again in a moment.', zh: '出错了，请稍后再试。' } },
};

/** The actions that a client may receive. */
export const ACTIONS: readonly ClientAction[] = ['retry', 'login-again', 'ask-again', 'enter-manually', 'fix-config'];

export function refusal(code: PublicCode, action: ClientAction): Refusal {
  const message = (memberOf(MESSAGES[code], action) as Bilingual | undefined) ?? MESSAGES[code].fallback;
  return { status: STATUS[code], code, action, message: { ...message } };
}

export const internal = (): Refusal => refusal('internal', 'retry');
export const invalidRequest = (): Refusal => refusal('invalid_request', 'fix-config');
