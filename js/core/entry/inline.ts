// Browsers, with a bundler or without, and Deno: loaded at once where the engine allows it, otherwise by ready().
import { bytes } from '#bytes';
import { loadAsync, loadBy, loadSync } from '../load';

loadBy(async () => loadAsync(await WebAssembly.compile(bytes())));
try {
  loadSync(bytes());
} catch {
  // Chrome before 114 refuses to compile more than 4 kB at once on a page's main thread. ready() compiles in the
  // background; if there is another reason, such as the page's policy, ready() tells it.
}

export * from '../index';
