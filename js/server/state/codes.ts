// One-time codes are spent once. Sent again, a code gets the answer it got before: no second call of the platform, no
// second onPhone.
import type { PhoneNumber } from '../../core/types';
import { type ApplicationResult, isOutcome } from '../application';
import { SingleFlight } from '../concurrency';
import { timedOut } from '../errors';
import { memberOf } from '../own-members';
import type { User } from '../types';
import { isUser } from './sessions';
import type { ServiceStore } from './store';
import { isText } from './values';

export interface ExchangedNumber {
  phone: PhoneNumber;
  user: User | null;
  /** Whose answer it is, for the bounds of what is kept. */
  owner: string;
}

interface StoredNumber extends ExchangedNumber {
  /** What onPhone made of it; absent until it has. */
  done?: ApplicationResult;
}

export interface SpentCode extends ExchangedNumber {
  done: ApplicationResult;
  /** Whether it was kept from before. */
  repeated: boolean;
}

export class Codes {
  private readonly flights: SingleFlight<{ value: unknown; repeated: boolean }>;

  constructor(
    private readonly store: ServiceStore,
    private readonly limits: { code: number; timeout: number },
  ) {
    this.flights = new SingleFlight(limits.timeout * 2);
  }

  /**
   * Does something once for a code: requests that bring the same code at the same moment, here or at other processes, get
   * one answer. `kept` gives the answer from before.
   */
  async once<T extends object>(
    key: string,
    kept: () => Promise<T | undefined>,
    work: () => Promise<T>,
  ): Promise<{ value: T; repeated: boolean }> {
    // What cannot be read counts as absent: the platform itself refuses a code that is spent.
    const result = async () => {
      const value = await kept().catch(() => undefined);
      return value && { value, repeated: true };
    };
    const busy = async (): Promise<never> => {
      throw timedOut('another process is still at the same code');
    };
    const { value, joined } = await this.flights.run(key, () =>
      this.store.withLock(key, {
        seconds: this.limits.timeout * 2,
        result,
        work: async () => (await result()) ?? { value: await work(), repeated: false },
        busy,
      }),
    );
    return { value: value.value as T, repeated: joined || value.repeated };
  }

  /**
   * Spends a phone code: `fetch` asks the platform, `finish` gives the number to the application.
   * @param key names the code and the user whose it is
   * @param seconds for which the answer is kept
   */
  async spend(
    key: string,
    seconds: number,
    fetch: () => Promise<ExchangedNumber>,
    finish: (fetched: ExchangedNumber) => Promise<ApplicationResult>,
  ): Promise<SpentCode> {
    let kept: StoredNumber | undefined;
    const keep = (value: StoredNumber, seconds: number) => this.store.set(key, value, seconds * 1000, value.owner);
    const done = async () => {
      kept = await this.store.get(key, isStoredNumber);
      return kept?.done && { ...kept, done: kept.done };
    };
    const work = async () => {
      const fetched = kept ?? (await fetch());
      // Kept before the application has it: should onPhone fail, the same code can be sent again. Nobody has got an answer
      // to it by then, so it is worth what an unspent code is worth, and is kept as long.
      if (!kept) await keep(fetched, this.limits.code);
      const answer = { ...fetched, done: await finish(fetched) };
      await keep(answer, seconds);
      return answer;
    };
    const { value, repeated } = await this.once(key, done, work);
    return { ...value, repeated };
  }
}

/** Whether something can be what was kept under a code. */
function isStoredNumber(value: unknown): value is StoredNumber {
  const [phone, user, done] = ['phone', 'user', 'done'].map((name) => memberOf(value, name));
  const texts = ['e164', 'countryCode'].map((name) => memberOf(phone, name));
  const isNumber = isText(memberOf(phone, 'nationalNumber')) && texts.every((text) => text === null || isText(text));
  return (
    isNumber &&
    (user === null || isUser(user)) &&
    isText(memberOf(value, 'owner')) &&
    (done === undefined || isOutcome(done))
  );
}
