// Vercel's Edge runtime: as Cloudflare's, with a suffix of its own.
import module from '#wasm?module';
import { loadSync } from '../load';

loadSync(module);

export * from '../index';
