// The type declarations of the packages. tsc writes one file per source; they are joined into one file per public module.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rollup } from 'rollup';
import { dts } from 'rollup-plugin-dts';
import { root } from './paths.mjs';
import { Failed, run } from './run.mjs';

const types = join(root, 'target', 'types');

/** Type-checks a folder of js/ and writes its declarations to the folder that its tsconfig.json names. */
export const compileTypes = (folder) =>
  run(process.execPath, [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', join(root, 'js', folder)]);

/** Removes the declarations of an earlier build, because a source may have been deleted since. */
export const removeTypes = (folder = '') => rm(join(types, folder), { recursive: true, force: true });

/**
 * Joins the declarations of a public module into one text and writes it once per extension: for ES modules and for CommonJS.
 * @param from the declarations of the module's entry, relative to target/types and without an extension
 * @param to the path of the output without an extension
 * @param shared `folder`: a folder of target/types whose declarations are imported, not copied. `module`: the public module
 *   to import them from
 * @param extensions the extensions of the files to write
 * @param packages npm packages whose types are imported, not copied
 */
export async function joinDeclarations(from, to, { shared, extensions = ['mts', 'cts'], packages = [] } = {}) {
  const entry = join(types, `${from}.d.ts`);
  const foreign = new Set();
  const sharedTypes = {
    name: 'shared-types',
    resolveId(source, importer) {
      if (!importer || !shared || !source.startsWith('.')) return null;
      const path = join(importer, '..', source);
      const isShared = path.startsWith(join(types, shared.folder)) && path !== entry.replace(/\.d\.ts$/, '');
      return isShared ? { id: shared.module, external: true } : null;
    },
  };
  const bundle = await rollup({
    input: entry,
    plugins: [sharedTypes, dts()],
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
      `${from}.d.ts must have no other files or imports, but has ${[...foreign, ...more.map((file) => file.fileName)].join(', ')}`,
    );
  await mkdir(join(to, '..'), { recursive: true });
  for (const extension of extensions) {
    const suffix = { mts: '.mjs', cts: '.cjs', ts: '' }[extension];
    await writeFile(`${to}.d.${extension}`, code.replaceAll(`'${shared?.module}'`, `'${shared?.module}${suffix}'`));
  }
}
