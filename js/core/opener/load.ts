// The module that opens, verifies and reads, and the modules for which ready() waits.
import * as glue from '#opener-glue';
import { Instance } from '../instance';

export const opener = new Instance(glue, 'await ready() first');

const companions: { load(): Promise<void> }[] = [];

/** Adds a module that ready() loads together with the opener. Without ready() the module is loaded at its first call. */
export function loadWithOpener(companion: { load(): Promise<void> }): void {
  companions.push(companion);
}

/** Loads the companions and the opener, unless the opener is loaded. After a failure the next call tries again. */
export async function load(): Promise<void> {
  if (opener.isLoaded) return;
  // The opener is loaded last. Once it is loaded, `load()` returns at once, so a companion that failed would never be
  // tried again.
  await Promise.all(companions.map((companion) => companion.load()));
  await opener.load();
}
