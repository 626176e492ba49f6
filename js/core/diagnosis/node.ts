// Node: entry/node.ts requires this file at the first call.
import { bytes } from '#diagnosis-bytes';
import { functionsOf } from './functions';
import { diagnosis } from './load';

diagnosis.loadAtCall(bytes);

export const { diagnose, explain } = functionsOf(diagnosis);
