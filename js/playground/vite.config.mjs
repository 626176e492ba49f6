// How Vite bundles the page. The WebAssembly and the samples become modules with base64 texts, gzipped first because base64
// makes them a third larger.
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const home = dirname(fileURLToPath(import.meta.url));

/**
 * @param wasm the path of the WebAssembly module
 * @param glue the path of the module's JavaScript glue
 * @param samples `{ sealedSamples, responseSamples }`
 */
export const playgroundConfig = ({ wasm, glue, version, samples }) => ({
  configFile: false,
  root: home,
  logLevel: 'warn',
  define: { MP_PHONE_VERSION: JSON.stringify(version) },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [
    modules({
      '#packed-wasm': () => `export default '${packed(readFileSync(wasm))}';`,
      '#packed-samples': () => `export default '${packed(JSON.stringify(samples))}';`,
    }),
  ],
  resolve: { alias: { '#opener-glue': glue } },
  build: {
    write: false,
    target: 'es2022',
    assetsInlineLimit: Number.MAX_SAFE_INTEGER,
    chunkSizeWarningLimit: Infinity,
    modulePreload: false,
    reportCompressedSize: false,
  },
});

const packed = (data) => gzipSync(data, { level: 9 }).toString('base64');

/** A plugin for generated modules, which have no file. */
const modules = (sources) => ({
  name: 'modules',
  // Vite cuts an id off at a `#`.
  resolveId: (id) => (sources[id] ? id.replace('#', '\0') : undefined),
  load: (id) => sources[id.replace('\0', '#')]?.(),
});
