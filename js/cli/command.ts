import { type Command, InvalidArgumentError } from 'commander';

/** What was typed makes no sense. */
export class UsageError extends Error {}

/** What a command does. It gives the exit code. */
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

export const taken = (error: NodeJS.ErrnoException, port: number): Error =>
  error.code === 'EADDRINUSE'
    ? new Error(`port ${port} is taken. Choose another with --port, or 0 for any that is free`)
    : error;

/** Resolves with Ctrl+C. Called before a command prints its address: until then, a signal ends Node without closing. */
export function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}
