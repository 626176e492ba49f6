// The module that opens, verifies and reads, and what ready() waits for.
import * as glue from '#opener-glue';
import { Instance } from '../instance';

export const opener = new Instance(glue, 'await ready() first');

const companions: { loaded(): Promise<void> }[] = [];

/** Has a module loaded with the opener where that waits for ready(); elsewhere the first call is soon enough. */
export function loadWithOpener(companion: { loaded(): Promise<void> }): void {
  companions.push(companion);
}

export async function loaded(): Promise<void> {
  if (opener.isLoaded) return;
  // The opener last, because once it is there nothing is tried again.
  await Promise.all(companions.map((companion) => companion.loaded()));
  await opener.loaded();
}
