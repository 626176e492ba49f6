// The outputs in the READMEs are the outputs of the command.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../../js/build/paths.mjs';
import { run } from './cli.mjs';

const { cases } = JSON.parse(readFileSync(join(root, 'tests', 'vectors', 'wechat.json'), 'utf8'));
const [sealed, keys, { now }] = cases.find(({ name }) => name === 'other-implementation-mainland').args;
const event = JSON.stringify({ ...sealed, ...keys, encryptedData: sealed.encryptedData.replaceAll('+', ' ') });

for (const [file, language] of [
  ['README.md', 'en'],
  ['README.zh-CN.md', 'zh'],
]) {
  test(`${file} shows the output of mp-phone diagnose for lost pluses`, async () => {
    const [, output] = /<!-- \$ mp-phone diagnose [^\n]+ -->\n```text\n([^]+?)```/.exec(
      readFileSync(join(root, file), 'utf8'),
    );
    const { code, out, err } = await run(['diagnose', '--lang', language, '--now', String(now)], { input: event });
    assert.equal(code, 1, err);
    assert.equal(out, output);
  });
}
