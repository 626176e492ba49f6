// The part `words`: whether the files that git has are written in plain words. `node js/build/words/check.mjs [--count]
// [path …]` prints what it finds, or how often each rule is broken.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../paths.mjs';
import { Failed, run } from '../run.mjs';
import { namesOf, proseOf } from './read.mjs';
import { CHINESE, ENGLISH, IDENTIFIERS } from './rules.mjs';

/** Data, licences and locks have no sentences of ours; the rules name what they forbid. */
const NOT_CHECKED =
  /\.(svg|png|lock|capnp)$|(^|\/)package(-lock)?\.json$|(^|\/)LICENSE$|^tests\/vectors\/[^/]*\.json$|^docs\/benchmark\.json$|^js\/build\/words\/rules\.mjs$|^tests\/package\/words\.test\.mjs$/;
const HAN = /[\u4e00-\u9fff]/;
const CHINESE_PAGE = /\.zh-CN\.md$/;
/** An English sentence: four words in a row. */
const ENGLISH_SENTENCE = /[a-z]+ [a-z]+ [a-z]+ [a-z]+/i;

/** Whether a text is Chinese, and not English with a Chinese name in it. */
const isChinese = (text) => (text.match(/[\u4e00-\u9fff]/g)?.length ?? 0) * 2 > (text.match(/[a-z]/gi)?.length ?? 0);

/** Code in backticks, placeholders and names of files are not prose. */
const withoutCode = (text) =>
  text
    .replace(/`[^`]*`/g, '`…`')
    .replace(/\{\w+(:\?)?\}/g, '…')
    .replace(/[\w./-]+\.(mjs|cjs|js|tsx?|rs|json|toml|md)\b/g, '…');

/** The glossary names the words that it replaces. */
const withoutGlossary = (text) => text.replace(/^## Words\n[^]*?(?=^## )/m, (section) => section.replace(/[^\n]/g, ''));

/** The faults of a file: `{ line, rule, advice, text }`. */
export function faultsOf(path, content) {
  const text = path === 'CONTRIBUTING.md' ? withoutGlossary(content) : content;
  const faults = [];
  const isChinesePage = CHINESE_PAGE.test(path);
  for (const { line, text: prose, comment, sample } of proseOf(path, text)) {
    const plain = withoutCode(prose);
    // A text of a single word is a name, such as a code. Source code in a text is not prose.
    if (!comment && ((!/\s/.test(plain) && !isChinese(plain)) || /^import .* from /.test(plain))) continue;
    const rules = isChinese(plain) ? [...CHINESE, ...ENGLISH] : ENGLISH;
    for (const [expression, advice, allowed] of rules) {
      if (allowed?.test(prose)) continue;
      const match = plain.match(new RegExp(expression, 'i'));
      if (match) faults.push({ line, rule: `${expression}`, advice, text: excerpt(plain, match.index) });
    }
    if (isChinesePage && sample && comment && !HAN.test(prose) && ENGLISH_SENTENCE.test(prose))
      faults.push({ line, rule: 'an English comment in a sample of a Chinese page', advice: '中文注释', text: prose });
  }
  text.split('\n').forEach((row, index) => {
    if (/[ \t]+$/.test(row))
      faults.push({ line: index + 1, rule: 'a blank at the end of a line', advice: 'none', text: row.trim() });
  });
  for (const { line, name } of namesOf(path, text))
    if (IDENTIFIERS.has(name))
      faults.push({ line, rule: 'an identifier', advice: 'the noun of its value', text: name });
  return faults;
}

const excerpt = (text, index) => text.slice(Math.max(0, index - 30), index + 60);

/** The faults of the project's files, or of those below the paths: `{ path, line, rule, advice, text }`. */
export async function wordFaults(paths = []) {
  const { output } = await run('git', ['ls-files', '--cached', '--others', '--exclude-standard', '--', ...paths]);
  return output
    .split('\n')
    .filter((path) => path && existsSync(join(root, path)) && !NOT_CHECKED.test(path))
    .flatMap((path) => faultsOf(path, readFileSync(join(root, path), 'utf8')).map((fault) => ({ path, ...fault })));
}

/** Checks every file of the project. @throws {Failed} with each fault, and the plain word for it */
export async function checkWords() {
  const faults = await wordFaults();
  if (faults.length) throw new Failed(faults.map(line).join('\n'));
  return { passed: 1, failed: 0 };
}

const line = ({ path, line, rule, advice, text }) => `${path}:${line}  ${rule}  → ${advice}\n    ${text}`;

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const paths = process.argv.slice(2).filter((argument) => argument !== '--count');
  const faults = await wordFaults(paths);
  if (process.argv.includes('--count')) {
    const counts = new Map();
    for (const { rule } of faults) counts.set(rule, (counts.get(rule) ?? 0) + 1);
    for (const [rule, count] of [...counts].sort(([, a], [, b]) => b - a))
      console.log(`${String(count).padStart(6)}  ${rule}`);
  } else for (const fault of faults) console.log(line(fault));
  console.log(`${faults.length} faults`);
  process.exitCode = faults.length ? 1 : 0;
}
