// Cloudflare Workers compile modules at deployment and forbid compilation at run time.
import module from '#opener-wasm';
import { opener } from './load';

opener.loadSync(module);
