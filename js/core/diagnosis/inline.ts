// Browsers and Deno. Bundlers leave this out where neither function is used: it must be listed in no `sideEffects`, and
// make the functions itself, because bundlers pass over a file that only hands them on.
import { bytes } from '#diagnosis-bytes';
import { loadWithOpener } from '../opener/load';
import type { Diagnose, Explain } from '../types';
import { functionsOf } from './functions';
import { diagnosis } from './load';

diagnosis.loadAtCall(bytes);
diagnosis.loadFrom(() => WebAssembly.compile(bytes()));
loadWithOpener(diagnosis);

const functions = functionsOf(diagnosis);

/** Says why a payload does not open, or why a code is refused. {@link Diagnose} has the parameters. */
export const diagnose: Diagnose = functions.diagnose;

/** Says what a platform's answer means, whose turn it is and what to do. {@link Explain} has the parameters. */
export const explain: Explain = functions.explain;
