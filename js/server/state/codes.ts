// One-time codes: each code is exchanged once. If the same code is sent again, the stored result is returned: neither
// the platform nor onPhone is called a second time.
import type { PhoneNumber } from '../../core/types';
import { type ApplicationResult, isApplicationResult } from '../application';
import { SingleFlight } from '../concurrency';
import { timedOut } from '../errors';
import { memberOf } from '../own-members';
import type { ServicePlatform, User } from '../types';
import { isUser } from './sessions';
import type { ServiceStore } from './store';
import { isText } from './values';

export interface ExchangedNumber {
  phone: PhoneNumber<ServicePlatform>;
  user: User | null;
  /** The owner of the entry in the memory (see MemoryStore): a hash of the user, or `''`. */
  owner: string;
}

interface StoredNumber extends ExchangedNumber {
  /** The outcome of onPhone; absent until it has run. */
  outcome?: ApplicationResult;
}

export interface SpentCode extends ExchangedNumber {
  outcome: ApplicationResult;
  /** Whether the result was stored before. */
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
   * Runs work once for a code: concurrent requests with the same code, in this process or in others, get the same
   * result.
   * @param stored reads the result of an earlier request
   */
  async once<T extends object>(
    key: string,
    stored: () => Promise<T | undefined>,
    work: () => Promise<T>,
  ): Promise<{ value: T; repeated: boolean }> {
    // A result that cannot be read counts as absent: the platform itself rejects a spent code.
    const result = async () => {
      const value = await stored().catch(() => undefined);
      return value && { value, repeated: true };
    };
    const busy = async (): Promise<never> => {
      throw timedOut('another process is still working on the same code');
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
   * Exchanges a phone code.
   * @param key names the code and its user
   * @param seconds how long the result is stored
   * @param fetch requests the number from the platform
   * @param finish passes the number to the application
   */
  async spend(
    key: string,
    seconds: number,
    fetch: () => Promise<ExchangedNumber>,
    finish: (number: ExchangedNumber) => Promise<ApplicationResult>,
  ): Promise<SpentCode> {
    let stored: StoredNumber | undefined;
    const write = (value: StoredNumber, seconds: number) => this.store.set(key, value, seconds * 1000, value.owner);
    const storedResult = async () => {
      stored = await this.store.get(key, isStoredNumber);
      return stored?.outcome && { ...stored, outcome: stored.outcome };
    };
    const work = async () => {
      const number = stored ?? (await fetch());
      // Stored before onPhone runs: if onPhone fails, the client can send the same code again. Here the longer time
      // `limits.code` is safe, because no client has received the number yet; `seconds` applies only to the final
      // result.
      if (!stored) await write(number, this.limits.code);
      const result = { ...number, outcome: await finish(number) };
      await write(result, seconds);
      return result;
    };
    const { value, repeated } = await this.once(key, storedResult, work);
    return { ...value, repeated };
  }
}

/** Whether a value of the store can be the result of a code. */
function isStoredNumber(value: unknown): value is StoredNumber {
  const [phone, user, outcome] = ['phone', 'user', 'outcome'].map((name) => memberOf(value, name));
  const texts = ['e164', 'countryCode'].map((name) => memberOf(phone, name));
  const isNumber = isText(memberOf(phone, 'nationalNumber')) && texts.every((text) => text === null || isText(text));
  return (
    isNumber &&
    (user === null || isUser(user)) &&
    isText(memberOf(value, 'owner')) &&
    (outcome === undefined || isApplicationResult(outcome))
  );
}
