// The tarball of the button, checked for npm, TypeScript, bundlers and the npm build of a mini-program.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { parse } from 'acorn';
import { readManifest } from '../../js/build/manifest.mjs';
import { root } from '../../js/build/paths.mjs';
import { home, read, tarball } from './host.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const bin = (name) => join(here, 'node_modules', '.bin', name);
const manifest = JSON.parse(read('package.json'));

function run(command, args, cwd = home) {
  try {
    return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    assert.fail(`${command} ${args.join(' ')}\n${error.stdout}\n${error.stderr}`);
  }
}

test('the tarball contains exactly the expected files', () => {
  const files = run('tar', ['-tzf', tarball])
    .trim()
    .split('\n')
    .map((path) => path.replace('package/', ''))
    .sort();
  const each = (folder, ...extensions) =>
    ['index', 'vue', 'react'].flatMap((name) => extensions.map((extension) => `${folder}/${name}.${extension}`));
  assert.deepEqual(
    files,
    [
      'LICENSE',
      'README.md',
      'README.zh-CN.md',
      'package.json',
      ...each('miniprogram_dist', 'js'),
      ...each('dist', 'mjs', 'd.ts', 'd.mts'),
    ].sort(),
  );
});

test('the package has no dependencies; the frameworks are optional peer dependencies', () => {
  for (const key of ['dependencies', 'optionalDependencies', 'bundledDependencies', 'scripts'])
    assert.equal(manifest[key], undefined, key);
  for (const name of Object.keys(manifest.peerDependencies))
    assert.equal(manifest.peerDependenciesMeta[name].optional, true, name);
});

test('main is a .js file in miniprogram_dist, as mini-programs require', () => {
  assert.equal(manifest.main, 'miniprogram_dist/index.js');
  assert.equal(manifest.miniprogram, 'miniprogram_dist');
});

test('every file that package.json names exists', () => {
  const named = JSON.stringify(manifest)
    .match(/"[^"]*dist\/[^"]+\.[a-z]+"/g)
    .map((text) => JSON.parse(text));
  assert.ok(named.length > 12);
  for (const path of named) assert.ok(existsSync(join(home, path)), path);
});

test('the version is the version of mp-phone', () => {
  assert.equal(manifest.version, /^version = "(.+)"$/m.exec(readFileSync(join(root, 'Cargo.toml'), 'utf8'))[1]);
});

test('the scripts are CommonJS in ES2018, which acorn 6 of WeChat’s npm build can parse', () => {
  for (const name of ['index', 'vue', 'react']) {
    const script = read('miniprogram_dist', `${name}.js`);
    parse(script, { ecmaVersion: 9, sourceType: 'script' });
    assert.throws(
      () => parse(`${script}\nvar x = a ?? b;`, { ecmaVersion: 9, sourceType: 'script' }),
      'newer syntax is detected',
    );
    assert.match(script, /exports\.\w+=/);
  }
});

test('index.js uses no other file and no global that mini-programs lack', () => {
  const script = read('miniprogram_dist', 'index.js');
  const globals =
    'window document globalThis Buffer URL URLSearchParams TextEncoder fetch crypto atob btoa localStorage AbortController BigInt';
  const forbidden = new RegExp(`\\b(require|import|${globals.replaceAll(' ', '|')})\\b`).exec(script);
  assert.equal(forbidden?.[0], undefined);
});

test('vue.js and react.js import the button from index.js, so that a mini-program contains the button once', () => {
  for (const name of ['vue', 'react']) {
    const script = read('miniprogram_dist', `${name}.js`);
    assert.match(script, /require\("\.\/index"\)/);
    assert.ok(script.length < 1000, `${name}: ${script.length} bytes`);
    assert.match(read('dist', `${name}.mjs`), /from ?"\.\/index\.mjs"/);
  }
});

test('the gzipped index.js is within its budget', () => {
  const size = gzipSync(read('miniprogram_dist', 'index.js'), { level: 9 }).length;
  assert.ok(size <= readManifest().budget['button-gzip'], `${size} bytes`);
});

test('the CommonJS and the ES module export the same names', async () => {
  const exported = /export ?\{([^}]*)\};?\s*$/
    .exec(read('dist', 'index.mjs'))[1]
    .split(',')
    .map((item) => item.trim().split(' as ').pop())
    .sort();
  const names = [...read('miniprogram_dist', 'index.js').matchAll(/exports\.(\w+)=/g)].map(([, name]) => name).sort();
  assert.deepEqual(exported, [
    'createPhoneButton',
    'detectPlatform',
    'readPhoneEvent',
    'readTypedNumber',
    'typedNumberTexts',
  ]);
  assert.deepEqual(names, exported);
  assert.deepEqual(Object.keys(await import(join(home, 'dist', 'index.mjs'))).sort(), exported);
});

