// Tests of the tarball: its files, its manifest, its type declarations, and the READMEs.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { root } from '../../js/build/paths.mjs';
import { PARTS } from '../../js/build/test/parts.mjs';
import { install, tarball } from '../support/installed.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const bin = (name) => join(here, 'node_modules', '.bin', name);
const folder = install('package');
const home = join(folder, 'node_modules', 'mp-phone');
const manifest = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));

function run(command, args, cwd = folder) {
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
  const dist = (...names) => names.map((name) => `dist/${name}`);
  assert.deepEqual(
    files,
    [
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'README.zh-CN.md',
      'SECURITY.md',
      'THIRD-PARTY-LICENSES.txt',
      'mp_phone.wasm',
      'mp_phone_diagnosis.wasm',
      'package.json',
      ...dist(
        'cli.cjs',
        'diagnosis-bytes.cjs',
        'diagnosis-bytes.mjs',
        'diagnosis-edge.mjs',
        'diagnosis-inline.mjs',
        'diagnosis-load.cjs',
        'diagnosis-load.mjs',
        'diagnosis-node.cjs',
        'diagnosis-workerd.mjs',
        'edge.mjs',
        'errors.cjs',
        'errors.mjs',
        'server.cjs',
        'server.d.cts',
        'server.d.mts',
        'server.mjs',
        'server-browser.cjs',
        'server-browser.mjs',
        'server-edge.mjs',
        'server-inline.mjs',
        'server-workerd.mjs',
        'index.d.cts',
        'index.d.mts',
        'inline.mjs',
        'node-server.mjs',
        'node-slim.mjs',
        'opener-bytes.cjs',
        'opener-bytes.mjs',
        'opener-edge.mjs',
        'opener-functions.cjs',
        'opener-functions.mjs',
        'opener-inline.mjs',
        'opener-load.cjs',
        'opener-load.mjs',
        'opener-node.cjs',
        'opener-workerd.mjs',
        'playground.html',
        'simulator.cjs',
        'simulator.d.cts',
        'simulator.d.mts',
        'simulator.mjs',
        'node.cjs',
        'node.mjs',
        'slim.cjs',
        'slim.d.cts',
        'slim.d.mts',
        'slim.mjs',
        'wasm.d.ts',
        'workerd.mjs',
      ),
    ].sort(),
  );
});

test('the package has no dependencies and no install scripts', () => {
  for (const key of ['dependencies', 'peerDependencies', 'optionalDependencies', 'bundledDependencies', 'scripts'])
    assert.equal(manifest[key], undefined, key);
});

test('every file that package.json names exists', () => {
  const named = JSON.stringify(manifest)
    .match(/"\.\/[^"]+\.[a-z]+"/g)
    .map((text) => JSON.parse(text));
  assert.ok(named.length > 15);
  for (const path of named) assert.ok(existsSync(join(home, path)), path);
});

test('publint reports nothing in strict mode', () => {
  run(bin('publint'), ['--strict', tarball]);
});

test('arethetypeswrong reports nothing', () => {
  run(bin('attw'), [tarball]);
});

const CONSUMER = `
import { openPhone, readPhone, diagnose, explain, verifyRawData, signSession, platformOf, ready, version, PhoneError } from 'mp-phone';
import type { Diagnosis, Explanation, Finding, FindingCode, Step, DiagnoseInput, Sealed, Keys, OpenOptions } from 'mp-phone';
import type { PhoneNumber, ErrorCode, ServerAction, Platform } from 'mp-phone';
import { createPhoneService, PhoneRefusal, type Method, type PhoneService, type Refusal, type Store } from 'mp-phone/server';
import { createSimulator, type Simulator, type Device } from 'mp-phone/simulator';
import { ready as readySlim, readyToDiagnose, openPhone as openSlim, explain as explainSlim, type Source } from 'mp-phone/slim';

const sealed: Sealed = { platform: 'wechat', encryptedData: '', iv: '' };
const keys: Keys = { appId: 'wx', sessionKey: ['', new Uint8Array(16)] };
const options: OpenOptions = { maxAge: Infinity, now: 0, allowUnsigned: false };
const source: Source = new Uint8Array(1);
export function use(): [PhoneNumber, boolean, string, Platform | undefined, Promise<void>, string] {
  try {
    const phone: PhoneNumber = openPhone(sealed, keys, options);
    const e164: string | null = phone.e164;
    void e164;
    void openSlim(sealed, keys);
    void readySlim(source);
    void readyToDiagnose(source).then(() => explainSlim('wechat', 40029).meaning.zh);
    const verified = verifyRawData({ platform: 'wechat', rawData: '', signature: '', sessionKey: '' });
    const read = readPhone({ platform: 'wechat', answer: {} }, { appId: 'wx' });
    return [read, verified, signSession(''), platformOf('wx'), ready(), version];
  } catch (error) {
    if (error instanceof PhoneError) {
      const code: ErrorCode = error.code;
      const action: ServerAction = error.action;
      throw new Error(code + action);
    }
    throw error;
  }
}
export function why(): string[] {
  const suspect: DiagnoseInput = { platform: 'wechat', encryptedData: undefined, errMsg: 'getPhoneNumber:ok' };
  const diagnosis: Diagnosis = diagnose(suspect, { sessionKey: null }, options);
  void [diagnose(sealed, keys), diagnose(sealed), diagnose({ platform: 'wechat', code: '', use: 'login' })];
  const findings = diagnosis.findings.map(({ code, field, zh, fix, at }: Finding) =>
    [code satisfies FindingCode, field ?? '', zh, fix.en, at?.[0]?.start ?? 0].join(' '));
  const steps = diagnosis.steps.map(({ name, state, blocks }: Step) => [name, state, ...(blocks ?? [])].join());
  const explanation: Explanation = explain('wechat', 40029);
  return [...findings, ...steps, explanation.meaning.zh, explanation.responsible];
}
const store: Store = { get: async () => undefined, set: async () => true, delete: async () => true };
export async function serve(request: Parameters<PhoneService['fetch']>[0]): Promise<unknown> {
  const simulator: Simulator = await createSimulator();
  const methods: Method[] | undefined = ['code'];
  const service: PhoneService = createPhoneService({
    platforms: {
      wechat: { ...simulator.config('wechat'), methods },
      alipay: simulator.config('alipay', { certificates: true }),
      douyin: simulator.config('douyin'),
    },
    store,
    onPhone: ({ phone, user, signal }) => {
      if (!phone.e164) throw new PhoneRefusal({ code: 'no_country', message: { en: 'x', zh: 'x' }, status: undefined });
      return { number: phone.e164, of: user?.userId ?? user?.openId, late: signal.aborted };
    },
  });
  const device: Device = simulator.device('wechat');
  const { session } = await service.login({ platform: 'wechat', code: await device.login() });
  const { phone, user, result } = await service.phone({ platform: 'wechat', session, detail: await device.tap() });
  void [phone.e164, user?.unionId, result];
  const refusal: Refusal = service.refusal(new Error());
  void [refusal.status, refusal.message.zh];
  return service.fetch(request);
}
// @ts-expect-error a payload of WeChat has an iv
const wrong: Sealed = { platform: 'wechat', encryptedData: '' };
void wrong;
`;

