// The application's part, `onPhone`: it has a time limit, and what it made of a number is kept as text.

import { withTimeout } from './concurrency';
import { timedOut } from './errors';
import { Failure } from './failure';
import { bare, isObject, memberOf } from './own-members';
import { PhoneRefusal } from './phone-refusal';
import type { PhoneEvent, Refusal } from './types';

/** What `onPhone` made of a number, as it is kept: the JSON that it returned, what it refused, or a result that is not JSON. */
export type ApplicationResult = { json?: string } | { refusal: Readonly<Refusal> } | { notJson: true };

/** Characters of a result's JSON. What is kept for every code must be bounded. */
const LONGEST = 65_536;

/**
 * Gives a number to the application. A refusal is an outcome; whatever else `onPhone` throws is thrown. An error that it
 * returns, as after a forgotten `throw`, counts as thrown: as a result it would be a success.
 * @throws Failure of the origin `application` with what `onPhone` threw
 * @throws ERR_TIMEOUT after so many seconds; the signal that `onPhone` got is then aborted
 */
export async function callApplication(
  onPhone: ((event: PhoneEvent<any>) => unknown) | undefined,
  event: Omit<PhoneEvent<any>, 'signal'>,
  seconds: number,
): Promise<ApplicationResult> {
  const abort = new AbortController();
  const late = (): never => {
    abort.abort();
    throw timedOut('onPhone did not end in time');
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

/** What `onPhone` returned is serialised here and nowhere else: a `toJSON` may say something else when asked again. */
function outcomeOf(result: unknown): ApplicationResult {
  if (result === undefined) return {};
  try {
    const json = JSON.stringify(result);
    if (json.length <= LONGEST) return { json };
  } catch {}
  return { notJson: true };
}

/** The result of an outcome, equal however often it is asked for. @throws PhoneRefusal, TypeError */
export function resultOf(outcome: ApplicationResult): unknown {
  const { refusal, notJson, json }: { refusal?: Refusal; notJson?: true; json?: string } = bare(outcome);
  if (refusal) throw new PhoneRefusal(refusal);
  if (notJson)
    throw new TypeError(
      `onPhone returned something that is not JSON of at most ${LONGEST} characters: a BigInt, a cycle, a function …`,
    );
  return json === undefined ? undefined : JSON.parse(json);
}

/** Whether something is an outcome that {@link resultOf} can read. */
export function isApplicationResult(value: unknown): value is ApplicationResult {
  if (!isObject(value)) return false;
  try {
    resultOf(value);
    return true;
  } catch (error) {
    return PhoneRefusal.original(error) !== undefined || memberOf(value, 'notJson') === true;
  }
}
