// Time limits, single flight and a mutex for promises.

export const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/**
 * The result of `work`, or of `onTimeout` if `work` has not settled in time.
 * @param onTimeout may throw
 */
export async function withTimeout<T>(ms: number, work: Promise<T>, onTimeout: () => T): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms))).then(onTimeout);
  timeout.catch(() => {}); // if the work settles first, no other code handles a rejection of `timeout`
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Runs work once for all concurrent callers of the same key.
 *
 * When a Worker aborts a request, timers that the request started stop, and its promises never settle, so that code
 * awaiting them hangs. While work runs, a timer therefore updates `lastHeartbeat`. A caller stops waiting and runs its own
 * work if `lastHeartbeat` is older than `seconds`.
 */
export class SingleFlight<T> {
  private readonly running = new Map<string, { result: Promise<T>; lastHeartbeat: number }>();

  constructor(private readonly seconds: number) {}

  /** `joined`: the value is from the work of another caller. */
  async run(key: string, work: () => Promise<T>): Promise<{ value: T; joined: boolean }> {
    for (let other = this.running.get(key); other; other = this.running.get(key)) {
      const value = await withTimeout<T | typeof TIMEOUT>(this.seconds * 1000, other.result, () => TIMEOUT);
      if (value !== TIMEOUT) return { value, joined: true };
      const isLost = Date.now() - other.lastHeartbeat >= this.seconds * 1000;
      if (isLost && this.running.get(key) === other) this.running.delete(key);
    }
    const flight = { result: work(), lastHeartbeat: Date.now() };
    this.running.set(key, flight);
    const heartbeat = setInterval(() => (flight.lastHeartbeat = Date.now()), (this.seconds * 1000) / 3);
    try {
      return { value: await flight.result, joined: false };
    } finally {
      clearInterval(heartbeat);
      if (this.running.get(key) === flight) this.running.delete(key);
    }
  }

  /** Waits until the running work of a key has succeeded or failed. */
  async settled(key: string): Promise<void> {
    const running = this.running.get(key);
    if (running) await withTimeout<unknown>(this.seconds * 1000, running.result, () => TIMEOUT).catch(() => {});
  }
}

const TIMEOUT = Symbol('timeout');

/** Runs work of the same key one after another. Work waits at most `seconds` for its predecessor. */
export class KeyedMutex {
  private readonly last = new Map<string, Promise<unknown>>();

  constructor(private readonly seconds: number) {}

  async runExclusive<T>(key: string, work: () => Promise<T>): Promise<T> {
    const predecessor = this.last.get(key) ?? Promise.resolve();
    const result = withTimeout<unknown>(this.seconds * 1000, predecessor, () => undefined)
      .catch(() => {})
      .then(work);
    this.last.set(key, result);
    try {
      return await result;
    } finally {
      if (this.last.get(key) === result) this.last.delete(key);
    }
  }
}
