// Holds the one instance of the module. Only the entry files call what loads it.
import * as glue from '#glue';

export type Wasm = typeof glue;

let state: 'empty' | 'loaded' | 'crashed' = 'empty';
let loading: Promise<void> | undefined;
let load: (() => Promise<void>) | undefined;

/** The module's functions, if it is loaded; after a crash those of a fresh instance. */
export function wasm(): Wasm | undefined {
  if (state === 'crashed') {
    // The second call makes the instance. It must be one that takes nothing and gives nothing, because the glue of the
    // others touches the old instance's stack before it looks whether a fresh one is due.
    glue.recover();
    glue.alive();
    state = 'loaded';
  }
  return state === 'loaded' ? glue : undefined;
}

/** Says that the instance must not be used again. The next call makes a fresh one, on a stack that is not full. */
export function crashed(): void {
  state = 'crashed';
}

/** Compiles and instantiates at once. */
export function loadSync(module: WebAssembly.Module | BufferSource): void {
  glue.initSync({ module });
  state = 'loaded';
}

/** Compiles and instantiates, streaming where the source can. */
export async function loadAsync(source: unknown): Promise<void> {
  await glue.default({ module_or_path: source as glue.InitInput | Promise<glue.InitInput> });
  state = 'loaded';
}

/** Says how to load, for when {@link loaded} is asked and nothing is. */
export function loadBy(how: () => Promise<void>): void {
  load = how;
}

export function loaded(): Promise<void> {
  if (state !== 'empty') return Promise.resolve();
  loading ??= (load?.() ?? Promise.reject(new Error('mp-phone: nothing to load from'))).catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}
