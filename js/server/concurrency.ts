// How requests wait: for each other, and never for ever.

export const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** What `work` gives, or what `late` gives when it has not ended in time. `late` may throw. */
export async function withTimeout<T>(ms: number, work: Promise<T>, late: () => T): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const alarm = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms))).then(late);
  alarm.catch(() => {}); // it may lose the race and then throw
  try {
    return await Promise.race([work, alarm]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * One piece of work at a time for a key: whoever comes meanwhile gets the same.
 *
 * On Workers a request that is cut off takes what it began with it: its timers stop, and promises that others wait for
 * never settle. So a flight says every now and then that it lives. One that has been silent for `seconds` is given up.
 */
export class SingleFlight<T> {
  private readonly flying = new Map<string, { result: Promise<T>; heard: number }>();

  constructor(private readonly seconds: number) {}

  async run(key: string, work: () => Promise<T>): Promise<{ value: T; joined: boolean }> {
    for (let other = this.flying.get(key); other; other = this.flying.get(key)) {
      const value = await withTimeout<T | typeof LATE>(this.seconds * 1000, other.result, () => LATE);
      if (value !== LATE) return { value, joined: true };
      if (Date.now() - other.heard >= this.seconds * 1000 && this.flying.get(key) === other) this.flying.delete(key);
    }
    const flight = { result: work(), heard: Date.now() };
    this.flying.set(key, flight);
    const beat = setInterval(() => (flight.heard = Date.now()), (this.seconds * 1000) / 3);
    try {
      return { value: await flight.result, joined: false };
    } finally {
      clearInterval(beat);
      if (this.flying.get(key) === flight) this.flying.delete(key);
    }
  }

  /** Waits for what is in the air for a key. It may have failed. */
  async settled(key: string): Promise<void> {
    const other = this.flying.get(key);
    if (other) await withTimeout<unknown>(this.seconds * 1000, other.result, () => LATE).catch(() => {});
  }
}

const LATE = Symbol('late');

/** Pieces of work for the same key, one after the other. None waits longer than `seconds` for the one before. */
export class KeyedMutex {
  private readonly last = new Map<string, Promise<unknown>>();

  constructor(private readonly seconds: number) {}

  async runExclusive<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.last.get(key) ?? Promise.resolve();
    const mine = withTimeout<unknown>(this.seconds * 1000, before, () => undefined)
      .catch(() => {})
      .then(work);
    this.last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (this.last.get(key) === mine) this.last.delete(key);
    }
  }
}
