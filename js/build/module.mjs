// Compiles the two modules with cargo and wasm-bindgen, checks the results, and compares their sizes with the budgets.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { cp, mkdir, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { hashOf, whenChanged } from './inputs.mjs';
import { bindgen, compiledPath, glue, gluePath, modulePath, root } from './paths.mjs';
import { Failed, kB, run, say } from './run.mjs';

/** The prefixes of the modules' budgets in wasm-pack.toml. */
const BUDGETS = { mp_phone: 'wasm', mp_phone_diagnosis: 'diagnosis' };

/** The files from which the modules are built. */
const INPUTS = [
  ...['src', 'Cargo.toml', 'Cargo.lock', 'rust-toolchain.toml', 'wasm-pack.toml'],
  ...['js/build/module.mjs', 'js/build/bindgen/Cargo.lock', 'js/build/bindgen/src'],
];

/** Compiles the modules whose inputs have changed. paths.mjs has the paths of the modules and of their glue. */
export async function buildModules(manifest) {
  checkLocks(manifest);
  const binaryen = readFileSync(join(root, 'node_modules', 'binaryen', 'package.json'), 'utf8');
  const hash = hashOf(INPUTS, [binaryen]);
  for (const [name, features] of Object.entries(manifest.modules)) {
    const outputs = [gluePath(name), compiledPath(name), modulePath(name)];
    const isNew = await whenChanged(join(glue, `${name}.inputs`), hash, outputs, async () => {
      await compile(name, features, manifest);
      checkSimd(name);
      checkSizes(name, manifest);
    });
    if (!isNew) say(`${name} is unchanged`);
  }
}

/** wasm-bindgen's crate, library and command line must have the same version, or the glue does not match the module. */
function checkLocks(manifest) {
  const locked = (path, crate) =>
    new RegExp(`name = "${crate}"\\nversion = "(.+)"`).exec(readFileSync(join(root, path), 'utf8'))?.[1];
  const versions = {
    'wasm-bindgen of Cargo.lock': locked('Cargo.lock', 'wasm-bindgen'),
    'wasm-bindgen-cli-support of js/build/bindgen/Cargo.lock': locked(
      'js/build/bindgen/Cargo.lock',
      'wasm-bindgen-cli-support',
    ),
    'wasm-bindgen-cli of wasm-pack.toml': manifest.tools['wasm-bindgen-cli'],
  };
  if (new Set(Object.values(versions)).size > 1)
    throw new Failed(
      `these must have the same version: ${Object.entries(versions)
        .map(([name, version]) => `${name} ${version}`)
        .join(', ')}`,
    );
}

async function compile(name, features, manifest) {
  say(`compiling ${name} (cargo, wasm-bindgen, wasm-opt) …`);
  const { rustflags, target } = manifest.build;
  const cargoHome = process.env.CARGO_HOME ?? join(homedir(), '.cargo');
  // A separate folder, because the tests are built with other flags.
  const targetFolder = join(root, 'target', 'wasm');
  const triple = 'wasm32-unknown-unknown';
  await run('cargo', ['build', '--lib', '--release', '--locked', '--target', triple, ...features], {
    env: {
      CARGO_TARGET_DIR: targetFolder,
      CARGO_PROFILE_RELEASE_OPT_LEVEL: manifest['opt-level'][name],
      // Removes the paths of this machine from panic messages. The separator \x1f allows paths with blanks.
      CARGO_ENCODED_RUSTFLAGS: [
        ...rustflags,
        `--remap-path-prefix=${cargoHome}=cargo`,
        `--remap-path-prefix=${root}=mp-phone`,
      ].join('\x1f'),
      RUSTFLAGS: undefined,
    },
  });
  await mkdir(glue, { recursive: true });
  // Copied, because the next module is compiled into the same file. With a single target folder, the dependencies are compiled only once.
  await cp(join(targetFolder, triple, 'release', 'mp_phone.wasm'), compiledPath(name));
  await run(bindgen, [compiledPath(name), glue, name, target]);
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

/** RSA owes its speed to one SIMD instruction, which LLVM replaces with slower ones if the source allows it. */
function checkSimd(name) {
  const extmulLow = Buffer.from([0xfd, 0xde, 0x01]);
  const count = readFileSync(modulePath(name)).toString('latin1').split(extmulLow.toString('latin1')).length - 1;
  if (count < 8) throw new Failed(`${name} has i64x2.extmul_low_i32x4_u only ${count} times: RSA would be slower`);
}

function checkSizes(name, { budget }) {
  const bytes = readFileSync(modulePath(name));
  const sizes = {
    raw: bytes.length,
    gzip: gzipSync(bytes, { level: 9 }).length,
    brotli: brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length,
  };
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 12);
  const [raw, gzip, brotli] = [sizes.raw, sizes.gzip, sizes.brotli].map(kB);
  say(`${name}.wasm: ${raw} raw, ${gzip} gzip, ${brotli} brotli (sha256 ${hash}…)`);
  for (const kind of ['raw', 'gzip']) {
    const allowed = budget[`${BUDGETS[name]}-${kind}`];
    if (sizes[kind] > allowed)
      throw new Failed(`over the budget of wasm-pack.toml: ${name}, ${kind} ${kB(sizes[kind])} > ${kB(allowed)}`);
  }
}
