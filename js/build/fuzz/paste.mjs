// Fuzzes js/paste, which recognises pasted text, guided by V8's own coverage. (Jazzer.js's binary needs a newer glibc than
// that of Debian 12.)

import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { Session } from 'node:inspector';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { responseSamples, samples } from '../../samples/index.mjs';
import { root } from '../paths.mjs';
import { Failed, run } from '../run.mjs';

const home = join(root, 'target', 'fuzz');
const [corpusFolder, foundFolder] = ['corpus', 'found'].map((name) => join(home, name, 'paste'));
const MAX_LENGTH = 8192;
/** The time limit for recognising one text, in milliseconds. */
const SLOW = 2000;
/** How many texts run before the coverage is read, because reading the coverage takes longer than running them. */
const BATCH = 64;

/** Fuzzes for some seconds in a separate process, so that an endless loop is detected, too. */
export async function fuzzPaste(seconds) {
  for (const folder of [corpusFolder, foundFolder]) mkdirSync(folder, { recursive: true });
  await build({
    entryPoints: [join(root, 'js', 'paste', 'recognise.ts')],
    bundle: true,
    format: 'esm',
    outfile: join(home, 'build', 'paste.mjs'),
    logLevel: 'warning',
  });
  const { code, output } = await run(process.execPath, [fileURLToPath(import.meta.url), String(seconds)], {
    allowFailure: true,
    timeout: (seconds + 60) * 1000,
  });
  if (code !== 0) throw new Failed(`${output}\npaste: the input is in ${foundFolder}`);
  return JSON.parse(output.slice(output.lastIndexOf('\n{') + 1));
}

const SHAPES = ['json', 'curl', 'form', 'log', 'message', 'base64', 'code', 'nothing'];
const KINDS = ['sealed', 'code', 'response', 'event', 'keys', 'unknown'];

/** Asserts the properties that hold for every text. */
function check(recognise, text) {
  const since = performance.now();
  const pasted = recognise(text);
  assert.ok(performance.now() - since < SLOW, `it took ${performance.now() - since} ms`);
  assert.ok(SHAPES.includes(pasted.shape) && KINDS.includes(pasted.kind), `${pasted.shape} ${pasted.kind}`);
  assert.equal(new Set(pasted.candidates).size, pasted.candidates.length);
  assert.ok(
    JSON.stringify(pasted).length < 40 * text.length + 1000,
    'the result is not much longer than the pasted text; escapes may lengthen it',
  );
  assert.deepEqual(recognise(text), pasted, 'the second call returns the same result');
  assert.deepEqual(Object.keys(Object.prototype), []);
}

function seeds() {
  const texts = responseSamples().map(({ answer: response }) => response);
  for (const { sealed, keys } of samples('fuzz')) {
    const all = { ...sealed, ...keys };
    const json = JSON.stringify(all);
    const form = new URLSearchParams(Object.entries(all).filter(([, value]) => typeof value === 'string')).toString();
    texts.push(
      json,
      form,
      `curl -X POST 'https://example.com/phone?${form.slice(0, 100)}' -H 'Content-Type: application/json' -d '${json}'`,
      `2023-11-15 06:13:20 INFO request body=${json} status=200`,
      JSON.stringify({ detail: json }),
    );
  }
  return [...new Set(texts)].filter((text) => text.length <= MAX_LENGTH);
}

const TOKENS = [
  '"',
  "'",
  '\\',
  '\\"',
  '{',
  '}',
  '[',
  ']',
  ':',
  ',',
  '&',
  '=',
  '%',
  '%22',
  '%25',
  '\n',
  '\\n',
  '\0',
  '\u{1f600}',
  '\ud800',
  ' -d ',
  ' -H ',
  "$'",
  'curl ',
  '=>',
  'null',
  '__proto__',
  'encryptedData',
  'iv',
  'sessionKey',
  'session_key',
  'appId',
  'code',
  'errMsg',
  'errcode',
  'detail',
  'response',
  'sign',
  'data',
  'platform',
  'wechat',
  'getPhoneNumber:fail',
  'Array (',
  '[object Object]',
  '-----BEGIN PRIVATE KEY-----',
  'https://servicewechat.com/wx/1/page-frame.html',
];

const below = (end) => Math.floor(Math.random() * end);
const pick = (list) => list[below(list.length)];

function mutated(corpus) {
  let text = pick(corpus);
  for (let count = 1 + below(5); count > 0; count--) {
    const [from, to] = [below(text.length + 1), below(text.length + 1)].sort((a, b) => a - b);
    const [before, within, after] = [text.slice(0, from), text.slice(from, to), text.slice(to)];
    text = pick([
      () => before + after,
      () => before + within + within + after,
      () => before + pick(TOKENS) + within + after,
      () => before + pick(TOKENS).repeat(1 + below(40)) + after,
      () => before + String.fromCharCode(below(128)) + text.slice(from + 1),
      () => before + pick(corpus).slice(below(50)),
      () => JSON.stringify(text),
      () => before + encodeURIComponent(within.toWellFormed?.() ?? '') + after,
    ])().slice(0, MAX_LENGTH);
  }
  return text;
}

async function child(seconds) {
  const { recognise } = await import(pathToFileURL(join(home, 'build', 'paste.mjs')));
  const session = new Session();
  session.connect();
  const post = (method, params) => {
    let reply;
    session.post(method, params, (error, result) => (reply = error ?? result));
    return reply;
  };
  post('Profiler.enable');
  post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  const covered = new Set();
  /** Adds the code that ran since the last call. Returns whether any of it is new. */
  const addCoverage = () => {
    const before = covered.size;
    for (const { url, functions } of post('Profiler.takePreciseCoverage').result) {
      if (!url.endsWith('/build/paste.mjs')) continue;
      for (const { ranges } of functions)
        for (const { startOffset, endOffset, count } of ranges) if (count) covered.add(startOffset * 1e6 + endOffset);
    }
    return covered.size > before;
  };
  let executions = 0;
  const execute = (text) => {
    executions++;
    try {
      check(recognise, text);
    } catch (error) {
      writeFileSync(join(foundFolder, `crash-${Date.now()}`), text);
      throw error;
    }
  };

  const seedTexts = seeds();
  const corpus = [
    ...seedTexts,
    ...readdirSync(corpusFolder).map((name) => readFileSync(join(corpusFolder, name), 'utf8')),
  ];
  corpus.forEach(execute);
  addCoverage();
  const before = covered.size;
  let foundInputs = 0;
  for (const end = Date.now() + seconds * 1000; Date.now() < end; ) {
    const batch = Array.from({ length: BATCH }, () => mutated(corpus));
    batch.forEach(execute);
    const coveredBefore = new Set(covered);
    if (!addCoverage()) continue;
    // To find the texts that reached new code, run each alone.
    covered.clear();
    coveredBefore.forEach((key) => covered.add(key));
    for (const text of batch) {
      execute(text);
      if (!addCoverage()) continue;
      foundInputs++;
      corpus.push(text);
      writeFileSync(join(corpusFolder, `${Date.now()}-${foundInputs}`), text);
    }
  }
  console.log(
    `\n${JSON.stringify({ seeds: seedTexts.length, executions, before, coverage: covered.size, newInputs: foundInputs })}`,
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await child(Number(process.argv[2]));
