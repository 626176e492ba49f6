// Reports events to the logger and to onEvent.
import type { PhoneNumber } from '../core/types';
import { withFindings } from './diagnosis';
import { isPhoneError } from './errors';
import { safeEvent } from './event-content';
import { type EventDetails, type Failure, failureOf } from './failure';
import { memberOf } from './own-members';
import { PhoneRefusal } from './phone-refusal';
import { classOf, isCode, isName } from './safe-text';
import type { Logger, ServiceEvent } from './types';

/** The members of an event that are known before the work begins. */
type EventStart = Partial<ServiceEvent> & Pick<ServiceEvent, 'event'>;

/** The result of observed work: its value, and members that it adds to the event. */
export interface Observed<T> {
  value: T;
  details?: EventDetails;
}

export class Events {
  readonly #onEvent: ((event: ServiceEvent) => void) | undefined;
  readonly #logger: Logger | false | undefined;
  readonly now: () => number;
  #storeLoggedAt = -Infinity;

  constructor(
    onEvent: ((event: ServiceEvent) => void) | undefined,
    logger: Logger | false | undefined,
    now: () => number,
  ) {
    this.#onEvent = onEvent;
    this.#logger = logger;
    this.now = now;
  }

  /** Runs work and emits an event with its outcome. */
  async observe<T>(event: EventStart, work: () => Promise<Observed<T>>): Promise<T> {
    const start = this.now();
    try {
      const { value, details } = await work();
      this.emit({ ok: true, ms: this.now() - start, ...event, ...details });
      return value;
    } catch (thrown) {
      const ms = this.now() - start;
      const failure = failureOf(thrown, 'phone');
      await withFindings(failure, (findings) =>
        this.emit({ ...event, ...failure.details, ok: false, ms, ...describe(failure), findings }),
      );
      throw thrown;
    }
  }

  emit(event: ServiceEvent): void {
    const safe = safeEvent(event);
    ignoreErrors(() => this.#onEvent?.(safe));
    ignoreErrors(() => this.#log(safe));
  }

  #log(event: ServiceEvent): unknown {
    if (this.#logger === false) return undefined;
    // An unavailable store fails at every request. One event a second is enough.
    if (event.event === 'store') {
      const age = this.now() - this.#storeLoggedAt;
      // The clock may have been set back.
      if (age >= 0 && age < 1000) return undefined;
      this.#storeLoggedAt = this.now();
    }
    const isRefusal = event.code === REFUSED;
    const level = event.ok || isRefusal ? 'info' : needsAttention(event) ? 'error' : 'warn';
    const text = `mp-phone ${event.event}${event.ok ? '' : isRefusal ? ' refused' : ' failed'}`;
    const explain = command(event);
    if (this.#logger) return this.#logger[level](event, explain ? `${text}: ${explain}` : text);
    return level === 'info' ? undefined : console[level](text, JSON.stringify(event), ...(explain ? [explain] : []));
  }
}

/** Calls a function of the application that only observes. Its failure, immediate or later, must not fail a request. */
export function ignoreErrors(call: () => unknown): void {
  try {
    Promise.resolve(call()).catch(() => {});
  } catch {}
}

/**
 * Whether a failure needs attention. A failure that a client can cause by itself does not: a request without a required
 * field or with a wrong shape, a field that is not base64 or too short, a payload with a wrong signature.
 */
const needsAttention = ({ event, action, code, field }: ServiceEvent) => {
  const isClientFault =
    (SHAPES.includes(code ?? '') && REQUEST.test(field ?? '')) || (code === 'ERR_SIGNATURE' && event === 'phone');
  return event === 'error' || event === 'store' || (action === 'fix-config' && !isClientFault);
};

/** The error codes of a field with a wrong shape. */
const SHAPES = ['ERR_INPUT', 'ERR_ENCODING', 'ERR_LENGTH'];

/** The fields of a request. */
const REQUEST = /^(platform|code|session|detail(\.\w+)?)$/;

/** `onPhone` refused the number: a normal outcome. */
const REFUSED = 'ERR_REFUSED';

/** A command that explains a platform's error code. */
const command = ({ code, platform, platformCode }: ServiceEvent): string | undefined =>
  code === 'ERR_PLATFORM' && platform && isCode(platformCode)
    ? `mp-phone explain ${platform} ${platformCode}`
    : undefined;

/** The part of an event that describes an error. The text of an unknown error may contain anything: only its class is used. */
function describe({ error, origin }: Failure): Partial<ServiceEvent> {
  const refusal = PhoneRefusal.original(error);
  if (refusal)
    return { code: REFUSED, reason: 'onPhone refused the number', action: refusal.action, refusal: refusal.code };
  if (origin === 'application' || !isPhoneError(error)) return { code: classOf(error) };
  const { code, message: reason, action, field, platformCode, rid } = error;
  const cause = memberOf(error, 'cause');
  return { code, reason, action, field, platformCode, rid, cause: isName(cause) ? cause : undefined };
}

/** `+86*******8000` */
export function mask({ countryCode, nationalNumber }: PhoneNumber): string {
  const lastDigits = nationalNumber.length > 7 ? nationalNumber.slice(-4) : '';
  return (countryCode ? `+${countryCode}` : '') + lastDigits.padStart(nationalNumber.length, '*');
}
