// The error that an application throws to refuse a number.
import type { Bilingual } from '../core/types';
import { invalidInput } from './errors';
import { hasMember, isObject, memberOf } from './own-members';
import { ACTIONS, STATUS } from './refusals';
import type { ClientAction, PhoneRefusalInit, Refusal } from './types';

/** The codes that an application may choose. */
export const OWN_CODE = '^[A-Za-z][A-Za-z0-9_.-]{0,63}$';

/** The maximum length of a text for the user, in characters. */
const LONGEST = 500;

/** A refusal with its defaults. @throws ERR_INPUT with the name of the missing or wrong member */
function completeRefusal(init: PhoneRefusalInit): Readonly<Refusal> {
  const unknown = isObject(init) && Object.keys(init).find((name) => !MEMBERS.includes(name));
  if (unknown) throw invalidInput(unknown, 'a PhoneRefusal has only the members code, message, action and status');
  type Members = [string, Bilingual, ClientAction?, number?];
  const [code, message, action = 'enter-manually', status = 409] = MEMBERS.map((name) =>
    memberOf(init, name),
  ) as Members;
  const [en, zh] = [memberOf(message, 'en'), memberOf(message, 'zh')] as [string, string];
  const isText = (text: unknown) => typeof text === 'string' && text.length > 0 && text.length <= LONGEST;
  if (typeof code !== 'string' || !new RegExp(OWN_CODE).test(code))
    throw invalidInput('code', 'the code of a PhoneRefusal must be a letter, then at most 63 letters, digits or _ . -');
  if (hasMember(STATUS, code))
    throw invalidInput('code', 'the code of a PhoneRefusal must not be a code of the service');
  const isMessage = isText(en) && isText(zh);
  if (!isMessage)
    throw invalidInput(
      'message',
      `the message of a PhoneRefusal needs en and zh, texts of at most ${LONGEST} characters`,
    );
  if (!ACTIONS.includes(action))
    throw invalidInput('action', `the action of a PhoneRefusal must be one of ${ACTIONS.join(', ')}`);
  if (!Number.isInteger(status) || status < 400 || status > 499)
    throw invalidInput('status', 'the status of a PhoneRefusal must be 400 to 499');
  return Object.freeze({ status, code, action, message: Object.freeze({ en, zh }) });
}

const MEMBERS = ['code', 'message', 'action', 'status'];

/**
 * `onPhone` throws it to refuse a number, for example because the number is taken or its country is not served. The
 * client receives it unchanged. Like a success, it is stored as the outcome of its code: the same code, sent again,
 * gets the same response, and `onPhone` does not run again.
 *
 * @throws {@link PhoneError} `ERR_INPUT` with the name of the missing or wrong member.
 */
export class PhoneRefusal extends Error {
  readonly code: string;
  readonly action: ClientAction;
  readonly status: number;
  /** The response to the client. */
  readonly refusal: Readonly<Refusal>;

  /** The refusal as it was constructed: the members above can be changed later. */
  readonly #original: Readonly<Refusal>;

  constructor(init: PhoneRefusalInit) {
    const refusal = completeRefusal(init);
    super(refusal.message.en);
    this.code = refusal.code;
    this.action = refusal.action;
    this.status = refusal.status;
    this.refusal = refusal;
    this.#original = refusal;
  }

  /**
   * The refusal with which a `PhoneRefusal` was constructed; `undefined` for any other value.
   * @internal
   */
  static original(error: unknown): Readonly<Refusal> | undefined {
    return typeof error === 'object' && error !== null && #original in error ? error.#original : undefined;
  }
}
Object.defineProperty(PhoneRefusal.prototype, 'name', { value: 'PhoneRefusal' });
