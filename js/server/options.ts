// Validates the options of createPhoneService, so that a mistake is reported at the start and not by a later request.

import { PhoneError } from '../core/errors';
import { nearestName } from '../core/nearest-name';
import { platformOf } from '../core/opener/functions';
import { invalidInput } from './errors';
import type { NameTree, OptionNames } from './option-names';
import { bare, hasMember, isObject, memberOf } from './own-members';
import { platformOptionNames } from './platforms/clients';
import { runtime } from './runtime/runtime';
import type { Fetch, Limits, PhoneServiceOptions, Store } from './types';

/** The defaults of the limits. */
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

export function resolveLimits(options: Limits = bare({})): Required<Limits> {
  if (!isObject(options)) throw invalidInput('limits');
  const limits = { ...LIMITS };
  for (const name of Object.keys(LIMITS) as (keyof Limits)[]) {
    const value = options[name] === undefined ? LIMITS[name] : options[name];
    const largest = LARGEST[name] ?? 1e10;
    const kind = COUNTS.has(name) ? 'a whole number' : 'a number of seconds';
    if (
      !(typeof value === 'number' && value > 0 && value <= largest) ||
      (COUNTS.has(name) && !Number.isInteger(value))
    ) {
      throw invalidInput(`limits.${name}`, `limits.${name} is not ${kind} above 0 and up to ${largest}`);
    }
    limits[name] = value;
  }
  return limits;
}

/** Timers cannot exceed 2³¹ milliseconds. The core tries at most 16 keys. */
const LARGEST = bare<Limits>({
  bodyTimeout: 2_147_483,
  timeout: 2_147_483,
  storeTimeout: 2_147_483,
  onPhone: 2_147_483,
  sessionKeys: 16,
  maxAge: Infinity,
});

/** Limits that are not durations. */
const COUNTS: ReadonlySet<keyof Limits> = new Set(['body', 'sessionsPerUser', 'sessionKeys', 'entries']);

const OPTIONS: OptionNames<PhoneServiceOptions> = {
  platforms: platformOptionNames,
  basePath: true,
  store: true,
  onPhone: true,
  onError: true,
  onEvent: true,
  logger: true,
  fetch: true,
  now: true,
  cors: { origins: true },
  limits: Object.fromEntries(Object.keys(LIMITS).map((name) => [name, true])) as NameTree,
  diagnose: true,
};

/** The options, read once, without members of a polluted prototype. @throws ERR_INPUT for an unknown name */
export function validateOptions(unchecked: PhoneServiceOptions | undefined): PhoneServiceOptions {
  const options = readOptions(unchecked ?? ({} as PhoneServiceOptions), OPTIONS, '');
  checkValues(options);
  options.store = storeOf(options.store);
  if (options.now) options.now = clockOf(options.now);
  return options;
}

function readOptions<T extends object>(object: T, known: NameTree, at: string): T {
  if (!isObject(object)) throw invalidInput(at || 'options');
  const field = (name: string) => (at ? `${at}.${name}` : name);
  // An instance of a class may have other members.
  if (isPlain(object))
    for (const [name, value] of Object.entries(object))
      if (value !== undefined && !hasMember(known, name)) throw unknownOption(field(name), name, known);
  const options = Object.create(null);
  for (const name of new Set([...Object.keys(object), ...Object.keys(known)])) {
    if (!hasMember(known, name) || !hasMember(object, name)) continue;
    const [inner, value] = [known[name]!, memberOf(object, name)];
    if (value === undefined) continue;
    options[name] = inner !== true && isObject(value) ? readOptions(value, inner, field(name)) : value;
  }
  return options;
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function unknownOption(field: string, name: string, known: NameTree) {
  const isPlatform = known === platformOptionNames;
  const platform = isPlatform ? platformOf(name) : undefined;
  const suggestion =
    platform && hasMember(known, platform)
      ? platform
      : (OTHER_NAMES.get(field) ?? nearestName(name, Object.keys(known)));
  const message = isPlatform ? 'platforms has an unknown platform' : 'unknown option';
  return invalidInput(field, message + (suggestion ? `: did you mean ${suggestion}?` : ''));
}

/** Names that other libraries use for an option. DingTalk's console has renamed its keys. */
const OTHER_NAMES = new Map([
  ...['base', 'path', 'prefix'].map((name) => [name, 'basePath'] as const),
  ['platforms.dingtalk.appKey', 'clientId'],
  ['platforms.dingtalk.appSecret', 'clientSecret'],
]);

/** A clock that returns numbers. Any other value is an error of the application, and not of the client. */
function clockOf(now: () => number): () => number {
  return () => {
    const value = now();
    if (Number.isFinite(value)) return value;
    throw new PhoneError({
      code: 'ERR_INTERNAL',
      message: 'now returned a value that is not a finite number of milliseconds',
      action: 'fix-config',
      field: 'now',
    });
  };
}

/** The functions of a store, looked up once: an absent function must not be found on a prototype later. */
function storeOf(store: PhoneServiceOptions['store']): Store | 'memory' | undefined {
  if (store === undefined || store === 'memory') return store;
  return bare<Store>({
    get: (key) => store.get(key),
    set: (key, value, ttl) => store.set(key, value, ttl),
    delete: (key) => store.delete(key),
    ...(memberOf(store, 'setIfAbsent') !== undefined && {
      setIfAbsent: (key, value, ttl) => store.setIfAbsent!(key, value, ttl),
    }),
  });
}

/** Rejects options that would fail only when they are used. */
function checkValues({ store, onPhone, onError, onEvent, logger, fetch, now, cors }: PhoneServiceOptions): void {
  for (const [field, value] of Object.entries({ onPhone, onError, onEvent, fetch, now })) {
    if (value !== undefined && !isFunction(value)) throw invalidInput(field, `${field} is not a function`);
  }
  if (store !== undefined && store !== 'memory') {
    checkFunctions('store', store, ['get', 'set', 'delete'], "'memory'");
    const optional = memberOf(store, 'setIfAbsent');
    if (optional !== undefined && !isFunction(optional))
      throw invalidInput('store', 'setIfAbsent of store is not a function');
  }
  if (logger !== undefined && logger !== false) checkFunctions('logger', logger, ['info', 'warn', 'error'], 'false');
  if (cors === undefined) return;
  if (!isObject(cors)) throw invalidInput('cors');
  const { origins } = cors;
  if (origins === '*') return;
  if (!Array.isArray(origins)) throw invalidInput('cors.origins', "cors.origins is neither '*' nor a list of origins");
  if (!origins.every(isOrigin))
    throw invalidInput('cors.origins', 'cors.origins has a text that is not an origin such as https://example.com');
}

const isFunction = (value: unknown) => typeof value === 'function';

function checkFunctions(field: string, value: unknown, names: readonly string[], alternative: string): void {
  if (Object(value) !== value)
    throw invalidInput(
      field,
      `${field} is neither ${alternative} nor an object with the functions ${names.join(', ')}`,
    );
  const missing = names.filter((name) => !isFunction(memberOf(value, name)));
  if (missing.length) throw invalidInput(field, `${field} has no function ${missing.join(', ')}`);
}

export function fetchOf(options: PhoneServiceOptions): Fetch {
  const fetch = options.fetch ?? runtime.fetch;
  if (typeof fetch !== 'function') throw invalidInput('fetch', 'this runtime has no fetch: pass the option fetch');
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
