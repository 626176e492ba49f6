// What the application's store answers. Stores and their adapters differ in how they say yes, no, and nothing.
import { storeFailure } from '../errors';
import { classOf } from '../safe-text';
import { causeOf } from '../transport-errors';
import { isText } from './values';

export const FOREIGN_VALUE = 'get of the store gave something other than what set got';

/** Whether `get` says that there is no value. Some stores have a text for it. */
export const isAbsent = (found: unknown): boolean =>
  found === undefined || found === null || found === '' || found === 'null';

/** Refuses the answer of a `set` that failed without throwing. @throws ERR_STORE */
export function requireStored(answer: unknown): void {
  if (answer === false) throw storeFailure('set of the store answered false');
}

/** Whether `setIfAbsent` stored the value. Redis itself says OK or null, others 1 or 0. @throws ERR_STORE */
export function wasStored(answer: unknown): boolean {
  if (answer === true || answer === 'OK' || answer === 1) return true;
  if (answer === false || answer === null || answer === 0) return false;
  throw storeFailure('setIfAbsent of the store answered neither true nor false');
}

/** Whose lock it is: an id of `randomId`, or nothing. @throws ERR_STORE */
export function lockHolder(found: unknown): string | undefined {
  if (isAbsent(found)) return undefined;
  if (isText(found) && /^[\w-]{43}$/.test(found)) return found;
  throw storeFailure(FOREIGN_VALUE);
}

/** A known code of what a store threw, or its class: its text may hold an address with a password. */
export function causeOfStore(thrown: unknown): string {
  try {
    const { code, message } = Object(thrown) as { code?: unknown; message?: unknown };
    const word = REDIS_ERROR.exec(String(message))?.[1] ?? (CODE.test(String(code)) ? String(code) : undefined);
    return causeOf(thrown) ?? word ?? classOf(thrown);
  } catch {
    return classOf(thrown); // a getter, a proxy
  }
}

/** The first word of an error that Redis answers. */
const REDIS_ERROR =
  /^(NOAUTH|WRONGPASS|NOPERM|READONLY|LOADING|BUSY|OOM|MISCONF|MASTERDOWN|CLUSTERDOWN|NOREPLICAS|TRYAGAIN|MOVED)(?: |$)/;
/** Codes of Node's and of SQLite. */
const CODE = /^(?:ERR|SQLITE)_[A-Z_]{2,40}$/;
