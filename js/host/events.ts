// What the service tells its owner: events, to the logger and to onEvent.
import type { PhoneNumber } from '../core/index';
import { isPhoneError } from './errors';
import { PhoneRefusal, type Logger, type ServiceEvent } from './index';

export class Events {
  private storeLogged = -Infinity;

  constructor(
    private readonly onEvent: ((event: ServiceEvent) => void) | undefined,
    private readonly logger: Logger | false | undefined,
    readonly now: () => number,
  ) {}

  /** Runs something and tells how it went. What it adds to the event is in `event` when it ends. */
  async tell<T>(event: Partial<ServiceEvent> & Pick<ServiceEvent, 'event'>, work: () => Promise<T>): Promise<T> {
    const start = this.now();
    try {
      const value = await work();
      this.emit({ ok: true, ms: this.now() - start, ...event });
      return value;
    } catch (error) {
      this.emit({ ...event, ok: false, ms: this.now() - start, ...describe(error) });
      throw error;
    }
  }

  emit(event: ServiceEvent): void {
    quietly(() => this.onEvent?.(event));
    quietly(() => this.log(event));
  }

  private log(event: ServiceEvent): unknown {
    if (this.logger === false) return undefined;
    // A store that is away fails with every request. One line a second says so.
    if (event.event === 'store') {
      if (this.now() - this.storeLogged < 1000) return undefined;
      this.storeLogged = this.now();
    }
    const refused = event.code === REFUSED;
    const level = event.ok || refused ? 'info' : worry(event) ? 'error' : 'warn';
    const text = `mp-phone ${event.event}${event.ok ? '' : refused ? ' refused' : ' failed'}`;
    if (this.logger) return this.logger[level](event, text);
    return level === 'info' ? undefined : console[level](text, JSON.stringify(event));
  }
}

/** Calls what the application gave to be told something. Its failure, at once or later, must not fail a request. */
export function quietly(tell: () => unknown): void {
  try {
    Promise.resolve(tell()).catch(() => {});
  } catch {}
}

/** Whether somebody has to do something about it. A request that lacks a field is its client's, like one of a wrong shape. */
const worry = ({ event, action, code, field }: ServiceEvent) =>
  event === 'error' || event === 'store' || (action === 'fix-config' && !(code === 'ERR_INPUT' && REQUEST.test(field ?? '')));

/** The fields of a request. */
const REQUEST = /^(platform|code|session|detail(\.\w+)?)$/;

/** `onPhone` said no: an answer like any other. */
const REFUSED = 'ERR_REFUSED';

/** What can be told of an error. Of errors that are not ours only the class: their text may hold anything. */
function describe(error: unknown): Partial<ServiceEvent> {
  if (error instanceof PhoneRefusal) return { code: REFUSED, reason: 'onPhone refused the number', action: error.action, refusal: error.code };
  if (!isPhoneError(error)) return { code: error instanceof Error ? error.name : typeof error };
  const { code, message: reason, action, field, platformCode, rid } = error;
  return JSON.parse(JSON.stringify({ code, reason, action, field, platformCode, rid }));
}

/** `+86*******8000` */
export function mask({ countryCode, nationalNumber }: PhoneNumber): string {
  const shown = nationalNumber.length > 7 ? nationalNumber.slice(-4) : '';
  return (countryCode ? `+${countryCode}` : '') + shown.padStart(nationalNumber.length, '*');
}
