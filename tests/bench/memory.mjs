// Measures the memory of a process after it has opened many payloads. As a command, with --expose-gc, this file is that process.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { requireIn } from '../support/installed.mjs';
import { inputsOf } from './inputs.mjs';
import { mpPhone } from './peers/mp-phone.mjs';

const MB = 1e6;

/** The age at which inputs are replaced, in milliseconds. They would expire after ten minutes. */
const STALE = 240_000;

/** After how many opened payloads the memory is measured. */
const COUNTS = { full: [10_000, 1_000_000], quick: [1_000, 20_000] };

/**
 * `{ counts, before, after, growth }`, in megabytes: the resident set, JavaScript's heap and the module's own memory.
 * `progress` receives the number of opened payloads.
 */
export function memory(folder, { quick = false, progress = () => {} } = {}) {
  const counts = quick ? COUNTS.quick : COUNTS.full;
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(import.meta.url), [folder, ...counts], { execArgv: ['--expose-gc'] });
    let result;
    child.on('message', (message) => (message.opened ? progress(message.opened) : (result = message)));
    child.once('error', reject);
    child.once('exit', (code) =>
      result ? resolve(result) : reject(new Error(`the process whose memory is measured ended with ${code}`)),
    );
  });
}

async function memoryInUse(wasm) {
  // The second garbage collection frees the objects that the finalizers of the first released.
  for (let i = 0; i < 2; i++) {
    globalThis.gc();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const { rss, heapUsed } = process.memoryUsage();
  return {
    rss: rss / MB,
    heap: heapUsed / MB,
    wasm: wasm.reduce((sum, { buffer }) => sum + buffer.byteLength, 0) / MB,
  };
}

async function child([folder, ...counts]) {
  const wasm = [];
  const { Instance } = WebAssembly;
  WebAssembly.Instance = class extends Instance {
    constructor(...parameters) {
      super(...parameters);
      wasm.push(...Object.values(this.exports).filter((value) => value instanceof WebAssembly.Memory));
    }
  };
  const { wechat } = mpPhone(requireIn(folder)('mp-phone'));
  const [few, many] = counts.map(Number);
  const created = inputsOf('wechat');
  const open = wechat(created.keys);
  let { inputs } = created;
  let since = Date.now();
  let opened = 0;
  const openTo = (end) => {
    while (opened < end) {
      for (const stop = Math.min(end, opened + 100_000); opened < stop; opened++) open(inputs[opened % inputs.length]);
      process.send({ opened });
      // Happens only on a slow machine. It makes the heap grow, which then counts as memory of the package.
      if (Date.now() - since > STALE) [{ inputs }, since] = [inputsOf('wechat'), Date.now()];
    }
  };
  openTo(few);
  const before = await memoryInUse(wasm);
  openTo(many);
  const after = await memoryInUse(wasm);
  const growth = Object.fromEntries(Object.keys(after).map((name) => [name, after[name] - before[name]]));
  process.send({ counts: [few, many], before, after, growth });
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await child(process.argv.slice(2)).then(() => process.disconnect());
