// Runs an edge-light bundle in Vercel's edge-runtime: no eval, no process, no Buffer, and WebAssembly.Module of another realm.
import { readFileSync } from 'node:fs';
import { join, dirname } from 'node:path';
import { EdgeRuntime } from 'edge-runtime';

const bundle = process.argv[2];
const compiledModule = new WebAssembly.Module(readFileSync(join(dirname(bundle), 'mp_phone.wasm')));
const runtime = new EdgeRuntime({
  initialCode: `(async () => { ${readFileSync(bundle, 'utf8').replace(/^export .*$/m, '')} })().catch((error) => console.log(String(error?.stack ?? error)))`,
  extend: (context) => Object.assign(context, { compiledModule, console }),
});
await new Promise((resolve) => setTimeout(resolve, 3000));
void runtime;
