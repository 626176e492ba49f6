// The uni-app example for every platform that it builds for: the attribute and the event that DCloud's tools wrote. That it
// builds says nothing of the host: uni-app writes the same for hosts that know no phone button.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { startService } from '../phone.mjs';
import { project } from '../projects.mjs';
import { smoke } from '../smoke.mjs';
import { toolchain as install } from '../tools.mjs';
import { arrived, build, buttonOf } from '../uni-app.mjs';

const toolchain = await install('uni-app');
let service;
let folder;
const roots = {};
before(async () => {
  service = await startService();
  folder = await project('uni-app', { api: service.api, toolchain, name: 'uni-app-all' });
});
after(() => service.end());

const usual = / open-type="getPhoneNumber" .*bindgetphonenumber="\{\{\w+\}\}"/;
for (const [platform, extension, button] of [
  ['mp-weixin', 'wxml', usual],
  [
    'mp-alipay',
    'axml',
    / open-type="getAuthorize" scope="phoneNumber" .*onGetAuthorize="\{\{\w+\}\}" onError="\{\{\w+\}\}"/,
  ],
  ['mp-baidu', 'swan', / open-type="getPhoneNumber" .*bindgetphonenumber="\{\{?\w+\}?\}"/],
  ['mp-toutiao', 'ttml', usual],
  ['mp-kuaishou', 'ksml', usual],
  ['mp-xhs', 'xhsml', usual],
  ['mp-harmony', 'hxml', usual],
  // Feishu has no phone button; the tap asks for the login's code.
  ['mp-lark', 'ttml', /^(?!.*open-type).*bindtap="\{\{\w+\}\}"/],
  // None: the number is typed.
  ['mp-qq', 'qml', undefined],
  ['mp-jd', 'jxml', undefined],
]) {
  test(`${platform}: ${button ? 'the button' : 'no button, and the form at once'}`, async () => {
    const root = (roots[platform] = await build(toolchain, folder, platform));
    const hit = buttonOf(root, extension);
    if (button) assert.match(hit ?? '', button);
    else assert.equal(hit, undefined);
    const page = readFileSync(join(root, 'pages', 'index', `index.${extension}`), 'utf8');
    assert.match(page, /id="typed"/);
    assert.match(
      readFileSync(join(root, 'common', 'vendor.js'), 'utf8'),
      arrived(platform),
      'uni-app’s constant has arrived in the button',
    );
  });
}

// After the builds.
for (const [target, platform] of [
  ['mp-alipay', 'alipay'],
  ['mp-baidu', 'baidu'],
  ['mp-toutiao', 'douyin'],
  ['mp-kuaishou', 'kuaishou'],
  ['mp-xhs', 'xiaohongshu'],
]) {
  smoke(`uni-app, ${target}`, { platform, service: () => service, root: () => roots[target] });
}
