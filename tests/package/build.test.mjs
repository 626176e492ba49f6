// Tests of the build: the modules, the manifests, the rules for sources, and the commands.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { hashOf, whenChanged } from '../../js/build/inputs.mjs';
import { longLineNumbers } from '../../js/build/long-lines.mjs';
import { parseManifest } from '../../js/build/manifest.mjs';
import { bindgen, compiledPath, glue, root } from '../../js/build/paths.mjs';
import { notReady, problems } from '../../js/build/release.mjs';
import { links } from '../../js/build/version.mjs';
import { install, requireIn } from '../support/installed.mjs';

const folder = install('build');
const package_ = (path) => join(folder, 'node_modules', 'mp-phone', path);
const manifest = readFileSync(join(root, 'wasm-pack.toml'), 'utf8');
const modules = { mp_phone: 'opener-bytes', mp_phone_diagnosis: 'diagnosis-bytes' };
const wasm = (name) => readFileSync(package_(`${name}.wasm`));
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

test('wasm-pack.toml: an unknown key, an unknown section and a missing key are errors', () => {
  assert.doesNotThrow(() => parseManifest(manifest));
  assert.throws(() => parseManifest(`${manifest}\n[bild]\na = 1\n`), /unknown section \[bild\]/);
  assert.throws(() => parseManifest(manifest.replace('wasm-raw', 'wasm-rwa')), /unknown key budget\.wasm-rwa/);
  assert.throws(() => parseManifest(manifest.replace(/^wasm-gzip.*$/m, '')), /budget\.wasm-gzip is missing/);
});

for (const [name, bytes] of Object.entries(modules)) {
  test(`there is one ${name}: the file and both inlined forms are the same bytes`, () => {
    for (const file of [`dist/${bytes}.cjs`, `dist/${bytes}.mjs`]) {
      const base64 = /const base64 = '([^']+)'/.exec(readFileSync(package_(file), 'utf8'))[1];
      assert.equal(sha256(Buffer.from(base64, 'base64')), sha256(wasm(name)), file);
    }
  });

  test(`wasm-bindgen writes the same ${name} for every target, so all runtimes can share one file`, () => {
    const instances = ['web', 'nodejs', 'bundler', 'deno', 'module'].map((target) => {
      const out = join(folder, target);
      execFileSync(bindgen, [compiledPath(name), out, name, target], { stdio: 'pipe' });
      return sha256(readFileSync(join(out, `${name}_bg.wasm`)));
    });
    assert.deepEqual([...new Set(instances)], [sha256(readFileSync(join(glue, `${name}_bg.wasm`)))]);
  });

  test(`${name} imports only functions, and none that returns random numbers`, () => {
    const module = new WebAssembly.Module(wasm(name));
    const imports = WebAssembly.Module.imports(module).map(({ name, kind }) => `${kind} ${name}`);
    assert.deepEqual(
      imports.filter((name) => !name.startsWith('function ')),
      [],
    );
    assert.deepEqual(
      imports.filter((name) => /random|crypto/i.test(name)),
      [],
    );
  });

  test(`${name} contains no path of the machine that built it`, () => {
    for (const path of [`${homedir()}/`, `${root}/`]) assert.equal(wasm(name).indexOf(path), -1, path);
  });
}

test('the opener module does not contain the texts of the diagnosis module', () => {
  const text = JSON.parse(readFileSync(join(root, 'src', 'catalog', 'wechat.json'), 'utf8')).codes[0].zh;
  assert.deepEqual(
    Object.keys(modules).map((name) => wasm(name).includes(text)),
    [false, true],
  );
});

test('the package has the version of Cargo.toml', () => {
  const version = /^version = "(.+)"$/m.exec(readFileSync(join(root, 'Cargo.toml'), 'utf8'))[1];
  assert.equal(requireIn(folder)('mp-phone').version, version);
  assert.equal(requireIn(folder)('mp-phone/package.json').version, version);
});

test('whenChanged rebuilds if an input, the name of an input or another text has changed, or if the output is missing', async () => {
  const home = join(root, 'target', 'inputs-test');
  rmSync(home, { recursive: true, force: true });
  mkdirSync(join(home, 'src'), { recursive: true });
  const [stamp, input, result] = ['stamp', join('src', 'input'), 'result'].map((name) => join(home, name));
  writeFileSync(input, 'first');
  const make = (...texts) =>
    whenChanged(stamp, hashOf(['target/inputs-test/src'], texts), [result], async () => writeFileSync(result, 'made'));
  assert.equal(await make(), true);
  assert.equal(await make(), false);
  assert.equal(await make('another version'), true);
  writeFileSync(input, 'second');
  assert.equal(await make('another version'), true);
  writeFileSync(join(home, 'src', 'more'), '');
  assert.equal(await make('another version'), true);
  rmSync(result);
  assert.equal(await make('another version'), true);
  assert.equal(await make('another version'), false);
});

