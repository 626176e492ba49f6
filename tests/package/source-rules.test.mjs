// Rules for the files of js/ that no linter checks.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import ts from 'typescript';
import { root } from '../../js/build/paths.mjs';

const INDEX = /(^|\/)index\.([mc]?[jt]s|[jt]sx)$/;

/** The number of statements in a source that are not re-exports. */
export function otherStatements(text) {
  const { statements } = ts.createSourceFile('index.ts', text, ts.ScriptTarget.Latest);
  return statements.filter((statement) => !(ts.isExportDeclaration(statement) && statement.moduleSpecifier)).length;
}

/** The types that a source imports from another file with `import('…')`, which Biome's check for cycles ignores. */
export function importTypes(text) {
  const matches = [];
  const visit = (node) => {
    if (ts.isImportTypeNode(node) && /^import\(['"]\./.test(node.getText().replace('typeof ', '')))
      matches.push(node.getText());
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('source.tsx', text, ts.ScriptTarget.Latest, true));
  return matches;
}

test('importTypes finds a type that is imported with import()', () => {
  assert.deepEqual(
    importTypes("type A = import('./a').A; import type { B } from './b'; type C = typeof import('node:fs');"),
    ["import('./a').A"],
  );
});

test('types of other files are imported at the top of a file', () => {
  const files = readdirSync(join(root, 'js'), { recursive: true, encoding: 'utf8' }).filter((path) =>
    /\.tsx?$/.test(path),
  );
  assert.ok(files.length > 150);
  const wrong = files.flatMap((path) =>
    importTypes(readFileSync(join(root, 'js', path), 'utf8')).map((type) => `${path}: ${type}`),
  );
  assert.deepEqual(wrong, []);
});

test('otherStatements finds statements that are not re-exports', () => {
  assert.equal(otherStatements("export { a } from './a';\nexport * from './b';"), 0);
  assert.equal(otherStatements("import { a } from './a';\nexport { a };"), 2);
  assert.equal(otherStatements('export const a = 1;'), 1);
});

test('every index file of js/ contains only re-exports', () => {
  const files = readdirSync(join(root, 'js'), { recursive: true, encoding: 'utf8' }).filter((path) => INDEX.test(path));
  assert.ok(files.length >= 6, files.join());
  const wrong = files.filter((path) => otherStatements(readFileSync(join(root, 'js', path), 'utf8')));
  assert.deepEqual(wrong, []);
});
