// Calls the application's function `onPhone`, with a time limit, and stores its outcome as text.

import { withTimeout } from './concurrency';
import { timedOut } from './errors';
import { Failure } from './failure';
import { bare, isObject, memberOf } from './own-members';
import { PhoneRefusal } from './phone-refusal';
import type { PhoneEvent, Refusal } from './types';

/** The stored outcome of `onPhone`: the JSON of its return value, its refusal, or a return value that is not JSON. */
export type ApplicationResult = { json?: string } | { refusal: Readonly<Refusal> } | { notJson: true };

/** The maximum number of characters in a result's JSON. It is stored for every code, and therefore limited. */
const LONGEST = 65_536;

/**
 * Passes a number to the application. A refusal is an outcome; any other error of `onPhone` is thrown. If `onPhone`
 * returns an error, for example because `throw` was forgotten, the error counts as thrown: otherwise the call would be
 * a success.
 * @throws Failure of the origin `application` with the error that `onPhone` threw
 * @throws ERR_TIMEOUT after `seconds`; the signal of `onPhone` is then aborted
 */
export async function callApplication(
  onPhone: ((event: PhoneEvent<any>) => unknown) | undefined,
  event: Omit<PhoneEvent<any>, 'signal'>,
  seconds: number,
): Promise<ApplicationResult> {
  const abort = new AbortController();
  const late = (): never => {
    abort.abort();
    throw timedOut('onPhone timed out');
  };
  const call = async (): Promise<ApplicationResult> => {
    try {
      const result = await onPhone?.({ ...event, signal: abort.signal });
      if (isError(result)) throw result;
      return outcomeOf(result);
    } catch (error) {
      const refusal = PhoneRefusal.original(error);
      if (refusal) return { refusal };
      throw new Failure(error, 'application');
    }
  };
  return withTimeout(seconds * 1000, call(), late);
}

function isError(result: unknown): boolean {
  try {
    return result instanceof Error;
  } catch {
    return false; // a proxy
  }
}

/** The return value of `onPhone` is serialised only here: a `toJSON` may return another value the next time. */
function outcomeOf(result: unknown): ApplicationResult {
  if (result === undefined) return {};
  try {
    const json = JSON.stringify(result);
    if (json.length <= LONGEST) return { json };
  } catch {}
  return { notJson: true };
}

/** The return value of `onPhone` in a stored outcome; a new copy at every call. @throws PhoneRefusal, TypeError */
export function resultOf(outcome: ApplicationResult): unknown {
  const { refusal, notJson, json }: { refusal?: Refusal; notJson?: true; json?: string } = bare(outcome);
  if (refusal) throw new PhoneRefusal(refusal);
  if (notJson)
    throw new TypeError(
      `onPhone returned something that is not JSON of at most ${LONGEST} characters: a BigInt, a cycle, a function …`,
    );
  return json === undefined ? undefined : JSON.parse(json);
}

/** Whether a value is an outcome that {@link resultOf} can read. */
export function isApplicationResult(value: unknown): value is ApplicationResult {
  if (!isObject(value)) return false;
  try {
    resultOf(value);
    return true;
  } catch (error) {
    return PhoneRefusal.original(error) !== undefined || memberOf(value, 'notJson') === true;
  }
}
