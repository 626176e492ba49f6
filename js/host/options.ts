// What createPhoneService takes, checked when the service is made: what would fail only when it is needed, fails now.
import { platformOf } from '../core/index';
import { invalid } from './errors';
import type { Fetch, Limits, PhoneServiceOptions, Store } from './index';
import { meant } from './meant';
import { bare, hasMember, isObject, memberOf } from './own';
import { PLATFORM_OPTIONS } from './platforms';
import { runtime } from './runtime';

/** What the limits are unless given. */
const LIMITS: Required<Limits> = {
  body: 65_536,
  bodyTimeout: 10,
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

export function limitsOf(options: Limits = bare({})): Required<Limits> {
  if (!isObject(options)) throw invalid('limits');
  const limits = { ...LIMITS };
  for (const name of Object.keys(LIMITS) as (keyof Limits)[]) {
    const value = options[name] ?? LIMITS[name];
    if (!(typeof value === 'number' && value > 0 && value <= (LARGEST[name] ?? 1e10)) || (COUNTS.has(name) && !Number.isInteger(value))) throw invalid(`limits.${name}`, `limits.${name} is no number, or out of range`);
    limits[name] = value;
  }
  return limits;
}

/** Timers cannot count more than 2³¹ milliseconds; the core tries no more keys. */
const LARGEST = bare<Limits>({ bodyTimeout: 2_147_483, timeout: 2_147_483, storeTimeout: 2_147_483, onPhone: 2_147_483, sessionKeys: 16, maxAge: Infinity });

/** Limits that are no durations. */
const COUNTS: ReadonlySet<keyof Limits> = new Set(['body', 'sessionsPerUser', 'sessionKeys', 'entries']);

/** The names that options may have, and those of the options within one. */
export interface Known {
  readonly [option: string]: true | Known;
}

type KeysOf<T> = T extends unknown ? keyof T : never;
/** {@link Known}, of a type or a union of types. A name too few or too many does not compile. */
export type Names<T> = Record<KeysOf<T>, true | Known>;

const OPTIONS: Names<PhoneServiceOptions> = {
  platforms: PLATFORM_OPTIONS,
  basePath: true,
  store: true,
  onPhone: true,
  onError: true,
  onEvent: true,
  logger: true,
  fetch: true,
  now: true,
  cors: { origins: true },
  limits: Object.fromEntries(Object.keys(LIMITS).map((name) => [name, true])) as Known,
  diagnose: true,
};

/** The options, read once, as they are and not as a polluted prototype has them. @throws ERR_INPUT for a name that is not known */
export function optionsOf(unchecked: PhoneServiceOptions | undefined): PhoneServiceOptions {
  const options = read(unchecked ?? ({} as PhoneServiceOptions), OPTIONS, '');
  check(options);
  options.store = storeOf(options.store);
  return options;
}

function read<T extends object>(object: T, known: Known, at: string): T {
  if (!isObject(object)) throw invalid(at || 'options');
  const field = (name: string) => (at ? `${at}.${name}` : name);
  // The members of a class are its own affair.
  if (isPlain(object)) for (const [name, value] of Object.entries(object)) if (value !== undefined && !hasMember(known, name)) throw unknown(field(name), name, known);
  const options = Object.create(null);
  for (const name of new Set([...Object.keys(object), ...Object.keys(known)])) {
    if (!hasMember(known, name) || !hasMember(object, name)) continue;
    const [inner, value] = [known[name]!, memberOf(object, name)];
    options[name] = inner !== true && isObject(value) ? read(value, inner, field(name)) : value;
  }
  return options;
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function unknown(field: string, name: string, known: Known) {
  const isPlatform = known === PLATFORM_OPTIONS;
  const platform = isPlatform ? platformOf(name) : undefined;
  const probably = platform && hasMember(known, platform) ? platform : meant(name, Object.keys(known));
  const message = isPlatform ? 'platforms names a platform that is not known' : 'an option of this name is not known';
  return invalid(field, message + (probably ? `: did you mean ${probably}?` : ''));
}

/** Its functions, found once: one that is absent must not be found on a prototype later. */
function storeOf(store: PhoneServiceOptions['store']): Store | 'memory' | undefined {
  if (store === undefined || store === 'memory') return store;
  return bare<Store>({
    get: (key) => store.get(key),
    set: (key, value, ttl) => store.set(key, value, ttl),
    delete: (key) => store.delete(key),
    ...(memberOf(store, 'setIfAbsent') !== undefined && { setIfAbsent: (key, value, ttl) => store.setIfAbsent!(key, value, ttl) }),
  });
}

/** Refuses functions that are none. */
function check({ store, onPhone, onError, onEvent, logger, now, cors }: PhoneServiceOptions): void {
  const refuse = (field: string, ...functions: unknown[]) => {
    if (functions.some((value) => typeof value !== 'function')) throw invalid(field);
  };
  for (const [field, value] of Object.entries({ onPhone, onError, onEvent, now })) if (value !== undefined) refuse(field, value);
  if (store !== undefined && store !== 'memory') {
    const optional = memberOf(store, 'setIfAbsent');
    refuse('store', ...['get', 'set', 'delete'].map((name) => memberOf(store, name)), ...(optional === undefined ? [] : [optional]));
  }
  if (logger) refuse('logger', ...['info', 'warn', 'error'].map((name) => memberOf(logger, name)));
  if (cors !== undefined && cors?.origins !== '*' && !Array.isArray(cors?.origins)) throw invalid('cors');
  for (const origin of cors === undefined || cors.origins === '*' ? [] : cors.origins) if (!isOrigin(origin)) throw invalid('cors.origins', 'cors.origins has something that is no origin, such as https://example.com');
}

export function fetchOf(options: PhoneServiceOptions): Fetch {
  if (options.fetch !== undefined && typeof options.fetch !== 'function') throw invalid('fetch');
  const fetch = options.fetch ?? runtime.fetch;
  if (typeof fetch !== 'function') throw invalid('fetch', 'this runtime has no fetch: pass one');
  return fetch;
}

/** Whether a text is an origin as browsers write it: scheme, host and port, in lower case. */
function isOrigin(text: unknown): boolean {
  try {
    const { protocol, origin } = new URL(text as string);
    return /^https?:$/.test(protocol) && origin === text;
  } catch {
    return false;
  }
}
