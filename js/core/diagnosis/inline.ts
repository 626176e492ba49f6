// Browsers and Deno. Bundlers omit this file if an application uses neither function. For that it must not be listed in
// `sideEffects`, and must create the functions itself: bundlers do not omit a file that only re-exports.
import { bytes } from '#diagnosis-bytes';
import { loadWithOpener } from '../opener/load';
import type { Diagnose, Explain } from '../types';
import { functionsOf } from './functions';
import { diagnosis } from './load';

diagnosis.loadAtCall(bytes);
diagnosis.loadFrom(() => WebAssembly.compile(bytes()));
loadWithOpener(diagnosis);

const functions = functionsOf(diagnosis);

/** Explains why a payload does not open, or why a code is rejected. {@link Diagnose} has the parameters. */
export const diagnose: Diagnose = functions.diagnose;

/** Explains a platform's response: what it means, who is responsible and what to do. {@link Explain} has the parameters. */
export const explain: Explain = functions.explain;
