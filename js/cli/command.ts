import { type Command, InvalidArgumentError } from 'commander';

/** The command line is wrong. */
export class UsageError extends Error {}

/** Adds the action of a command. The action returns the exit code. */
export function does<T extends unknown[]>(command: Command, run: (...args: T) => Promise<number> | number): void {
  command.action(async (...args) => {
    process.exitCode = await run(...(args as unknown as T));
  });
}

/** For options that may be repeated. */
export const collect = (value: string, before: string[] | undefined): string[] => [...(before ?? []), value];

export function port(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number > 65535) throw new InvalidArgumentError('--port is a number from 0 to 65535.');
  return number;
}

/** The error of a server that cannot listen, for the user. */
export const listenError = (error: NodeJS.ErrnoException, port: number): Error =>
  error.code === 'EADDRINUSE'
    ? new Error(`port ${port} is in use. Choose another port with --port, or 0 for any free port`)
    : error;

/**
 * Resolves when the user presses Ctrl+C. Call it before the command prints its address: before the call, a signal
 * ends Node and the server is not closed.
 */
export function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}