test('publint, strict', () => void run(bin('publint'), ['--strict', tarball]));
test('attw (are the types wrong?)', () => void run(bin('attw'), [tarball]));

const CONSUMER = `
import { createPhoneButton, detectPlatform, readPhoneEvent, readTypedNumber, typedNumberTexts } from 'mp-phone-button';
import type { Bilingual, ButtonAction, ButtonStorage, Failure, Outcome, PhoneButton, PhoneButtonOptions } from 'mp-phone-button';
import type { PhoneDetail, ClientPhoneNumber, PhoneEventResult, Platform, Reason } from 'mp-phone-button';

const storage: ButtonStorage = { get: () => '', set: async () => {} };
const endpoint: PhoneButtonOptions['endpoint'] = async (path, body) => ({ path, body });
const options: PhoneButtonOptions = { platform: 'weapp', endpoint, login: async () => 'code', storage };
export async function use(event: object): Promise<string> {
  const button: PhoneButton<{ bound: boolean }> = createPhoneButton<{ bound: boolean }>(options);
  await button.prepare();
  const outcome: Outcome<{ bound: boolean }> = await button.submit(event);
  if (outcome.ok) return outcome.phone.e164 ?? String(outcome.result.bound);
  const failure: Failure = outcome;
  const message: Bilingual = failure.message;
  const [action, reason]: [ButtonAction, Reason] = [failure.action, failure.reason];
  return message.zh + action + reason + (failure.errno ?? failure.status ?? '') + (button.session ?? '');
}
export function readEvent(event: object): PhoneDetail | undefined {
  const platform: Platform | undefined = detectPlatform();
  const result: PhoneEventResult = readPhoneEvent(platform ?? 'wechat', event);
  const typed: ClientPhoneNumber | undefined = readTypedNumber('13800138000', '86');
  void [typed, typedNumberTexts.label.en, createPhoneButton({ endpoint: 'https://example.com/mp-phone', login: false, storage: false })];
  return result.ok ? result.detail : undefined;
}
// @ts-expect-error endpoint is required
createPhoneButton({});
`;

test('the declarations compile in strict projects of every module kind, without skipLibCheck', () => {
  const folder = join(root, 'target', 'installed', `button-types-${process.pid}`);
  const modules = join(folder, 'node_modules');
  mkdirSync(modules, { recursive: true });
  run('cp', ['-r', home, join(modules, 'mp-phone-button')]);
  for (const [name, extension, compilerOptions] of [
    ['node16-esm', 'mts', { module: 'Node16', moduleResolution: 'Node16', lib: ['ES2018'] }],
    ['node16-cjs', 'cts', { module: 'Node16', moduleResolution: 'Node16', lib: ['ES2018'] }],
    ['bundler-dom', 'ts', { module: 'ESNext', moduleResolution: 'Bundler', lib: ['ES2018', 'DOM'] }],
    // The options of WeChat's own TypeScript template.
    ['wechat', 'ts', { module: 'CommonJS', moduleResolution: 'Node', lib: ['ES2018'] }],
  ]) {
    const project = join(folder, name);
    mkdirSync(project, { recursive: true });
    writeFileSync(join(project, `consumer.${extension}`), CONSUMER);
    writeFileSync(
      join(project, 'tsconfig.json'),
      JSON.stringify({
        compilerOptions: {
          ...compilerOptions,
          types: [],
          target: 'ES2018',
          strict: true,
          skipLibCheck: false,
          noEmit: true,
          exactOptionalPropertyTypes: true,
        },
        files: [`consumer.${extension}`],
      }),
    );
    run(bin('tsc'), ['-p', project]);
  }
});

test('every public name has a doc comment', () => {
  for (const [name, least] of [
    ['index', 15],
    ['vue', 1],
    ['react', 2],
  ]) {
    const declarations = read('dist', `${name}.d.ts`);
    const matches = [...declarations.matchAll(/^(.*)\n(?:declare )?(?:function|interface|type|const) (\w+)/gm)];
    assert.deepEqual(
      matches.filter(([, before]) => !before.endsWith('*/')).map(([, , name]) => name),
      [],
    );
    assert.ok(matches.length >= least, name);
  }
});

test('both READMEs have the same headings, code blocks and tables', () => {
  const parts = (file) =>
    read(file)
      .split('\n')
      .filter((line) => /^#+ |^```|^\|/.test(line))
      .map((line) => /^#+|^```\w*|^\|/.exec(line)[0]);
  assert.deepEqual(parts('README.zh-CN.md'), parts('README.md'));
});

test('all JavaScript is in miniprogram_dist and dist', () => {
  assert.deepEqual(readdirSync(home).sort(), [
    'LICENSE',
    'README.md',
    'README.zh-CN.md',
    'dist',
    'miniprogram_dist',
    'package.json',
  ]);
});
