// The paths of the build. All outputs are in folders that git ignores.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const tools = join(root, '.tools');
/** The build's own command-line program around wasm-bindgen's library. */
export const bindgen = join(tools, 'bin', 'bindgen');
export const glue = join(root, 'target', 'glue');
export const pkg = join(root, 'pkg');

/** The paths of a module as rustc compiled it, of the optimised module that is shipped, and of its glue. */
export const compiledPath = (name) => join(glue, `${name}.compiled.wasm`);
export const modulePath = (name) => join(glue, `${name}.opt.wasm`);
export const gluePath = (name) => join(glue, `${name}.js`);
