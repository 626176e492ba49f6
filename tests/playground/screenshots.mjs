// Writes screenshots of the page to target/screenshots/: every state, in both languages, both themes and two sizes.
// With `readme`, writes only the pictures of the READMEs.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../js/build/paths.mjs';
import { close, open } from './page.mjs';

const folder = join(root, 'target', 'screenshots');
mkdirSync(folder, { recursive: true });

const sample = (id) => (page) => page.locator(`#samples [data-sample="${id}"]`).click();
const states = {
  empty: () => {},
  good: sample('wechat/good'),
  finding: sample('wechat/lost-plus-ciphertext'),
  blocks: sample('wechat/wrong-iv'),
  remarks: sample('wechat/masked-number'),
  answer: sample('wechat/code-invalid'),
  asking: (page) =>
    page.locator('#paste').fill(
      JSON.stringify({
        encryptedData: `${'A'.repeat(214)}==`,
        iv: 'r7BXXKkLb8qrSNn05n0qiA==',
        errMsg: 'getPhoneNumber:ok',
      }),
    ),
};
const views = [
  ['en', 'light', 1280],
  ['zh', 'light', 1280],
  ['en', 'dark', 1280],
  ['zh', 'dark', 1280],
  ['en', 'light', 390],
  ['zh', 'light', 390],
  ['zh', 'dark', 390],
];
const only = process.argv.slice(2);
const locales = { en: 'en-GB', zh: 'zh-CN' };

if (only.includes('readme')) {
  for (const [lang, locale] of Object.entries(locales)) {
    const page = await open({ lang: locale, size: [1280, 900], reducedMotion: 'reduce' });
    await states.finding(page);
    await page.screenshot({
      path: join(root, 'js', 'playground', `screenshot-${lang}.png`),
      fullPage: true,
      clip: { x: 0, y: 0, width: 1280, height: 1190 },
    });
  }
  await close();
  process.exit();
}

for (const [lang, theme, width] of views) {
  for (const [state, reach] of Object.entries(states)) {
    const name = `${state}-${lang}-${theme}-${width}`;
    if (only.length && !only.some((part) => name.includes(part))) continue;
    const page = await open({
      lang: locales[lang],
      theme,
      size: [width, width === 390 ? 844 : 900],
      reducedMotion: 'reduce',
    });
    await reach(page);
    await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
    console.log(name, ...page.errors);
    await page.context().close();
  }
}
await close();
