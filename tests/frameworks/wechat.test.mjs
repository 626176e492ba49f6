// The native example: WeChat's "build npm" processes the tarball, WeChat's compiler compiles it, and WeChat's framework runs it.
import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { root as repository } from '../../js/build/paths.mjs';
import { numberArrives, opener, pageCases } from './cases.mjs';
import { compiled, packNpm, project, run } from './projects.mjs';
import { toolchain as install } from './tools.mjs';
import { startService } from './user.mjs';

const toolchain = await install('wechat');
let service;
let source;
let compiledRoot;
before(async () => {
  service = await startService();
  source = await project('native-wechat', { api: service.api });
  await packNpm(toolchain, source);
  compiledRoot = await compiled(toolchain, source);
});
after(() => service.end());

const type = async (page, phone) => page.fire('#form', 'submit', { value: { phone } });

describe('the files that "build npm" copies from the package', () => {
  const packed = () => join(source, 'miniprogram_npm', 'mp-phone-button');
  test('the three files of miniprogram_dist, unchanged', () => {
    assert.deepEqual(readdirSync(packed()).sort(), ['index.js', 'react.js', 'vue.js']);
    for (const name of readdirSync(packed()))
      assert.ok(
        readFileSync(join(packed(), name)).equals(
          readFileSync(join(source, 'node_modules', 'mp-phone-button', 'miniprogram_dist', name)),
        ),
        name,
      );
  });
  test('the button has at most 4 kB with gzip', (t) => {
    const size = gzipSync(readFileSync(join(packed(), 'index.js')), { level: 9 }).length;
    t.diagnostic(`mp-phone-button is ${size} bytes with gzip after packNpm`);
    assert.ok(size <= 4000, `${size} bytes`);
  });
  test('the button does not load the files for the frameworks', () => {
    assert.doesNotMatch(readFileSync(join(packed(), 'index.js'), 'utf8'), /require\(/);
  });
});

test('the button of the page, in the source and in the compiled output', () => {
  const template = readFileSync(join(source, 'pages', 'index', 'index.wxml'), 'utf8');
  assert.match(
    template,
    /<button\s+id="phone"[^>]*\sopen-type="getPhoneNumber"\s+phone-number-no-quota-toast="\{\{false\}\}"\s+bindgetphonenumber="onPhone"/,
  );
  assert.equal(
    readFileSync(join(compiledRoot, 'pages', 'index', 'index.wxml'), 'utf8').match(
      /open-type="getPhoneNumber"|bindgetphonenumber="onPhone"/g,
    ).length,
    2,
  );
});

test('WeChat’s compiler converts the button to ES5', () => {
  const script = readFileSync(join(compiledRoot, 'miniprogram_npm', 'mp-phone-button', 'index.js'), 'utf8');
  assert.doesNotMatch(script, /=>|\basync\b|\bconst\b/);
  assert.match(script, /createPhoneButton/);
});

pageCases('native source', { service: () => service, open: () => opener({ service, toolchain, root: source }), type });
pageCases('native, compiled', {
  service: () => service,
  open: () => opener({ service, toolchain, root: compiledRoot }),
  type,
});

test('the first page in the READMEs works unchanged and has nine lines', async () => {
  for (const file of [
    'README.md',
    'README.zh-CN.md',
    'pkg-template/mp-phone-button/README.md',
    'pkg-template/mp-phone-button/README.zh-CN.md',
  ]) {
    const [, script, template] = /```js\n(const \{ createPhoneButton \}[^]*?)```\n\n```xml\n([^]*?)```/.exec(
      readFileSync(join(repository, file), 'utf8'),
    );
    assert.equal(script.trim().split('\n').length, 9);
    const folder = await project('native-wechat', { api: service.api, name: 'readme' });
    await packNpm(toolchain, folder);
    assert.ok(script.includes('https://example.com/mp-phone'));
    writeFileSync(
      join(folder, 'pages', 'index', 'index.js'),
      script.replace('https://example.com/mp-phone', service.api),
    );
    writeFileSync(join(folder, 'pages', 'index', 'index.wxml'), template.replace('<button', '<button id="phone"'));
    const device = service.simulator.device('wechat');
    const page = await opener({ service, toolchain, root: folder })(device);
    try {
      await page.called('setStorageSync');
      await page.tap(device.refuse());
      await page.shows('未授权手机号');
      await page.tap(await device.tap({ fast: 'sealed' }));
      await page.shows(`+86${device.phone}`);
      assert.deepEqual(service.bound(device.openId), [`+86${device.phone}`]);
    } finally {
      await page.close();
    }
  }
});

describe('these tests detect faults', () => {
  const broken = async (name, change, { npm = true } = {}) => {
    const folder = await project('native-wechat', { api: service.api, name: `broken-${name}` });
    if (npm) await packNpm(toolchain, folder);
    change(folder);
    return numberArrives(service, opener({ service, toolchain, root: folder }));
  };
  test('a wrong event name', () =>
    assert.rejects(
      broken('event', (folder) => {
        const path = join(folder, 'pages', 'index', 'index.wxml');
        writeFileSync(path, readFileSync(path, 'utf8').replace('bindgetphonenumber', 'bindgetphonenumbers'));
      }),
      /no “\+86/,
    ));
  test('Buffer in the package', () =>
    assert.rejects(
      broken('buffer', (folder) =>
        appendFileSync(join(folder, 'miniprogram_npm', 'mp-phone-button', 'index.js'), "\nBuffer.from('x');"),
      ),
      /Cannot read properties of undefined \(reading 'from'\)/,
    ));
  test('npm not built', () =>
    assert.rejects(
      broken('npm', () => {}, { npm: false }),
      /module 'mp-phone-button' is not defined/,
    ));
  test('a login in the callback', () =>
    assert.rejects(
      (async () => {
        const folder = await project('native-wechat', { api: service.api, name: 'broken-login' });
        await packNpm(toolchain, folder);
        const path = join(folder, 'pages', 'index', 'index.js');
        writeFileSync(
          path,
          readFileSync(path, 'utf8').replace('const outcome', 'await wx.login();\n    const outcome'),
        );
        await numberArrives(service, opener({ service, toolchain, root: folder }), { fast: 'sealed' });
      })(),
      /'login'/,
    ));
});

test('the types are compatible with those of miniprogram-api-typings', async () => {
  const folder = join(repository, 'target', 'frameworks', `wechat-types-${process.pid}`);
  const modules = join(folder, 'node_modules');
  mkdirSync(modules, { recursive: true });
  await run('cp', [
    '-r',
    join(source, 'node_modules', 'mp-phone-button'),
    join(toolchain, 'miniprogram-api-typings'),
    modules,
  ]);
  writeFileSync(
    join(folder, 'page.ts'),
    `
import { createPhoneButton, readPhoneEvent, type Outcome } from 'mp-phone-button';
const button = createPhoneButton<{ bound: boolean }>({
  endpoint: (path, body) => wx.cloud.callFunction({ name: 'phone', data: { path, body } }).then(({ result }) => result),
  login: () => wx.login().then(({ code }) => code),
  storage: { get: () => wx.getStorageSync('x'), set: (text) => wx.setStorageSync('x', text) },
});
Page({
  data: { number: '' },
  onShow() {
    button.prepare();
  },
  async onPhone(event: WechatMiniprogram.ButtonGetPhoneNumber) {
    const outcome: Outcome<{ bound: boolean }> = await button.submit(event);
    if (outcome.ok) this.setData({ number: outcome.phone.e164 ?? outcome.phone.nationalNumber });
    else wx.showToast({ title: outcome.message.zh });
    const result = readPhoneEvent('wechat', event);
    if (result.ok) console.log(result.detail.code);
  },
});
`,
  );
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      compilerOptions: {
        module: 'CommonJS',
        moduleResolution: 'Node',
        target: 'ES2018',
        lib: ['ES2018'],
        types: ['miniprogram-api-typings'],
        strict: true,
        noEmit: true,
      },
      files: ['page.ts'],
    }),
  );
  await run(process.execPath, [join(repository, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', folder]);
});
