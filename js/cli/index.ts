#!/usr/bin/env node
import { commands } from './commands/index';
import { UsageError } from './command';

declare const MP_PHONE_VERSION: string;

/** 0 all is well, 1 it failed, 2 it was asked for wrongly. */
async function main([name, ...args]: string[]): Promise<number> {
  if (name === '--version' || name === '-v') return say(MP_PHONE_VERSION);
  if (name === '--help' || name === '-h' || name === 'help') return say(overview());
  const command = commands.get(name ?? '');
  if (!command) {
    const complaint = name === undefined ? 'a command is missing' : `there is no command '${name}'`;
    return complain(`${complaint}. There is: ${[...commands.keys()].join(', ')}. Try: mp-phone --help`, 2);
  }
  if (args.includes('--help') || args.includes('-h')) return say(command.help);
  try {
    return await command.run(args);
  } catch (error) {
    const { message } = error as Error;
    return error instanceof UsageError ? complain(`${message}. Try: mp-phone ${name} --help`, 2) : complain(message, 1);
  }
}

function overview(): string {
  const width = Math.max(...[...commands.keys()].map((name) => name.length));
  const lines = [...commands].map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`);
  return ['Usage: mp-phone <command> [options]', '', ...lines, '', 'mp-phone <command> --help says more. mp-phone --version gives the version.'].join('\n');
}

function say(text: string): number {
  console.log(text);
  return 0;
}

function complain(text: string, code: number): number {
  console.error(`mp-phone: ${text}`);
  return code;
}

void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
