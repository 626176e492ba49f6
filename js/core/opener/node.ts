// Node (CommonJS), and CommonJS bundles of any kind: the module is loaded when this file is required. Its bytes are in
// the code, and not in another file, because cloud functions are deployed as a single bundled file.
import { bytes } from '#opener-bytes';
import { opener } from './load';

opener.loadSync(bytes());
