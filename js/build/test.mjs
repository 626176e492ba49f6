// npm test: every check. npm run check (--quick): those that a day's work needs, in under two minutes once warm.
// npm run test:frameworks (--frameworks): mini-programs of every platform that uni-app and Taro build for.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { Failed, run, say } from './run.mjs';
import { npmPackages, setUp } from './setup.mjs';

const quick = process.argv.includes('--quick');
const frameworks = process.argv.includes('--frameworks');
/** What has not ended by then has failed. The longest of these takes two minutes. In milliseconds. */
const HANGING = 900_000;
/** Of the two modules. */
const FEATURES = [[], ['--no-default-features']];
const total = { passed: 0, failed: 0 };
const failures = [];

/** Runs one step. What it returns is counted; a step that throws counts as one failure, and the others go on. */
async function step(name, body) {
  say(`${name} …`);
  let counted;
  try {
    counted = (await body()) ?? { passed: 1, failed: 0 };
    if (counted.passed + counted.failed === 0) throw new Failed('ran nothing');
  } catch (error) {
    console.error(error instanceof Failed ? `  ${error.message}` : error);
    counted = { passed: 0, failed: 1 };
  }
  total.passed += counted.passed;
  total.failed += counted.failed;
  if (counted.failed) failures.push(name);
  say(`${name}: ${counted.passed} passed, ${counted.failed} failed`);
  return counted.failed === 0;
}

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

/** Runs the *.test.mjs of a folder below tests/ on the tarball. A test that is skipped counts as failed. */
async function nodeTests(folder, { tarball, button }) {
  const home = join(root, 'tests', folder);
  if (existsSync(join(home, 'package-lock.json'))) await npmPackages(home);
  const files = readdirSync(home)
    .filter((name) => name.endsWith('.test.mjs'))
    .map((name) => join(home, name));
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
    ['--test', '--test-reporter=tap', ...files],
    {
      timeout: HANGING,
      env: { MP_PHONE_TARBALL: tarball, MP_PHONE_BUTTON_TARBALL: button, MP_PHONE_INSTALLED: undefined },
    },
  );
}

/** Both packages, built and packed; `undefined` where that fails. */
async function pack() {
  const packed = {};
  const built = await step('the packages are built, within their budgets', async () => {
    const { buildPackage, packPackage } = await import('./package.mjs');
    const { buildButton } = await import('./button.mjs');
    packed.tarball = await packPackage(await buildPackage());
    packed.button = await packPackage(await buildButton());
  });
  return built ? packed : undefined;
}

/** Mini-programs talk to an example of ours, on a Node of the runtimes' tests. */
async function miniPrograms(packed, folder, toolchains) {
  const { toolchain } = await import('../../tests/frameworks/tools.mjs');
  for (const name of toolchains) await toolchain(name);
  for (const name of ['examples', 'runtimes']) await npmPackages(join(root, 'tests', name));
  return nodeTests(folder, packed);
}

async function onlyFrameworks() {
  await setUp();
  const packed = await pack();
  if (packed)
    await step('mini-programs of every platform that uni-app and Taro build for', () =>
      miniPrograms(packed, join('frameworks', 'all'), ['wechat', 'uni-app', 'taro']),
    );
}

async function all() {
  await setUp({ deny: !quick });
  const runtimes = join(root, 'tests', 'runtimes');
  let chrome;
  if (!quick) {
    await npmPackages(runtimes);
    const { browser } = await import('./browser.mjs');
    const { serviceTools } = await import('./debian.mjs');
    await step('a browser to test in', async () => void (chrome = await browser()));
    await step('redis-server and Python to test with', serviceTools);
  }

  await step('rustfmt', async () => {
    for (const cwd of [root, join(root, 'fuzz')]) await run('cargo', ['fmt', '--check'], { cwd });
  });
  await step(
    'Biome: format and lint of TypeScript, JavaScript, CSS and JSON, and no import cycles',
    async () => void (await run(join(root, 'node_modules', '.bin', 'biome'), ['ci', '.'])),
  );
  await step('clippy', async () => {
    const kinds = FEATURES.flatMap((features) =>
      [[], ['--target', 'wasm32-unknown-unknown']].map((target) => [...features, ...target]),
    );
    for (const kind of kinds)
      await run('cargo', ['clippy', '--locked', '--all-targets', ...kind, '--', '-D', 'warnings']);
    return { passed: kinds.length, failed: 0 };
  });
  if (!quick) await step('cargo-deny', cargoDeny);
  await step(
    'vectors are what their generator makes',
    async () => void (await run(process.execPath, ['tests/vectors/generate.mjs', '--check'])),
  );
  await step('Rust tests', () => counted(rustResults, 'cargo', ['test', '--locked', '--', '--nocapture']));
  await step('Rust tests, of the opener alone', () =>
    counted(rustResults, 'cargo', ['test', '--locked', '--no-default-features', '--', '--nocapture']),
  );
  await step('wasm in Node', () => wasmTest('--node'));
  if (chrome)
    await step('wasm in headless Chromium', () =>
      wasmTest('--headless', '--chrome', '--chromedriver', chrome.driver, '--mode', 'no-install'),
    );
  if (!quick) {
    await step('fuzzing, ten seconds a target', async () => {
      const { fuzzAll } = await import('./fuzz.mjs');
      return fuzzAll(10);
    });
  }

  const packed = await pack();
  if (!packed) return;
  await step('the packed package (node:test)', () => nodeTests('package', packed));
  await step('mp-phone-button, its package, and its order of login and tap', () => nodeTests('button', packed));
  await step('the phone service, from tap to onPhone', () => nodeTests('service', packed));
  if (!quick) {
    await step('forgeries: a pasted backend believes them, the package does not', () => nodeTests('attack', packed));
    await step('every known mistake is named', () => nodeTests('diagnose', packed));
    await step('the command line', () => nodeTests('cli', packed));
    await step('the playground, in Chromium', () => nodeTests('playground', packed));
    await step("the simulator, with the platforms' own SDKs", () => nodeTests('simulator', packed));
    await step('stores, Redis and races', () => nodeTests('stores', packed));
    await step('the HTTP interface, on every framework and under attack', () => nodeTests('http', packed));
    await step('the examples', () => nodeTests('examples', packed));
    await step('the benchmark: everybody agrees, and a run writes it down', () => nodeTests('bench', packed));
    await step("mini-programs on WeChat's own tools: native and uni-app", () =>
      miniPrograms(packed, 'frameworks', ['wechat', 'uni-app']),
    );
  }
  if (chrome) {
    await step('the packed package on every runtime', async () => {
      const { runFixtures } = await import('../../tests/runtimes/run.mjs');
      return runFixtures(packed.tarball, chrome.chrome);
    });
  }
}

try {
  await (frameworks ? onlyFrameworks() : all());
} catch (error) {
  console.error(error instanceof Failed ? `failed: ${error.message}` : error);
  total.failed += 1;
}
if (failures.length) console.log(`\nfailed: ${failures.join('; ')}`);
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed || !total.passed ? 1 : 0;
