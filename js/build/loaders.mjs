// Builds the JavaScript of the package with esbuild: one small entry a runtime, and what they share.
import { build as esbuild } from 'esbuild';
import { readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { glue, root } from './paths.mjs';
import { Failed, say } from './run.mjs';

export async function buildLoaders(dist, wasm, version) {
  say('building the loaders (esbuild) …');
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
      define: { MP_PHONE_VERSION: JSON.stringify(version) },
      logLevel: 'warning',
      plugins: [packageNames(extension)],
    });
  }
  await wrapForEsm(dist, 'node.mjs', 'node.cjs');
  await wrapForEsm(dist, 'node-slim.mjs', 'slim.cjs');
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
async function wrapForEsm(dist, file, wrapped) {
  const names = Object.keys(createRequire(import.meta.url)(join(dist, 'index.cjs')));
  await writeFile(join(dist, file), `import api from './${wrapped}';\n\nexport const { ${names.join(', ')} } = api;\n`);
}
