// The application's store, behind a time limit: a store that hangs must not hang requests.
import type { PhoneError } from '../../core/errors';
import { withTimeout } from '../concurrency';
import { storeFailure } from '../errors';
import type { Events } from '../events';
import { memberOf } from '../own-members';
import type { Store } from '../types';
import { causeOfStore } from './store-results';

type Operation = 'get' | 'set' | 'delete' | 'setIfAbsent';

/** In milliseconds: a store that timed out is not called again for this time, so that a request does not wait at every step. */
const PAUSE = 1000;

export class GuardedStore {
  #unavailableUntil = 0;

  /**
   * @param timeout in seconds
   * @param onSuccess called after every successful call
   */
  constructor(
    private readonly store: Store,
    private readonly timeout: number,
    private readonly events: Events,
    private readonly onSuccess: () => void,
  ) {}

  get canSetIfAbsent(): boolean {
    return this.store.setIfAbsent !== undefined;
  }

  /**
   * Calls the store once. Every failure becomes an event.
   * @param read converts the store's result, or throws ERR_STORE if the result cannot be right
   * @param always calls the store even while it counts as unavailable
   * @throws ERR_STORE
   */
  async call<Raw, Result>(
    operation: Operation,
    use: (store: Store) => Promise<Raw>,
    read: (raw: Raw) => Result,
    always = false,
  ): Promise<Result> {
    if (!always && Date.now() < this.#unavailableUntil) throw storeFailure(TIMED_OUT);
    const start = this.events.now();
    let raw: Raw | typeof LATE;
    try {
      raw = await withTimeout<Raw | typeof LATE>(this.timeout * 1000, (async () => use(this.store))(), () => LATE);
    } catch (error) {
      throw this.#report(operation, start, storeFailure('the store failed', causeOfStore(error)));
    }
    if (raw === LATE) {
      this.#unavailableUntil = Date.now() + PAUSE;
      throw this.#report(operation, start, storeFailure(TIMED_OUT));
    }
    let result: Result;
    try {
      result = read(raw);
    } catch (error) {
      throw this.#report(operation, start, error as PhoneError);
    }
    this.onSuccess();
    return result;
  }

  #report(operation: Operation, start: number, failure: PhoneError): PhoneError {
    const { code, message: reason } = failure;
    const cause = memberOf(failure, 'cause') as string | undefined;
    this.events.emit({ event: 'store', ok: false, ms: this.events.now() - start, operation, code, reason, cause });
    return failure;
  }
}

const LATE = Symbol('late');
const TIMED_OUT = 'the store did not respond within limits.storeTimeout';