test('a failed build is repeated', async () => {
  const stamp = join(root, 'target', 'inputs-test', 'failing');
  const fail = () => whenChanged(stamp, 'hash', [], () => Promise.reject(new Error('broken')));
  await assert.rejects(fail(), /broken/);
  await assert.rejects(fail(), /broken/);
});

test('a line over 140 columns is found, unless one long word is the reason', () => {
  const word = 'x'.repeat(20);
  const long = Array(8).fill(word).join(' ');
  const data = `const a = '${'A'.repeat(200)}';`;
  assert.deepEqual(longLineNumbers(`short\n${long}\n${data}\n${'y'.repeat(140)}\n`), [2]);
  assert.deepEqual(longLineNumbers(`${long} ${'A'.repeat(200)}`), [1]);
});

test('the links of both packages are those of package.json, and Cargo.toml has the same', () => {
  for (const tarball of [process.env.MP_PHONE_TARBALL, process.env.MP_PHONE_BUTTON_TARBALL]) {
    const manifest = execFileSync('tar', ['-xzOf', tarball, 'package/package.json'], { encoding: 'utf8' });
    const { repository, homepage, bugs } = JSON.parse(manifest);
    assert.deepEqual({ repository: repository.url, homepage, bugs }, links());
  }
  const texts = {
    version: '1.2.3',
    links: links(),
    changelog: '## [1.2.3] - 2026-01-01\n',
    lock: 'name = "mp-phone"\nversion = "1.2.3"\n',
    cargo: readFileSync(join(root, 'Cargo.toml'), 'utf8'),
  };
  assert.deepEqual(problems(texts), []);
  assert.match(problems({ ...texts, changelog: '## [1.2.30]\n' }).join(), /CHANGELOG.md has no section for 1.2.3/);
  assert.match(problems({ ...texts, lock: '' }).join(), /Cargo.lock/);
  assert.match(problems({ ...texts, cargo: '' }).join(), /differ in repository.*differ in homepage/);
  const ready = {
    version: '1.2.3',
    links: { repository: 'git+https://github.com/somebody/mp-phone.git' },
    changelog: '# Changelog\n\n## [Unreleased]\n\n## [1.2.3] - 2026-11-28\n\n- text\n',
  };
  assert.deepEqual(notReady(ready), []);
  const changelog = '## [Unreleased]\n\n- text\n\n## [1.2.3] - unreleased\n';
  const placeholders = { repository: 'git+https://github.com/OWNER/mp-phone.git' };
  assert.match(notReady({ ...ready, links: placeholders, changelog }).join(), /OWNER.*1\.2\.3.*no date.*Unreleased/);
});

test('npm test lists its parts, and does not run for an unknown name', () => {
  const script = join(root, 'js', 'build', 'test.mjs');
  const list = execFileSync(process.execPath, [script, '--list'], { encoding: 'utf8' });
  for (const name of ['unit', 'service', 'stores', 'rust', 'button', 'playground', 'runtimes'])
    assert.match(list, new RegExp(`^  [* ] ${name} +\\S`, 'm'));
  assert.throws(
    () => execFileSync(process.execPath, [script, 'srvice'], { encoding: 'utf8', stdio: 'pipe' }),
    ({ status, stderr }) => status === 1 && stderr.includes('unknown part srvice') && stderr.includes(' service '),
  );
  assert.throws(
    () => execFileSync(process.execPath, [script, 'constructor'], { encoding: 'utf8', stdio: 'pipe' }),
    ({ status, stderr }) => status === 1 && stderr.includes('unknown part constructor'),
  );
  assert.throws(
    () => execFileSync(process.execPath, [script, 'unit/nosuch'], { encoding: 'utf8', stdio: 'pipe' }),
    ({ status, stderr }) => status === 1 && stderr.includes('no nosuch.test.mjs') && stderr.includes('lock'),
  );
});

test('an import cycle fails the check, even if only types are imported', () => {
  const home = mkdtempSync(join(tmpdir(), 'cycle-'));
  try {
    writeFileSync(join(home, 'a.ts'), "import type { B } from './b';\n\nexport type A = B | 1;\n");
    writeFileSync(join(home, 'b.ts'), "import type { A } from './a';\n\nexport type B = A | 2;\n");
    const biome = join(root, 'node_modules', '.bin', 'biome');
    cpSync(join(root, 'biome.json'), join(home, 'biome.json'));
    assert.throws(
      () => execFileSync(biome, ['lint', '--vcs-enabled=false', '.'], { cwd: home, encoding: 'utf8', stdio: 'pipe' }),
      ({ stdout, stderr }) => /noImportCycles/.test(stdout + stderr),
    );
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
});
