// The parts of npm test: what each part checks, and how it runs.
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';
import { root } from '../paths.mjs';
import { Failed, run, say } from '../run.mjs';
import { npmPackages } from '../setup.mjs';
import { findBrowser } from '../system.mjs';
import { counted, rustResults, tapResults, wasmPackResults } from './counts.mjs';

/** The time limit of a test program, in milliseconds. The longest program takes two minutes. */
const HANGING = 900_000;
/** Cargo's arguments for the default features, for all features and for no features. */
const FEATURES = [[], ['--all-features'], ['--no-default-features']];
/** The crate of the build's own command-line program around wasm-bindgen. */
const BINDGEN = join(root, 'js', 'build', 'bindgen');

/** Runs a command and counts it as one test. */
async function passes(command, args) {
  await run(command, args);
  return { passed: 1, failed: 0 };
}

const cargoTest = (...args) => counted(rustResults, 'cargo', ['test', '--locked', ...args, '--', '--nocapture']);

const wasmTest = (...args) =>
  counted(
    wasmPackResults,
    'wasm-pack',
    ['test', ...args, '--', '--locked', '--lib', '--test', 'wasm', '--', '--nocapture'],
    {
      // With SIMD, like the shipped modules.
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
  const config = join(root, 'deny.toml');
  await run('cargo-deny', ['--config', config, 'check', 'licenses', 'sources'], { cwd: BINDGEN });
  const { code, output } = await run('cargo-deny', ['check', 'advisories'], { allowFailure: true, timeout: 120_000 });
  if (code === 0) return { passed: 6, failed: 0 };
  // Only an unreachable database is excused, with a message. An advisory is a failure.
  const stillFetching = code === -1;
  if (stillFetching || /failed to fetch advisory database/i.test(output)) {
    say('  advisories: NOT CHECKED, the advisory database cannot be reached from this machine');
    return { passed: 5, failed: 0 };
  }
  throw new Failed(output);
}

async function clippy() {
  const kinds = FEATURES.flatMap((features) =>
    [[], ['--target', 'wasm32-unknown-unknown']].map((target) => [...features, ...target]),
  );
  for (const kind of kinds)
    await run('cargo', ['clippy', '--locked', '--all-targets', ...kind, '--', '-D', 'warnings']);
  const target = ['--target-dir', join(root, 'target', 'bindgen')];
  await run('cargo', ['clippy', '--locked', ...target, '--', '-D', 'warnings'], { cwd: BINDGEN });
  return { passed: kinds.length + 1, failed: 0 };
}

async function types() {
  const { compileTypes } = await import('../declarations.mjs');
  const folders = ['core', 'server', 'simulator', 'cli', 'playground', 'button'];
  for (const folder of folders) await compileTypes(folder);
  return { passed: folders.length, failed: 0 };
}

/** The test files of a folder below tests/, or only the file with the name `only`. @throws {Failed} with the existing names */
export function testFiles(folder, only) {
  const files = readdirSync(join(root, 'tests', folder)).filter((name) => name.endsWith('.test.mjs'));
  const names = files.map((name) => basename(name, '.test.mjs'));
  if (!files.length) throw new Failed(`tests/${folder} has no file of tests`);
  if (only && !names.includes(only))
    throw new Failed(`tests/${folder} has no ${only}.test.mjs. It has: ${names.join(', ')}`);
  return only ? [`${only}.test.mjs`] : files;
}

/**
 * Runs the *.test.mjs files of a folder below tests/. A skipped test counts as failed.
 * @param only the name of a file of the folder, without .test.mjs
 * @param progress receives the number of passed tests, as text
 * @param concurrency how many files run at the same time
 */
export async function nodeTests(
  folder,
  { tarball, button } = {},
  { only, progress = () => {}, concurrency = availableParallelism() } = {},
) {
  const home = join(root, 'tests', folder);
  if (existsSync(join(home, 'package-lock.json'))) await npmPackages(home);
  const files = testFiles(folder, only);
  // WeChat's compiler creates folders in the working directory and does not delete them.
  const cwd = folder.startsWith('frameworks') ? join(root, 'target', 'cwd') : root;
  mkdirSync(cwd, { recursive: true });
  let passed = 0;
  return counted(
    tapResults,
    process.execPath,
    ['--test', '--test-reporter=tap', `--test-concurrency=${concurrency}`, ...files.map((name) => join(home, name))],
    {
      timeout: HANGING,
      cwd,
      env: { MP_PHONE_TARBALL: tarball, MP_PHONE_BUTTON_TARBALL: button, MP_PHONE_INSTALLED: undefined },
      onOutput(chunk) {
        passed += chunk.match(/^ok \d/gm)?.length ?? 0;
        progress(`${passed} passed`);
      },
    },
  );
}

/** Runs mini-programs that send requests to an example backend, which runs on a Node version of tests/runtimes. */
async function miniPrograms(packed, folder, toolchains, progress) {
  const { toolchain } = await import('../../../tests/frameworks/tools.mjs');
  for (const name of toolchains) await toolchain(name);
  for (const name of ['examples', 'runtimes']) await npmPackages(join(root, 'tests', name));
  return nodeTests(folder, packed, { progress });
}

async function runtimes(packed) {
  await npmPackages(join(root, 'tests', 'runtimes'));
  const { runFixtures } = await import('../../../tests/runtimes/run.mjs');
  return runFixtures(packed.tarball, findBrowser().chrome);
}

/**
 * The parts by their names.
 * - `title`: what the part checks
 * - `folder`: its folder below tests/; or `run`: a function that takes the packages' tarballs and a callback for progress texts
 * - `quick`: npm run check runs it, too
 * - `alone`: it runs only when it is named
 * - `packed`: it needs the built packages
 * - `concurrency`: how many of its files run at the same time
 * - `cargoTools`: tools that setup.mjs must build for it
 * - `programs`: the system's programs that it needs, by their names in system.mjs
 * - `uses`: folders below tests/ whose npm packages it needs, such as the Node versions of `runtimes`
 * - `vectors`: it runs the vectors in each runtime, and they are counted separately
 */
export const PARTS = {
  rustfmt: {
    title: 'rustfmt',
    quick: true,
    async run() {
      for (const cwd of [root, join(root, 'fuzz'), BINDGEN]) await run('cargo', ['fmt', '--check'], { cwd });
      return { passed: 3, failed: 0 };
    },
  },
  biome: {
    title: 'Biome: format and lint of TypeScript, JavaScript, CSS and JSON, and no import cycles',
    quick: true,
    run: () => passes(join(root, 'node_modules', '.bin', 'biome'), ['ci', '.']),
  },
  'rust-modules': {
    title: 'no cycles between the modules of src/',
    quick: true,
    run: () => passes(process.execPath, ['js/build/rust-modules.mjs']),
  },
  lines: {
    title: 'no line over 140 columns outside data',
    quick: true,
    async run() {
      const { longLines } = await import('../long-lines.mjs');
      return longLines();
    },
  },
  words: {
    title: 'plain words: no forbidden expression, no identifier that says nothing',
    quick: true,
    async run() {
      const { checkWords } = await import('../words/check.mjs');
      return checkWords();
    },
  },
  generated: {
    title: 'generated files agree with the lists of platforms, actions and findings',
    quick: true,
    run: () => passes(process.execPath, ['js/build/generate.mjs', '--check']),
  },
  clippy: { title: 'clippy', quick: true, run: clippy },
  deny: { title: 'cargo-deny', cargoTools: ['cargo-deny'], run: cargoDeny },
  vectors: {
    title: 'vectors agree with their generator',
    quick: true,
    run: () => passes(process.execPath, ['tests/vectors/generate.mjs', '--check']),
  },
  rust: { title: 'Rust tests', quick: true, run: () => cargoTest('--all-features') },
  'rust-opener': {
    title: 'Rust tests, without the features of the diagnosis module',
    quick: true,
    run: () => cargoTest('--no-default-features'),
  },
  'wasm-node': {
    title: 'Rust tests as WebAssembly in Node',
    quick: true,
    cargoTools: ['wasm-bindgen-cli', 'wasm-pack'],
    run: () => wasmTest('--node'),
  },
  'wasm-chromium': {
    title: 'Rust tests as WebAssembly in headless Chromium',
    cargoTools: ['wasm-bindgen-cli', 'wasm-pack'],
    programs: ['browser'],
    run: () => wasmTest('--headless', '--chrome', '--chromedriver', findBrowser().driver, '--mode', 'no-install'),
  },
  fuzz: {
    title: 'fuzzing, ten seconds per target',
    programs: ['compiler'],
    async run() {
      const { fuzzAll } = await import('../fuzz.mjs');
      return fuzzAll(10);
    },
  },
  build: { title: 'the packages are built, within their budgets', quick: true, packed: true },
  types: { title: 'the types of all of js/', quick: true, packed: true, run: types },
  unit: { title: 'unit tests of js/', quick: true, folder: 'unit' },
  package: { title: 'the packed package', quick: true, packed: true, folder: 'package' },
  button: {
    title: 'mp-phone-button: its package, and the order of login and tap',
    quick: true,
    packed: true,
    folder: 'button',
  },
  service: {
    title: 'the phone service, from tap to onPhone',
    quick: true,
    packed: true,
    folder: 'service',
  },
  attack: {
    title: 'forgeries: a backend from a copied sample accepts them, the package rejects them',
    packed: true,
    folder: 'attack',
  },
  diagnose: { title: 'diagnose names every known mistake', packed: true, folder: 'diagnose' },
  cli: { title: 'the command line', packed: true, folder: 'cli' },
  playground: { title: 'the playground, in Chromium', packed: true, programs: ['browser'], folder: 'playground' },
  simulator: {
    title: "the simulator, with the platforms' own SDKs",
    packed: true,
    uses: ['package'],
    folder: 'simulator',
  },
  stores: { title: 'stores, Redis and races', packed: true, programs: ['redis'], folder: 'stores' },
  http: {
    title: 'the HTTP interface, on every framework and under attack',
    packed: true,
    programs: ['python'],
    folder: 'http',
  },
  examples: { title: 'the examples', packed: true, uses: ['runtimes'], folder: 'examples' },
  bench: {
    title: 'the benchmark: all libraries agree, and a run writes its report',
    packed: true,
    // Other tests at the same time would disturb the measurements.
    concurrency: 1,
    folder: 'bench',
  },
  'mini-programs': {
    title: "mini-programs with WeChat's own tools: native and uni-app",
    packed: true,
    run: (packed, progress) => miniPrograms(packed, 'frameworks', ['wechat', 'uni-app'], progress),
  },
  runtimes: {
    title: 'vectors and service on every runtime',
    packed: true,
    programs: ['browser'],
    vectors: true,
    run: runtimes,
  },
  frameworks: {
    title: 'mini-programs of every platform that uni-app and Taro build for',
    packed: true,
    alone: true,
    run: (packed, progress) => miniPrograms(packed, join('frameworks', 'all'), ['wechat', 'uni-app', 'taro'], progress),
  },
};
