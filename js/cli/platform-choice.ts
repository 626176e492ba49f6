// Chooses the platform of a payload if the input does not name it: the platform for which the payload opens, otherwise
// the platform with the most evidence.
import { diagnose } from '../core/entry/node';
import type { Diagnosis, Platform } from '../core/types';
import { UsageError } from './command';
import { type CliInput, diagnoseInputOf } from './input';

export interface ChosenPlatform {
  platform: Platform;
  diagnosis: Diagnosis;
  /** The platform is neither named nor proven: the most probable one was chosen. */
  assumed: boolean;
}

export function choosePlatform(input: CliInput): ChosenPlatform {
  if (input.kind === 'unknown')
    throw new UsageError(
      "nothing was recognised in the input. It may be the event's JSON, a request, a curl command, " +
        "a log line, or a platform's response",
    );
  if (input.kind === 'keys') throw new UsageError('the input contains only keys. Add the data of the phone button');
  const { platform, candidates } = input;
  const of = (platform: Platform) => ({
    platform,
    diagnosis: diagnose(diagnoseInputOf(input, platform), input.keys, input.options),
  });
  if (platform) return { ...of(platform), assumed: false };
  const [first, ...others] = candidates.map(of);
  if (!first) throw new UsageError('the platform is not recognised. Add --platform, such as --platform wechat');
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
