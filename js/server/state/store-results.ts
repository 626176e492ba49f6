// Interprets the results of the application's store. Stores and their adapters differ in their values for success,
// failure and absence.
import { storeFailure } from '../errors';
import { classOf } from '../safe-text';
import { causeOf } from '../transport-errors';
import { isText } from './values';

export const FOREIGN_VALUE = 'get of the store returned a value that set did not write';

/** Whether the result of `get` means absence. Some stores return `''` or the string `'null'`. */
export const isAbsent = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || value === 'null';

/** Rejects the result of a `set` that failed without throwing. @throws ERR_STORE */
export function requireStored(result: unknown): void {
  if (result === false) throw storeFailure('set of the store returned false');
}

/** Whether `setIfAbsent` stored the value. Redis returns OK or null, other stores 1 or 0. @throws ERR_STORE */
export function wasStored(result: unknown): boolean {
  if (result === true || result === 'OK' || result === 1) return true;
  if (result === false || result === null || result === 0) return false;
  throw storeFailure('setIfAbsent of the store returned neither true nor false');
}

/** The holder of a lock: an id of `randomId`, or nothing. @throws ERR_STORE */
export function lockHolder(value: unknown): string | undefined {
  if (isAbsent(value)) return undefined;
  if (isText(value) && /^[\w-]{43}$/.test(value)) return value;
  throw storeFailure(FOREIGN_VALUE);
}

/** A known code of the store's error, or its class: its text may contain an address with a password. */
export function causeOfStore(thrown: unknown): string {
  try {
    const { code, message } = Object(thrown) as { code?: unknown; message?: unknown };
    const word = REDIS_ERROR.exec(String(message))?.[1] ?? (CODE.test(String(code)) ? String(code) : undefined);
    return causeOf(thrown) ?? word ?? classOf(thrown);
  } catch {
    return classOf(thrown); // a getter, a proxy
  }
}

/** The first word of an error of Redis. */
const REDIS_ERROR =
  /^(NOAUTH|WRONGPASS|NOPERM|READONLY|LOADING|BUSY|OOM|MISCONF|MASTERDOWN|CLUSTERDOWN|NOREPLICAS|TRYAGAIN|MOVED)(?: |$)/;
/** Codes of Node and of SQLite. */
const CODE = /^(?:ERR|SQLITE)_[A-Z_]{2,40}$/;
