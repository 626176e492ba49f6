// What a client is told where there is no number: whose turn it is, never why a payload was refused.

import type { PhoneError } from '../core/errors';
import type { Action, Bilingual } from '../core/types';
import { invalid, isPhoneError } from './errors';
import { hasMember, isObject, memberOf } from './own';
import type { PhoneRefusalInit, Refusal } from './types';

/** The codes of the service's own refusals. */
export type PublicCode = 'invalid_request' | 'login_required' | 'refused' | 'unavailable' | 'internal';

export const STATUS: Record<PublicCode, number> = {
  invalid_request: 400,
  login_required: 401,
  refused: 422,
  unavailable: 503,
  internal: 500,
};

export const MESSAGES: Record<PublicCode, Partial<Record<Action, Bilingual>> & { fallback: Bilingual }> = {
  invalid_request: {
    fallback: {
      en: 'The app sent a request that the service does not understand.',
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
      en: 'No phone number could be had this way. Please type it in.',
      zh: '无法通过此方式获取手机号，请手动输入。',
    },
  },
  unavailable: {
    retry: { en: 'The service is busy. Please try again in a moment.', zh: '服务繁忙，请稍后再试。' },
    fallback: {
      en: 'This way is not available at present. Please type the number in.',
      zh: '暂时无法使用此方式，请手动输入手机号。',
    },
  },
  internal: { fallback: { en: 'Something went wrong. Please try again in a moment.', zh: '出错了，请稍后再试。' } },
};

/** The actions that a client may be told. */
export const ACTIONS: readonly Action[] = ['retry', 'login-again', 'ask-again', 'enter-manually', 'fix-config'];

export function refusal(code: PublicCode, action: Action): Refusal {
  const message = (memberOf(MESSAGES[code], action) as Bilingual | undefined) ?? MESSAGES[code].fallback;
  return { status: STATUS[code], code, action, message: { ...message } };
}

export const internal = (): Refusal => refusal('internal', 'retry');
export const invalidRequest = (): Refusal => refusal('invalid_request', 'fix-config');

/**
 * Where an error came from: a login; what the platform or the store said of a phone code or payload; a payload under a
 * session key; the application. Of an error that the service did not throw nobody knows: it counts as `sealed`.
 */
export type Origin = 'login' | 'phone' | 'sealed' | 'application';

/**
 * What a client is told of an error. Whatever is wrong with a payload sealed under a session key gets one answer: each
 * difference between two would be an oracle for its plaintext.
 */
export function refusalOf(error: unknown, origin: Origin = 'sealed'): Refusal {
  const own = made.get(Object(error));
  if (own) return { ...own, message: { ...own.message } };
  if (!isPhoneError(error) || origin === 'application') return internal();
  try {
    return refusalTo(error, origin);
  } catch {
    // Somebody has changed its members: a symbol, a getter that throws.
    return internal();
  }
}

function refusalTo(error: PhoneError, origin: Origin): Refusal {
  switch (error.code) {
    case 'ERR_INPUT':
    case 'ERR_KEY':
      return CONFIGURED.test((memberOf(error, 'field') ?? '') as string)
        ? refusal('unavailable', 'enter-manually')
        : invalidRequest();
    case 'ERR_SESSION':
      return refusal('login_required', 'login-again');
    case 'ERR_PLATFORM':
    case 'ERR_STORE':
    case 'ERR_TIMEOUT':
      return byAction(error.action);
    case 'ERR_REPLAY':
      return refusal('refused', 'enter-manually');
    case 'ERR_NOT_READY':
    case 'ERR_INTERNAL':
      return internal();
    default:
      // What opening finds.
      if (origin === 'sealed') return refusal('refused', 'login-again');
      // Where there is no session key to renew, another try cannot help. What a login finds is the platform's answer.
      return origin === 'phone' && UNREADABLE.includes(error.code)
        ? refusal('refused', 'enter-manually')
        : byAction(error.action);
  }
}

