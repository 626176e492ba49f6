import { parseArgs, type ParseArgsConfig } from 'node:util';

/** One of `mp-phone`'s commands. */
export interface Command {
  /** One line, for the list of commands. */
  summary: string;
  help: string;
  /** Gives the exit code: 0, or 1 where it failed. May throw {@link UsageError}. */
  run(args: string[]): Promise<number>;
}

/** What was typed makes no sense. */
export class UsageError extends Error {}

/** Node's parseArgs, whose complaints are the user's mistakes. */
export function parse<T extends ParseArgsConfig>(config: T): ReturnType<typeof parseArgs<T>> {
  if (typeof parseArgs !== 'function') throw new Error('the command line needs Node 16.17 or newer');
  try {
    return parseArgs(config);
  } catch (error) {
    throw new UsageError((error as Error).message.replace(/\.$/, ''));
  }
}
