// The findings as they are documented: types and READMEs list what src/diagnosis/diagnose/findings.json has.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../../js/build/paths.mjs';

const read = (...path) => readFileSync(join(root, ...path), 'utf8');
const findings = JSON.parse(read('src', 'diagnosis', 'diagnose', 'findings.json'));

test('the type FindingCode has every finding', () => {
  const [, union] = /export type FindingCode =\n([^;]+);/.exec(read('js', 'core', 'codes.ts'));
  assert.deepEqual(
    [...union.matchAll(/'([^']+)'/g)].map(([, code]) => code),
    Object.keys(findings),
  );
});

for (const [file, language, field] of [
  ['README.md', 'en', 'the field'],
  ['README.zh-CN.md', 'zh', '该字段'],
]) {
  test(`${file} says of every finding what is seen`, () => {
    const row = ([code, finding]) => {
      const text = finding[language]
        .replaceAll('{field}', field)
        .replace('{n}', 'n')
        .replace(/\{(seen|wanted)\}/g, '…');
      return `| \`${code}\` | ${text[0].toUpperCase()}${text.slice(1)} |`;
    };
    const expected = Object.entries(findings).map(row);
    const [, table] = /<details>([^]+?)<\/details>/.exec(read(file));
    const rows = table.split('\n').filter((line) => line.startsWith('| `'));
    assert.deepEqual(rows, expected);
  });
}

test('the sources name every finding that the data has, and no other', () => {
  const files = readdirSync(join(root, 'src', 'diagnosis', 'diagnose')).filter((name) => name.endsWith('.rs'));
  const sources = [
    read('src', 'diagnosis', 'diagnose.rs'),
    ...files.map((name) => read('src', 'diagnosis', 'diagnose', name)),
  ].join('\n');
  const unnamed = Object.keys(findings).filter((code) => !sources.includes(`"${code}"`));
  assert.deepEqual(unnamed, []);
  const made = [...sources.matchAll(/Mistake::(?:new|of_payload)\(\s*"([^"]+)"/g)].map(([, code]) => code);
  assert.deepEqual(
    made.filter((code) => !(code in findings)),
    [],
  );
});
