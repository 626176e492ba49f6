// Compiles the two modules with wasm-pack, checks what came out, and keeps each within its budget.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { cp, readFile, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { compiledPath, glue, gluePath, modulePath, root } from './paths.mjs';
import { Failed, kB, run, say } from './run.mjs';

/** What the budgets of a module are called. */
const BUDGETS = { mp_phone: 'wasm', mp_phone_diagnosis: 'diagnosis' };

/** Compiles the modules. Each lies, with its glue, where paths.mjs says. */
export async function buildModules(manifest) {
  checkLock(manifest);
  for (const [name, features] of Object.entries(manifest.modules)) {
    await compile(name, features, manifest);
    checkSimd(name);
    checkSizes(name, manifest);
  }
}

/** wasm-bindgen's crates and its command line must be of one version, or the glue does not fit the module. */
function checkLock(manifest) {
  const lock = readFileSync(join(root, 'Cargo.lock'), 'utf8');
  const locked = /name = "wasm-bindgen"\nversion = "(.+)"/.exec(lock)?.[1];
  const pinned = manifest.tools['wasm-bindgen-cli'];
  if (locked !== pinned)
    throw new Failed(`Cargo.lock has wasm-bindgen ${locked}, wasm-pack.toml has its command line at ${pinned}`);
}

async function compile(name, features, manifest) {
  say(`compiling ${name} (wasm-pack) …`);
  const { target, rustflags } = manifest.build;
  const cargoHome = process.env.CARGO_HOME ?? join(homedir(), '.cargo');
  // A folder of its own, because the tests are built with other flags.
  const targetFolder = join(root, 'target', 'wasm');
  await run(
    'wasm-pack',
    [
      'build',
      '--release',
      '--target',
      target,
      '--no-pack',
      '--mode',
      'no-install',
      '--out-dir',
      glue,
      '--out-name',
      name,
      root,
      '--',
      '--locked',
      ...features,
    ],
    {
      env: {
        CARGO_TARGET_DIR: targetFolder,
        CARGO_PROFILE_RELEASE_OPT_LEVEL: manifest['opt-level'][name],
        // No path of the machine that built it in the panic messages.
        RUSTFLAGS: [
          ...rustflags,
          `--remap-path-prefix=${cargoHome}=cargo`,
          `--remap-path-prefix=${root}=mp-phone`,
        ].join(' '),
      },
    },
  );
  // The next module is compiled into the same file: what they depend on is compiled once.
  await cp(join(targetFolder, 'wasm32-unknown-unknown', 'release', 'mp_phone.wasm'), compiledPath(name));
  // wasm-pack leaves a .gitignore of "*", which npm would honour: an empty tarball.
  await rm(join(glue, '.gitignore'), { force: true });
  const script = await readFile(gluePath(name), 'utf8');
  if (script.includes('externref'))
    throw new Failed(`the glue of ${name} uses externref: Node 16 could not load this module`);
  if (script.includes('import.meta'))
    throw new Failed(`the glue of ${name} uses import.meta: bundlers would ship the module twice`);
  await run(join(root, 'node_modules', '.bin', 'wasm-opt'), [
    manifest['wasm-opt-level'][name],
    ...manifest['wasm-opt'].flags,
    join(glue, `${name}_bg.wasm`),
    '-o',
    modulePath(name),
  ]);
}

/** RSA is fast by one instruction, of which LLVM makes something slower where the source lets it. */
function checkSimd(name) {
  const extmulLow = Buffer.from([0xfd, 0xde, 0x01]);
  const count = readFileSync(modulePath(name)).toString('latin1').split(extmulLow.toString('latin1')).length - 1;
  if (count < 8) throw new Failed(`${name} has ${count} times i64x2.extmul_low_i32x4_u: RSA would take longer`);
}

function checkSizes(name, { budget }) {
  const bytes = readFileSync(modulePath(name));
  const sizes = {
    raw: bytes.length,
    gzip: gzipSync(bytes, { level: 9 }).length,
    brotli: brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length,
  };
  say(
    `${name}.wasm: ${kB(sizes.raw)} raw, ${kB(sizes.gzip)} gzip, ${kB(sizes.brotli)} brotli (sha256 ${createHash('sha256').update(bytes).digest('hex').slice(0, 12)}…)`,
  );
  for (const kind of ['raw', 'gzip']) {
    const allowed = budget[`${BUDGETS[name]}-${kind}`];
    if (sizes[kind] > allowed)
      throw new Failed(`over the budget of wasm-pack.toml: ${name}, ${kind} ${kB(sizes[kind])} > ${kB(allowed)}`);
  }
}
