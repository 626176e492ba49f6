// Builds the JavaScript of the package with esbuild: one small entry for each runtime, and the files that the entries share.

import { readdirSync, readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { build as esbuild } from 'esbuild';
import { gluePath, modulePath, root } from './paths.mjs';
import { Failed, say } from './run.mjs';
import { requestValidators } from './validators.mjs';

const coreFolder = join(root, 'js', 'core');

/** The folders of js/core and their modules. */
const MODULES = { opener: 'mp_phone', diagnosis: 'mp_phone_diagnosis' };
const ofModules = (...names) => Object.keys(MODULES).flatMap((folder) => names.map((name) => `${folder}/${name}`));

/**
 * Sources of the core that become separate files. All entries of a module format (CommonJS or ES modules) import these
 * files, so there is one instance and one PhoneError class.
 */
const SHARED = ['errors', 'opener/functions', 'entry/node', ...ofModules('load', 'node', 'inline', 'workerd', 'edge')];
const fileOf = (source) => source.replace('entry/', '').replace('/', '-');

export async function buildLoaders(dist, version) {
  say('building the loaders (esbuild) …');
  for (const [folder, name] of Object.entries(MODULES)) {
    await writeFile(join(dist, `${folder}-bytes.mjs`), bytesModule(name, 'export { bytes };'));
    await writeFile(join(dist, `${folder}-bytes.cjs`), bytesModule(name, 'exports.bytes = bytes;'));
  }

  const source = (...path) => `${join(root, 'js', ...path)}.ts`;
  const common = {
    outdir: dist,
    bundle: true,
    define: { MP_PHONE_VERSION: JSON.stringify(version) },
    logLevel: 'warning',
  };
  const core = (...names) => Object.fromEntries(names.map((name) => [fileOf(name), source('core', name)]));
  // Short lines, because Node prints the whole source line of an uncaught error.
  const small = { minifyWhitespace: true, minifySyntax: true, lineLimit: 160 };
  const cjs = { ...common, ...small, format: 'cjs', target: 'node16', outExtension: { '.js': '.cjs' } };
  const esm = {
    ...common,
    ...small,
    format: 'esm',
    target: 'es2020',
    platform: 'neutral',
    outExtension: { '.js': '.mjs' },
  };

  await esbuild({
    ...cjs,
    platform: 'neutral',
    entryPoints: core('errors', 'opener/functions', ...ofModules('load', 'node'), 'entry/node', 'entry/slim'),
    plugins: [packageNames('cjs')],
  });
  // Short identifiers make the package 4 kB smaller. The class PhoneError keeps its name, which its prototype has.
  await esbuild({
    ...esm,
    minifyIdentifiers: true,
    entryPoints: core(
      'errors',
      'opener/functions',
      ...ofModules('load', 'inline', 'workerd', 'edge'),
      'entry/inline',
      'entry/workerd',
      'entry/edge',
      'entry/slim',
    ),
    plugins: [packageNames('mjs')],
  });
  // The server. On Node it is one file that uses the core for Node. For the other runtimes it is one common file, and for each
  // runtime an entry that loads the core first.
  await esbuild({
    ...cjs,
    platform: 'node',
    entryPoints: { server: source('server', 'runtime/node') },
    plugins: [packageNames('cjs'), requestValidators],
  });
  // Native private members: server runtimes are newer than browsers.
  await esbuild({
    ...esm,
    target: 'es2022',
    entryPoints: { server: source('server', 'index') },
    plugins: [packageNames('mjs'), requestValidators],
  });
  for (const name of ['inline', 'workerd', 'edge'])
    await writeFile(
      join(dist, `server-${name}.mjs`),
      `import './opener-${name}.mjs';\n\nexport * from './server.mjs';\n`,
    );
  for (const format of [esm, cjs])
    await esbuild({ ...format, entryPoints: { 'server-browser': source('server', 'browser') } });
  await esbuild({
    ...cjs,
    platform: 'node',
    entryPoints: { simulator: source('simulator', 'index') },
    plugins: [packageNames('cjs')],
  });
  // Short identifiers, which make the package 4 kB smaller: no application's stack traces contain functions of the CLI.
  await esbuild({
    ...cjs,
    minifyIdentifiers: true,
    platform: 'node',
    entryPoints: { cli: source('cli', 'main') },
    plugins: [separateFile('../simulator/index', './simulator.cjs'), packageNames('cjs')],
  });

  await exportOnlyOwn(dist);
  await wrapForEsm(dist, 'node.mjs', 'node.cjs');
  await wrapForEsm(dist, 'node-slim.mjs', 'slim.cjs');
  await wrapForEsm(dist, 'node-server.mjs', 'server.cjs', [
    'createPhoneService',
    'PhoneError',
    'PhoneRefusal',
    'uniCloudRedisStore',
  ]);
  await wrapForEsm(dist, 'simulator.mjs', 'simulator.cjs', ['createSimulator', 'PhoneError']);
}

/**
 * Replaces the loop of esbuild's export helper, which also visits inherited properties. On Node the diagnosis module is loaded
 * at its first call. If some code has extended Object.prototype by then, the helper would export that property or throw.
 */
async function exportOnlyOwn(dist) {
  const helper = /for\s*\(var (name\d*) in all\)/;
  for (const name of readdirSync(dist).filter((name) => /\.[cm]js$/.test(name))) {
    const text = await readFile(join(dist, name), 'utf8');
    if (helper.test(text)) await writeFile(join(dist, name), text.replace(helper, 'for (var $1 of Object.keys(all))'));
    else if (text.includes('__export') || name === 'diagnosis-node.cjs')
      throw new Failed(`esbuild's helper for exports in ${name} has changed`);
  }
}

/** Resolves the module names that js/core/ambient.d.ts declares, and imports of shared sources, to file paths. */
const packageNames = (extension) => ({
  name: 'names',
  setup(build) {
    build.onResolve({ filter: /^#(opener|diagnosis)-bytes$/ }, ({ path }) => ({
      path: `./${path.slice(1)}.${extension}`,
      external: true,
    }));
    build.onResolve({ filter: /^#(opener|diagnosis)-wasm(\?module)?$/ }, ({ path }) => ({
      path: `../${moduleOf(path)}.wasm${/\?.*/.exec(path) ?? ''}`,
      external: true,
    }));
    build.onResolve({ filter: /^\.\.?\// }, ({ path, resolveDir }) => {
      const source = relative(coreFolder, join(resolveDir, path));
      return SHARED.includes(source) ? { path: `./${fileOf(source)}.${extension}`, external: true } : undefined;
    });
    build.onResolve({ filter: /^#(opener|diagnosis)-glue$/ }, ({ path }) => ({ path: gluePath(moduleOf(path)) }));
    // Vercel's runtime passes a module that was compiled in another realm, for which `instanceof` is false.
    build.onLoad({ filter: /[\\/]glue[\\/]mp_phone\w*\.js$/ }, async ({ path }) => {
      const script = await readFile(path, 'utf8');
      const test = 'module instanceof WebAssembly.Module';
      if (script.split(test).length !== 2) throw new Failed(`the glue no longer has one "${test}"`);
      return {
        contents: script.replace(test, "Object.prototype.toString.call(module) === '[object WebAssembly.Module]'"),
        loader: 'js',
      };
    });
  },
});

/** The module of a name such as #opener-wasm. */
const moduleOf = (name) => MODULES[/\w+/.exec(name)[0]];

function bytesModule(name, exported) {
  return `// ${name}.wasm
const base64 = '${readFileSync(modulePath(name)).toString('base64')}';
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

/** Leaves a module in a separate file. */
const separateFile = (name, file) => ({
  name: 'separate-file',
  setup: (build) => build.onResolve({ filter: new RegExp(`${name}$`) }, () => ({ path: file, external: true })),
});

/** On Node `import` and `require` must share one instance and one error class, so the ES module re-exports the CommonJS one. */
async function wrapForEsm(
  dist,
  file,
  wrapped,
  names = Object.keys(createRequire(import.meta.url)(join(dist, wrapped))),
) {
  await writeFile(join(dist, file), `import api from './${wrapped}';\n\nexport const { ${names.join(', ')} } = api;\n`);
}
