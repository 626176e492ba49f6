// Tests how npm test reads the output of test programs: a test that failed, was skipped or did not run must not count as passed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { counted, failedTests, rustResults, tapResults, wasmPackResults } from '../../js/build/test/counts.mjs';
import { Steps } from '../../js/build/test/steps.mjs';

const muted = async (run) => {
  const { log, error } = console;
  console.log = console.error = () => {};
  try {
    return await run();
  } finally {
    Object.assign(console, { log, error });
  }
};

test('the results of several Rust test programs add up', () => {
  const output =
    'test result: ok. 3 passed; 0 failed; 0 ignored\n…\ntest result: FAILED. 4 passed; 2 failed; 0 ignored';
  assert.deepEqual(rustResults(output), { passed: 7, failed: 2 });
  assert.deepEqual(rustResults(''), { passed: 0, failed: 0 });
});

test('a run of wasm-pack without tests is a failure, although its exit code is 0', () => {
  assert.throws(() => wasmPackResults('no tests to run!'), /skipped/);
  assert.deepEqual(wasmPackResults('test result: ok. 5 passed; 0 failed;'), { passed: 5, failed: 0 });
});

test('a skipped, cancelled or todo test of Node counts as failed', () => {
  const output = ['# tests 10', '# pass 5', '# fail 1', '# cancelled 1', '# skipped 2', '# todo 1'].join('\n');
  assert.deepEqual(tapResults(output), { passed: 5, failed: 5 });
});

test('a file without tests counts as failed, although Node counts it as passed', () => {
  const output = 'ok 1 - works\n  ---\n  ...\nok 2 - /tests/unit/empty.test.mjs\n# pass 2\n# fail 0';
  assert.deepEqual(tapResults(output), { passed: 1, failed: 1 });
});

test('the names of failed tests are found at every depth', () => {
  assert.deepEqual(failedTests('ok 1 - a\n    not ok 1 - inner\nnot ok 2 - outer'), ['inner', 'outer']);
});

test('a program that fails without a failed test counts as one failure', async () => {
  const run = (script) => muted(() => counted(tapResults, process.execPath, ['-e', script]));
  assert.deepEqual(await run("console.log('# pass 3'); process.exit(1)"), { passed: 3, failed: 1 });
  assert.deepEqual(await run("console.log('# pass 3')"), { passed: 3, failed: 0 });
});

test('a step that throws, returns no count or runs nothing has failed, and the next steps still run', async () => {
  const bodies = [
    () => {
      throw new Error('broken');
    },
    async () => {},
    async () => ({ passed: 0, failed: 0 }),
    async () => ({ passed: 3, failed: 1 }),
  ];
  for (const body of bodies) {
    const steps = new Steps();
    assert.equal(await muted(() => steps.run({ name: 'step', title: 'the step' }, body)), false);
    assert.equal(await muted(() => steps.run({ title: 'the next' }, async () => ({ passed: 2, failed: 0 }))), true);
    assert.equal(steps.passed, false);
    assert.match(steps.summary(), /^failed: step\n\d passed, 1 failed$/);
  }
});

test('a run without tests has not passed', () => {
  assert.equal(new Steps().passed, false);
});

test('vectors are counted separately from other tests, and the last line has the total', async () => {
  const steps = new Steps();
  await muted(() => steps.run({ title: 'a', vectors: true }, async () => ({ passed: 40, failed: 0 })));
  await muted(() => steps.run({ title: 'b' }, async () => ({ passed: 2, failed: 0 })));
  assert.equal(steps.passed, true);
  assert.equal(
    steps.summary(),
    'vectors × runtimes: 40 passed, 0 failed; other tests: 2 passed, 0 failed\n42 passed, 0 failed',
  );
});
