// Cloudflare Workers compile modules at deployment and forbid it at run time.
import module from '#wasm';
import { loadSync } from '../load';

loadSync(module);

export * from '../index';
