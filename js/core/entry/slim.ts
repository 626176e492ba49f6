// mp-phone/slim: the same functions without the bytes of the modules, for applications that serve the .wasm files
// themselves.
import { whenLoaded } from '../call';
import { functionsOf } from '../diagnosis/functions';
import { diagnosis } from '../diagnosis/load';
import { ready as loadOpener } from '../opener/functions';
import { opener } from '../opener/load';
import type { Diagnose, Explain } from '../types';

export { type ErrorCode, PhoneError, type PhoneErrorInit } from '../errors';
export { openPhone, platformOf, readPhone, signSession, verifyRawData, version } from '../opener/functions';
export type * from '../types';

const functions = functionsOf(diagnosis);

/** `diagnose`, as in `mp-phone`. It can be called when {@link readyToDiagnose} has resolved. */
export const diagnose: Diagnose = functions.diagnose;

/** `explain`, as in `mp-phone`. It can be called when {@link readyToDiagnose} has resolved. */
export const explain: Explain = functions.explain;

/**
 * The source of a module: a URL (as text or object), a `Response`, a `WebAssembly.Module`, an `ArrayBuffer` or a view
 * of one.
 */
export type Source = string | object;

/**
 * Loads the module of all functions except {@link diagnose} and {@link explain}, once. Resolves when these functions
 * can be called; until then they throw `ERR_NOT_READY`.
 *
 * @param source The source of `mp-phone/wasm`: a URL, a `Response` (streamed), a compiled `WebAssembly.Module`, or
 * bytes. The source of the first successful call is used. After a failure another call tries again.
 * @throws `PhoneError` (rejects) `ERR_NOT_READY`, with the reason as `cause`.
 */
export function ready(source: Source | Promise<Source>): Promise<void> {
  opener.loadFrom(() => source);
  return loadOpener();
}

/**
 * Loads the module of {@link diagnose} and {@link explain}, like {@link ready} loads the other module.
 *
 * @param source The source of `mp-phone/wasm-diagnosis`.
 * @throws `PhoneError` (rejects) `ERR_NOT_READY`, with the reason as `cause`.
 */
export function readyToDiagnose(source: Source | Promise<Source>): Promise<void> {
  diagnosis.loadFrom(() => source);
  return whenLoaded(diagnosis.load());
}
