// The page carries the one module that can do everything: what opens here also diagnoses.
import { functionsOf } from '../../core/diagnosis/functions';
import { opener } from '../../core/opener/load';

export const { diagnose, explain } = functionsOf(opener);
