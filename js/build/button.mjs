// Builds mp-phone-button: CommonJS in ES2018 for the npm build of mini-programs (miniprogram_dist/), ES modules for bundlers
// (dist/), and the declarations of both.

import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build as esbuild } from 'esbuild';
import { minify } from 'terser';
import { compileTypes, joinDeclarations, removeTypes } from './declarations.mjs';
import { readManifest } from './manifest.mjs';
import { pkg, root } from './paths.mjs';
import { Failed, kB, say } from './run.mjs';
import { fillManifest } from './version.mjs';

/** The entries of the package and their sources in js/button. Each is its own file, so a page includes only what it imports. */
const ENTRIES = { index: 'index', vue: 'frameworks/uni-app', react: 'frameworks/taro' };
/** Internal members of js/button/platforms/platform.ts. No host and no application uses them, so the minifier may rename them. */
const INTERNAL_MEMBERS = /^(storageTakesObject|sessionApi|requestPhone|normalizeEvent)$/;
const FRAMEWORKS = ['vue', 'react', '@dcloudio/uni-app', '@tarojs/taro'];

export async function buildButton() {
  say('building mp-phone-button (esbuild, tsc) …');
  const manifest = readManifest();
  const staging = join(root, 'target', 'staging', 'mp-phone-button');
  await rm(staging, { recursive: true, force: true });
  for (const folder of ['miniprogram_dist', 'dist']) await mkdir(join(staging, folder), { recursive: true });
  await cp(join(root, 'pkg-template', 'mp-phone-button'), staging, { recursive: true });
  await cp(join(root, 'LICENSE'), join(staging, 'LICENSE'));
  await fillManifest(staging);
  for (const name of Object.keys(ENTRIES)) {
    await writeFile(
      join(staging, 'miniprogram_dist', `${name}.js`),
      await smallest(commonJs(await bundle(name, true))),
    );
    await writeFile(join(staging, 'dist', `${name}.mjs`), await bundle(name, false));
  }
  await buildDeclarations(join(staging, 'dist'));
  const gzip = gzipSync(await readFile(join(staging, 'miniprogram_dist', 'index.js')), { level: 9 }).length;
  say(`mp-phone-button: ${kB(gzip)} gzip in a mini-program`);
  if (gzip > manifest.budget['button-gzip'])
    throw new Failed(
      `over the budget of wasm-pack.toml: button-gzip ${gzip} > ${manifest.budget['button-gzip']} bytes`,
    );
  const target = join(root, manifest.packages['mp-phone-button']);
  await mkdir(pkg, { recursive: true });
  await rm(target, { recursive: true, force: true });
  await rename(staging, target);
  return target;
}

async function bundle(name, minify) {
  const { outputFiles } = await esbuild({
    entryPoints: [join(root, 'js', 'button', `${ENTRIES[name]}.ts`)],
    bundle: true,
    format: 'esm',
    // acorn 6 in WeChat's npm build cannot parse newer syntax.
    target: 'es2018',
    charset: 'utf8',
    ...(minify
      ? { minify, mangleProps: INTERNAL_MEMBERS }
      : { minifySyntax: true, minifyWhitespace: true, lineLimit: 160 }),
    write: false,
    external: FRAMEWORKS,
    plugins: [
      {
        name: 'index-stays-outside',
        setup: (build) =>
          void (
            name !== 'index' &&
            build.onResolve({ filter: /^\.\.\/index$/ }, () => ({
              path: minify ? './index' : './index.mjs',
              external: true,
            }))
          ),
      },
    ],
    logLevel: 'warning',
  });
  return outputFiles[0].text;
}

/** Converts an ES module to CommonJS. esbuild's own CommonJS output has half a kilobyte of helpers. */
function commonJs(module) {
  const names = (list, format) => list.split(',').map((item) => format(...item.trim().split(' as ')));
  const script = module
    .replace(
      /import\{([^}]*)\}from("[^"]*");/g,
      (_, list, from) =>
        `const{${names(list, (name, local) => (local ? `${name}:${local}` : name))}}=require(${from});`,
    )
    .replace(/export\{([^}]*)\};?\s*$/, (_, list) =>
      names(list, (local, name) => `exports.${name ?? local}=${local};`).join(''),
    );
  if (/\b(import|export)\b *[{*"]/.test(script))
    throw new Failed('mp-phone-button: esbuild wrote an import or export in a form that commonJs() cannot convert');
  return `${script.trim()}\n`;
}

/** terser makes esbuild's minified output another 5 % smaller. No function here is called with `new`, so arrows are safe. */
async function smallest(script) {
  const { code } = await minify(script, {
    ecma: 2018,
    toplevel: true,
    compress: { passes: 3, unsafe_arrows: true, hoist_funs: true },
  });
  return `${code}\n`;
}

async function buildDeclarations(dist) {
  await removeTypes('button');
  await compileTypes('button');
  await joinDeclarations('button/index', join(dist, 'index'), { extensions: ['ts', 'mts'] });
  const options = { shared: { folder: 'button', module: './index' }, extensions: ['ts', 'mts'], packages: FRAMEWORKS };
  for (const name of ['vue', 'react']) await joinDeclarations(`button/${ENTRIES[name]}`, join(dist, name), options);
}
