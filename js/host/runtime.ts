// What runtimes do not agree on. entry/node.ts fills in what old Nodes lack.
import type { Fetch } from './index';

export const runtime: { crypto: Crypto; fetch: Fetch | undefined } = {
  crypto: globalThis.crypto,
  fetch: globalThis.fetch as unknown as Fetch | undefined,
};

const utf8 = new TextEncoder();

/** A new id that nobody can guess: 256 bits, in 43 characters. */
export function randomId(): string {
  return base64url(runtime.crypto.getRandomValues(new Uint8Array(32)));
}

/** SHA-256 of texts, none of which can be mistaken for a part of its neighbour. 43 characters. */
export async function hash(...texts: string[]): Promise<string> {
  return base64url(new Uint8Array(await runtime.crypto.subtle.digest('SHA-256', utf8.encode(JSON.stringify(texts)))));
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}

export const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** What `work` gives, or what `late` gives when it has not ended in time. `late` may throw. */
export async function within<T>(ms: number, work: Promise<T>, late: () => T): Promise<T> {
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
 * On Workers a request that is cut off takes what it began with it, and promises that others wait for never settle. So
 * nobody waits longer than `seconds` for what somebody else has begun, and then begins anew.
 */
export class Flights<T> {
  private readonly flying = new Map<string, Promise<T>>();

  constructor(private readonly seconds: number) {}

  async join(key: string, work: () => Promise<T>): Promise<{ value: T; joined: boolean }> {
    for (let other = this.flying.get(key); other; other = this.flying.get(key)) {
      const value = await within<T | typeof LATE>(this.seconds * 1000, other, () => LATE);
      if (value !== LATE) return { value, joined: true };
      if (this.flying.get(key) === other) this.flying.delete(key);
    }
    const flight = work();
    this.flying.set(key, flight);
    try {
      return { value: await flight, joined: false };
    } finally {
      if (this.flying.get(key) === flight) this.flying.delete(key);
    }
  }

  /** What is in the air for a key. It may have failed. */
  async landed(key: string): Promise<void> {
    const other = this.flying.get(key);
    if (other) await within<unknown>(this.seconds * 1000, other, () => LATE).catch(() => {});
  }
}

const LATE = Symbol('late');
