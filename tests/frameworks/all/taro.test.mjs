// The Taro example, built for every platform for which Taro 4 has a plugin. WeChat's own tools also compile and run the output
// for WeChat. In Taro's output the templates are the same for every app, and the button's attribute is in the page's data.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { root as repository } from '../../../js/build/paths.mjs';
import { opener, pageCases } from '../cases.mjs';
import { compiled, project, run } from '../projects.mjs';
import { smoke } from '../smoke.mjs';
import { toolchain as install } from '../tools.mjs';
import { platformConstant } from '../uni-app.mjs';
import { startService } from '../user.mjs';

const wechat = await install('wechat');
const toolchain = await install('taro');
const PLATFORMS = {
  weapp: ['wxml', /open-type="\{\{i\.\w+\}\}".*bindgetphonenumber="eh"/],
  alipay: [
    'axml',
    /open-type="\{\{i\.\w+\}\}".*scope="\{\{i\.\w+\}\}".*onGetAuthorize="eh" onError="eh".*onGetPhoneNumber="eh"/,
  ],
  tt: ['ttml', /open-type="\{\{i\.\w+\}\}".*bindgetphonenumber="eh"/],
  swan: ['swan', /open-type="\{\{ ?i\.\w+ ?\}\}".*bindgetphonenumber="eh"/],
  qq: ['qml', /open-type="\{\{i\.\w+\}\}".*bindgetphonenumber="eh"/],
  jd: ['jxml', /open-type="\{\{i\.\w+\}\}".*bindgetphonenumber="eh"/],
};
let service;
let folder;
const roots = {};
before(async () => {
  service = await startService();
  folder = await project('taro', { api: service.api, toolchain });
  for (const platform of Object.keys(PLATFORMS)) {
    await run(process.execPath, [join(toolchain, '@tarojs', 'cli', 'bin', 'taro'), 'build', '--type', platform], {
      cwd: folder,
      env: { ...process.env, NODE_ENV: 'production' },
    });
    roots[platform] = join(folder, 'dist', platform);
  }
  roots.compiled = await compiled(wechat, roots.weapp);
});
after(() => service.end());

describe('the output of Taro', () => {
  for (const [platform, [extension, button]] of Object.entries(PLATFORMS)) {
    test(platform, () => {
      const template = readFileSync(join(roots[platform], `base.${extension}`), 'utf8');
      assert.ok(
        template.split('<button').some((part) => button.test(part)),
        template
          .split('<button')
          .slice(1)
          .map((part) => part.slice(0, 900))
          .join('\n'),
      );
      assert.ok(existsSync(join(roots[platform], 'pages', 'index', `index.${extension}`)));
      const scripts = readdirSync(roots[platform], { recursive: true })
        .filter((path) => path.endsWith('.js'))
        .map((path) => readFileSync(join(roots[platform], path), 'utf8'))
        .join('\n');
      assert.match(scripts, platformConstant(platform), 'Taro has replaced its constant in the button');
    });
  }
});

test('on WeChat the page’s data has the button’s attribute', async () => {
  const page = await opener({ service, toolchain: wechat, root: roots.weapp })(service.simulator.device('wechat'));
  try {
    await page.shows('手机号一键登录');
    const find = (node) =>
      node?.uid === 'phone'
        ? node
        : Object.values(node?.cn ?? {})
            .map(find)
            .find(Boolean);
    assert.ok(Object.values(find((await page.data()).root)).includes('getPhoneNumber'));
  } finally {
    await page.close();
  }
});

async function type(page, phone) {
  await page.fire('#typed', 'input', { value: phone });
  // React renders the input asynchronously.
  await page.hasData(phone);
  await page.fire('#confirm', 'tap', {});
}
for (const [name, root] of [
  ['Taro for WeChat', 'weapp'],
  ['Taro for WeChat, compiled', 'compiled'],
]) {
  pageCases(name, {
    service: () => service,
    open: () => opener({ service, toolchain: wechat, root: roots[root] }),
    type,
  });
}

for (const [target, platform] of [
  ['alipay', 'alipay'],
  ['tt', 'douyin'],
  ['swan', 'baidu'],
]) {
  smoke(`Taro, ${target}`, { platform, service: () => service, root: () => roots[target] });
}

test('the types are compatible with those of React and Taro', async () => {
  writeFileSync(
    join(folder, 'types.tsx'),
    `
import React from 'react';
import Taro from '@tarojs/taro';
import { Button, type ButtonProps, type CommonEventFunction } from '@tarojs/components';
import { usePhoneButton } from 'mp-phone-button/react';

export function Page() {
  const { busy, outcome, buttonProps, onPhone } = usePhoneButton<{ bound: boolean }>({
    endpoint: async (path, body) => {
      const { data } = await Taro.request({ url: 'https://example.com/mp-phone' + path, method: 'POST', data: body });
      return data;
    },
    login: () => Taro.login().then(({ code }) => code),
    storage: { get: () => Taro.getStorageSync('x'), set: (text) => Taro.setStorageSync('x', text) },
  });
  const handler: CommonEventFunction<ButtonProps.onGetPhoneNumberEventDetail> = onPhone;
  if (outcome?.ok) return <Button>{outcome.phone.e164}{String(outcome.result.bound)}</Button>;
  return (
    <Button {...buttonProps} disabled={busy} onGetRealTimePhoneNumber={onPhone} onGetPhoneNumber={handler}>
      {outcome?.message.zh}
    </Button>
  );
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
        jsx: 'react',
        esModuleInterop: true,
        types: ['react'],
        strict: true,
        skipLibCheck: true,
        noEmit: true,
      },
      files: ['types.tsx'],
    }),
  );
  await run(process.execPath, [join(repository, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', folder]);
});