const UNREADABLE = ['ERR_ENCODING', 'ERR_LENGTH', 'ERR_SIGNATURE'];

function byAction(action: Action): Refusal {
  if (action === 'ask-again' || action === 'login-again' || action === 'enter-manually')
    return refusal('refused', action);
  return refusal('unavailable', action === 'retry' || action === 'refresh-token' ? 'retry' : 'enter-manually');
}

/** Fields of the service's own options and keys: a client can do nothing about them. */
const CONFIGURED = /^platforms\.|Key$|^appId$/;

/** What each PhoneRefusal said when it was made: later its members may be others, and anything can have its prototype. */
const made = new WeakMap<object, Readonly<Refusal>>();

/** Whether something was made by the constructor of PhoneRefusal. */
export const isRefusal = (error: unknown): error is PhoneRefusal => made.has(Object(error));

/** What a PhoneRefusal said when it was made. */
export const refusalIn = (error: PhoneRefusal): Readonly<Refusal> => made.get(error)!;

/** Called by the constructor of PhoneRefusal. */
export const keepRefusal = (error: PhoneRefusal, refusal: Readonly<Refusal>): void => void made.set(error, refusal);

/** What a code of the application's own is made of. */
export const OWN_CODE = '^[A-Za-z][A-Za-z0-9_.-]{0,63}$';
/** Characters of a text for the user. */
const LONGEST = 500;

/** A refusal of the application's, complete. @throws ERR_INPUT with the name of the member that is missing or wrong */
export function ownRefusal(init: PhoneRefusalInit): Readonly<Refusal> {
  const unknown = isObject(init) && Object.keys(init).find((name) => !MEMBERS.includes(name));
  if (unknown) throw invalid(unknown, 'a PhoneRefusal has code, message, action and status alone');
  type Members = [string, Bilingual, Action?, number?];
  const [code, message, action = 'enter-manually', status = 409] = MEMBERS.map((name) =>
    memberOf(init, name),
  ) as Members;
  const [en, zh] = [memberOf(message, 'en'), memberOf(message, 'zh')] as [string, string];
  const isText = (text: unknown) => typeof text === 'string' && text.length > 0 && text.length <= LONGEST;
  if (typeof code !== 'string' || !new RegExp(OWN_CODE).test(code))
    throw invalid('code', 'the code of a PhoneRefusal is a letter and at most 63 letters, digits and _ . -');
  if (hasMember(STATUS, code)) throw invalid('code', "the code of a PhoneRefusal is none of the service's own");
  const isMessage = isText(en) && isText(zh);
  if (!isMessage)
    throw invalid('message', `the message of a PhoneRefusal has en and zh, texts of at most ${LONGEST} characters`);
  if (!ACTIONS.includes(action))
    throw invalid('action', `the action of a PhoneRefusal is one of ${ACTIONS.join(', ')}`);
  if (!Number.isInteger(status) || status < 400 || status > 499)
    throw invalid('status', 'the status of a PhoneRefusal is 400 to 499');
  return Object.freeze({ status, code, action, message: Object.freeze({ en, zh }) });
}

const MEMBERS = ['code', 'message', 'action', 'status'];

/**
 * `onPhone` throws it to refuse a number: it is taken, or its country is not served. The client gets it as it is. It is
 * the answer to its code as a success is: sent again, the code gets the same, and `onPhone` does not run again.
 *
 * @throws {@link PhoneError} `ERR_INPUT` with the name of the member that is missing or wrong.
 */
export class PhoneRefusal extends Error {
  readonly code: string;
  readonly action: Action;
  readonly status: number;
  /** What the client gets. */
  readonly refusal: Readonly<Refusal>;

  constructor(init: PhoneRefusalInit) {
    const refusal = ownRefusal(init);
    super(refusal.message.en);
    this.code = refusal.code;
    this.action = refusal.action;
    this.status = refusal.status;
    this.refusal = refusal;
    keepRefusal(this, refusal);
  }
}
Object.defineProperty(PhoneRefusal.prototype, 'name', { value: 'PhoneRefusal' });
