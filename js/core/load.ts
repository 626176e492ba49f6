// Holds the one instance of the module. Only the entry files call what loads it.
import * as glue from '#glue';

export type Wasm = typeof glue;

/** Where a module comes from: a URL (as text or object), a `Response`, a `WebAssembly.Module`, an `ArrayBuffer` or a view of one. */
export type Source = string | object;

let state: 'empty' | 'loaded' = 'empty';
let loading: Promise<void> | undefined;
let load: (() => Promise<void>) | undefined;

export const wasm = (): Wasm | undefined => (state === 'loaded' ? glue : undefined);

/** Compiles and instantiates at once. */
export function loadSync(module: WebAssembly.Module | BufferSource): void {
  glue.initSync({ module });
  state = 'loaded';
}

/** Compiles and instantiates, streaming where the source can. */
export async function loadAsync(source: Source | Promise<Source>): Promise<void> {
  await glue.default({ module_or_path: source as glue.InitInput | Promise<glue.InitInput> });
  state = 'loaded';
}

/** Says how to load, for when {@link loaded} is asked and nothing is. */
export function loadBy(how: () => Promise<void>): void {
  load = how;
}

export function loaded(): Promise<void> {
  if (state === 'loaded') return Promise.resolve();
  loading ??= (load?.() ?? Promise.reject(new Error('mp-phone: nothing to load from'))).catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

/**
 * After a trap. The second call makes the fresh instance: it must be one that takes nothing and gives nothing, because
 * the glue of other calls touches the old instance's stack before it looks whether a fresh one is due.
 */
export function recover(): void {
  glue.recover();
  glue.alive();
}
