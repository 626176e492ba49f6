// One-time codes are spent once. Sent again, a code gets the answer it got before: no second paid call, no second onPhone.
import type { PhoneNumber } from '../core/index';
import { storeFailed } from './errors';
import type { User } from './index';
import { Flights } from './waiting';
import type { Keeper } from './store';

export interface Fetched {
  phone: PhoneNumber;
  user: User | null;
}

interface Kept extends Fetched {
  /** What onPhone returned; absent until it has. */
  done?: { result: unknown };
  /** Whether it was kept from before. */
  repeated?: boolean;
}

export class Codes {
  private readonly flights: Flights<Kept>;

  constructor(
    private readonly keeper: Keeper,
    private readonly limits: { code: number; timeout: number },
  ) {
    this.flights = new Flights(limits.timeout * 2);
  }

  /**
   * Spends a code: `fetch` asks the platform, `finish` gives the number to the application.
   * @param key names the code and the session it came from
   */
  async spend(key: string, fetch: () => Promise<Fetched>, finish: (fetched: Fetched) => Promise<unknown>): Promise<Fetched & { result: unknown; repeated: boolean }> {
    const { value, joined } = await this.flights.join(key, () => this.answer(key, fetch, finish));
    const { phone, user, done, repeated = joined } = value;
    return { phone, user, result: done?.result, repeated };
  }

  private async answer(key: string, fetch: () => Promise<Fetched>, finish: (fetched: Fetched) => Promise<unknown>): Promise<Kept> {
    // What cannot be read counts as absent: the platform itself refuses a code that is spent.
    const kept = async () => this.keeper.get<Kept>(key).catch(() => undefined);
    const finished = async () => {
      const before = await kept();
      return before?.done && { ...before, repeated: true };
    };
    const busy = async (): Promise<Kept> => {
      throw storeFailed();
    };
    const work = async (): Promise<Kept> => {
      const before = await kept();
      if (before?.done) return { ...before, repeated: true };
      const fetched = before ?? (await fetch());
      // Kept before the application has it: should onPhone fail, the same code can be sent again.
      if (!before) await this.keeper.set(key, fetched, this.limits.code * 1000);
      const answer = { ...fetched, done: { result: await finish(fetched) } };
      await this.keeper.set(key, answer, this.limits.code * 1000);
      return answer;
    };
    return this.keeper.alone(key, this.limits.timeout * 2, finished, work, busy);
  }
}
