import type { Command } from 'commander';
import { diagnose, openPhone, readPhone } from '../../core/entry/node';
import { PhoneError } from '../../core/errors';
import type { Keys, PhoneNumber, Platform, Sealed } from '../../core/types';
import { does, UsageError } from '../command';
import { addInput, type CliInput, diagnoseInputOf, type InputOptions, KEYS_HELP, readInput } from '../input';
import { choosePlatform } from '../platform-choice';

const about = "Opens the payload of a phone button, or reads a platform's response, and prints the number as JSON.";

const examples = `
  mp-phone open event.json --keys keys.json
  mp-phone open event.json --keys keys.json --max-age Infinity
${KEYS_HELP}

Exit code: 0 the payload opened, 1 it did not open, 2 the command line is wrong.`;

interface Options extends InputOptions {
  raw?: boolean;
}

export function addOpen(program: Command): void {
  const command = addInput(program.command('open').summary('opens a payload and prints the number').description(about))
    .option('--raw', "include the payload's own fields")
    .addHelpText('after', examples);
  does(command, run);
}

async function run(file: string | undefined, options: Options): Promise<number> {
  const input = await readInput(file, options);
  if (input.kind === 'code')
    throw new UsageError(
      'a code contains no number: your server exchanges it with the platform. Use mp-phone diagnose to check the form of a code',
    );
  const platform = input.kind === 'response' ? (input.platform ?? input.candidates[0]) : choosePlatform(input).platform;
  if (!platform) throw new UsageError('the platform is not recognised. Add --platform, such as --platform wechat');
  try {
    const { raw, ...phone } = phoneOf(input, platform);
    console.log(JSON.stringify(options.raw ? { ...phone, raw } : phone, null, 2));
    return 0;
  } catch (error) {
    if (!(error instanceof PhoneError)) throw error;
    console.error(`mp-phone: ${error.code}: ${error.message}`);
    const finding =
      input.kind === 'response'
        ? undefined
        : diagnose(diagnoseInputOf(input, platform), input.keys, input.options).findings[0];
    if (finding) console.error(`${finding.en}\n→ ${finding.fix.en}\nRun mp-phone diagnose for details.`);
    return 1;
  }
}

const phoneOf = (input: CliInput, platform: Platform): PhoneNumber =>
  input.kind === 'response'
    ? readPhone({ platform, answer: input.responseText ?? '' }, input.keys as { appId?: string }, input.options)
    : openPhone(diagnoseInputOf(input, platform) as Sealed, input.keys as Keys, input.options);
