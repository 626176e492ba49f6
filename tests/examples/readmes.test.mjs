// The examples' READMEs: their code parses, and both languages have the same code.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { transform } from 'esbuild';
import { examples } from './project.mjs';

const names = readdirSync(examples, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
const blocks = (text) =>
  [...text.matchAll(/^```(\w+)\n([^]*?)^```$/gm)].map(([, language, code]) => ({ language, code }));
const withoutTexts = (code) => code.replace(/ *\/\/.*$/gm, '').replace(/>[^<]+</g, '><');

test('there are six examples', () =>
  assert.deepEqual(names, ['express-bff', 'hono-worker', 'native-wechat', 'taro', 'uni-app', 'wechat-cloud-function']));

for (const name of names) {
  const text = readFileSync(join(examples, name, 'README.md'), 'utf8');
  const [english, chinese, ...more] = text.split(/^---$/m);

  test(`${name}: every block of JavaScript parses`, async () => {
    const scripts = blocks(text).filter(({ language }) => language === 'js');
    assert.ok(scripts.length >= 2);
    // ES modules allow `await` at the top level, as the blocks use it.
    for (const { code } of scripts) await transform(code, { loader: 'js', format: 'esm', logLevel: 'silent' });
  });
  test(`${name}: both languages have the same parts and the same code`, () => {
    assert.deepEqual(more, []);
    assert.deepEqual(
      blocks(chinese).map(({ code }) => withoutTexts(code)),
      blocks(english).map(({ code }) => withoutTexts(code)),
    );
    const shape = (part) => part.match(/^(#+ |- |\|)/gm).join('');
    assert.equal(shape(chinese), shape(english));
  });
  test(`${name}: all dependencies except ours have exact versions`, () => {
    const { dependencies, devDependencies } = JSON.parse(readFileSync(join(examples, name, 'package.json'), 'utf8'));
    const inexact = Object.entries({ ...dependencies, ...devDependencies }).filter(
      ([, version]) => !/^\d+\.\d+\.\d+(-\d+)?$/.test(version),
    );
    assert.ok(
      ['mp-phone', 'mp-phone-button'].some((ours) => isDeepStrictEqual(inexact, [[ours, '^0.1.0']])),
      JSON.stringify(inexact),
    );
  });
}
