// Browsers, with or without a bundler, and Deno: the module is loaded immediately if the engine allows it, otherwise by
// ready().
import { bytes } from '#opener-bytes';
import { opener } from './load';

opener.loadFrom(() => WebAssembly.compile(bytes()));
opener.tryToLoad(bytes);
