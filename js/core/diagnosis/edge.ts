// Vercel's Edge runtime. As with inline.ts, bundlers omit this file and its module if an application uses neither
// function.
import module from '#diagnosis-wasm?module';
import { functionsOf } from './functions';
import { diagnosis } from './load';

diagnosis.loadAtCall(() => module);

export const { diagnose, explain } = functionsOf(diagnosis);
