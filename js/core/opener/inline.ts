// Browsers, with a bundler or without, and Deno: loaded at once where the engine allows it, otherwise by ready().
import { bytes } from '#opener-bytes';
import { opener } from './load';

opener.loadFrom(() => WebAssembly.compile(bytes()));
opener.tryToLoad(bytes);
