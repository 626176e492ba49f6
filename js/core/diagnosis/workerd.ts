// Cloudflare Workers. Left out by bundlers as inline.ts is, and with it the module.
import module from '#diagnosis-wasm';
import { functionsOf } from './functions';
import { diagnosis } from './load';

diagnosis.loadAtCall(() => module);

export const { diagnose, explain } = functionsOf(diagnosis);
