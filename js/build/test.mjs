// npm test: every check, or the parts that are named. npm run check (--quick): those that a day's work needs.
// npm run test:frameworks (--frameworks): mini-programs of every platform that uni-app and Taro build for.
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './paths.mjs';
import { Failed, run, say, seconds } from './run.mjs';
import { npmPackages, setUp } from './setup.mjs';
import { findBrowser, installPrograms, requirePrograms } from './system.mjs';

/** What has not ended by then has failed. The longest of these takes two minutes. In milliseconds. */
const HANGING = 900_000;
/** How often a part that runs says so, in milliseconds. */
const PROGRESS = 30_000;
/** Of the two modules. */
const FEATURES = [[], ['--no-default-features']];

// ---- how the test programs are run and counted

/** Adds up what cargo test and wasm-bindgen-test print. */
function rustResults(output) {
  const sum = { passed: 0, failed: 0 };
  for (const [, passed, failed] of output.matchAll(/test result: \w+\. (\d+) passed; (\d+) failed/g)) {
    sum.passed += Number(passed);
    sum.failed += Number(failed);
  }
  for (const line of output.match(/^.*(?:vectors ran|Wycheproof cases|forgeries ran).*$/gm) ?? [])
    say(`  ${line.trim()}`);
  return sum;
}

/** A test program whose own count is what counts; one that fails without a count fails here. */
async function counted(count, command, args, options) {
  const { code, output } = await run(command, args, { allowFailure: true, ...options });
  const sum = count(output);
  if (code !== 0) {
    console.log(output);
    if (sum.failed === 0) sum.failed = 1;
  }
  return sum;
}

const cargoTest = (...args) => counted(rustResults, 'cargo', ['test', '--locked', ...args, '--', '--nocapture']);

const wasmTest = (...args) =>
  counted(
    (output) => {
      if (/skipping|no tests to run/i.test(output)) throw new Failed('wasm-pack skipped the tests');
      return rustResults(output);
    },
    'wasm-pack',
    ['test', ...args, '--', '--locked', '--lib', '--test', 'wasm', '--', '--nocapture'],
    {
      // With SIMD, as the modules are compiled.
      env: {
        RUSTFLAGS: '-Ctarget-feature=+simd128',
        CARGO_TARGET_DIR: join(root, 'target', 'wasm-test'),
        ...(args.includes('--headless') ? { WASM_BINDGEN_USE_BROWSER: '1' } : {}),
        WASM_BINDGEN_TEST_TIMEOUT: '120',
        WASM_BINDGEN_TEST_DRIVER_TIMEOUT: '60',
      },
    },
  );

async function cargoDeny() {
  await run('cargo-deny', ['check', 'licenses', 'bans', 'sources']);
  const { code, output } = await run('cargo-deny', ['check', 'advisories'], { allowFailure: true, timeout: 120_000 });
  if (code === 0) return { passed: 4, failed: 0 };
  // Only a database that cannot be had is excused, and said so; an advisory is a failure.
  const stillFetching = code === -1;
  if (stillFetching || /failed to fetch advisory database/i.test(output)) {
    say('  advisories: NOT CHECKED, the advisory database cannot be reached from this machine');
    return { passed: 3, failed: 0 };
  }
  throw new Failed(output);
}

async function clippy() {
  const kinds = FEATURES.flatMap((features) =>
    [[], ['--target', 'wasm32-unknown-unknown']].map((target) => [...features, ...target]),
  );
  for (const kind of kinds)
    await run('cargo', ['clippy', '--locked', '--all-targets', ...kind, '--', '-D', 'warnings']);
  return { passed: kinds.length, failed: 0 };
}

async function types() {
  const { compileTypes } = await import('./declarations.mjs');
  const folders = ['core', 'server', 'simulator', 'cli', 'playground', 'button'];
  for (const folder of folders) await compileTypes(folder);
  return { passed: folders.length, failed: 0 };
}

/**
 * Runs the *.test.mjs of a folder below tests/. A test that is skipped counts as failed.
 * @param only the name of a file of the folder, without .test.mjs
 */
