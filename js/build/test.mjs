// npm test: every check, or the named parts. npm run check (--quick): the quick parts. npm run test:frameworks
// (--frameworks): mini-programs of every platform that uni-app and Taro build for.
import { basename, dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './paths.mjs';
import { Failed } from './run.mjs';
import { npmPackages, setUp } from './setup.mjs';
import { installPrograms, requirePrograms } from './system.mjs';
import { nodeTests, PARTS, testFiles } from './test/parts.mjs';
import { Steps } from './test/steps.mjs';

const HELP = `npm test                      every part
npm test -- <part> …          parts by their names
npm test -- <part>/<file>     one file of a part, such as service/flows
npm run check                 the parts that are marked with *

${Object.entries(PARTS)
  .map(([name, { title, quick }]) => `  ${quick ? '*' : ' '} ${name.padEnd(14)} ${title}`)
  .join('\n')}
`;

/** The parts to run: `[name, file]`. */
function chosen({ quick, frameworks }, positionals) {
  if (positionals.length)
    return positionals.map((argument) => {
      const isFile = argument.includes('/');
      const name = isFile ? dirname(argument) : argument;
      const file = isFile ? basename(argument).replace(/\.test\.mjs$/, '') : undefined;
      const part = Object.hasOwn(PARTS, name) ? PARTS[name] : undefined;
      if (!part) throw new Failed(`unknown part ${name}\n\n${HELP}`);
      if (isFile && !part.folder) throw new Failed(`the part ${name} cannot be run file by file`);
      if (isFile) testFiles(part.folder, file);
      return [name, file];
    });
  const names = Object.keys(PARTS).filter((name) => {
    if (frameworks) return name === 'frameworks';
    return !PARTS[name].alone && (!quick || PARTS[name].quick);
  });
  return names.map((name) => [name]);
}

async function runParts(steps, options, positionals) {
  const parts = chosen(options, positionals).map(([name, file]) => ({ name, file, ...PARTS[name] }));
  await setUp({ cargoTools: [...new Set(parts.flatMap(({ cargoTools = [] }) => cargoTools))] });
  // A whole run installs the system's programs, and reports it. Any other run only checks that they exist.
  if (!positionals.length && !options.quick && !options.frameworks) await installPrograms();
  else await requirePrograms(parts.flatMap(({ programs = [] }) => programs));

  const needsPackages = (part) => part.packed || part.folder;
  for (const part of parts.filter((part) => !needsPackages(part))) await steps.run(part, () => part.run());

  const packageParts = parts.filter(needsPackages);
  let packed;
  const build = async () => {
    const { buildPackages } = await import('./package.mjs');
    packed = await buildPackages();
    return { passed: 1, failed: 0 };
  };
  if (packageParts.some((part) => part.packed) && !(await steps.run({ name: 'build', ...PARTS.build }, build))) return;
  for (const part of packageParts) {
    if (part.name === 'build') continue;
    for (const folder of part.uses ?? []) await npmPackages(join(root, 'tests', folder));
    await steps.run(part, (progress) =>
      part.folder
        ? nodeTests(part.folder, packed, { only: part.file, progress, concurrency: part.concurrency })
        : part.run(packed, progress),
    );
  }
}

const steps = new Steps();
try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      quick: { type: 'boolean' },
      frameworks: { type: 'boolean' },
      list: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.list || values.help) {
    console.log(HELP);
    process.exit();
  }
  await runParts(steps, values, positionals);
} catch (error) {
  console.error(error instanceof Failed ? `failed: ${error.message}` : error);
  steps.fail('the run itself');
}
console.log(`\n${steps.summary()}`);
process.exitCode = steps.passed ? 0 : 1;
