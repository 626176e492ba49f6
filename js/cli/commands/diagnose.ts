import type { Command } from 'commander';
import { platformNames } from '../../core/platforms';
import { does } from '../command';
import { addInput, type InputOptions, KEYS_HELP, readInput } from '../input';
import { lang, languageOf, text } from '../language';
import { choosePlatform } from '../platform-choice';
import { report } from '../report';
import { explainResponse } from './explain';

const about =
  'Explains why a payload does not open, or why a platform will reject a code: which field is wrong, what it means, and what to do. ' +
  "Accepts any form of the data, in a file or from standard input. A platform's response is explained.";

const examples = `
  mp-phone diagnose event.json --keys keys.json
  pbpaste | MP_PHONE_SESSION_KEY=… MP_PHONE_APP_ID=wx… mp-phone diagnose
  mp-phone diagnose --platform wechat --code 0e1AbC…
  mp-phone diagnose event.json --keys keys.json --json
${KEYS_HELP}

Exit code: 0 the payload opens, or the code has no known mistake; 1 it does not; 2 the command line is wrong. A platform's
response is explained: see mp-phone explain. The phone number is never printed.`;

interface Options extends InputOptions {
  json?: boolean;
  lang?: string;
}

export function addDiagnose(program: Command): void {
  const command = addInput(
    program.command('diagnose').summary('explains why a payload does not open').description(about),
  )
    .option('--json', 'print the result of diagnose() as JSON')
    .addOption(lang())
    .addHelpText('after', examples);
  does(command, run);
}

async function run(file: string | undefined, options: Options): Promise<number> {
  const language = languageOf(options.lang);
  const input = await readInput(file, options);
  if ((input.kind === 'response' || input.kind === 'keys') && input.responseText !== undefined) {
    return explainResponse(
      input.platform ? [input.platform] : input.candidates,
      input.responseText,
      Boolean(options.json),
      language,
    );
  }
  const { platform, diagnosis, assumed } = choosePlatform(input);
  if (assumed) {
    const name = platformNames[platform][language];
    console.error(
      text(language)(
        `mp-phone: the input names no platform; using the most probable one, ${name}. Use --platform to choose another.`,
        `mp-phone：输入中没有写明平台，按最可能的平台（${name}）处理；可用 --platform 指定其他平台。`,
      ),
    );
  }
  console.log(options.json ? JSON.stringify(diagnosis, null, 2) : report(input, platform, diagnosis, language));
  return diagnosis.ok ? 0 : 1;
}
