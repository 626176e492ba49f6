// mp-phone on Node. The file of the other module is read when it is first asked; bundlers see a plain name, and carry it.
import type * as api from '../index';

export * from '../opener/node';

declare function require(name: '../diagnosis/node'): typeof import('../diagnosis/node');
const diagnosis = () => require('../diagnosis/node');
export const diagnose: typeof api.diagnose = (...args) => diagnosis().diagnose(...args);
export const explain: typeof api.explain = (...args) => diagnosis().explain(...args);
