// Wrong calls do not compile, and the compiler's error identifies the mistake.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { install } from '../support/installed.mjs';
import { compileErrors } from '../support/type-check.mjs';
import { wrongCalls } from './wrong-calls.mjs';

const files = {};
for (const [index, { code, mistake, right }] of wrongCalls.entries()) {
  files[`wrong-${index}.mts`] = code.replace('«»', () => mistake);
  files[`right-${index}.mts`] = code.replace('«»', () => right);
}
const errors = compileErrors(install('wrong-calls', { button: true }), files);

test('every error is in a file of a wrong call', () => {
  assert.deepEqual(
    errors.filter(({ file }) => !/^wrong-\d+\.mts$/.test(file)),
    [],
  );
});

for (const [index, { name, code, error }] of wrongCalls.entries())
  test(`it does not compile: ${name}`, () => {
    assert.equal(code.split('«»').length, 2);
    const line = code.slice(0, code.indexOf('«»')).split('\n').length;
    const [first] = errors.filter(({ file }) => file === `wrong-${index}.mts`);
    assert.ok(first, 'it compiles');
    assert.equal(first.line, line, first.text);
    assert.ok(first.text.includes(error), first.text);
  });
