/**
 * Recognises pasted text: the event of the button, a request, a curl command, a log line, a platform's
 * response, a key. Values are returned unchanged, because {@link diagnose} looks for their damage.
 */
import type { Platform } from '../core/types';
import { recogniseBareValue } from './bare';
import { isCurl, parseCurl } from './curl';
import { gather, isPresent } from './fields';
import { parseForm } from './form';
import { parse } from './json';
import { readLog } from './log';
import { isKnown } from './names';
import { objectsIn } from './objects';
import { byName, platformsOf, refererApp } from './platforms';
import { isSuccess, messageOf, responseOf } from './responses';
import type { Members, PastedObject } from './types';

export interface Pasted {
  shape: 'json' | 'curl' | 'form' | 'log' | 'message' | 'base64' | 'code' | 'nothing';
  /** `event`: an event with neither a payload nor a code. `keys`: only keys. */
  kind: 'sealed' | 'code' | 'response' | 'event' | 'keys' | 'unknown';
  /** The platform, where it is named or proven. */
  platform?: Platform;
  /** The possible platforms, the most probable first. */
  candidates: Platform[];
  /** With the names that `openPhone` and `diagnose` use, including `errMsg` and `errno` of an event. */
  sealed: Record<string, unknown>;
  keys: Record<string, unknown>;
  /** The text of a platform's response, for `explain`. */
  response?: string;
}

/** The longest text that is read, in UTF-16 units. */
export const LONGEST = 256 * 1024;

export function recognise(text: string, platformOf: (name: string) => Platform | undefined = byName): Pasted {
  const paste = text.length > LONGEST ? '' : text.replace(/^\uFEFF/, '').trim();
  const { shape, objects } = read(paste);
  const { sealed, keys, names, named } = gather(objects, platformOf);
  const app = refererApp(paste);
  if (app && keys.appId === undefined) keys.appId = app;

  const responses = objects
    .map((object) => ({ object, platforms: responseOf(object.members) }))
    .filter(({ platforms }) => platforms.length);
  const responded = responses.find(({ object }) => !isSuccess(object.members)) ?? responses[0];
  const message = responded || !paste ? [] : messageOf(paste);
  const responseText = responded
    ? (responded.object.text ?? JSON.stringify(responded.object.members))
    : message.length
      ? paste
      : undefined;

  const kind = kindOf(sealed, keys, responseText, Boolean(responded && isSuccess(responded.object.members)));
  const likelyPlatforms = platformsOf({
    text: paste,
    named,
    responsePlatforms: responded?.platforms ?? message,
    sealed,
    keys,
    names,
  });
  return {
    shape: kind === 'unknown' ? 'nothing' : shape === 'log' && !objects.length ? 'message' : shape,
    kind,
    ...likelyPlatforms,
    sealed,
    keys,
    ...(responseText !== undefined && (kind === 'response' || kind === 'keys') ? { response: responseText } : {}),
  };
}

function read(text: string): { shape: Pasted['shape']; objects: PastedObject[] } {
  if (isCurl(text)) return { shape: 'curl', objects: objectsIn(parseCurl(text)) };
  const value = parse(text);
  if (typeof value === 'string' && /^\s*[[{]/.test(value))
    return { shape: 'json', objects: objectsIn(parse(value), value) };
  if (typeof value === 'object' && value !== null) return { shape: 'json', objects: objectsIn(value, text) };
  const form =
    text.includes('&') || /^https?:\S+\?/.test(text) ? parseForm(text.replace(/^https?:[^\s?]*\?/, '')) : undefined;
  if (form && Object.keys(form).some(isKnown)) return { shape: 'form', objects: [{ members: form }] };
  if (messageOf(text).length && !/[{\n]/.test(text)) return { shape: 'message', objects: eventWithin(text) };
  const bare = recogniseBareValue(text);
  if (bare) return { shape: bare.shape, objects: [{ members: bare.fields }] };
  const { objects, forms, pairs } = readLog(text);
  const all = [
    ...objects.flatMap(({ value: object, start, end }) => objectsIn(object, text.slice(start, end))),
    ...forms.map((members) => ({ members })),
    ...(Object.keys(pairs).length ? [{ members: pairs }] : []),
  ];
  return {
    shape: 'log',
    objects: all.some(({ members }) => Object.keys(members).some(isKnown)) ? all : [...all, ...eventWithin(text)],
  };
}

/** Finds the `errMsg` of a button's event in a text that has no event object. */
function eventWithin(text: string): PastedObject[] {
  const errMsg = /(?:^|[^.\w])((?:getPhoneNumber|getRealtimePhoneNumber|getAuthorize):\s?[^\n"'}]{2,200})/.exec(
    text,
  )?.[1];
  return errMsg ? [{ members: { errMsg } }] : [];
}

function kindOf(sealed: Members, keys: Members, responseText: string | undefined, success: boolean): Pasted['kind'] {
  const { encryptedData, response, data, code, errMsg, iv } = sealed;
  if ([encryptedData, response, data].some(isPresent)) return 'sealed';
  if (isPresent(code)) return 'code';
  if (isPresent(errMsg) && !/:\s*ok$/.test(String(errMsg))) return 'event';
  if (responseText !== undefined && !(success && keys.sessionKey !== undefined)) return 'response';
  if ([encryptedData, response, data, iv].some((field) => field !== undefined)) return 'sealed';
  if (code !== undefined) return 'code';
  if (isPresent(errMsg)) return 'event';
  return Object.keys(keys).length ? 'keys' : 'unknown';
}
