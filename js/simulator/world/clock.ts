import { wrongCall } from '../errors';

/** The simulator's time. */
export class Clock {
  private ahead = 0;

  constructor(private readonly source: () => number) {}

  now(): number {
    return this.source() + this.ahead;
  }

  seconds(): number {
    return Math.floor(this.now() / 1000);
  }

  advance(ms: number): void {
    if (!Number.isFinite(ms)) throw wrongCall('advance takes a finite number of milliseconds', 'ms');
    this.ahead += ms;
  }
}

export const MINUTE = 60_000;
