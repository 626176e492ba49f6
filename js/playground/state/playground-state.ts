// What lies on the table, and what can happen to it.
import { platformOf } from '../../core/opener/functions';
import type { OpenOptions, Platform } from '../../core/types';
import { type Pasted, recognise } from '../../paste/recognise';
import { diagnose } from './diagnosis';
import { type AnswerSample, isAnswer, type Sample } from './samples';

export type Values = Record<string, unknown>;

export interface PlaygroundState {
  /** What the big field holds. */
  text: string;
  /** What that was recognised as. */
  seen: Pick<Pasted, 'kind' | 'shape'> | null;
  kind: 'nothing' | 'sealed' | 'code' | 'answer';
  platform: Platform | null;
  /** The platforms that it could be from as well. */
  others: Platform[];
  sealed: Values;
  keys: Values;
  answer: string;
  use: 'phone' | 'login';
  options: OpenOptions;
  /** The sample's name, while nothing of it has been changed. */
  sample: string | null;
}

export const nothing: PlaygroundState = {
  text: '',
  seen: null,
  kind: 'nothing',
  platform: null,
  others: [],
  sealed: {},
  keys: {},
  answer: '',
  use: 'phone',
  options: {},
  sample: null,
};

export type Change =
  | { do: 'paste'; text: string }
  | { do: 'sample'; sample: Sample | AnswerSample }
  | { do: 'platform'; platform: Platform }
  | { do: 'value'; of: 'sealed' | 'keys'; name: string; text: string }
  | { do: 'answer'; text: string }
  | { do: 'look'; kind: 'sealed' | 'code' }
  | { do: 'use'; use: 'phone' | 'login' }
  | { do: 'options'; options: OpenOptions }
  | { do: 'by-hand' }
  | { do: 'clear' };

export function changed(now: PlaygroundState, change: Change): PlaygroundState {
  switch (change.do) {
    case 'paste':
      return pasted(now, change.text);
    case 'sample':
      return ofSample(change.sample);
    case 'platform':
      return { ...now, sample: null, platform: change.platform, others: [] };
    case 'value':
      return {
        ...now,
        sample: null,
        [change.of]: { ...now[change.of], [change.name]: valueOf(change.text, now[change.of][change.name]) },
      };
    case 'answer':
      return { ...now, sample: null, answer: change.text };
    case 'look':
      return { ...now, sample: null, kind: change.kind };
    case 'use':
      return { ...now, sample: null, use: change.use };
    case 'options':
      return { ...now, sample: null, options: change.options };
    case 'by-hand':
      return { ...now, sample: null, kind: 'sealed', platform: now.platform ?? 'wechat' };
    case 'clear':
      return nothing;
  }
}

/** What is typed replaces a text; of a list or an object it stays one as long as it is JSON. */
function valueOf(text: string, before: unknown): unknown {
  if (typeof before !== 'object' || before === null) return text;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : text;
  } catch {
    return text;
  }
}

function pasted(now: PlaygroundState, text: string): PlaygroundState {
  // What was a sample's stays only while the sample's text is being edited.
  const { keys, options, platform: before } = 'now' in now.options && !resembles(now.text, text) ? nothing : now;
  const stored: PlaygroundState = { ...nothing, text, keys, options };
  if (!text.trim()) return stored;
  const recognised = recognise(text, platformOf);
  const visited = { kind: recognised.kind, shape: recognised.shape };
  const known = { ...keys, ...recognised.keys };
  const platform =
    recognised.platform ??
    (before && recognised.candidates.includes(before) ? before : likeliest(recognised, known, options));
  const others = recognised.platform ? [] : recognised.candidates.filter((name) => name !== platform);
  const { platform: _, use, ...sealed } = recognised.sealed;
  const next: PlaygroundState = {
    ...stored,
    seen: visited,
    platform,
    others,
    sealed,
    keys: known,
    use: use === 'login' ? 'login' : 'phone',
  };
  switch (recognised.kind) {
    case 'sealed':
    case 'event':
      return { ...next, kind: 'sealed' };
    case 'code':
      return { ...next, kind: 'code' };
    case 'answer':
      return { ...next, kind: 'answer', answer: recognised.answer ?? text };
    case 'keys':
      return {
        ...now,
        text,
        seen: visited,
        keys: known,
        sample: null,
        kind: now.kind === 'nothing' ? 'sealed' : now.kind,
        platform: now.platform ?? platform ?? 'wechat',
      };
    default:
      return { ...stored, seen: visited };
  }
}

/** Of the platforms that a payload could be from the one that it opens as, otherwise the first. */
function likeliest({ candidates, sealed }: Pasted, keys: Values, options: OpenOptions): Platform | null {
  const opens = !hasPayload(sealed)
    ? undefined
    : candidates.find((platform) => diagnose({ ...sealed, platform }, keys, options).ok);
  return opens ?? candidates[0] ?? null;
}

/** Whether a text is another one edited, and not a new one. */
function resembles(before: string, after: string): boolean {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < shorter - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  return head + tail > before.length / 2;
}

function ofSample(sample: Sample | AnswerSample): PlaygroundState {
  const { id, platform } = sample;
  if (isAnswer(sample)) {
    const answer = textOf(sample.answer);
    return { ...nothing, text: answer, kind: 'answer', platform, answer, sample: id };
  }
  const { platform: _, code, use, ...fields } = sample.sealed;
  const isCode = code !== undefined && Object.keys(fields).length === 0;
  return {
    ...nothing,
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

/** Whether there is ciphertext, and not only a code or what an event said. */
export const hasPayload = (sealed: Values): boolean =>
  ['encryptedData', 'response', 'data'].some((name) => name in sealed);

/** A value as a field shows it. */
export const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