async function nodeTests(folder, { tarball, button } = {}, only = undefined) {
  const home = join(root, 'tests', folder);
  if (existsSync(join(home, 'package-lock.json'))) await npmPackages(home);
  const files = readdirSync(home).filter(
    (name) => name.endsWith('.test.mjs') && (!only || name === `${only}.test.mjs`),
  );
  if (!files.length) throw new Failed(`tests/${folder} has no ${only}.test.mjs`);
  // WeChat's compiler makes folders in the current one, and leaves them there.
  const cwd = folder.startsWith('frameworks') ? join(root, 'target', 'cwd') : root;
  mkdirSync(cwd, { recursive: true });
  let passed = 0;
  progress = () => `${passed} passed`;
  return counted(
    (output) => {
      // What the tests measured.
      for (const [, line] of output.matchAll(/^ *# (?!Subtest|duration_ms)(.*\d.{30,})$/gm)) say(`  ${line}`);
      const number = (name) => Number(new RegExp(`^# ${name} (\\d+)$`, 'm').exec(output)?.[1] ?? 0);
      return {
        passed: number('pass'),
        failed: number('fail') + number('skipped') + number('cancelled') + number('todo'),
      };
    },
    process.execPath,
    ['--test', '--test-reporter=tap', ...files.map((name) => join(home, name))],
    {
      timeout: HANGING,
      cwd,
      env: { MP_PHONE_TARBALL: tarball, MP_PHONE_BUTTON_TARBALL: button, MP_PHONE_INSTALLED: undefined },
      onOutput: (chunk) => (passed += chunk.match(/^ok \d/gm)?.length ?? 0),
    },
  );
}

/** Mini-programs talk to an example of ours, on a Node of the runtimes' tests. */
async function miniPrograms(packed, folder, toolchains) {
  const { toolchain } = await import('../../tests/frameworks/tools.mjs');
  for (const name of toolchains) await toolchain(name);
  for (const name of ['examples', 'runtimes']) await npmPackages(join(root, 'tests', name));
  return nodeTests(folder, packed);
}

async function runtimes(packed) {
  await npmPackages(join(root, 'tests', 'runtimes'));
  const { runFixtures } = await import('../../tests/runtimes/run.mjs');
  return runFixtures(packed.tarball, findBrowser().chrome);
}

/** Both packages, built and packed. */
async function build() {
  const { buildPackages } = await import('./package.mjs');
  return buildPackages();
}

// ---- the parts

/**
 * A part: what it finds, and how it is run. `quick`: npm run check runs it, too. `packed`: it needs the packages.
 * `cargoTools`: tools that setup.mjs builds. `programs`: it needs programs of the system. `runtimes`: some tests run on a
 * Node of the runtimes' tests.
 */
const PARTS = {
  rustfmt: {
    title: 'rustfmt',
    quick: true,
    async run() {
      for (const cwd of [root, join(root, 'fuzz'), join(root, 'js', 'build', 'bindgen')])
        await run('cargo', ['fmt', '--check'], { cwd });
    },
  },
  biome: {
    title: 'Biome: format and lint of TypeScript, JavaScript, CSS and JSON, and no import cycles',
    quick: true,
    run: async () => void (await run(join(root, 'node_modules', '.bin', 'biome'), ['ci', '.'])),
  },
  'rust-modules': {
    title: 'no cycles between the modules of src/',
    quick: true,
    run: async () => void (await run(process.execPath, ['js/build/rust-modules.mjs'])),
  },
  lines: {
    title: 'no line over 140 columns outside data',
    quick: true,
    async run() {
      const { longLines } = await import('./long-lines.mjs');
      return longLines();
    },
  },
  generated: {
    title: 'generated files are what the lists of platforms, actions and findings say',
    quick: true,
    run: async () => void (await run(process.execPath, ['js/build/generate.mjs', '--check'])),
  },
  clippy: { title: 'clippy', quick: true, run: clippy },
  deny: { title: 'cargo-deny', cargoTools: ['cargo-deny'], run: cargoDeny },
  vectors: {
    title: 'vectors are what their generator makes',
    quick: true,
    run: async () => void (await run(process.execPath, ['tests/vectors/generate.mjs', '--check'])),
  },
  rust: { title: 'Rust tests', quick: true, run: () => cargoTest() },
  'rust-opener': {
    title: 'Rust tests, of the opener alone',
    quick: true,
    run: () => cargoTest('--no-default-features'),
  },
  'wasm-node': {
    title: 'wasm in Node',
    quick: true,
    cargoTools: ['wasm-bindgen-cli', 'wasm-pack'],
    run: () => wasmTest('--node'),
  },
  'wasm-chromium': {
    title: 'wasm in headless Chromium',
    cargoTools: ['wasm-bindgen-cli', 'wasm-pack'],
    programs: true,
    run: () => wasmTest('--headless', '--chrome', '--chromedriver', findBrowser().driver, '--mode', 'no-install'),
  },
  fuzz: {
    title: 'fuzzing, ten seconds a target',
    programs: true,
    async run() {
      const { fuzzAll } = await import('./fuzz.mjs');
      return fuzzAll(10);
    },
  },
  build: { title: 'the packages are built, within their budgets', quick: true, packed: true, run: async () => {} },
  types: { title: 'the types of all of js/', quick: true, packed: true, run: types },
  unit: { title: "the service's parts, alone", quick: true, folder: 'unit' },
  package: { title: 'the packed package', quick: true, packed: true, folder: 'package' },
  button: {
    title: 'mp-phone-button: its package, and its order of login and tap',
    quick: true,
    packed: true,
    folder: 'button',
  },
  service: {
    title: 'the phone service, from tap to onPhone',
    quick: true,
    packed: true,
    runtimes: true,
    folder: 'service',
  },
  attack: { title: 'forgeries: a pasted backend believes them, the package does not', packed: true, folder: 'attack' },
  diagnose: { title: 'every known mistake is named', packed: true, folder: 'diagnose' },
  cli: { title: 'the command line', packed: true, runtimes: true, folder: 'cli' },
  playground: { title: 'the playground, in Chromium', packed: true, programs: true, folder: 'playground' },
  simulator: { title: "the simulator, with the platforms' own SDKs", packed: true, folder: 'simulator' },
  stores: { title: 'stores, Redis and races', packed: true, programs: true, folder: 'stores' },
  http: {
    title: 'the HTTP interface, on every framework and under attack',
    packed: true,
    programs: true,
    folder: 'http',
  },
  examples: { title: 'the examples', packed: true, runtimes: true, folder: 'examples' },
  bench: { title: 'the benchmark: everybody agrees, and a run writes it down', packed: true, folder: 'bench' },
  'mini-programs': {
    title: "mini-programs on WeChat's own tools: native and uni-app",
    packed: true,
    run: (packed) => miniPrograms(packed, 'frameworks', ['wechat', 'uni-app']),
  },
  runtimes: {
    title: 'vectors and service on every runtime',
    packed: true,
    programs: true,
    vectors: true,
    run: runtimes,
  },
  frameworks: {
    title: 'mini-programs of every platform that uni-app and Taro build for',
    packed: true,
    alone: true,
    run: (packed) => miniPrograms(packed, join('frameworks', 'all'), ['wechat', 'uni-app', 'taro']),
  },
};

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
      if (!PARTS[name] || (isFile && !PARTS[name].folder)) throw new Failed(`there is no part ${argument}\n\n${HELP}`);
      return [name, file];
    });
  const names = Object.keys(PARTS).filter((name) => {
    if (frameworks) return name === 'frameworks';
    return !PARTS[name].alone && (!quick || PARTS[name].quick);
  });
  return names.map((name) => [name]);
}

