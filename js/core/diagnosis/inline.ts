// Browsers and Deno. Bundlers leave this out where neither function is used: it must be listed in no `sideEffects`, and
// make the functions itself, because bundlers pass over a file that only hands them on.
import { bytes } from '#diagnosis-bytes';
import { loadWithOpener } from '../opener/load';
import { functionsOf } from './functions';
import { diagnosis } from './load';

diagnosis.loadAtCall(bytes);
diagnosis.loadFrom(() => WebAssembly.compile(bytes()));
loadWithOpener(diagnosis);

export const { diagnose, explain } = functionsOf(diagnosis);
