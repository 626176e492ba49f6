import type { Command } from 'commander';
import { addDiagnose } from './diagnose';
import { addExplain } from './explain';
import { addOpen } from './open';
import { addPlayground } from './playground';
import { addSimulate } from './simulate';

/** In the order of the help. */
export const commands: readonly ((program: Command) => void)[] = [
  addDiagnose,
  addOpen,
  addExplain,
  addPlayground,
  addSimulate,
];
