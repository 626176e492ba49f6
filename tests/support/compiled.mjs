// Compiles parts of js/ for Node.

import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { root } from '../../js/build/paths.mjs';

/** The exports of one or more sources, compiled into one bundle, so that sources share the classes that they import. */
export async function compiled(...sources) {
  const outfile = join(root, 'target', 'compiled', `${process.pid}-${basename(sources[0], '.ts')}.cjs`);
  await build({
    stdin: {
      contents: sources.map((source) => `export * from './${source}';`).join('\n'),
      resolveDir: join(root, 'js'),
    },
    outfile,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node16',
    logLevel: 'warning',
  });
  return createRequire(import.meta.url)(outfile);
}
