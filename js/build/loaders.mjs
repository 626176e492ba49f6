// Builds the JavaScript of the package with esbuild: one small entry a runtime, and what they share.
import { build as esbuild } from 'esbuild';
import { readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { glue, root } from './paths.mjs';
import { Failed, say } from './run.mjs';

const coreFolder = join(root, 'js', 'core');

export async function buildLoaders(dist, wasm, version) {
  say('building the loaders (esbuild) …');
  const base64 = readFileSync(wasm).toString('base64');
  await writeFile(join(dist, 'bytes.mjs'), bytesModule(base64, 'export { bytes };'));
  await writeFile(join(dist, 'bytes.cjs'), bytesModule(base64, 'exports.bytes = bytes;'));

  const source = (...path) => `${join(root, 'js', ...path)}.ts`;
  const common = { outdir: dist, bundle: true, define: { MP_PHONE_VERSION: JSON.stringify(version) }, logLevel: 'warning' };
  const core = (names) => Object.fromEntries(names.map((name) => [name, source('core', ['load', 'index'].includes(name) ? name : `entry/${name}`)]));
  const cjs = { ...common, format: 'cjs', target: 'node16', outExtension: { '.js': '.cjs' } };
  const esm = { ...common, format: 'esm', target: 'es2020', platform: 'neutral', outExtension: { '.js': '.mjs' } };

  await esbuild({ ...cjs, platform: 'neutral', entryPoints: core(['load', 'index', 'node', 'slim']), plugins: [packageNames('cjs')] });
  await esbuild({ ...esm, entryPoints: core(['load', 'index', 'inline', 'workerd', 'edge', 'slim']), plugins: [packageNames('mjs')] });
  // The host. On Node it is one file; elsewhere one, and beside it a file a runtime that loads the core first.
  await esbuild({ ...cjs, platform: 'node', entryPoints: { host: source('host', 'entry/node') }, plugins: [packageNames('cjs', './node.cjs')] });
  await esbuild({ ...esm, entryPoints: { host: source('host', 'index') }, plugins: [packageNames('mjs')] });
  for (const name of ['inline', 'workerd', 'edge']) await writeFile(join(dist, `host-${name}.mjs`), `import './${name}.mjs';\n\nexport * from './host.mjs';\n`);
  await esbuild({ ...cjs, platform: 'node', entryPoints: { simulator: source('simulator', 'index') } });
  await esbuild({ ...cjs, platform: 'node', entryPoints: { cli: source('cli', 'index') }, minifyWhitespace: true, plugins: [beside('../simulator/index', './simulator.cjs'), packageNames('cjs', './node.cjs')] });

  await wrapForEsm(dist, 'node.mjs', 'node.cjs');
  await wrapForEsm(dist, 'node-slim.mjs', 'slim.cjs');
  await wrapForEsm(dist, 'node-host.mjs', 'host.cjs', ['createPhoneService']);
  await wrapForEsm(dist, 'simulator.mjs', 'simulator.cjs', ['createSimulator']);
}

/**
 * Puts files in the place of the names in js/core/ambient.d.ts, and leaves load and index as files of their own, which
 * all entries of a format share: one instance, one PhoneError class.
 */
const packageNames = (extension, core) => ({
  name: 'names',
  setup(build) {
    build.onResolve({ filter: /^#core$/ }, () => ({ path: core, external: true, sideEffects: true }));
    build.onResolve({ filter: /^#bytes$/ }, () => ({ path: `./bytes.${extension}`, external: true }));
    build.onResolve({ filter: /^#wasm(\?module)?$/ }, ({ path }) => ({ path: path.replace('#wasm', '../mp_phone.wasm'), external: true }));
    build.onResolve({ filter: /^(\.\.?\/|(\.\.\/)+core\/)(load|index)$/ }, ({ path, importer }) => (importer.startsWith(coreFolder) || path.includes('core/') ? { path: `./${path.split('/').pop()}.${extension}`, external: true } : undefined));
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

/** Leaves a module as a file of its own. */
const beside = (name, file) => ({
  name: 'beside',
  setup: (build) => build.onResolve({ filter: new RegExp(`${name}$`) }, () => ({ path: file, external: true })),
});

/** On Node `import` and `require` must give one instance and one error class: the ES module re-exports the other. */
async function wrapForEsm(dist, file, wrapped, names = Object.keys(createRequire(import.meta.url)(join(dist, 'index.cjs')))) {
  await writeFile(join(dist, file), `import api from './${wrapped}';\n\nexport const { ${names.join(', ')} } = api;\n`);
}
