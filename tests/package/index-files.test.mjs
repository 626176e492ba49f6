// The contract stands on the ground, in files named types: an index only exports what other files have.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import ts from 'typescript';
import { root } from '../../js/build/paths.mjs';

const INDEX = /(^|\/)index\.m?ts$|(^|\/)index\.mjs$/;

/** The statements of a source that do anything but re-export. */
export function otherStatements(text) {
  const { statements } = ts.createSourceFile('index.ts', text, ts.ScriptTarget.Latest);
  return statements.filter((statement) => !(ts.isExportDeclaration(statement) && statement.moduleSpecifier)).length;
}

test('a file that does more than exporting is noticed', () => {
  assert.equal(otherStatements("export { a } from './a';\nexport * from './b';"), 0);
  assert.equal(otherStatements("import { a } from './a';\nexport { a };"), 2);
  assert.equal(otherStatements('export const a = 1;'), 1);
});

test('every index of js/ only exports', () => {
  const files = readdirSync(join(root, 'js'), { recursive: true, encoding: 'utf8' }).filter((path) => INDEX.test(path));
  assert.ok(files.length >= 6, files.join());
  const wrong = files.filter((path) => otherStatements(readFileSync(join(root, 'js', path), 'utf8')));
  assert.deepEqual(wrong, []);
});
