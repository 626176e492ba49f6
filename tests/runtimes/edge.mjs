// Runs an edge-light bundle in Vercel's edge-runtime, which has no eval, process or Buffer, and whose WebAssembly.Module is from
// another realm. Ends when the bundle prints its result.

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { EdgeRuntime } from 'edge-runtime';

const bundle = process.argv[2];
const compiled = (name) => new WebAssembly.Module(readFileSync(join(dirname(bundle), name)));
const compiledModules = Object.fromEntries(
  ['mp_phone.wasm', 'mp_phone_diagnosis.wasm'].map((name) => [name, compiled(name)]),
);
await new Promise((resolve) => {
  const log = (line) => resolve(console.log(line));
  new EdgeRuntime({
    initialCode: `(async () => { ${readFileSync(bundle, 'utf8')} })().catch((error) => console.log(String(error?.stack ?? error)))`,
    extend: (context) => Object.assign(context, { compiledModules, console: { log } }),
  });
});
