// The uni-app example, built for every platform: checks the button's attribute and event in the output of DCloud's tools. A
// successful build is no proof that the host works: uni-app writes the same output for hosts without a phone button.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { project } from '../projects.mjs';
import { smoke } from '../smoke.mjs';
import { toolchain as install } from '../tools.mjs';
import { build, buttonOf, platformConstant } from '../uni-app.mjs';
import { startService } from '../user.mjs';

const toolchain = await install('uni-app');
let service;
let folder;
const roots = {};
before(async () => {
  service = await startService();
  folder = await project('uni-app', { api: service.api, toolchain, name: 'uni-app-all' });
});
after(() => service.end());

const PHONE_BUTTON = / open-type="getPhoneNumber" .*bindgetphonenumber="\{\{\w+\}\}"/;
for (const [platform, extension, button] of [
  ['mp-weixin', 'wxml', PHONE_BUTTON],
  [
    'mp-alipay',
    'axml',
    / open-type="getAuthorize" scope="phoneNumber" .*onGetAuthorize="\{\{\w+\}\}" onError="\{\{\w+\}\}"/,
  ],
  ['mp-baidu', 'swan', / open-type="getPhoneNumber" .*bindgetphonenumber="\{\{?\w+\}?\}"/],
  ['mp-toutiao', 'ttml', PHONE_BUTTON],
  ['mp-kuaishou', 'ksml', PHONE_BUTTON],
  ['mp-xhs', 'xhsml', PHONE_BUTTON],
  ['mp-harmony', 'hxml', PHONE_BUTTON],
  // Feishu has no phone button; a tap requests a login code.
  ['mp-lark', 'ttml', /^(?!.*open-type).*bindtap="\{\{\w+\}\}"/],
  // These hosts have no button: the user types the number.
  ['mp-qq', 'qml', undefined],
  ['mp-jd', 'jxml', undefined],
]) {
  test(`${platform}: ${button ? 'the button' : 'no button, and the form is shown immediately'}`, async () => {
    const root = (roots[platform] = await build(toolchain, folder, platform));
    const tag = buttonOf(root, extension);
    if (button) assert.match(tag ?? '', button);
    else assert.equal(tag, undefined);
    const page = readFileSync(join(root, 'pages', 'index', `index.${extension}`), 'utf8');
    assert.match(page, /id="typed"/);
    assert.match(
      readFileSync(join(root, 'common', 'vendor.js'), 'utf8'),
      platformConstant(platform),
      'uni-app has replaced its constant in the button',
    );
  });
}

// The smoke tests need the builds of the tests above.
for (const [target, platform] of [
  ['mp-alipay', 'alipay'],
  ['mp-baidu', 'baidu'],
  ['mp-toutiao', 'douyin'],
  ['mp-kuaishou', 'kuaishou'],
  ['mp-xhs', 'xiaohongshu'],
]) {
  smoke(`uni-app, ${target}`, { platform, service: () => service, root: () => roots[target] });
}
