// Cloudflare Workers. Bundlers omit this file and its module like inline.ts.
import module from '#diagnosis-wasm';
import { functionsOf } from './functions';
import { diagnosis } from './load';

diagnosis.loadAtCall(() => module);

export const { diagnose, explain } = functionsOf(diagnosis);
