import { existsSync, statSync } from 'node:fs';
import type { Command } from 'commander';
import { explain, platformOf } from '../../core/entry/node';
import { platformNames } from '../../core/platforms';
import type { Explanation, Platform } from '../../core/types';
import { recognise } from '../../paste/recognise';
import { does, UsageError } from '../command';
import { readText, requirePlatform } from '../input';
import { type Language, lang, languageOf, text } from '../language';
import { green, grey, red } from '../paint';

const about =
  "Explains a platform's response: what it means, who is responsible and what to do. " +
  "The input is the response's text, an error code alone, " +
  'the message of the error that a cloud call threw, a file with any of these, or standard input.';

const examples = `
  mp-phone explain wechat 40029
  mp-phone explain alipay isv.invalid-auth-relations
  mp-phone explain wechat 'errCode: 40029 | errMsg: invalid code rid: …'
  curl -s … | mp-phone explain douyin

Exit code: 0 the response is a success, 1 it is an error, 2 the command line is wrong.`;

interface Options {
  json?: boolean;
  lang?: string;
}

export function addExplain(program: Command): void {
  const command = program
    .command('explain')
    .summary("explains a platform's response or error code")
    .description(about)
    .argument('<platform>', 'wechat, alipay, baidu, douyin …')
    .argument('[response]', "the response's text, an error code, a file, or - for standard input")
    .option('--json', 'print the result of explain() as JSON')
    .addOption(lang())
    .addHelpText('after', examples);
  does(command, run);
}

async function run(name: string, argument: string | undefined, options: Options): Promise<number> {
  const platform = requirePlatform(name);
  const literal = argument !== undefined && argument !== '-' && !isFile(argument);
  const response = literal ? argument : await readText(argument);
  if (!response.trim()) throw new UsageError('the response is empty');
  return explainResponse(
    [platform],
    recognise(response, platformOf).response ?? response.trim(),
    Boolean(options.json),
    languageOf(options.lang),
  );
}

const isFile = (path: string): boolean => path.length < 1000 && existsSync(path) && statSync(path).isFile();

/**
 * Prints the explanation of the first platform whose error codes include the code, or for which the response is a
 * success. Returns the exit code.
 */
export function explainResponse(
  platforms: readonly Platform[],
  response: string,
  json: boolean,
  language: Language,
): number {
  const explanations = platforms.map((platform) => explain(platform, response));
  const explanation = explanations.find(({ known, error }) => known || !error) ?? explanations[0];
  if (!explanation) throw new UsageError('the platform is not recognised. Add --platform, such as --platform wechat');
  console.log(json ? JSON.stringify(explanation, null, 2) : explained(explanation, language));
  return explanation.error ? 1 : 0;
}

const RESPONSIBLE: Record<Explanation['responsible'], string> = {
  user: '用户',
  developer: '开发者',
  platform: '平台',
  nobody: '无',
};

function explained(
  { platform, error, code, subCode, meaning, action, retry, responsible, fix, rid, source }: Explanation,
  language: Language,
): string {
  const say = text(language);
  const row = (en: string, zh: string, value: string | null): string[] =>
    value ? [`  ${grey(say(en.padEnd(8), zh))}  ${value}`] : [];
  const subject = [platformNames[platform][language], code, subCode].filter(Boolean).join(' ');
  return [
    `${error ? red('✗') : green('✓')} ${subject}${say(': ', '：')}${meaning[language]}`,
    ...row('what to do', '处理方法', fix[language]),
    ...row('responsible', '负责方', say(`${responsible} (${action})`, `${RESPONSIBLE[responsible]}（${action}）`)),
    ...row(
      'retry',
      '重试',
      error ? (retry ? say('yes, by your server', '可以，由服务端重试') : say('no', '不要')) : null,
    ),
    ...row('rid', 'rid', rid),
    ...row('source', '出处', source),
  ].join('\n');
}
