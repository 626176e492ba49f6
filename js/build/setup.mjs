// Prepares a new machine. Everything except the system's programs and the wasm target is installed inside this folder. Installed parts are
// skipped. npm run setup installs all: npm packages, the wasm target, the pinned tools, and the system's programs.
import { existsSync, readFileSync } from 'node:fs';
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bindgen, root, tools } from './paths.mjs';
import { Failed, main, run, say, seconds } from './run.mjs';

/** Installs the npm packages of a folder according to its lock file, unless they were installed with the same lock file. */
export async function npmPackages(folder = root) {
  const lock = join(folder, 'package-lock.json');
  const stamp = join(folder, 'node_modules', '.installed-by');
  if (existsSync(stamp) && readFileSync(stamp).equals(readFileSync(lock))) return;
  const since = Date.now();
  say(`installing the npm packages of ${folder === root ? 'the project' : folder.slice(root.length + 1)} …`);
  await run('npm', ['ci', '--no-audit', '--no-fund'], { cwd: folder });
  await copyFile(lock, stamp);
  say(`npm packages installed in ${seconds(since)}`);
}

/** The folder in which the tools are compiled: common dependencies are compiled once. */
const buildFolder = join(tools, 'build');

async function rustTarget() {
  const { output } = await run('rustup', ['target', 'list', '--installed']);
  if (output.includes('wasm32-unknown-unknown')) return;
  say('adding the wasm32-unknown-unknown target …');
  await run('rustup', ['target', 'add', 'wasm32-unknown-unknown'], { show: true });
}

/**
 * The tools of the tests, by the names of their crates. They are not optimised, because compiling takes longer than
 * running them.
 */
const CARGO_TOOLS = { 'wasm-bindgen-cli': 'wasm-bindgen', 'wasm-pack': 'wasm-pack', 'cargo-deny': 'cargo-deny' };
const QUICK_TO_COMPILE = {
  CARGO_PROFILE_RELEASE_OPT_LEVEL: '0',
  CARGO_PROFILE_RELEASE_LTO: 'off',
  CARGO_PROFILE_RELEASE_CODEGEN_UNITS: '256',
  CARGO_PROFILE_RELEASE_DEBUG: '0',
};

async function cargoTool(name, version) {
  const path = join(tools, 'bin', CARGO_TOOLS[name]);
  if (existsSync(path)) {
    const { output } = await run(path, ['--version'], { allowFailure: true });
    if (output.trim().split(/\s+/)[1] === version) return;
  }
  await timed(`building ${name} ${version} into .tools/ (once; about a minute)`, () =>
    run('cargo', ['install', name, '--version', version, '--locked', '--force', '--root', tools], {
      env: { CARGO_TARGET_DIR: buildFolder, ...QUICK_TO_COMPILE },
    }),
  );
}

/** The build's own command-line program around wasm-bindgen's library. It is rebuilt if its sources or its lock file changed. */
async function bindgenTool() {
  const home = join(root, 'js', 'build', 'bindgen');
  const stamp = join(tools, 'bindgen.sources');
  const sources = ['Cargo.toml', 'Cargo.lock', join('src', 'main.rs')].map((path) =>
    readFileSync(join(home, path), 'utf8'),
  );
  if (existsSync(bindgen) && existsSync(stamp) && readFileSync(stamp, 'utf8') === sources.join('')) return;
  await timed("building wasm-bindgen's library into .tools/ (once; half a minute)", async () => {
    const target = join(buildFolder, 'bindgen');
    await run('cargo', ['build', '--locked'], { cwd: home, env: { CARGO_TARGET_DIR: target } });
    await mkdir(join(tools, 'bin'), { recursive: true });
    await copyFile(join(target, 'debug', 'bindgen'), bindgen);
    await writeFile(stamp, sources.join(''));
  });
}

async function timed(label, work) {
  const since = Date.now();
  say(`${label} …`);
  const dots = setInterval(() => say(`  … still ${label.replace(/ \(.*/, '')}`), 30_000);
  try {
    await work();
  } finally {
    clearInterval(dots);
  }
  say(`finished in ${seconds(since)}`);
}

/** Everything that a build needs. @param cargoTools the names of additional tools for the tests */
export async function setUp({ cargoTools = [] } = {}) {
  const [major, minor] = process.versions.node.split('.').map(Number);
  // Vite needs this version.
  if (major < 20 || (major === 20 && minor < 19))
    throw new Failed(`Node.js 20.19 or newer is needed to work on this project; this is ${process.version}`);
  await Promise.all([npmPackages(), rustTarget().then(bindgenTool)]);
  const { readManifest } = await import('./manifest.mjs');
  const { tools: versions } = readManifest();
  for (const name of cargoTools) await cargoTool(name, versions[name]);
  await rm(buildFolder, { recursive: true, force: true });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await main(async () => {
    say(
      'npm packages and the tools of the build and the tests, inside this folder; the wasm target, in the folder of rustup:',
    );
    await setUp({ cargoTools: Object.keys(CARGO_TOOLS) });
    const { installPrograms } = await import('./system.mjs');
    await installPrograms();
    say('ready: npm test');
  });
}
