// mp-phone/slim: the same functions without the bytes, for those who serve the .wasm themselves.
import { ready as loaded } from '../index';
import { loadAsync, loadBy } from '../load';

export { openPhone, readPhone, diagnose, explain, verifyRawData, signSession, platformOf, version, PhoneError } from '../index';
export type * from '../index';

/** Where a module comes from: a URL (as text or object), a `Response`, a `WebAssembly.Module`, an `ArrayBuffer` or a view of one. */
export type Source = string | object;

/**
 * Loads the module, once. Resolves when the functions can be called; until then they throw `ERR_NOT_READY`.
 *
 * @param source Where `mp-phone/wasm` is: a URL, a `Response` (streamed), a compiled `WebAssembly.Module`, or bytes.
 * Only the first successful call's source counts. After a failure another call tries again.
 * @throws {@link PhoneError} (rejects) `ERR_NOT_READY`, with the reason as `cause`.
 */
export function ready(source: Source | Promise<Source>): Promise<void> {
  loadBy(() => loadAsync(source));
  return loaded();
}
