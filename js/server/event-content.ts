// The allowed contents of an event, whatever platforms and clients sent.

import { isCode, isName, isOwnWord, isRequestId, isSentence, UNREADABLE } from './safe-text';
import type { ServiceEvent } from './types';

/** The allowed values of each member, and the replacement for any other value. */
const MEMBERS = new Map<string, [is: (value: unknown) => boolean, otherwise?: string]>([
  // In `request` events a status such as `HTTP 415`; in `error` events the class of the error.
  ['code', [(value) => isName(value) || isOwnWord(value), 'Error']],
  ['reason', [isSentence]],
  ['platformCode', [(value) => isCode(value) || isOwnWord(value), UNREADABLE]],
  ['rid', [isRequestId]],
  ['phone', [(value) => typeof value === 'string' && /^(?:\+\d{1,4})?\*{0,32}[\d*]{0,4}$/.test(value)]],
  ['findings', [Array.isArray]],
]);

/**
 * Restricts an event to its allowed contents. Every event passes through here: its texts are short and use a fixed
 * alphabet, so that no text adds a line to a log, controls a terminal, or is a phone number, and its numbers are
 * numbers.
 */
export function safeEvent(event: ServiceEvent): ServiceEvent {
  const safe: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(event)) {
    if (value === undefined || value === null) continue;
    const [is, otherwise] = MEMBERS.get(name) ?? [isPlain];
    if (is(value)) safe[name] = value;
    else if (otherwise !== undefined) safe[name] = otherwise;
  }
  return safe as unknown as ServiceEvent;
}

const isPlain = (value: unknown) => typeof value === 'boolean' || Number.isFinite(value) || isName(value);
