// Node: entry/node.ts requires this when it is first asked.
import { bytes } from '#diagnosis-bytes';
import { functionsOf } from './functions';
import { diagnosis } from './load';

diagnosis.loadAtCall(bytes);

export const { diagnose, explain } = functionsOf(diagnosis);
