// npm run bench: compares this package with its peers. --help explains the options.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { pkg, root } from '../../js/build/paths.mjs';
import { Failed, main, say } from '../../js/build/run.mjs';
import { npmPackages } from '../../js/build/setup.mjs';
import { inputsOf, WORKLOADS } from './inputs.mjs';
import { READMES, withQuote } from './quote.mjs';

const SECTIONS = [...WORKLOADS, 'cold', 'memory', 'size', 'http'];

const HELP = `node tests/bench/run.mjs [options]

Compares the packed package with its peers, and writes benchmark.json, benchmark.md and benchmark.zh-CN.md.

  --only LIST     a comma-separated list of sections: ${SECTIONS.join(', ')}
  --quick         few and short rounds, to check that the benchmark works
  --all-nodes     measure cold starts also on the Node versions of tests/runtimes, if they are installed
  --out FOLDER    the folder of the written files; by default target/bench
  --publish       write the files to docs/ and update the quote in the READMEs
  --help          print this text

The benchmark takes two to three minutes. MP_PHONE_TARBALL names the tarball; by default it is the one in pkg/.
Run nothing else on the machine meanwhile: other load widens the ranges.`;

function readOptions() {
  let values;
  try {
    ({ values } = parseArgs({
      options: {
        only: { type: 'string' },
        quick: { type: 'boolean' },
        'all-nodes': { type: 'boolean' },
        out: { type: 'string' },
        publish: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    }));
  } catch (error) {
    throw new Failed(`${error.message}\n\n${HELP}`);
  }
  const only = values.only?.split(',') ?? SECTIONS;
  const unknown = only.filter((name) => !SECTIONS.includes(name));
  if (unknown.length) throw new Failed(`unknown section: ${unknown.join(', ')}\n\n${HELP}`);
  if (values.publish && (values.only || values.quick || values.out))
    throw new Failed('--publish needs a complete run and cannot be combined with --only, --quick or --out');
  return {
    help: values.help,
    publish: Boolean(values.publish),
    quick: Boolean(values.quick),
    allNodes: Boolean(values['all-nodes']),
    only: new Set(only),
    out: resolve(values.out ?? join(root, ...(values.publish ? ['docs'] : ['target', 'bench']))),
  };
}

const machine = () => ({
  cpu: os.cpus()[0].model.trim(),
  cores: os.cpus().length,
  memory: Math.round(os.totalmem() / 2 ** 30),
  os: `${os.type()} ${/^[\d.]*\d/.exec(os.release())?.[0] ?? ''} ${process.arch}`,
  node: process.versions.node,
  openssl: process.versions.openssl,
});

/** Measures the selected sections with the package that is installed in `folder`. */
async function measureAll(folder, { only, quick, allNodes }) {
  const [{ peers, versions }, { disagreements }, { measure }, { mpPhone }, { requireIn, tarball }] = await Promise.all(
    ['./peers.mjs', './agree.mjs', './measure.mjs', './peers/mp-phone.mjs', '../support/installed.mjs'].map(
      (file) => import(file),
    ),
  );
  const all = [{ ...mpPhone(requireIn(folder)('mp-phone')), libraries: [] }, ...peers];
  const workloads = {};
  for (const workload of WORKLOADS.filter((workload) => only.has(workload))) {
    const inputs = inputsOf(workload);
    const able = all.filter((peer) => peer[workload]);
    const wrong = (await Promise.all(able.map((peer) => disagreements(peer, workload, inputs)))).flat();
    if (wrong.length)
      throw new Failed(`the peers disagree, so nothing is measured:\n  ${wrong.slice(0, 20).join('\n  ')}`);
    say(
      `${workload}: ${able.length} agree on ${inputs.inputs.length} inputs and ` +
        `reject ${Object.keys(inputs.tampered).length} tampered inputs; measuring …`,
    );
    workloads[workload] = await measure(workload, able, inputs, { quick });
    for (const { name, time, ratio } of workloads[workload].rows)
      say(`  ${name.padEnd(26)} ${time.median.toFixed(1).padStart(9)} µs  ${ratio.median.toFixed(2).padStart(7)} ×`);
  }
  const results = { workloads };
  if (only.has('cold')) {
    say('cold starts …');
    results.cold = await (await import('./cold.mjs')).coldStart(peers, folder, {
      quick,
      allNodes,
      progress: (node) => say(`  on Node ${node} …`),
    });
    for (const { name, over } of results.cold.rows)
      say(`  ${name.padEnd(26)} ${over.median.toFixed(1).padStart(9)} ms, minus an empty process`);
    if (allNodes && !results.cold.nodes.length) say('  no other Node versions are installed in tests/runtimes');
    for (const { node, rows } of results.cold.nodes)
      say(`  Node ${node}: ${rows.map(({ name, over }) => `${name} ${over.median.toFixed(1)} ms`).join(', ')}`);
  }
  if (only.has('memory')) {
    say('memory …');
    results.memory = await (await import('./memory.mjs')).memory(folder, {
      quick,
      progress: (opened) => say(`  ${opened} payloads opened`),
    });
    say(`  growth ${results.memory.growth.rss.toFixed(2)} MB`);
  }
  if (only.has('size')) {
    say('sizes …');
    results.size = await (await import('./size.mjs')).sizes(peers, folder, tarball);
  }
  if (only.has('http')) {
    say('the phone service over HTTP …');
    results.http = await (await import('./http.mjs')).http(folder, { quick });
    for (const { name, requests, cpu } of results.http.rows)
      say(
        `  ${name.padEnd(26)} ${requests.median.toFixed(0).padStart(9)} requests/s, ${cpu.median.toFixed(0)} µs of the processor each`,
      );
  }
  const { evaluateTargets } = await import('./targets.mjs');
  const { version } = JSON.parse(readFileSync(join(folder, 'node_modules', 'mp-phone', 'package.json'), 'utf8'));
  return {
    date: new Date().toISOString().slice(0, 10),
    version,
    machine: machine(),
    quick,
    libraries: versions,
    ...results,
    targets: evaluateTargets(results),
  };
}

await main(async () => {
  const options = readOptions();
  if (options.help) return console.log(HELP);
  if (!process.env.MP_PHONE_TARBALL && !existsSync(pkg))
    throw new Failed('the package is not built yet: run npm run build');
  await npmPackages();
  await npmPackages(fileURLToPath(new URL('.', import.meta.url)));
  const { install } = await import('../support/installed.mjs');
  const folder = install('bench');
  try {
    const results = await measureAll(folder, options);
    const { markdown, quoted } = await import('./report.mjs');
    mkdirSync(options.out, { recursive: true });
    writeFileSync(join(options.out, 'benchmark.json'), `${JSON.stringify(results, null, 2)}\n`);
    writeFileSync(join(options.out, 'benchmark.md'), markdown(results, 'en'));
    writeFileSync(join(options.out, 'benchmark.zh-CN.md'), markdown(results, 'zh'));
    if (options.publish) {
      for (const [file, language] of READMES) {
        const path = join(root, file);
        writeFileSync(path, withQuote(readFileSync(path, 'utf8'), quoted(results, language)));
      }
    }
    for (const { id, measured, unit, reached } of results.targets)
      say(`${reached ? 'reached    ' : 'NOT reached'} ${id}: ${measured.median.toFixed(2)} ${unit}`);
    say(
      `written: benchmark.json, benchmark.md and benchmark.zh-CN.md in ${relative(process.cwd(), options.out) || '.'}`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
