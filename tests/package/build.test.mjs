// The build keeps its promises.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { parseManifest } from '../../js/build/manifest.mjs';
import { bindgen, compiledPath, glue, root } from '../../js/build/paths.mjs';
import { install, requireIn } from './installed.mjs';

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

  test(`wasm-bindgen makes the same ${name} for every target, so one file can serve them all`, () => {
    const made = ['web', 'nodejs', 'bundler', 'deno', 'module'].map((target) => {
      const out = join(folder, target);
      execFileSync(bindgen, [compiledPath(name), out, name, target], { stdio: 'pipe' });
      return sha256(readFileSync(join(out, `${name}_bg.wasm`)));
    });
    assert.deepEqual([...new Set(made)], [sha256(readFileSync(join(glue, `${name}_bg.wasm`)))]);
  });

  test(`${name} imports functions only, and none that gives random numbers`, () => {
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

  test(`no path of the machine that built it is in ${name}`, () => {
    for (const path of [`${homedir()}/`, `${root}/`]) assert.equal(wasm(name).indexOf(path), -1, path);
  });
}

test('what opens holds no text of the other module', () => {
  const text = JSON.parse(readFileSync(join(root, 'src', 'catalog', 'wechat.json'), 'utf8')).codes[0].zh;
  assert.deepEqual(
    Object.keys(modules).map((name) => wasm(name).includes(text)),
    [false, true],
  );
});

test('the version is that of Cargo.toml everywhere', () => {
  const version = /^version = "(.+)"$/m.exec(readFileSync(join(root, 'Cargo.toml'), 'utf8'))[1];
  assert.equal(requireIn(folder)('mp-phone').version, version);
  assert.equal(requireIn(folder)('mp-phone/package.json').version, version);
});