test('the declarations compile in strict projects of every kind, without skipLibCheck', () => {
  const kinds = [
    ['node16-esm', 'mts', { module: 'Node16', moduleResolution: 'Node16', lib: ['ES2022'], types: [] }],
    ['node16-cjs', 'cts', { module: 'Node16', moduleResolution: 'Node16', lib: ['ES2022'], types: [] }],
    ['bundler-dom', 'ts', { module: 'ESNext', moduleResolution: 'Bundler', lib: ['ES2022', 'DOM'], types: [] }],
  ];
  for (const [name, extension, compilerOptions] of kinds) {
    const project = join(folder, name);
    mkdirSync(project);
    writeFileSync(join(project, `consumer.${extension}`), CONSUMER);
    writeFileSync(
      join(project, 'tsconfig.json'),
      JSON.stringify({
        compilerOptions: {
          ...compilerOptions,
          target: 'ES2022',
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

for (const [name, least] of [
  ['index', 20],
  ['server', 20],
  ['simulator', 15],
])
  test(`every public name of ${name} is documented`, () => {
    const declarations = readFileSync(join(home, 'dist', `${name}.d.cts`), 'utf8');
    const undocumented = [
      ...declarations.matchAll(/^(.*)\n(?:declare )?(?:function|class|interface|type|const) (\w+)/gm),
    ]
      .filter(([, before]) => !before.endsWith('*/'))
      .map(([, , name]) => name);
    assert.deepEqual(undocumented, []);
    assert.ok(declarations.match(/^(?:declare|interface|type) /gm).length > least);
  });

test('the table of CONTRIBUTING.md has every part of the tests, in their order', () => {
  const table = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8')
    .split('| part | `check` | finds |')[1]
    .split('\n\n')[0];
  const rows = [...table.matchAll(/^\| `([\w-]+)` \| (yes)? ?\| \S/gm)].map(([, name, quick]) => [
    name,
    quick === 'yes',
  ]);
  assert.deepEqual(
    rows,
    Object.entries(PARTS).map(([name, { quick }]) => [name, Boolean(quick)]),
  );
});

test('the sources that CONTRIBUTING.md names exist', () => {
  const files = run('git', ['ls-files'], root).split('\n');
  const named = [...readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8').matchAll(/`([\w./-]+\.(?:tsx?|mjs|rs|toml))`/g)]
    .map(([, path]) => path)
    // `x` stands for a platform that does not exist yet.
    .filter((path) => !/(^|\/)x\.\w+$/.test(path));
  assert.ok(named.length > 50);
  const missing = named.filter((path) => !files.some((file) => file === path || file.endsWith(`/${path}`)));
  assert.deepEqual(missing, []);
});

test('both READMEs have the same headings and code blocks', () => {
  const shape = (file) =>
    readFileSync(join(home, file), 'utf8')
      .split('\n')
      .filter((line) => /^#+ |^```/.test(line))
      .map((line) => /^#+|^```\w*/.exec(line)[0]);
  assert.deepEqual(shape('README.zh-CN.md'), shape('README.md'));
});

test('the excerpts of examples in the READMEs equal the examples, which are tested', () => {
  const plain = (code) =>
    code
      .split('\n')
      // The comments of the Chinese page are Chinese.
      .map((line) => line.replace(/\/\/ .*$|\/\*\* .*\*\/$/, '').trim())
      .join('\n');
  for (const file of ['README.md', 'README.zh-CN.md']) {
    const excerpts = [...readFileSync(join(home, file), 'utf8').matchAll(/<!-- (\S+) -->\n```js\n([^]*?)\n```/g)];
    assert.equal(excerpts.length, 4, file);
    for (const [, path, code] of excerpts)
      assert.ok(plain(readFileSync(join(root, path), 'utf8')).includes(plain(code)), `${file}: ${path}`);
  }
});
