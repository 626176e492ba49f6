// Builds the package: the module by wasm-pack, the loaders by esbuild, the declarations by tsc, all of it put together
// with pkg-template/ in a staging folder that takes the place of pkg/ only when everything is right.
import { build as esbuild } from 'esbuild';
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { readManifest } from './manifest.mjs';
import { glue, pkg, root } from './paths.mjs';
import { Failed, run, say } from './run.mjs';

/** The version of everything: Cargo.toml's. */
export function version() {
  return /^version = "(.+)"$/m.exec(readFileSync(join(root, 'Cargo.toml'), 'utf8'))[1];
}

export async function buildPackage() {
  const manifest = readManifest();
  checkLock(manifest);
  const wasm = await buildModule(manifest);
  const sizes = checkSizes(wasm, manifest);
  const staging = join(root, 'target', 'staging', 'mp-phone');
  await rm(staging, { recursive: true, force: true });
  await mkdir(join(staging, 'dist'), { recursive: true });
  await cp(join(root, 'pkg-template', 'mp-phone'), staging, { recursive: true });
  for (const file of ['README.md', 'README.zh-CN.md', 'SECURITY.md', 'CHANGELOG.md', 'LICENSE']) await cp(join(root, file), join(staging, file));
  await fillVersion(staging);
  await cp(wasm, join(staging, 'mp_phone.wasm'));
  await buildLoaders(staging, wasm);
  await buildDeclarations(staging);
  const target = join(root, manifest.packages['mp-phone']);
  await mkdir(pkg, { recursive: true });
  await rm(target, { recursive: true, force: true });
  await rename(staging, target);
  return { folder: target, sizes };
}

/** wasm-bindgen's crates and its command line must be of one version, or the glue does not fit the module. */
function checkLock(manifest) {
  const lock = readFileSync(join(root, 'Cargo.lock'), 'utf8');
  const locked = /name = "wasm-bindgen"\nversion = "(.+)"/.exec(lock)?.[1];
  const pinned = manifest.tools['wasm-bindgen-cli'];
  if (locked !== pinned) throw new Failed(`Cargo.lock has wasm-bindgen ${locked}, wasm-pack.toml has its command line at ${pinned}`);
}

async function buildModule(manifest) {
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

const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;

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
  return sizes;
}

async function fillVersion(staging) {
  const path = join(staging, 'package.json');
  const manifest = await readFile(path, 'utf8');
  if (!manifest.includes('"version": "0.0.0"')) throw new Failed('pkg-template/mp-phone/package.json must leave its version at 0.0.0');
  await writeFile(path, manifest.replace('"version": "0.0.0"', `"version": "${version()}"`));
}

async function buildLoaders(staging, wasm) {
  say('building the loaders (esbuild) …');
  const dist = join(staging, 'dist');
  const base64 = readFileSync(wasm).toString('base64');
  await writeFile(join(dist, 'bytes.mjs'), bytesModule(base64, 'export { bytes };'));
  await writeFile(join(dist, 'bytes.cjs'), bytesModule(base64, 'exports.bytes = bytes;'));

  const core = (name) => join(root, 'js', 'core', `${name}.ts`);
  const formats = [
    { format: 'cjs', extension: 'cjs', target: 'node16', names: ['node', 'slim'] },
    { format: 'esm', extension: 'mjs', target: 'es2020', names: ['inline', 'workerd', 'edge', 'slim'] },
  ];
  for (const { format, extension, target, names } of formats) {
    const files = [['load', core('load')], ['index', core('index')], ...names.map((name) => [name, core(`entry/${name}`)])];
    await esbuild({
      entryPoints: Object.fromEntries(files),
      outdir: dist,
      outExtension: { '.js': `.${extension}` },
      bundle: true,
      format,
      target,
      platform: 'neutral',
      define: { MP_PHONE_VERSION: JSON.stringify(version()) },
      logLevel: 'warning',
      plugins: [packageNames(extension)],
    });
  }
  for (const name of ['node', 'slim']) await wrapForEsm(dist, name);
}

/**
 * Puts files in the place of the names in js/core/ambient.d.ts, and leaves load and index as files of their own, which
 * all entries of a format share: one instance, one PhoneError class.
 */
