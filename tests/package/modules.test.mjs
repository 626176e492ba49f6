// An application that never diagnoses bundles and loads only one of the two modules.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { build as esbuild } from 'esbuild';
import { build as vite } from 'vite';
import { install, requireIn } from '../support/installed.mjs';

const folder = install('modules');
const required = requireIn(folder);
const wasm = (name) => readFileSync(required.resolve(`mp-phone/${name}`));
const response = { platform: 'wechat', answer: { phone_info: { phoneNumber: '13800138000', countryCode: '86' } } };

test('on Node the diagnosis module is loaded at its first call', () => {
  const read = () =>
    Object.keys(required.cache)
      .map((path) => basename(path))
      .filter((name) => name.startsWith('diagnosis'));
  const api = required('mp-phone');
  required('mp-phone/server');
  assert.equal(api.readPhone(response).e164, '+8613800138000');
  assert.deepEqual(read(), []);
  assert.equal(api.diagnose({ platform: 'wechat' }).ok, false);
  assert.ok(read().includes('diagnosis-bytes.cjs'));
});

test('mp-phone/slim: each module is loaded separately', async () => {
  const api = requireIn(install('modules-slim'))('mp-phone/slim');
  const code = (expected) => (error) => error instanceof api.PhoneError && error.code === expected;
  const [opens, explains] = [() => api.readPhone(response).nationalNumber, () => api.explain('wechat', 40029).known];
  await api.ready(wasm('wasm'));
  assert.equal(opens(), '13800138000');
  assert.throws(explains, code('ERR_NOT_READY'));
  assert.throws(() => api.diagnose({ platform: 'wechat' }), { code: 'ERR_NOT_READY', message: /readyToDiagnose/ });
  await api.ready(wasm('wasm'));
  assert.throws(explains, code('ERR_NOT_READY'), 'ready() again loads nothing else');
  await assert.rejects(
    api.readyToDiagnose(new Uint8Array(8)),
    (error) => code('ERR_NOT_READY')(error) && error.cause instanceof WebAssembly.CompileError,
  );
  await api.readyToDiagnose(Promise.resolve(wasm('wasm-diagnosis')));
  assert.equal(explains(), true);

  const other = requireIn(install('modules-slim-diagnosis'))('mp-phone/slim');
  await other.readyToDiagnose(wasm('wasm-diagnosis'));
  assert.equal(other.explain('wechat', 40029).known, true);
  assert.throws(() => other.readPhone(response), { code: 'ERR_NOT_READY', message: /await ready\(\)/ });
});

const OPENING = "import { readPhone } from 'mp-phone'; export const opened = (input) => readPhone(input).e164;";
const BOTH = `${OPENING} import { explain } from 'mp-phone'; export const explained = () => explain('wechat', 40029).action;`;

const bundlers = {
  async esbuild(contents, options) {
    const { outputFiles } = await esbuild({
      stdin: { contents, resolveDir: folder },
      bundle: true,
      format: 'esm',
      platform: 'browser',
      write: false,
      logLevel: 'error',
      ...options,
    });
    return outputFiles[0].text;
  },
  async Vite(contents) {
    const entry = join(folder, 'entry.mjs');
    writeFileSync(entry, contents);
    const { NODE_ENV } = process.env;
    const [{ output }] = [
      await vite({
        configFile: false,
        root: folder,
        logLevel: 'error',
        build: { write: false, lib: { entry, formats: ['es'] } },
      }),
    ].flat();
    if (NODE_ENV === undefined) delete process.env.NODE_ENV;
    assert.equal(output.length, 1);
    return output[0].code;
  },
};

/** Whether a bundle contains a module. Checks a part from the middle of its base64 text. */
const contains = (bundle, name) => {
  const base64 = wasm(name).toString('base64');
  return bundle.includes(base64.slice(base64.length / 2, base64.length / 2 + 1000));
};

