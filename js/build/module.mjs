// Compiles the module with wasm-pack, checks what came out, and keeps it within its budget.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { glue, root } from './paths.mjs';
import { Failed, kB, run, say } from './run.mjs';

/** Compiles the module, and gives the path of the optimised one. The glue lies beside it. */
export async function buildModule(manifest) {
  checkLock(manifest);
  const wasm = await compile(manifest);
  checkSizes(wasm, manifest);
  return wasm;
}

/** wasm-bindgen's crates and its command line must be of one version, or the glue does not fit the module. */
function checkLock(manifest) {
  const lock = readFileSync(join(root, 'Cargo.lock'), 'utf8');
  const locked = /name = "wasm-bindgen"\nversion = "(.+)"/.exec(lock)?.[1];
  const pinned = manifest.tools['wasm-bindgen-cli'];
  if (locked !== pinned) throw new Failed(`Cargo.lock has wasm-bindgen ${locked}, wasm-pack.toml has its command line at ${pinned}`);
}

async function compile(manifest) {
  say('compiling the module (wasm-pack) …');
  const { target, rustflags, 'out-name': name } = manifest.build;
  const cargoHome = process.env.CARGO_HOME ?? join(homedir(), '.cargo');
  await run('wasm-pack', [
    'build', '--release', '--target', target, '--no-pack', '--mode', 'no-install', '--out-dir', glue, '--out-name', name,
    root, '--', '--locked',
  ], {
    env: {
      // A folder of its own, because the tests are built with other flags.
      CARGO_TARGET_DIR: join(root, 'target', 'wasm'),
      // No path of the machine that built it in the panic messages.
      RUSTFLAGS: [...rustflags, `--remap-path-prefix=${cargoHome}=cargo`, `--remap-path-prefix=${root}=mp-phone`].join(' '),
    },
  });
  // wasm-pack leaves a .gitignore of "*", which npm would honour: an empty tarball.
  await rm(join(glue, '.gitignore'), { force: true });
  const script = await readFile(join(glue, `${name}.js`), 'utf8');
  if (script.includes('externref')) throw new Failed('the glue uses externref: Node 16 could not load this module');
  if (script.includes('import.meta')) throw new Failed('the glue uses import.meta: bundlers would ship the module twice');
  const optimised = join(glue, `${name}.opt.wasm`);
  await run(join(root, 'node_modules', '.bin', 'wasm-opt'), [
    ...manifest['wasm-opt'].flags, join(glue, `${name}_bg.wasm`), '-o', optimised,
  ]);
  return optimised;
}

function checkSizes(wasm, { budget }) {
  const bytes = readFileSync(wasm);
  const sizes = {
    raw: bytes.length,
    gzip: gzipSync(bytes, { level: 9 }).length,
    brotli: brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length,
  };
  say(`mp_phone.wasm: ${kB(sizes.raw)} raw, ${kB(sizes.gzip)} gzip, ${kB(sizes.brotli)} brotli (sha256 ${createHash('sha256').update(bytes).digest('hex').slice(0, 12)}…)`);
  for (const kind of ['raw', 'gzip']) {
    if (sizes[kind] > budget[`wasm-${kind}`]) throw new Failed(`over the budget of wasm-pack.toml: ${kind} ${kB(sizes[kind])} > ${kB(budget[`wasm-${kind}`])}`);
  }
}

