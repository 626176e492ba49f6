// A failed call of the service: the error with its origin, and with members for the event.
import type { Finding } from '../core/types';
import type { ServiceEvent } from './types';

/**
 * Where an error comes from. It decides, together with the error code, what a client may learn.
 * - `login`: a login.
 * - `phone`: a phone request, except the decryption with a session key.
 * - `sealed`: the decryption with a session key. Errors without an origin are treated in the same way.
 * - `application`: `onPhone`.
 */
export type Origin = 'login' | 'phone' | 'sealed' | 'application';

/** Members of an event that become known during the call. */
export type EventDetails = Partial<Pick<ServiceEvent, 'method' | 'phone' | 'repeated'>>;

/** Functions inside the service throw a Failure instead of an error. A caller of the service never receives one: see create.ts. */
export class Failure {
  /** @param findings diagnoses the payload that did not open */
  constructor(
    readonly error: unknown,
    readonly origin: Origin,
    readonly details: EventDetails = {},
    readonly findings?: () => Finding[],
  ) {}
}

/** Converts a thrown value to a failure. A failure keeps its origin, and gets additional details. */
export function failureOf(thrown: unknown, origin: Origin, details?: EventDetails): Failure {
  if (!isFailure(thrown)) return new Failure(thrown, origin, details);
  return new Failure(thrown.error, thrown.origin, { ...details, ...thrown.details }, thrown.findings);
}

function isFailure(thrown: unknown): thrown is Failure {
  try {
    return thrown instanceof Failure;
  } catch {
    return false; // a proxy
  }
}
