// What an event may say, whoever worded what is in it.

import { isCode, isName, isOwnWord, isRequestId, isSentence, UNREADABLE } from './safe-text';
import type { ServiceEvent } from './types';

/** What each member may be; what it is told as otherwise, if at all. */
const MEMBERS = new Map<string, [is: (value: unknown) => boolean, otherwise?: string]>([
  // `HTTP 415` with `request`; with `error` the class of what was thrown.
  ['code', [(value) => isName(value) || isOwnWord(value), 'Error']],
  ['reason', [isSentence]],
  ['platformCode', [(value) => isCode(value) || isOwnWord(value), UNREADABLE]],
  ['rid', [isRequestId]],
  ['phone', [(value) => typeof value === 'string' && /^(?:\+\d{1,4})?\*{0,32}[\d*]{0,4}$/.test(value)]],
  ['findings', [Array.isArray]],
]);

/**
 * The event as it may be told, whoever worded what is in it. Every event passes through here: its texts are short and of a
 * fixed alphabet, so that one of them is neither a second line of a log, nor a command to a terminal, nor a phone number,
 * and its numbers are numbers.
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
