#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { UsageError } from './command';
import { commands } from './commands';

declare const MP_PHONE_VERSION: string;

const program = new Command('mp-phone')
  .usage('<command> [options]')
  .version(MP_PHONE_VERSION, '-v, --version', 'print the version')
  .helpOption('-h, --help', 'print this help')
  .helpCommand('help [command]', 'print the help of a command')
  .addHelpText('after', '\nRun mp-phone <command> --help for the options of a command.')
  .exitOverride()
  .configureOutput({ outputError: () => {} });
for (const add of commands) add(program);

/** Exit code 2: the command line is wrong. The help of each command describes its other exit codes. */
async function main(args: string[]): Promise<void> {
  const [name] = args;
  const names = program.commands.map((command) => command.name());
  try {
    if (name === undefined) throw new UsageError('a command is missing');
    await program.parseAsync(args, { from: 'user' });
  } catch (thrown) {
    const error = thrown as Error;
    if (error instanceof CommanderError && error.exitCode === 0) return;
    const help = names.includes(name ?? '')
      ? `mp-phone ${name} --help`
      : `mp-phone --help. Commands: ${names.join(', ')}`;
    if (error instanceof CommanderError || error instanceof UsageError)
      complain(`${readable(error, name)}. Try: ${help}`, 2);
    else complain(error.message, 1);
  }
}

function readable(error: Error, name: string | undefined): string {
  if (error instanceof CommanderError && error.code === 'commander.unknownCommand') return `unknown command '${name}'`;
  // A mistyped option may be followed by a secret.
  const message = error.message.replace(/^error: /, '').replace(/(--?[\w-]+=)[^]*?'(?=$|\n)/, "$1…'");
  return message.replace(/\n/g, ' ').replace(/\.$/, '');
}

function complain(text: string, code: number): void {
  console.error(`mp-phone: ${text}`);
  process.exitCode = code;
}

// Writing fails with EPIPE if the reader closes the pipe early, such as `| head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

void main(process.argv.slice(2));
