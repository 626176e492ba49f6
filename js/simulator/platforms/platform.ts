// The contract of the files in this folder.

import { wrongCall } from '../errors';
import type { PlatformResponse, Request } from '../server/http';
import type { Device, DeviceUser, EventDetail, RefusalReason, SimulatedPlatform } from '../types';
import type { Clock } from '../world/clock';
import type { Random } from '../world/random';

export interface SimulatorContext {
  readonly url: string;
  readonly clock: Clock;
  readonly random: Random;
}

/** A user with a number. If the user has no open id, the platform creates it. */
export type Person = DeviceUser & { phone: string; countryCode: string };

export interface PlatformServer {
  config(options?: Record<string, unknown>): object;
  device(person: Person): Device;
  /** Handlers by path. A handler returns a response, or throws a {@link PlatformError}. */
  routes: Record<string, (request: Request) => PlatformResponse>;
  /** The platform's error response with this code, in the format of this request. */
  errorResponse(code: number | string, request: Request): PlatformResponse;
  revokeToken(): void;
  rotateKey?(): string;
  /** The name of the API, where several APIs share a path. */
  api?(request: Request): string | undefined;
}

/** Thrown by a handler: the platform responds with this error code. */
export class PlatformError {
  constructor(readonly code: number | string) {}
}

/** A platform's events without a number, by their reasons. */
export type FailedEvents = Partial<Record<RefusalReason, EventDetail>>;

export function failedEvent(
  platform: SimulatedPlatform,
  events: FailedEvents,
  reason: RefusalReason = 'denied',
): EventDetail {
  const detail = events[reason];
  if (!detail) throw wrongCall(`the event of ${platform} for '${reason}' is not known`, 'reason');
  return { ...detail };
}

/** For platforms that have only codes. */
export function nothingIsSealed(platform: SimulatedPlatform): () => never {
  return () => {
    throw wrongCall(`a device of ${platform} has codes only, and cannot seal a payload`);
  };
}
