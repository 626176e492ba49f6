// The samples of js/samples, which the build packs into the page.
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
  /** The name of the sample's mistake; `null` for a sample without a mistake. */
  mistake: string | null;
  sealed: Record<string, unknown>;
  keys: Keys;
  /** Contains `now`, the current time with which the sample is checked. */
  options: OpenOptions;
  /** The codes of findings that the diagnosis of the sample must contain. */
  finds: string[];
  /** Whether the sample opens although it has a mistake. */
  ok: boolean;
}

export interface ResponseSample extends Named {
  answer: unknown;
}

export const isResponse = (sample: Sample | ResponseSample): sample is ResponseSample => 'answer' in sample;

let sealed: Sample[] = [];
let responses: ResponseSample[] = [];

export async function loadSamples(): Promise<void> {
  const text = new TextDecoder().decode(await gunzip(samples));
  ({ sealedSamples: sealed, responseSamples: responses } = JSON.parse(text) as {
    sealedSamples: Sample[];
    responseSamples: ResponseSample[];
  });
}

export const sampleNamed = (id: string | null | undefined): Sample | ResponseSample | undefined =>
  [...sealed, ...responses].find((sample) => sample.id === id);

/** The samples on an empty page: a payload that opens, the most common mistakes, an error response. */
export const featured = (): (Sample | ResponseSample)[] =>
  [
    sealed[0],
    ...['lost-plus-ciphertext', 'stale-session-key', 'wrong-iv'].map((mistake) =>
      sealed.find((sample) => sample.mistake === mistake),
    ),
    responses[0],
  ].filter((sample) => sample !== undefined);

export const platformsWithSamples = (): Platform[] =>
  platforms.filter((name) => [...sealed, ...responses].some(({ platform }) => platform === name));

/**
 * A platform's samples, grouped by format: the payload without a mistake first, then the mistakes. Responses are last.
 */
export function samplesOf(platform: Platform): { format: string; samples: (Sample | ResponseSample)[] }[] {
  const own = sealed.filter((sample) => sample.platform === platform);
  const formats = [...new Set(own.map(({ format }) => format))].map((format) => ({
    format,
    samples: own.filter((sample) => sample.format === format),
  }));
  const ownResponses = responses.filter((sample) => sample.platform === platform);
  return [...formats, ...(ownResponses.length ? [{ format: 'response', samples: ownResponses }] : [])];
}
