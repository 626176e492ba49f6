// The declarations of the packages: tsc writes a file for each source, and this step joins them to a file for each
// public module.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rollup } from 'rollup';
import { dts } from 'rollup-plugin-dts';
import { root } from './paths.mjs';
import { Failed, run } from './run.mjs';

const types = join(root, 'target', 'types');

/** Checks the types of a folder of js/, and writes its declarations where its tsconfig.json says. */
export const compileTypes = (folder) =>
  run(process.execPath, [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', join(root, 'js', folder)]);

/** Removes the files of an earlier build: their sources may no longer exist. */
export const removeTypes = (folder = '') => rm(join(types, folder), { recursive: true, force: true });

/**
 * Joins the declarations of a public module into a file, and writes it for ES modules and for CommonJS.
 * @param from the declarations of its entry, in target/types
 * @param to the path without an extension
 * @param shared the folder, in target/types, whose declarations are imported from another public module, and that
 * module
 * @param extensions the extensions for ES modules and for CommonJS
 */
export async function joinDeclarations(from, to, { shared, extensions = ['mts', 'cts'], packages = [] } = {}) {
  const entry = join(types, `${from}.d.ts`);
  const foreign = new Set();
  const beside = {
    name: 'beside',
    resolveId(source, importer) {
      if (!importer || !shared || !source.startsWith('.')) return null;
      const path = join(importer, '..', source);
      const isShared = path.startsWith(join(types, shared.folder)) && path !== entry.replace(/\.d\.ts$/, '');
      return isShared ? { id: shared.module, external: true } : null;
    },
  };
  const bundle = await rollup({
    input: entry,
    plugins: [beside, dts()],
    external: packages,
    onwarn: (warning) => {
      throw new Failed(`${from}.d.ts: ${warning.message}`);
    },
  });
  const { output } = await bundle.generate({ format: 'es' });
  await bundle.close();
  const [{ code, imports }, ...more] = output;
  for (const name of imports) if (name !== shared?.module && !packages.includes(name)) foreign.add(name);
  if (more.length || foreign.size)
    throw new Failed(
      `${from}.d.ts must stand alone, and has ${[...foreign, ...more.map((file) => file.fileName)].join(', ')}`,
    );
  await mkdir(join(to, '..'), { recursive: true });
  for (const extension of extensions) {
    const suffix = { mts: '.mjs', cts: '.cjs', ts: '' }[extension];
    await writeFile(`${to}.d.${extension}`, code.replaceAll(`'${shared?.module}'`, `'${shared?.module}${suffix}'`));
  }
}
