// Vercel's Edge runtime. Bundlers omit this file and its module like inline.ts.
import module from '#diagnosis-wasm?module';
import { functionsOf } from './functions';
import { diagnosis } from './load';

diagnosis.loadAtCall(() => module);

export const { diagnose, explain } = functionsOf(diagnosis);
