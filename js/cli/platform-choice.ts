// Which platform a payload is from, where nobody says: the one that it opens as, or about which most can be proven.
import { diagnose } from '../core/entry/node';
import type { Diagnosis, Platform } from '../core/types';
import { UsageError } from './command';
import { type CliInput, suspect } from './input';

export interface ChosenPlatform {
  platform: Platform;
  diagnosis: Diagnosis;
  /** It is neither named nor proven: the most probable one was taken. */
  assumed: boolean;
}

export function choosePlatform(input: CliInput): ChosenPlatform {
  if (input.kind === 'unknown')
    throw new UsageError(
      "nothing was recognised in it. It may be the event's JSON, a request, a line of curl or of a log, or a platform's answer",
    );
  if (input.kind === 'keys') throw new UsageError('there are only keys in it. Give what the button gave, too');
  const { platform, candidates } = input;
  const of = (platform: Platform) => ({
    platform,
    diagnosis: diagnose(suspect(input, platform), input.keys, input.options),
  });
  if (platform) return { ...of(platform), assumed: false };
  const [first, ...others] = candidates.map(of);
  if (!first) throw new UsageError('the platform cannot be told. Add --platform, such as --platform wechat');
  const best = others.reduce(
    (best, other) => (certainty(other.diagnosis) > certainty(best.diagnosis) ? other : best),
    first,
  );
  return { ...best, assumed: certainty(best.diagnosis) < PROVEN && candidates.length > 1 };
}

const PROVEN = 10;

function certainty({ ok, findings, steps }: Diagnosis): number {
  const errors = findings.filter(({ severity }) => severity === 'error');
  const passed = steps.filter(({ state }) => state === 'ok' || state === 'repaired').length;
  if (ok) return 2 * PROVEN + passed;
  const proven = errors.some(({ repaired }) => repaired) && !errors.some(({ code }) => code === 'wrong-platform');
  return proven ? PROVEN + passed : passed;
}
