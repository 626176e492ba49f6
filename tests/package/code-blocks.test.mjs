// Every code block of the READMEs and the docs compiles in a strict TypeScript project, in each module kind.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { install } from '../support/installed.mjs';
import { compileErrors, MODULE_KINDS } from '../support/type-check.mjs';
import { ambientFiles, blockFiles, codeBlocks } from './code-blocks.mjs';

/** TypeScript's error for a parameter without a type. It is ignored, because the blocks are JavaScript. */
const UNTYPED_PARAMETER = /^(Parameter|Binding element) '\w+' implicitly has an 'any' type\./;

const { files, places } = await blockFiles();
const folder = install('code-blocks', { button: true });

function errorsOf(kind, sources) {
  return compileErrors(folder, { ...ambientFiles, ...sources }, MODULE_KINDS[kind])
    .filter(({ text }) => !UNTYPED_PARAMETER.test(text))
    .map(({ file, line, text }) =>
      places[file] ? `${places[file].page}:${places[file].line + line - 1}: ${text}` : `${file}:${line}: ${text}`,
    );
}

test('the blocks of a page are found, with their lines', () => {
  const page = 'text\n\n```js\nconst a = 1;\n```\n\n```sh\nls\n```\n\n```ts\nlet b;\n```\n';
  assert.deepEqual(codeBlocks(page), [
    { line: 4, language: 'ts', code: 'const a = 1;' },
    { line: 12, language: 'ts', code: 'let b;' },
  ]);
  assert.ok(Object.keys(files).length > 80);
});

test('a block with a mistake causes an error', () => {
  const errors = errorsOf('nodenext', { 'mistake.mts': "openPhone({ platform: 'wechat' }, {});\nexport {};" });
  assert.equal(errors.length, 1);
  assert.match(errors[0], /^mistake\.mts:1: /);
});

for (const kind of Object.keys(MODULE_KINDS))
  test(`the blocks compile: ${kind}`, () => assert.deepEqual(errorsOf(kind, files), []));
