// Makes a new machine ready: npm packages, the wasm target, and the pinned cargo tools in .tools/. What is there stays.
import { existsSync, readFileSync } from 'node:fs';
import { copyFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { root, tools } from './paths.mjs';
import { Failed, run, say, seconds } from './run.mjs';

/** Installs a folder's npm packages by its lock file, unless the last install was by the same one. */
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

/** Where the tools are compiled; what they share is compiled once. */
const buildFolder = join(tools, 'build');

async function rustTarget() {
  const { output } = await run('rustup', ['target', 'list', '--installed']);
  if (output.includes('wasm32-unknown-unknown')) return;
  say('adding the wasm32-unknown-unknown target …');
  await run('rustup', ['target', 'add', 'wasm32-unknown-unknown'], { show: true });
}

async function cargoTool(name, version) {
  const binary = { 'wasm-bindgen-cli': 'wasm-bindgen', 'cargo-deny': 'cargo-deny', 'wasm-pack': 'wasm-pack' }[name];
  const path = join(tools, 'bin', binary);
  if (existsSync(path)) {
    const { output } = await run(path, ['--version'], { allowFailure: true });
    if (output.trim().split(/\s+/)[1] === version) return;
  }
  const since = Date.now();
  say(`building ${name} ${version} into .tools/ (once; about two minutes) …`);
  const dots = setInterval(() => say(`  … still building ${name}`), 30_000);
  try {
    await run('cargo', ['install', name, '--version', version, '--locked', '--force', '--root', tools], {
      env: { CARGO_TARGET_DIR: buildFolder },
    });
  } finally {
    clearInterval(dots);
  }
  say(`${name} built in ${seconds(since)}`);
}

/** Everything a build needs; with `deny`, also what only the checks need. */
export async function setUp({ deny = false } = {}) {
  if (Number(process.versions.node.split('.')[0]) < 20) {
    throw new Failed(`Node.js 20 or newer is needed to work on this project; this is ${process.version}`);
  }
  await npmPackages();
  await rustTarget();
  const { readManifest } = await import('./manifest.mjs');
  for (const [name, version] of Object.entries(readManifest().tools)) {
    if (name !== 'cargo-deny' || deny) await cargoTool(name, version);
  }
  await rm(buildFolder, { recursive: true, force: true });
}
