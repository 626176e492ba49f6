// What js/samples makes, as the page has it.
import samples from '#packed-samples';
import { platforms } from '../../core/platforms';
import type { Bilingual, Keys, OpenOptions, Platform } from '../../core/types';
import { gunzip } from './gunzip';

interface Named {
  id: string;
  platform: Platform;
  title: Bilingual;
}

export interface Sample extends Named {
  format: string;
  /** `null`: nothing is wrong with it. */
  mistake: string | null;
  sealed: Record<string, unknown>;
  keys: Keys;
  /** The time at which it opens. */
  options: OpenOptions;
  /** The codes of the findings that must be among those it is given. */
  finds: string[];
  /** Whether it opens nevertheless. */
  ok: boolean;
}

export interface AnswerSample extends Named {
  answer: unknown;
}

export const isAnswer = (sample: Sample | AnswerSample): sample is AnswerSample => 'answer' in sample;

let sealed: Sample[] = [];
let answers: AnswerSample[] = [];

export async function loadSamples(): Promise<void> {
  const text = new TextDecoder().decode(await gunzip(samples));
  ({ sealedSamples: sealed, answerSamples: answers } = JSON.parse(text) as {
    sealedSamples: Sample[];
    answerSamples: AnswerSample[];
  });
}

export const sampleNamed = (id: string | null | undefined): Sample | AnswerSample | undefined =>
  [...sealed, ...answers].find((sample) => sample.id === id);

/** What an empty page offers: one that opens, the commonest mistakes, an error answer. */
export const featured = (): (Sample | AnswerSample)[] =>
  [
    sealed[0],
    ...['lost-plus-ciphertext', 'stale-session-key', 'wrong-iv'].map((mistake) =>
      sealed.find((sample) => sample.mistake === mistake),
    ),
    answers[0],
  ].filter((sample) => sample !== undefined);

export const platformsWithSamples = (): Platform[] =>
  platforms.filter((name) => [...sealed, ...answers].some(({ platform }) => platform === name));

/** A platform's samples by their formats: the good one first, then the mistakes. The answers are last. */
export function samplesOf(platform: Platform): { format: string; samples: (Sample | AnswerSample)[] }[] {
  const own = sealed.filter((sample) => sample.platform === platform);
  const formats = [...new Set(own.map(({ format }) => format))].map((format) => ({
    format,
    samples: own.filter((sample) => sample.format === format),
  }));
  const answered = answers.filter((sample) => sample.platform === platform);
  return [...formats, ...(answered.length ? [{ format: 'answer', samples: answered }] : [])];
}
