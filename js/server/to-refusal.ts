// Converts an error to the part that a client may learn: the next action, never the reason why a payload was rejected.
import type { PhoneError } from '../core/errors';
import type { ServerAction } from '../core/types';
import { isPhoneError } from './errors';
import type { Origin } from './failure';
import { memberOf } from './own-members';
import { PhoneRefusal } from './phone-refusal';
import { internal, invalidRequest, refusal } from './refusals';
import type { Refusal } from './types';

/**
 * The part of an error that a client may learn. An error of unknown origin counts as that of a sealed payload. All
 * faults of a payload under a session key give the same response: any difference would be an oracle for the plaintext.
 */
export function toRefusal(error: unknown, origin: Origin = 'sealed'): Refusal {
  const own = PhoneRefusal.original(error);
  if (own) return { ...own, message: { ...own.message } };
  if (!isPhoneError(error) || origin === 'application') return internal();
  try {
    return refusalOfPhoneError(error, origin);
  } catch {
    // Somebody changed a member of the error, for example to a symbol or to a getter that throws.
    return internal();
  }
}

function refusalOfPhoneError(error: PhoneError, origin: Origin): Refusal {
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
      // Errors of opening.
      if (origin === 'sealed') return refusal('refused', 'login-again');
      // A phone request without a session key, such as Alipay's: a new attempt would give the same error. In a login,
      // an error of opening means that the platform's response was faulty: the error's own action is used.
      return origin === 'phone' && UNREADABLE_PAYLOAD_CODES.includes(error.code)
        ? refusal('refused', 'enter-manually')
        : byAction(error.action);
  }
}

const UNREADABLE_PAYLOAD_CODES = ['ERR_ENCODING', 'ERR_LENGTH', 'ERR_SIGNATURE'];

function byAction(action: ServerAction): Refusal {
  if (action === 'ask-again' || action === 'login-again' || action === 'enter-manually')
    return refusal('refused', action);
  return refusal('unavailable', action === 'retry' || action === 'refresh-token' ? 'retry' : 'enter-manually');
}

/** Fields of the service's own options and keys, which a client cannot change. */
const CONFIGURED = /^platforms\.|Key$|^appId$/;
