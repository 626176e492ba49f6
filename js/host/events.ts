// What the service tells its owner: events, to the logger and to onEvent.
import type { PhoneNumber } from '../core/types';
import { diagnosed } from './diagnosis';
import { isNoAnswer, isPhoneError, isStoreFailure } from './errors';
import { isRefusal } from './refusals';
import { tellable } from './tellable';
import type { Logger, ServiceEvent } from './types';
import { classOf, isCode } from './words';

type Told = Partial<ServiceEvent> & Pick<ServiceEvent, 'event'>;

export class Events {
  readonly #onEvent: ((event: ServiceEvent) => void) | undefined;
  readonly #logger: Logger | false | undefined;
  readonly now: () => number;
  #storeLogged = -Infinity;

  constructor(
    onEvent: ((event: ServiceEvent) => void) | undefined,
    logger: Logger | false | undefined,
    now: () => number,
  ) {
    this.#onEvent = onEvent;
    this.#logger = logger;
    this.now = now;
  }

  /**
   * Runs something and tells how it went. What it adds to the event is in `event` when it ends.
   * @param isOurs whether an error may say more than its class
   */
  async tell<T>(event: Told, work: () => Promise<T>, isOurs: (error: unknown) => boolean = () => true): Promise<T> {
    const start = this.now();
    try {
      const value = await work();
      this.emit({ ok: true, ms: this.now() - start, ...event });
      return value;
    } catch (error) {
      const ms = this.now() - start;
      await diagnosed(error, (findings) =>
        this.emit({ ...event, ok: false, ms, ...describe(error, isOurs(error)), findings }),
      );
      throw error;
    }
  }

  emit(event: ServiceEvent): void {
    const bounded = tellable(event);
    quietly(() => this.#onEvent?.(bounded));
    quietly(() => this.#log(bounded));
  }

  #log(event: ServiceEvent): unknown {
    if (this.#logger === false) return undefined;
    // A store that is away fails with every request. One line a second says so.
    if (event.event === 'store') {
      const age = this.now() - this.#storeLogged;
      // The clock may have been set back since.
      if (age >= 0 && age < 1000) return undefined;
      this.#storeLogged = this.now();
    }
    const refused = event.code === REFUSED;
    const level = event.ok || refused ? 'info' : worry(event) ? 'error' : 'warn';
    const text = `mp-phone ${event.event}${event.ok ? '' : refused ? ' refused' : ' failed'}`;
    const explain = command(event);
    if (this.#logger) return this.#logger[level](event, explain ? `${text}: ${explain}` : text);
    return level === 'info' ? undefined : console[level](text, JSON.stringify(event), ...(explain ? [explain] : []));
  }
}

/** Calls what the application gave to be told something. Its failure, at once or later, must not fail a request. */
export function quietly(tell: () => unknown): void {
  try {
    Promise.resolve(tell()).catch(() => {});
  } catch {}
}

/**
 * Whether somebody has to do something about it. What a client can cause alone is no such thing: a request that lacks a field
 * or has a wrong shape, a field that is no base64 or too short, and a payload with a wrong signature.
 */
const worry = ({ event, action, code, field }: ServiceEvent) => {
  const clients =
    (SHAPES.includes(code ?? '') && REQUEST.test(field ?? '')) || (code === 'ERR_SIGNATURE' && event === 'phone');
  return event === 'error' || event === 'store' || (action === 'fix-config' && !clients);
};

/** What is wrong with the shape of a field. */
const SHAPES = ['ERR_INPUT', 'ERR_ENCODING', 'ERR_LENGTH'];

/** The fields of a request. */
const REQUEST = /^(platform|code|session|detail(\.\w+)?)$/;

/** `onPhone` said no: an answer like any other. */
const REFUSED = 'ERR_REFUSED';

/** What tells more of a platform's refusal. */
const command = ({ code, platform, platformCode }: ServiceEvent): string | undefined =>
  code === 'ERR_PLATFORM' && platform && isCode(platformCode)
    ? `mp-phone explain ${platform} ${platformCode}`
    : undefined;

/** What can be told of an error. Of errors that are not ours only the class: their text may hold anything. */
function describe(error: unknown, isOurs: boolean): Partial<ServiceEvent> {
  if (isRefusal(error))
    return { code: REFUSED, reason: 'onPhone refused the number', action: error.action, refusal: error.code };
  if (!isOurs || !isPhoneError(error)) return { code: classOf(error) };
  const { code, message: reason, action, field, platformCode, rid } = error;
  const cause = isNoAnswer(error) || isStoreFailure(error) ? (error.cause as string | undefined) : undefined;
  return { code, reason, action, field, platformCode, rid, cause };
}

/** `+86*******8000` */
export function mask({ countryCode, nationalNumber }: PhoneNumber): string {
  const shown = nationalNumber.length > 7 ? nationalNumber.slice(-4) : '';
  return (countryCode ? `+${countryCode}` : '') + shown.padStart(nationalNumber.length, '*');
}
