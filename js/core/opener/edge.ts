// Vercel's Edge runtime: like Cloudflare's, with another suffix.
import module from '#opener-wasm?module';
import { opener } from './load';

opener.loadSync(module);
