import type { Command } from 'commander';
import { platformNames } from '../../core/platforms';
import { does } from '../command';
import { addInput, type InputOptions, KEYS_HELP, readInput } from '../input';
import { lang, languageOf, text } from '../language';
import { choosePlatform } from '../platform-choice';
import { report } from '../report';
import { explainAnswer } from './explain';

const about =
  'Says why a payload does not open, or why a code will be refused: which field, what was seen, what it means, what to do. ' +
  "Takes whatever you have: put it into a file, or pipe it in. A platform's answer is explained.";

const examples = `
  mp-phone diagnose event.json --keys keys.json
  pbpaste | MP_PHONE_SESSION_KEY=… MP_PHONE_APP_ID=wx… mp-phone diagnose
  mp-phone diagnose --platform wechat --code 0e1AbC…
  mp-phone diagnose event.json --keys keys.json --json
${KEYS_HELP}

Exit code: 0 it opens, 1 it does not, 2 it was asked for wrongly. The phone number is never printed.`;

interface Options extends InputOptions {
  json?: boolean;
  lang?: string;
}

export function addDiagnose(program: Command): void {
  const command = addInput(program.command('diagnose').summary('says why a payload does not open').description(about))
    .option('--json', 'what diagnose() gives, as JSON')
    .addOption(lang())
    .addHelpText('after', examples);
  does(command, run);
}

async function run(file: string | undefined, options: Options): Promise<number> {
  const language = languageOf(options.lang);
  const input = await readInput(file, options);
  if ((input.kind === 'answer' || input.kind === 'keys') && input.answer !== undefined) {
    return explainAnswer(
      input.platform ? [input.platform] : input.candidates,
      input.answer,
      Boolean(options.json),
      language,
    );
  }
  const { platform, diagnosis, assumed } = choosePlatform(input);
  if (assumed) {
    const name = platformNames[platform][language];
    console.error(
      text(language)(
        `mp-phone: the platform is not named; taken for the most probable, ${name}. --platform says otherwise.`,
        `mp-phone: 没有写明平台，按最可能的${name}处理；可用 --platform 指定。`,
      ),
    );
  }
  console.log(options.json ? JSON.stringify(diagnosis, null, 2) : report(input, platform, diagnosis, language));
  return diagnosis.ok ? 0 : 1;
}
