// The contract of the files in this folder.

import { wrongCall } from '../errors';
import type { Answer, Request } from '../server/http';
import type { Device, DeviceUser, EventDetail, RefusalReason, SimulatedPlatform } from '../types';
import type { Clock } from '../world/clock';
import type { Random } from '../world/random';

export interface SimulatorContext {
  readonly url: string;
  readonly clock: Clock;
  readonly random: Random;
}

/** A user whose number is settled. The platform gives an open id to whom has none. */
export type Person = DeviceUser & { phone: string; countryCode: string };

export interface PlatformServer {
  config(options?: Record<string, unknown>): object;
  device(person: Person): Device;
  /** By path. A handler answers, or throws a {@link Refusal}. */
  routes: Record<string, (request: Request) => Answer>;
  /** The platform's error answer with this code, in the shape that this request gets. */
  refusal(code: number | string, request: Request): Answer;
  revokeToken(): void;
  rotateKey?(): string;
  /** The name of the call, where a path serves many. */
  api?(request: Request): string | undefined;
}

/** Thrown by a handler: the platform answers with this error code. */
export class Refusal {
  constructor(readonly code: number | string) {}
}

/** What the event says on a platform when there is no number. */
export type Refusals = Partial<Record<RefusalReason, EventDetail>>;

export function refuse(platform: SimulatedPlatform, refusals: Refusals, reason: RefusalReason = 'denied'): EventDetail {
  const detail = refusals[reason];
  if (!detail) throw wrongCall(`the event of ${platform} for '${reason}' is not known`, 'reason');
  return { ...detail };
}

/** Of a platform that hands out codes only. */
export function nothingIsSealed(platform: SimulatedPlatform): () => never {
  return () => {
    throw wrongCall(`a device of ${platform} has codes only, and cannot seal a payload`);
  };
}
