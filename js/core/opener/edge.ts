// Vercel's Edge runtime: as Cloudflare's, with a suffix of its own.
import module from '#opener-wasm?module';
import { opener } from './load';

opener.loadSync(module);