/** Says how far the step is that runs. */
let progress = () => 'still running';

const sums = { vectors: { passed: 0, failed: 0 }, others: { passed: 0, failed: 0 } };
const failures = [];

/** Runs one step. Its result is counted; a step that throws counts as one failure, and the others go on. */
async function step({ title, vectors }, body) {
  const since = Date.now();
  say(`${title} …`);
  progress = () => 'still running';
  const reports = setInterval(() => say(`  … ${progress()}, ${seconds(since)}`), PROGRESS);
  let result;
  try {
    result = (await body()) ?? { passed: 1, failed: 0 };
    if (result.passed + result.failed === 0) throw new Failed('ran nothing');
  } catch (error) {
    console.error(error instanceof Failed ? `  ${error.message}` : error);
    result = { passed: 0, failed: 1 };
  } finally {
    clearInterval(reports);
  }
  const sum = vectors ? sums.vectors : sums.others;
  sum.passed += result.passed;
  sum.failed += result.failed;
  if (result.failed) failures.push(title);
  say(`${title}: ${result.passed} passed, ${result.failed} failed, in ${seconds(since)}`);
  return result.failed === 0;
}

async function all(options, positionals) {
  const parts = chosen(options, positionals).map(([name, file]) => ({ name, file, ...PARTS[name] }));
  await setUp({ cargoTools: [...new Set(parts.flatMap(({ cargoTools = [] }) => cargoTools))] });
  // A run of everything sets the machine up, and says so; a part of it only looks.
  if (!positionals.length && !options.quick) await installPrograms();
  else if (parts.some(({ programs }) => programs)) await requirePrograms();

  const isNode = (part) => part.packed || part.folder;
  for (const part of parts.filter((part) => !isNode(part))) await step(part, () => part.run());

  const others = parts.filter(isNode);
  let packed;
  if (others.some((part) => part.packed) && !(await step(PARTS.build, async () => void (packed = await build()))))
    return;
  for (const part of others) {
    if (part.name === 'build') continue;
    if (part.runtimes) await npmPackages(join(root, 'tests', 'runtimes'));
    await step(part, () => (part.folder ? nodeTests(part.folder, packed, part.file) : part.run(packed)));
  }
}

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
  await all(values, positionals);
} catch (error) {
  console.error(error instanceof Failed ? `failed: ${error.message}` : error);
  sums.others.failed += 1;
}
const total = {
  passed: sums.vectors.passed + sums.others.passed,
  failed: sums.vectors.failed + sums.others.failed,
};
if (failures.length) console.log(`\nfailed: ${failures.join('; ')}`);
console.log('');
const inWords = ({ passed, failed }) => `${passed} passed, ${failed} failed`;
if (sums.vectors.passed + sums.vectors.failed)
  console.log(`vectors × runtimes: ${inWords(sums.vectors)}; other tests: ${inWords(sums.others)}`);
console.log(inWords(total));
process.exitCode = total.failed || !total.passed ? 1 : 0;
