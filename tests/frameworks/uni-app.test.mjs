// The uni-app example for WeChat and Alipay, built with DCloud's tools. WeChat's tools also compile and run the output for WeChat.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { root as repository } from '../../js/build/paths.mjs';
import { opener, pageCases } from './cases.mjs';
import { compiled, project, run } from './projects.mjs';
import { smoke } from './smoke.mjs';
import { toolchain as install } from './tools.mjs';
import { build, buttonOf, platformConstant, type } from './uni-app.mjs';
import { startService } from './user.mjs';

const wechat = await install('wechat');
const toolchain = await install('uni-app');
let service;
let folder;
const roots = {};
before(async () => {
  service = await startService();
  folder = await project('uni-app', { api: service.api, toolchain });
  for (const platform of ['mp-weixin', 'mp-alipay']) roots[platform] = await build(toolchain, folder, platform);
  roots.compiled = await compiled(wechat, roots['mp-weixin']);
});
after(() => service.end());

test('the attributes of the button for WeChat and for Alipay', () => {
  assert.match(buttonOf(roots['mp-weixin'], 'wxml'), / open-type="getPhoneNumber" .*bindgetphonenumber="\{\{\w+\}\}"/);
  assert.match(
    buttonOf(roots['mp-alipay'], 'axml'),
    / open-type="getAuthorize" scope="phoneNumber" .*onGetAuthorize="\{\{\w+\}\}" onError="\{\{\w+\}\}"/,
  );
});

test('the build has replaced the platform constant of uni-app in the code of the button', () => {
  for (const [platform, root] of Object.entries(roots))
    assert.match(
      readFileSync(join(root, 'common', 'vendor.js'), 'utf8'),
      platformConstant(platform === 'compiled' ? 'mp-weixin' : platform),
      platform,
    );
});

for (const [name, root] of [
  ['uni-app for WeChat', 'mp-weixin'],
  ['uni-app for WeChat, compiled', 'compiled'],
]) {
  pageCases(name, {
    service: () => service,
    open: () => opener({ service, toolchain: wechat, root: roots[root] }),
    type,
  });
}

smoke('uni-app for Alipay', { platform: 'alipay', service: () => service, root: () => roots['mp-alipay'] });

test('the types are compatible with those of Vue and uni-app', async () => {
  writeFileSync(
    join(folder, 'types.ts'),
    `
import { computed, watch } from 'vue';
import { usePhoneButton } from 'mp-phone-button/vue';
import { createPhoneButton } from 'mp-phone-button';

export function setup() {
  const { button, busy, outcome, onPhone } = usePhoneButton<{ bound: boolean }>({
    endpoint: async (path, body) => {
      const { data } = await uni.request({ url: 'https://example.com/mp-phone' + path, method: 'POST', data: body });
      return data;
    },
    login: () => uni.login().then(({ code }) => code),
    storage: { get: () => uni.getStorageSync('x'), set: (text) => uni.setStorageSync('x', text) },
  });
  const number = computed(() => (outcome.value?.ok ? outcome.value.phone.e164 : null));
  const bound = computed((): boolean | undefined => (outcome.value?.ok ? outcome.value.result.bound : undefined));
  watch(busy, (now: boolean) => console.log(now, button.platform));
  type Detail = { code?: string; encryptedData?: string; iv?: string; errMsg: string };
  const handler: (event: { type: string; detail: Detail }) => void = onPhone;
  return { number, bound, handler, plain: createPhoneButton({ endpoint: 'https://example.com/mp-phone' }) };
}
`,
  );
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      compilerOptions: {
        module: 'ESNext',
        moduleResolution: 'Bundler',
        target: 'ES2020',
        lib: ['ES2020', 'DOM'],
        types: ['@dcloudio/types'],
        strict: true,
        skipLibCheck: true,
        noEmit: true,
      },
      files: ['types.ts'],
    }),
  );
  await run(process.execPath, [join(repository, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', folder]);
});
