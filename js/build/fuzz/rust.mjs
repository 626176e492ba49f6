// libFuzzer on the stable toolchain. Does the same as cargo-fuzz, but without a sanitizer, because the crate forbids unsafe
// code.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../paths.mjs';
import { Failed, run } from '../run.mjs';
import { onPath } from '../system.mjs';
import { writeSeeds } from './seeds.mjs';

export const rustTargets = ['open', 'read', 'diagnose', 'explain', 'keys', 'boundary'];

const home = join(root, 'target', 'fuzz');

const COVERAGE = ['level=4', 'inline-8bit-counters', 'pc-table', 'trace-compares'];
const FLAGS = [
  '--cfg',
  'fuzzing',
  '-Cpasses=sancov-module',
  ...COVERAGE.map((kind) => `-Cllvm-args=-sanitizer-coverage-${kind}`),
];

/** Compiles the targets and returns the folder of the binaries. */
export async function build() {
  // libFuzzer itself is C++.
  if (!onPath('c++', 'g++', 'clang++')) throw new Failed('this machine lacks a C++ compiler: npm run setup');
  const { output } = await run('rustc', ['-vV']);
  const host = /^host: (.+)$/m.exec(output)[1];
  const folder = join(home, 'build');
  // Because of --target, cargo compiles build scripts without RUSTFLAGS.
  await run('cargo', ['build', '--release', '--locked', '--bins', '--target', host], {
    cwd: join(root, 'fuzz'),
    env: { CARGO_TARGET_DIR: folder, RUSTFLAGS: FLAGS.join(' ') },
  });
  return join(folder, host, 'release');
}

/**
 * Runs a target for some seconds, starting from its seeds and the inputs that earlier runs kept. Rejects with libFuzzer's
 * output if the target finds a violation.
 */
export async function fuzzRust(target, seconds, binaries) {
  const [corpus, crashes, seeds] = ['corpus', 'found', 'seeds'].map((name) => join(home, name, target));
  for (const folder of [corpus, crashes]) mkdirSync(folder, { recursive: true });
  const count = writeSeeds(target, seeds);
  const { code, output } = await run(
    join(binaries, target),
    [
      corpus,
      seeds,
      `-max_total_time=${seconds}`,
      '-max_len=8192',
      '-timeout=20',
      '-rss_limit_mb=2048',
      '-print_final_stats=1',
      '-verbosity=1',
      `-artifact_prefix=${crashes}/`,
    ],
    { allowFailure: true },
  );
  if (code !== 0)
    throw new Failed(`${output.split('\n').slice(-60).join('\n')}\n${target}: the input is in ${crashes}`);
  const number = (pattern) => Number(pattern.exec(output)?.[1] ?? 0);
  return {
    seeds: count,
    executions: number(/^stat::number_of_executed_units: (\d+)/m),
    before: number(/INITED cov: (\d+)/),
    coverage: number(/DONE +cov: (\d+)/),
    newInputs: (output.match(/\bNEW /g) ?? []).length,
  };
}
