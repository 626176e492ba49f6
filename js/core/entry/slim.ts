// mp-phone/slim: the same functions without the bytes, for those who serve the .wasm themselves.
import { whenLoaded } from '../call';
import { functionsOf } from '../diagnosis/functions';
import { diagnosis } from '../diagnosis/load';
import { ready as loaded } from '../opener/functions';
import { opener } from '../opener/load';
import type { Diagnose, Explain } from '../types';

export { type ErrorCode, PhoneError, type PhoneErrorInit } from '../errors';
export { openPhone, platformOf, readPhone, signSession, verifyRawData, version } from '../opener/functions';
export type * from '../types';

const functions = functionsOf(diagnosis);

/** As of `mp-phone`, once {@link readyToDiagnose} has resolved. */
export const diagnose: Diagnose = functions.diagnose;

/** As of `mp-phone`, once {@link readyToDiagnose} has resolved. */
export const explain: Explain = functions.explain;

/** Where a module comes from: a URL (as text or object), a `Response`, a `WebAssembly.Module`, an `ArrayBuffer` or a view of one. */
export type Source = string | object;

/**
 * Loads the module of all functions but {@link diagnose} and {@link explain}, once. Resolves when they can be called; until
 * then they throw `ERR_NOT_READY`.
 *
 * @param source Where `mp-phone/wasm` is: a URL, a `Response` (streamed), a compiled `WebAssembly.Module`, or bytes.
 * Only the first successful call's source counts. After a failure another call tries again.
 * @throws `PhoneError` (rejects) `ERR_NOT_READY`, with the reason as `cause`.
 */
export function ready(source: Source | Promise<Source>): Promise<void> {
  opener.loadFrom(() => source);
  return loaded();
}

/**
 * Loads the module of {@link diagnose} and {@link explain}, as {@link ready} does the other.
 *
 * @param source Where `mp-phone/wasm-diagnosis` is.
 * @throws `PhoneError` (rejects) `ERR_NOT_READY`, with the reason as `cause`.
 */
export function readyToDiagnose(source: Source | Promise<Source>): Promise<void> {
  diagnosis.loadFrom(() => source);
  return whenLoaded(diagnosis.loaded());
}
