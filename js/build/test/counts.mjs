// The counts of test programs, from their output.
import { Failed, run, say } from '../run.mjs';

/** The counts in the output of `cargo test` and wasm-bindgen-test, added up: `{ passed, failed }`. */
export function rustResults(output) {
  const sum = { passed: 0, failed: 0 };
  for (const [, passed, failed] of output.matchAll(/test result: \w+\. (\d+) passed; (\d+) failed/g)) {
    sum.passed += Number(passed);
    sum.failed += Number(failed);
  }
  return sum;
}

/** The counts in the output of wasm-pack. @throws {Failed} if it ran no test: it ends with code 0 in that case, too */
export function wasmPackResults(output) {
  if (/skipping|no tests to run/i.test(output)) throw new Failed('wasm-pack skipped the tests');
  return rustResults(output);
}

/**
 * The counts in the TAP output of `node --test`. A skipped, cancelled or todo test counts as failed, and so does a file
 * without tests, which Node counts as a passed test.
 */
export function tapResults(output) {
  const number = (name) => Number(new RegExp(`^# ${name} (\\d+)$`, 'm').exec(output)?.[1] ?? 0);
  const empty = output.match(/^ok \d+ - .*\.test\.mjs$/gm)?.length ?? 0;
  return {
    passed: number('pass') - empty,
    failed: number('fail') + number('skipped') + number('cancelled') + number('todo') + empty,
  };
}

/** The names of the failed tests in TAP. */
export const failedTests = (output) => [
  ...new Set([...output.matchAll(/^ *not ok \d+ - (.*)$/gm)].map(([, name]) => name.trim())),
];

/** The lines that tests print about their measurements. */
export const measurements = (output) => [
  ...(output.match(/^.*(?:vectors ran|Wycheproof cases|forgeries ran).*$/gm) ?? []),
  ...[...output.matchAll(/^ *# (?!Subtest|duration_ms)(.*\d.{30,})$/gm)].map(([, line]) => line),
];

/** Runs a test program and returns its counts. A program that fails without a failed test counts as a failed test. */
export async function counted(results, command, args, options) {
  const { code, output } = await run(command, args, { allowFailure: true, ...options });
  const sum = results(output);
  for (const line of measurements(output)) say(`  ${line.trim()}`);
  if (code !== 0) {
    console.log(output);
    for (const name of failedTests(output)) say(`  FAILED: ${name}`);
    if (sum.failed === 0) sum.failed = 1;
  }
  return sum;
}
