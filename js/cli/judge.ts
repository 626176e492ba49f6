// Which platform a payload is from, where nobody says: the one that it opens as, or about which most can be proven.
import { diagnose } from '../core/entry/node';
import type { Diagnosis, Platform } from '../core/types';
import { UsageError } from './command';
import { type Given, suspect } from './input';

export interface Judged {
  platform: Platform;
  diagnosis: Diagnosis;
  /** It is neither named nor proven: the most probable one was taken. */
  assumed: boolean;
}

export function judge(given: Given): Judged {
  if (given.kind === 'unknown')
    throw new UsageError(
      "nothing was recognised in it. It may be the event's JSON, a request, a line of curl or of a log, or a platform's answer",
    );
  if (given.kind === 'keys') throw new UsageError('there are only keys in it. Give what the button gave, too');
  const { platform, candidates } = given;
  const of = (one: Platform) => ({
    platform: one,
    diagnosis: diagnose(suspect(given, one), given.keys, given.options),
  });
  if (platform) return { ...of(platform), assumed: false };
  const [first, ...others] = candidates.map(of);
  if (!first) throw new UsageError('the platform cannot be told. Add --platform, such as --platform wechat');
  const best = others.reduce(
    (found, other) => (certainty(other.diagnosis) > certainty(found.diagnosis) ? other : found),
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