const packageNames = (extension) => ({
  name: 'names',
  setup(build) {
    build.onResolve({ filter: /^#bytes$/ }, () => ({ path: `./bytes.${extension}`, external: true }));
    build.onResolve({ filter: /^#wasm(\?module)?$/ }, ({ path }) => ({ path: path.replace('#wasm', '../mp_phone.wasm'), external: true }));
    build.onResolve({ filter: /^\.\.?\/(load|index)$/ }, ({ path }) => ({ path: `./${path.split('/').pop()}.${extension}`, external: true }));
    build.onResolve({ filter: /^#glue$/ }, () => ({ path: join(glue, 'mp_phone.js') }));
    // A module compiled in another realm, as Vercel's runtime hands it over, is no instance of this one's class.
    build.onLoad({ filter: /[\\/]glue[\\/]mp_phone\.js$/ }, async ({ path }) => {
      const script = await readFile(path, 'utf8');
      const test = 'module instanceof WebAssembly.Module';
      if (script.split(test).length !== 2) throw new Failed(`the glue no longer has one "${test}"`);
      return { contents: script.replace(test, "Object.prototype.toString.call(module) === '[object WebAssembly.Module]'"), loader: 'js' };
    });
  },
});

function bytesModule(base64, exported) {
  return `// mp_phone.wasm
const base64 = '${base64}';
function bytes() {
  if (typeof Buffer === 'function') return new Uint8Array(Buffer.from(base64, 'base64'));
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}
${exported}
`;
}

/** On Node `import` and `require` must give one instance and one error class: the ES module re-exports the other. */
async function wrapForEsm(dist, name) {
  const names = Object.keys(createRequire(import.meta.url)(join(dist, 'index.cjs')));
  await writeFile(join(dist, `node-${name}.mjs`.replace('node-node', 'node')), `import api from './${name}.cjs';\n\nexport const { ${names.join(', ')} } = api;\n`);
}

async function buildDeclarations(staging) {
  say('building the declarations (tsc) …');
  const out = join(root, 'target', 'types');
  await rm(out, { recursive: true, force: true });
  await run(process.execPath, [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', join(root, 'js', 'core')]);
  const index = await readFile(join(out, 'index.d.ts'), 'utf8');
  if (/^import|from '/m.test(index)) throw new Failed('index.d.ts must stand alone');
  const slim = inlineSource(await readFile(join(out, 'entry', 'slim.d.ts'), 'utf8'), await readFile(join(out, 'load.d.ts'), 'utf8'));
  for (const extension of ['mts', 'cts']) {
    await writeFile(join(staging, 'dist', `index.d.${extension}`), index);
    await writeFile(join(staging, 'dist', `slim.d.${extension}`), slim.replaceAll("'../index'", `'./index.${extension.replace('ts', 'js')}'`));
  }
}

/** slim.d.ts needs one type of load.ts, which is not shipped. */
function inlineSource(slim, load) {
  const type = /(\/\*\*[^*]*\*\/\n)?export type Source = [^;]+;/.exec(load)[0];
  return slim.replace(/^import \{[^}]*Source[^}]*\} from '\.\.\/load';$/m, '') .replace(/(\/\*\*\n \* Loads)/, `${type}\n$1`);
}

/** Packs the package as npm would publish it. */
export async function packPackage(folder) {
  const { output } = await run('npm', ['pack', '--json', '--pack-destination', pkg], { cwd: folder });
  const [packed] = JSON.parse(output.slice(output.indexOf('[')));
  const tarball = join(pkg, packed.filename);
  const { budget } = readManifest();
  say(`${packed.filename}: ${kB(packed.size)} packed, ${kB(packed.unpackedSize)} unpacked, ${packed.files.length} files`);
  if (packed.size > budget.tarball) throw new Failed(`over the budget of wasm-pack.toml: tarball ${kB(packed.size)} > ${kB(budget.tarball)}`);
  return { tarball, files: packed.files.map((file) => file.path).sort(), size: packed.size };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { main } = await import('./run.mjs');
  await main(async () => {
    const { folder } = await buildPackage();
    await packPackage(folder);
  });
}
