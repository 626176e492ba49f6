// The error with which an application refuses a number.
import type { Bilingual } from '../core/types';
import { invalidInput } from './errors';
import { hasMember, isObject, memberOf } from './own-members';
import { ACTIONS, STATUS } from './refusals';
import type { ClientAction, PhoneRefusalInit, Refusal } from './types';

/** The codes that an application may choose. */
export const OWN_CODE = '^[A-Za-z][A-Za-z0-9_.-]{0,63}$';

/** Characters of a text for the user. */
const LONGEST = 500;

/** The refusal with its defaults. @throws ERR_INPUT with the name of the member that is missing or wrong */
function completeRefusal(init: PhoneRefusalInit): Readonly<Refusal> {
  const unknown = isObject(init) && Object.keys(init).find((name) => !MEMBERS.includes(name));
  if (unknown) throw invalidInput(unknown, 'a PhoneRefusal has code, message, action and status alone');
  type Members = [string, Bilingual, ClientAction?, number?];
  const [code, message, action = 'enter-manually', status = 409] = MEMBERS.map((name) =>
    memberOf(init, name),
  ) as Members;
  const [en, zh] = [memberOf(message, 'en'), memberOf(message, 'zh')] as [string, string];
  const isText = (text: unknown) => typeof text === 'string' && text.length > 0 && text.length <= LONGEST;
  if (typeof code !== 'string' || !new RegExp(OWN_CODE).test(code))
    throw invalidInput('code', 'the code of a PhoneRefusal is a letter and at most 63 letters, digits and _ . -');
  if (hasMember(STATUS, code)) throw invalidInput('code', "the code of a PhoneRefusal is none of the service's own");
  const isMessage = isText(en) && isText(zh);
  if (!isMessage)
    throw invalidInput(
      'message',
      `the message of a PhoneRefusal has en and zh, texts of at most ${LONGEST} characters`,
    );
  if (!ACTIONS.includes(action))
    throw invalidInput('action', `the action of a PhoneRefusal is one of ${ACTIONS.join(', ')}`);
  if (!Number.isInteger(status) || status < 400 || status > 499)
    throw invalidInput('status', 'the status of a PhoneRefusal is 400 to 499');
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
  readonly action: ClientAction;
  readonly status: number;
  /** What the client gets. */
  readonly refusal: Readonly<Refusal>;

  /** The refusal as it was when it was made: the members above can be changed later. */
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
   * The refusal that the constructor was called with; `undefined` for anything that the constructor did not make.
   * @internal
   */
  static original(error: unknown): Readonly<Refusal> | undefined {
    return typeof error === 'object' && error !== null && #original in error ? error.#original : undefined;
  }
}
Object.defineProperty(PhoneRefusal.prototype, 'name', { value: 'PhoneRefusal' });
