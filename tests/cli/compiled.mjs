// A part of js/, compiled for Node.

import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { root } from '../../js/build/paths.mjs';

export async function compiled(source) {
  const outfile = join(root, 'target', 'compiled', `${process.pid}-${basename(source, '.ts')}.cjs`);
  await build({
    entryPoints: [join(root, 'js', source)],
    outfile,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node16',
    logLevel: 'warning',
  });
  return createRequire(import.meta.url)(outfile);
}
