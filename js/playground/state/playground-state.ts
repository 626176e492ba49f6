// The state of the page, and the changes of the state.
import { platformOf } from '../../core/opener/functions';
import type { OpenOptions, Platform } from '../../core/types';
import { type Pasted, recognise } from '../../paste/recognise';
import { diagnose } from './diagnosis';
import { isResponse, type ResponseSample, type Sample } from './samples';

export type Values = Record<string, unknown>;

export interface PlaygroundState {
  /** The text of the field for pasted text. */
  text: string;
  /** The kind and the shape that were recognised in the text. */
  recognised: Pick<Pasted, 'kind' | 'shape'> | null;
  kind: 'nothing' | 'sealed' | 'code' | 'response';
  platform: Platform | null;
  /** The other platforms that the data could be from. */
  others: Platform[];
  sealed: Values;
  keys: Values;
  response: string;
  use: 'phone' | 'login';
  options: OpenOptions;
  /** The name of the sample; `null` after any change of its fields. */
  sample: string | null;
}

export const emptyState: PlaygroundState = {
  text: '',
  recognised: null,
  kind: 'nothing',
  platform: null,
  others: [],
  sealed: {},
  keys: {},
  response: '',
  use: 'phone',
  options: {},
  sample: null,
};

export type Change =
  | { do: 'paste'; text: string }
  | { do: 'sample'; sample: Sample | ResponseSample }
  | { do: 'platform'; platform: Platform }
  | { do: 'value'; of: 'sealed' | 'keys'; name: string; text: string }
  | { do: 'response'; text: string }
  | { do: 'subject'; kind: 'sealed' | 'code' }
  | { do: 'use'; use: 'phone' | 'login' }
  | { do: 'options'; options: OpenOptions }
  | { do: 'by-hand' }
  | { do: 'clear' };

export function applyChange(state: PlaygroundState, change: Change): PlaygroundState {
  switch (change.do) {
    case 'paste':
      return stateOfPaste(state, change.text);
    case 'sample':
      return stateOfSample(change.sample);
    case 'platform':
      return { ...state, sample: null, platform: change.platform, others: [] };
    case 'value':
      return {
        ...state,
        sample: null,
        [change.of]: { ...state[change.of], [change.name]: valueOf(change.text, state[change.of][change.name]) },
      };
    case 'response':
      return { ...state, sample: null, response: change.text };
    case 'subject':
      return { ...state, sample: null, kind: change.kind };
    case 'use':
      return { ...state, sample: null, use: change.use };
    case 'options':
      return { ...state, sample: null, options: change.options };
    case 'by-hand':
      return { ...state, sample: null, kind: 'sealed', platform: state.platform ?? 'wechat' };
    case 'clear':
      return emptyState;
  }
}

/** The new value of a field. If the old value was a list or an object, a text that is JSON of a list or an object is parsed. */
function valueOf(text: string, before: unknown): unknown {
  if (typeof before !== 'object' || before === null) return text;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : text;
  } catch {
    return text;
  }
}

function stateOfPaste(state: PlaygroundState, text: string): PlaygroundState {
  // The keys, options and platform of a sample remain only while the user edits the sample's text.
  const {
    keys,
    options,
    platform: before,
  } = 'now' in state.options && !resembles(state.text, text) ? emptyState : state;
  const withoutData: PlaygroundState = { ...emptyState, text, keys, options };
  if (!text.trim()) return withoutData;
  const paste = recognise(text, platformOf);
  const recognised = { kind: paste.kind, shape: paste.shape };
  const allKeys = { ...keys, ...paste.keys };
  const platform =
    paste.platform ?? (before && paste.candidates.includes(before) ? before : likeliest(paste, allKeys, options));
  const others = paste.platform ? [] : paste.candidates.filter((name) => name !== platform);
  const { platform: _, use, ...sealed } = paste.sealed;
  const next: PlaygroundState = {
    ...withoutData,
    recognised,
    platform,
    others,
    sealed,
    keys: allKeys,
    use: use === 'login' ? 'login' : 'phone',
  };
  switch (paste.kind) {
    case 'sealed':
    case 'event':
      return { ...next, kind: 'sealed' };
    case 'code':
      return { ...next, kind: 'code' };
    case 'response':
      return { ...next, kind: 'response', response: paste.response ?? text };
    case 'keys':
      return {
        ...state,
        text,
        recognised,
        keys: allKeys,
        sample: null,
        kind: state.kind === 'nothing' ? 'sealed' : state.kind,
        platform: state.platform ?? platform ?? 'wechat',
      };
    default:
      return { ...withoutData, recognised };
  }
}

/** Returns the first candidate platform for which the payload opens, otherwise the first candidate. */
function likeliest({ candidates, sealed }: Pasted, keys: Values, options: OpenOptions): Platform | null {
  const opens = !hasPayload(sealed)
    ? undefined
    : candidates.find((platform) => diagnose({ ...sealed, platform }, keys, options).ok);
  return opens ?? candidates[0] ?? null;
}

/** Whether a text is an edited version of the text before, and not a new text. */
function resembles(before: string, after: string): boolean {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < shorter - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  return head + tail > before.length / 2;
}

function stateOfSample(sample: Sample | ResponseSample): PlaygroundState {
  const { id, platform } = sample;
  if (isResponse(sample)) {
    const response = textOf(sample.answer);
    return { ...emptyState, text: response, kind: 'response', platform, response, sample: id };
  }
  const { platform: _, code, use, ...fields } = sample.sealed;
  const isCode = code !== undefined && Object.keys(fields).length === 0;
  return {
    ...emptyState,
    text: JSON.stringify(isCode ? { code } : fields, null, 2),
    kind: isCode ? 'code' : 'sealed',
    platform: platformOf(sample.sealed.platform) ?? platform,
    sealed: code === undefined ? fields : { ...fields, code },
    keys: { ...sample.keys },
    use: use === 'login' ? 'login' : 'phone',
    options: sample.options,
    sample: id,
  };
}

/** Whether the data has a ciphertext, and not only a code or an event's error text. */
export const hasPayload = (sealed: Values): boolean =>
  ['encryptedData', 'response', 'data'].some((name) => name in sealed);

/** The text of a value in a field. */
export const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
