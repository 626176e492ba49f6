// The page contains one WebAssembly module, which both opens and diagnoses.
import { functionsOf } from '../../core/diagnosis/functions';
import { opener } from '../../core/opener/load';

export const { diagnose, explain } = functionsOf(opener);
