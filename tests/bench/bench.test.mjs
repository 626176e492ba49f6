// Tests of the benchmark: every peer does the measured workload correctly, and a run writes all results. No test depends on a
// measured time.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { root } from '../../js/build/paths.mjs';
import { install, requireIn } from '../support/installed.mjs';
import { disagreements, numberIn } from './agree.mjs';
import { inputsOf, WORKLOADS } from './inputs.mjs';
import { spread } from './measure.mjs';
import { mpPhone } from './peers/mp-phone.mjs';
import { peers } from './peers.mjs';
import { quoteIn, READMES, withQuote } from './quote.mjs';
import { markdown, quoted } from './report.mjs';
import { evaluateTargets } from './targets.mjs';

const installed = install('bench-test');
after(() => rmSync(installed, { recursive: true, force: true }));
const ours = mpPhone(requireIn(installed)('mp-phone'));
const able = (workload) => [ours, ...peers].filter((peer) => peer[workload]);

for (const workload of WORKLOADS) {
  test(`${workload}: every peer opens every input to the same number and rejects tampered inputs`, async () => {
    const inputs = inputsOf(workload);
    assert.ok(new Set(inputs.inputs.map(({ number }) => number)).size >= 64);
    for (const peer of able(workload)) assert.deepEqual(await disagreements(peer, workload, inputs), []);
  });
}

test('a peer with wrong results is detected', async () => {
  const inputs = inputsOf('wechat');
  const open = ours.wechat(inputs.keys);
  const constant = { name: 'constant', wechat: () => () => ({ mobile: inputs.inputs[0].number }) };
  assert.equal(
    (await disagreements(constant, 'wechat', inputs)).length,
    inputs.inputs.length - 1 + Object.keys(inputs.tampered).length,
  );
  const rejecting = {
    name: 'rejecting',
    wechat: () => (input) => {
      if (numberIn(open(input)).endsWith('7')) throw new Error('no');
      return open(input);
    },
  };
  assert.match((await disagreements(rejecting, 'wechat', inputs))[0], /^rejecting, wechat: \d+7 was rejected: no$/);
});

test('no two session payloads have the same key', () => {
  for (const workload of ['wechat', 'baidu']) {
    const { inputs } = inputsOf(workload);
    assert.equal(new Set(inputs.map(({ sessionKey }) => sessionKey)).size, inputs.length);
  }
});

test('medians and targets', () => {
  assert.deepEqual(spread([3, 1, 2]), { median: 2, min: 1, max: 3 });
  assert.deepEqual(spread([4, 1, 2, 3]), { median: 2.5, min: 1, max: 4 });
  const row = (name, portable, time, libraries = [name]) => ({
    name,
    portable,
    libraries,
    time: spread([time]),
    ratio: spread([time / 10]),
  });
  const rows = [
    row('mp-phone', true, 10, []),
    row('native', false, 1),
    row('slow', true, 90),
    row('fast', true, 79),
    row('node-forge', true, 80),
  ];
  const [other, target, ...others] = evaluateTargets({ workloads: { douyin: { rows } } });
  assert.deepEqual(others, []);
  assert.deepEqual([other.peer, other.measured.median, other.reached], ['node-forge', 8, true]);
  assert.deepEqual([target.peer, target.measured.median, target.reached], ['fast', 7.9, false]);
  assert.deepEqual(
    evaluateTargets({ memory: { growth: { rss: 4.9 } } }).map(({ id, reached }) => [id, reached]),
    [['memory', true]],
  );
});

/** Every number in a value, by its path. */
function* numbers(value, path = '') {
  if (typeof value === 'object' && value)
    for (const [name, inner] of Object.entries(value)) yield* numbers(inner, `${path}/${name}`);
  else if (typeof value !== 'string' && typeof value !== 'boolean') yield [path, value];
}

