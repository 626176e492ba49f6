// Node (CommonJS), and CommonJS bundles of any kind: loaded when required. The bytes are in the code and not in a file
// beside it, because cloud functions are deployed as one bundled file.
import { bytes } from '#opener-bytes';
import { opener } from './load';

opener.loadSync(bytes());
