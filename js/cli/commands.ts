import type { Command } from 'commander';
import { addDiagnose } from './commands/diagnose';
import { addExplain } from './commands/explain';
import { addOpen } from './commands/open';
import { addPlayground } from './commands/playground';
import { addSimulate } from './commands/simulate';

/** In the order of the help text. */
export const commands: readonly ((program: Command) => void)[] = [
  addDiagnose,
  addOpen,
  addExplain,
  addPlayground,
  addSimulate,
];