test('a quick run writes the results of every workload and every peer', (t) => {
  const out = mkdtempSync(join(tmpdir(), 'bench-'));
  t.after(() => rmSync(out, { recursive: true, force: true }));
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [fileURLToPath(new URL('run.mjs', import.meta.url)), '--quick', '--out', out],
    { encoding: 'utf8' },
  );
  assert.equal(status, 0, stdout + stderr);
  const read = (name) => readFileSync(join(out, name), 'utf8');
  const results = JSON.parse(read('benchmark.json'));
  const [english, chinese] = [read('benchmark.md'), read('benchmark.zh-CN.md')];

  // NaN and Infinity become null in JSON.
  for (const [path, value] of numbers(results)) assert.ok(Number.isFinite(value), `${path} is ${value}`);
  assert.deepEqual(Object.keys(results.workloads), WORKLOADS);
  for (const workload of WORKLOADS) {
    const { rows } = results.workloads[workload];
    assert.deepEqual(
      rows.map(({ name }) => name),
      able(workload).map(({ name }) => name),
    );
    for (const { name, time, ratio } of rows) {
      for (const value of Object.values({ ...time, ...ratio })) assert.ok(value > 0, `${workload}, ${name}`);
    }
  }
  assert.deepEqual(
    results.cold.rows.map(({ name }) => name),
    able('wechat').map(({ name }) => name),
  );
  for (const { name, require, first } of results.cold.rows) assert.ok(require.median > 0 && first.median > 0, name);
  for (const value of Object.values({ ...results.memory.before, ...results.memory.after })) assert.ok(value > 0);
  for (const { name, requests, cpu } of results.http.rows) assert.ok(requests.median > 0 && cpu.median > 0, name);
  for (const { name, packages, download, unpacked, bundle } of results.size.rows) {
    assert.equal(packages > 0, download > 0 && unpacked > 0, name);
    if (bundle) assert.ok(bundle.raw > bundle.gzip && bundle.gzip > 0, name);
  }
  const bundled = results.size.rows.filter(({ bundle }) => bundle).map(({ name }) => name);
  assert.deepEqual(bundled, [
    'mp-phone',
    'mp-phone/slim',
    ...peers.filter(({ wechat, inBrowsers }) => wechat && inBrowsers).map(({ name }) => name),
  ]);
  assert.equal(results.targets.length, 11);

  for (const text of [english, chinese]) {
    for (const { name } of [ours, ...peers]) assert.ok(text.includes(name), name);
    assert.doesNotMatch(text, /undefined|NaN|null|\[object/);
    assert.equal(text.match(/^## /gm).length, 10);
  }
  const shape = (text) =>
    text
      .split('\n')
      .filter((line) => line.startsWith('|'))
      .map((line) => line.split('|').length);
  assert.deepEqual(shape(chinese), shape(english), 'the same tables in both languages');
  for (const text of [english, chinese, JSON.stringify(results)])
    assert.doesNotMatch(text, /(?<!\w)\/(?:root|home|work|tmp|usr)\/|node_modules|localhost|127\.0\.0\.1/);
});

test('an unknown section is an error', () => {
  const { status, stderr } = spawnSync(
    process.execPath,
    [fileURLToPath(new URL('run.mjs', import.meta.url)), '--only', 'wechat,kuaishou'],
    { encoding: 'utf8' },
  );
  assert.equal(status, 1);
  assert.match(stderr, /unknown section: kuaishou/);
});

test('the READMEs quote the published run', () => {
  const results = JSON.parse(readFileSync(join(root, 'docs', 'benchmark.json'), 'utf8'));
  assert.equal(results.quick, false);
  assert.match(results.machine.node, /^20\./, 'the targets apply to Node 20');
  for (const [file, language] of READMES) {
    const readme = readFileSync(join(root, file), 'utf8');
    assert.equal(quoteIn(readme), quoted(results, language), file);
    assert.equal(quoteIn(withQuote(readme, 'another\n')), 'another\n');
  }
  for (const [file, language] of [
    ['benchmark.md', 'en'],
    ['benchmark.zh-CN.md', 'zh'],
  ]) {
    assert.equal(readFileSync(join(root, 'docs', file), 'utf8'), markdown(results, language), file);
  }
});
