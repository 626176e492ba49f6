// What createPhoneService takes, checked when the service is made: what would fail only when it is needed, fails now.
import { invalid } from './errors';
import type { Fetch, Limits, PhoneServiceOptions } from './index';
import { runtime } from './runtime';

/** What the limits are unless given. */
const LIMITS: Required<Limits> = {
  body: 65_536,
  timeout: 5,
  storeTimeout: 0.5,
  session: 7 * 86_400,
  sessionsPerUser: 20,
  sessionKeys: 3,
  onPhone: 30,
  code: 300,
  anonymousCode: 30,
  replay: 30 * 86_400,
  entries: 10_000,
  maxAge: 600,
};

export function limitsOf(given: Limits = {}): Required<Limits> {
  const limits = { ...LIMITS };
  for (const name of Object.keys(LIMITS) as (keyof Limits)[]) {
    const value = given[name] ?? LIMITS[name];
    if (!(typeof value === 'number' && value > 0 && value <= (LARGEST[name] ?? 1e10)) || (COUNTS.has(name) && !Number.isInteger(value))) throw invalid(`limits.${name}`);
    limits[name] = value;
  }
  return limits;
}

/** Timers cannot count more than 2³¹ milliseconds; the core tries no more keys. */
const LARGEST: Limits = { timeout: 2_147_483, storeTimeout: 2_147_483, onPhone: 2_147_483, sessionKeys: 16, maxAge: Infinity };

/** Limits that are no durations. */
const COUNTS: ReadonlySet<keyof Limits> = new Set(['body', 'sessionsPerUser', 'sessionKeys', 'entries']);

/** Refuses functions that are none. */
export function check({ store, onPhone, onError, onEvent, logger, now, cors }: PhoneServiceOptions): void {
  const refuse = (field: string, ...functions: unknown[]) => {
    if (functions.some((one) => typeof one !== 'function')) throw invalid(field);
  };
  for (const [field, one] of Object.entries({ onPhone, onError, onEvent, now })) if (one !== undefined) refuse(field, one);
  if (store !== undefined) refuse('store', store?.get, store?.set, store?.delete, store?.setIfAbsent ?? store?.get);
  if (logger) refuse('logger', logger.info, logger.warn, logger.error);
  if (cors !== undefined && cors?.origins !== '*' && !Array.isArray(cors?.origins)) throw invalid('cors');
}

export function fetchOf(options: PhoneServiceOptions): Fetch {
  const fetch = options?.fetch ?? runtime.fetch;
  if (typeof fetch !== 'function') throw invalid('fetch', 'this runtime has no fetch: pass one');
  return fetch;
}
