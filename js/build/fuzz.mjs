// npm run fuzz: coverage-guided random inputs for every function that takes bytes from outside.
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { fuzzPaste } from './fuzz/paste.mjs';
import { build, fuzzRust, rustTargets } from './fuzz/rust.mjs';
import { Failed, main, say } from './run.mjs';

const targets = [...rustTargets, 'paste'];

const HELP = `npm run fuzz -- [target …] [--seconds N]

  Runs the targets one after the other, each for N seconds (default 60). Without a target it runs all of them.
  Targets: ${targets.join(', ')}.

  If an input violates a target's property, the command writes it to target/fuzz/found/<target>/ and fails. To run that
  input again: target/fuzz/build/<host>/release/<target> <file>. Inputs that reached new code are kept in
  target/fuzz/corpus/.
`;

/**
 * Runs targets, prints the statistics of each and counts the results. A target fails if it finds a violation, executes
 * nothing or covers nothing.
 */
async function fuzz(names, seconds) {
  const counted = { passed: 0, failed: 0 };
  const binaries = names.some((name) => rustTargets.includes(name)) ? await build() : undefined;
  for (const name of names) {
    try {
      const { seeds, executions, before, coverage, newInputs } = await (name === 'paste'
        ? fuzzPaste(seconds)
        : fuzzRust(name, seconds, binaries));
      say(
        `  fuzz ${name}: ${executions} executions in ${seconds} s, coverage ${before} from ${seeds} seeds, ` +
          `${coverage} after ${newInputs} new inputs`,
      );
      if (!executions || !before || !seeds) throw new Failed(`${name}: nothing was executed or covered`);
      counted.passed += 1;
    } catch (error) {
      if (!(error instanceof Failed)) throw error;
      console.error(error.message);
      counted.failed += 1;
    }
  }
  return counted;
}

export const fuzzAll = (seconds) => fuzz(targets, seconds);

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main(async () => {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { seconds: { type: 'string', default: '60' }, help: { type: 'boolean', short: 'h' } },
    });
    if (values.help) return console.log(HELP);
    const unknown = positionals.find((name) => !targets.includes(name));
    if (unknown) throw new Failed(`unknown target ${unknown}\n\n${HELP}`);
    const seconds = Number(values.seconds);
    if (!Number.isInteger(seconds) || seconds < 1)
      throw new Failed(`--seconds must be a whole number of at least 1\n\n${HELP}`);
    const { failed } = await fuzz(positionals.length ? positionals : targets, seconds);
    if (failed) throw new Failed(`${failed} of the targets failed`);
  });
}
