// The tables of the READMEs that are generated from the project's data, each between two marks.

const CLOSING = '<!-- end -->';

const TEXTS = {
  en: {
    comma: ', ',
    field: 'the field',
    finding: '| finding | meaning |',
    platform: '| name | platform | other accepted names |',
  },
  zh: { comma: '、', field: '该字段', finding: '| 结论 | 含义 |', platform: '| 名称 | 平台 | 也接受的其他名称 |' },
};

const code = (text) => `\`${text}\``;
const table = (head, rows) =>
  [head, head.replaceAll(/[^|]+/g, '---'), ...rows.map((cells) => `| ${cells.join(' | ')} |`)].join('\n');

/** The template of a finding as a sentence: `n` and `…` replace the values of a diagnosis. */
function sentence(template, field) {
  return template
    .replace(/^\{field\}/, field[0].toUpperCase() + field.slice(1))
    .replaceAll('{field}', field)
    .replaceAll(/(?<=[\u4e00-\u9fff]) (?=该字段)|(?<=该字段) (?=[\u4e00-\u9fff])/g, '')
    .replace('{n}', 'n')
    .replace(/\{(actual|expected)\}/g, '…');
}

/** The tables of a README by their names. */
const tables = (language, { platforms, findings }) => ({
  platforms: table(
    TEXTS[language].platform,
    platforms.map((entry) => [code(entry.id), entry[language], entry.aliases.map(code).join(TEXTS[language].comma)]),
  ),
  findings: table(
    TEXTS[language].finding,
    Object.entries(findings).map(([name, finding]) => [code(name), sentence(finding[language], TEXTS[language].field)]),
  ),
});

/** The README with its tables generated again. @throws {Error} if a README lacks a place for a table */
export function withTables(readme, language, data) {
  return Object.entries(tables(language, data)).reduce((text, [name, rows]) => {
    const opening = `<!-- npm run generate: ${name} -->`;
    const start = text.indexOf(opening);
    const end = text.indexOf(CLOSING, start);
    if (start < 0 || end < 0) throw new Error(`the README lacks the place for the table of ${name}`);
    return `${text.slice(0, start)}${opening}\n\n${rows}\n\n${text.slice(end)}`;
  }, readme);
}
