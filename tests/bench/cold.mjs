// Measures the time of a new process that opens one payload, compared with a process that does nothing, and the share of
// `require`. Every script is one CommonJS file with its libraries in node_modules, like a cloud function.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { root } from '../../js/build/paths.mjs';
import { inputsOf } from './inputs.mjs';
import { shuffled, spread } from './measure.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));

/** How many processes of each script are started. */
const ROUNDS = { full: 31, quick: 3 };

const NODES = [16, 18, 20, 22, 24];

const script = (peer) => `
  const start = performance.now();
  const { wechat } = ${peer};
  const loaded = performance.now();
  const [keys, input] = JSON.parse(process.argv[2]);
  const report = () => require('node:fs').writeSync(1, JSON.stringify({ require: loaded - start, first: performance.now() - loaded }));
  const opened = wechat(keys)(input);
  if (opened instanceof Promise) opened.then(report);
  else report();
`;

async function compile(code, outfile) {
  const stdin = { contents: code, resolveDir: here };
  await build({
    stdin,
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'cjs',
    target: 'node16',
    logLevel: 'error',
  });
  return outfile;
}

/** The scripts with their names, each in the node_modules of its libraries. `folder` is where this package is installed. */
async function scripts(peers, folder) {
  const libraryFolder = join(here, 'node_modules', '.cold');
  mkdirSync(libraryFolder, { recursive: true });
  const empty = join(folder, 'empty.cjs');
  writeFileSync(empty, '');
  const scripts = [
    { name: null, file: empty },
    {
      name: 'mp-phone',
      file: await compile(
        script("require('./peers/mp-phone.mjs').mpPhone(require('mp-phone'))"),
        join(folder, 'cold.cjs'),
      ),
    },
  ];
  for (const { id, name, file, wechat } of peers) {
    if (wechat)
      scripts.push({ name, file: await compile(script(`require('./${file}')`), join(libraryFolder, `${id}.cjs`)) });
  }
  return scripts;
}

/** The duration of a process in milliseconds, and the times that it reports itself. */
function launch(node, file, argument) {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(node, [file, argument], {
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  const complete = performance.now() - start;
  if (status !== 0) throw new Error(`a cold start ended with ${status}: ${stderr}`);
  return { total: complete, ...(stdout && JSON.parse(stdout)) };
}

/**
 * `{ empty, rows: [{ name, over, require, first }] }` on one Node, in milliseconds; `over` is the time minus that of an empty
 * process.
 */
function onNode(node, starts, rounds) {
  const {
    keys,
    inputs: [{ number, ...input }],
  } = inputsOf('wechat');
  const argument = JSON.stringify([keys, input]);
  const times = new Map(starts.map((start) => [start, []]));
  // One start of each is not measured, because it reads the files before they are in the cache of the system.
  for (const { file } of starts) launch(node, file, argument);
  for (let round = 0; round < rounds; round++)
    for (const start of shuffled(starts)) times.get(start).push(launch(node, start.file, argument));
  const [empty, ...others] = starts;
  const base = times.get(empty).map(({ total }) => total);
  const rows = others.map((start) => ({
    name: start.name,
    over: spread(times.get(start).map(({ total }, round) => total - base[round])),
    require: spread(times.get(start).map((time) => time.require)),
    first: spread(times.get(start).map((time) => time.first)),
  }));
  return { rounds, empty: spread(base), rows };
}

/**
 * Measures on this Node with all peers; with `allNodes` also on the Node versions of tests/runtimes, compared only with node:crypto.
 * `progress` receives the version of the next Node.
 */
export async function coldStart(peers, folder, { quick = false, allNodes = false, progress = () => {} } = {}) {
  const all = await scripts(peers, folder);
  const rounds = quick ? ROUNDS.quick : ROUNDS.full;
  const result = { ...onNode(process.execPath, all, rounds), nodes: [] };
  if (!allNodes) return result;
  for (const major of NODES) {
    const node = join(root, 'tests', 'runtimes', 'node_modules', `node${major}`, 'bin', 'node');
    if (!existsSync(node)) continue;
    const version = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim().slice(1);
    progress(version);
    result.nodes.push({
      node: version,
      ...onNode(
        node,
        all.filter(({ name }) => [null, 'mp-phone', 'node:crypto'].includes(name)),
        rounds,
      ),
    });
  }
  return result;
}