for (const [bundler, bundle] of Object.entries(bundlers)) {
  test(`${bundler}: a bundle that only opens contains one module`, async (t) => {
    const code = await bundle(OPENING);
    assert.deepEqual([contains(code, 'wasm'), contains(code, 'wasm-diagnosis')], [true, false]);
    t.diagnostic(`${bundler}: ${code.length} characters with readPhone alone`);
    assert.ok(code.length < wasm('wasm').length * (4 / 3) + 40_000, `${code.length} characters`);
    assert.equal((await run(code, `${bundler}-one`)).opened(response), '+8613800138000');
  });

  test(`${bundler}: a bundle that explains contains both modules, and works`, async () => {
    const code = await bundle(BOTH);
    assert.deepEqual([contains(code, 'wasm'), contains(code, 'wasm-diagnosis')], [true, true]);
    const { opened, explained } = await run(code, `${bundler}-both`);
    assert.deepEqual([opened(response), explained()], ['+8613800138000', 'ask-again']);
  });
}

async function run(code, name) {
  const file = join(folder, `${name}.mjs`);
  writeFileSync(file, code);
  return import(pathToFileURL(file));
}

test('a service that is bundled into one file for Node contains one module', async () => {
  for (const format of ['cjs', 'esm']) {
    const code = await bundlers.esbuild("export { createPhoneService } from 'mp-phone/server';", {
      platform: 'node',
      format,
    });
    assert.deepEqual([contains(code, 'wasm'), contains(code, 'wasm-diagnosis')], [true, false]);
  }
});

test('a bundled service with the option diagnose contains both modules; `diagnose: true` is rejected at start', async () => {
  const options = "{ platforms: { wechat: { appId: 'wx', appSecret: 's' } }, logger: false, diagnose }";
  // ES modules with bundled CommonJS need `require`.
  const banner = { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" };
  for (const [format, extension, more] of [
    ['cjs', 'cjs'],
    ['esm', 'mjs', { banner }],
  ]) {
    const code = await bundlers.esbuild(
      `import { createPhoneService } from 'mp-phone/server'; export const make = (diagnose) => createPhoneService(${options});`,
      { platform: 'node', format, ...more },
    );
    const file = join(folder, 'elsewhere', `one-${format}.${extension}`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, code);
    const { make } = await import(pathToFileURL(file));
    assert.throws(() => make(true), { code: 'ERR_INPUT', field: 'diagnose', message: /pass the function/ });
    assert.equal(typeof make(() => {}).login, 'function');
    const both = await bundlers.esbuild(
      `import { createPhoneService } from 'mp-phone/server'; import { diagnose } from 'mp-phone'; ` +
        `export const service = createPhoneService(${options});`,
      { platform: 'node', format },
    );
    assert.deepEqual([contains(both, 'wasm'), contains(both, 'wasm-diagnosis')], [true, true]);
  }
});

test('a worker that does not diagnose imports one module', async () => {
  const imported = async (contents, condition) => {
    const code = await bundlers.esbuild(contents, { conditions: [condition], external: ['*.wasm', '*.wasm?module'] });
    return [...code.matchAll(/from "[^"]*\/([^"/]+)"/g)].map(([, file]) => file).sort();
  };
  for (const [condition, suffix] of [
    ['workerd', ''],
    ['edge-light', '?module'],
  ]) {
    const [opener, both] = [[`mp_phone.wasm${suffix}`], [`mp_phone.wasm${suffix}`, `mp_phone_diagnosis.wasm${suffix}`]];
    assert.deepEqual(await imported(OPENING, condition), opener);
    assert.deepEqual(await imported("export { createPhoneService } from 'mp-phone/server';", condition), opener);
    assert.deepEqual(
      await imported(
        "export { createPhoneService } from 'mp-phone/server'; export { diagnose } from 'mp-phone';",
        condition,
      ),
      both,
    );
    assert.deepEqual(await imported(BOTH, condition), both);
  }
});
