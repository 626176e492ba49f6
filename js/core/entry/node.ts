// mp-phone on Node. The file of the diagnosis module is read at its first call. Bundlers include the
// file, because its name is a constant.
import '../opener/node';
import type * as Diagnosis from '../diagnosis/node';
import type { Diagnose, Explain } from '../types';

export * from '../index';

declare function require(name: '../diagnosis/node'): typeof Diagnosis;
const diagnosis = () => require('../diagnosis/node');
export const diagnose: Diagnose = (...args) => diagnosis().diagnose(...args);
export const explain: Explain = (...args) => diagnosis().explain(...args);
