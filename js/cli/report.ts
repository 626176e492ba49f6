// Prints a diagnosis for a person.

import { platformNames } from '../core/platforms';
import type { Diagnosis, Finding, Platform, Step } from '../core/types';
import { excerpts } from './excerpt';
import type { CliInput } from './input';
import { type Language, text } from './language';
import { green, grey, red, yellow } from './paint';

const SHAPES: Partial<Record<NonNullable<CliInput['shape']>, readonly [string, string]>> = {
  json: ['JSON', ' JSON'],
  curl: ['a curl command', ' curl 命令'],
  form: ['a form or query', '表单或查询字符串'],
  log: ['a log', '日志'],
  message: ['a message', '错误信息'],
  base64: ['bare base64', '一段 base64'],
  code: ['a bare code', '一段字符串'],
};
const SEVERITY = {
  error: ['error', '错误', red],
  warning: ['warning', '警告', yellow],
  info: ['info', '提示', grey],
} as const;
const STEPS: Record<Step['name'], string> = {
  fields: '字段',
  bytes: '解码',
  verify: '验签',
  decrypt: '解密',
  parse: '解析',
  check: '核对',
};
const MARKS = { ok: green('✓'), repaired: yellow('~'), failed: red('✗'), unreached: grey('·'), none: grey('–') };
const BLOCKS = { text: '█', garbage: '░', cut: '▏' };
const BLOCKS_IN_A_LINE = 64;

export function report(
  input: CliInput,
  platform: Platform,
  { ok, findings, steps }: Diagnosis,
  language: Language,
): string {
  const say = text(language);
  return [
    headline(input, platform, ok, language),
    ...findings.flatMap((finding, index) => ['', ...findingLines(finding, index + 1, input, language)]),
    '',
    say('Step by step', '处理步骤'),
    ...steps.flatMap((step) => stepLines(step, language)),
    ...(ok && input.kind === 'sealed'
      ? [
          '',
          say(
            'The number is not shown here. Run mp-phone open to print it.',
            '此处不显示手机号，可用 mp-phone open 输出。',
          ),
        ]
      : []),
  ].join('\n');
}

function headline({ kind, shape, sealed }: CliInput, platform: Platform, ok: boolean, language: Language): string {
  const say = text(language);
  const verdicts = {
    sealed: ok ? say('opens', '可以解密') : say('does not open', '无法解密'),
    code: ok
      ? say('the form of this code shows no mistake', '这个 code 的格式没有问题')
      : say('the platform will reject this code', '平台会拒绝这个 code'),
    event: ok
      ? say('this event shows no known mistake', '这个事件中没有发现问题')
      : say('the event has no number', '事件中没有手机号'),
  };
  const verdict = verdicts[kind as 'sealed'] ?? verdicts.sealed;
  const fields = Object.keys(sealed).filter(
    (name) =>
      !['use', 'errno', 'signType', 'encryptType', 'charset'].includes(name) && (kind === 'code' || name !== 'code'),
  );
  const from = shape && SHAPES[shape] ? say(` (in ${SHAPES[shape]?.[0]})`, `（来自${SHAPES[shape]?.[1]}）`) : '';
  const mark = ok ? green('✓') : red('✗');
  const list = fields.join(say(', ', '、'));
  return `${mark} ${verdict}${say(' – ', '：')}${platformNames[platform][language]}${say(', ', '，')}${list}${from}`;
}

function findingLines(finding: Finding, number: number, { sealed, keys }: CliInput, language: Language): string[] {
  const say = text(language);
  const { field, severity, repaired, at, code, fix } = finding;
  const [en, zh, paint] = SEVERITY[severity];
  const proven = repaired
    ? green(say(' proven: the step succeeds after the repair', ' 已证实：修复后，相应的步骤可以通过'))
    : '';
  const value = ({ ...sealed, ...keys } as Record<string, unknown>)[field ?? ''];
  return [
    `${number}. ${paint(say(en, zh))} ${field ? `${field} ` : ''}${grey(code)}${proven}`,
    `   ${finding[language]}`,
    ...excerpts(field, value, at, language).map((line) => `     ${line}`),
    `   → ${fix[language]}`,
  ];
}

function stepLines(step: Step, language: Language): string[] {
  const say = text(language);
  const line = `  ${MARKS[step.state]} ${say(step.name.padEnd(7), STEPS[step.name])}  ${step[language]}`.trimEnd();
  if (!step.blocks?.length) return [line];
  const rows =
    step.blocks
      .map((block) => BLOCKS[block])
      .join('')
      .match(new RegExp(`.{1,${BLOCKS_IN_A_LINE}}`, 'g')) ?? [];
  const legend = grey(
    say(
      'each cell is a block of 16 bytes: █ text, ░ garbage, ▏ cut off',
      '每格为一个 16 字节的块：█ 文本，░ 乱码，▏ 被截断',
    ),
  );
  return [line, ...[...rows, legend].map((row) => `    ${row}`)];
}
