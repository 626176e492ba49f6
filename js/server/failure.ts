// Why a call of the service failed, as the service passes it on: with the error go its origin and what the event says.
import type { Finding } from '../core/types';
import type { ServiceEvent } from './types';

/**
 * Where an error came from: a login; what the platform or the store said of a phone code or payload; a payload under a
 * session key; the application. The code of an error alone does not say what a client may learn of it.
 */
export type Origin = 'login' | 'phone' | 'sealed' | 'application';

/** Members of an event that become known while the call runs. */
export type EventDetails = Partial<Pick<ServiceEvent, 'method' | 'phone' | 'repeated'>>;

/** What the parts of the service throw to each other in place of an error. It never leaves the service: see create.ts. */
export class Failure {
  /** @param findings diagnoses the payload that did not open */
  constructor(
    readonly error: unknown,
    readonly origin: Origin,
    readonly details: EventDetails = {},
    readonly findings?: () => Finding[],
  ) {}
}

/** The failure that something thrown stands for. The origin that it already has stays, and details are added. */
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
