// The accessibility rules of axe, checked for the page in every state, language and theme.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, test } from 'node:test';
import { close, open } from './page.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const event =
  '{"errMsg":"getPhoneNumber:ok","encryptedData":"AAAAAAAAAAAAAAAAAAAAAA==","iv":"AAAAAAAAAAAAAAAAAAAAAA=="}';

const STATES = {
  empty: () => {},
  ok: (page) => page.locator('#samples [data-sample="wechat/good"]').click(),
  failed: (page) => page.locator('#samples [data-sample="wechat/lost-plus-ciphertext"]').click(),
  'failed with blocks': (page) => page.locator('#samples [data-sample="wechat/damaged"]').click(),
  'ok with remarks': (page) => page.locator('#samples [data-sample="wechat/masked-number"]').click(),
  answer: (page) => page.locator('#samples [data-sample="wechat/code-invalid"]').click(),
  asking: (page) => page.locator('#paste').fill(event),
  unrecognised: (page) => page.locator('#paste').fill('hello'),
};

after(close);

for (const lang of ['en-GB', 'zh-CN']) {
  for (const theme of ['light', 'dark']) {
    test(`${lang}, ${theme}`, async () => {
      // The page's policy forbids foreign scripts. Only this test bypasses the policy, to run axe.
      const page = await open({ lang, theme, bypassCSP: true, reducedMotion: 'reduce' });
      await page.evaluate(axe);
      for (const [name, reach] of Object.entries(STATES)) {
        await reach(page);
        await page
          .locator('#result details:not([open]) > summary')
          .evaluateAll((all) => all.forEach((summary) => summary.click()));
        const { violations, passes } = await page.evaluate(() =>
          window.axe.run(document, {
            runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
          }),
        );
        assert.ok(passes.length > 15, 'axe checked its rules');
        assert.deepEqual(
          violations.map(
            ({ id, nodes }) =>
              `${name}: ${id}: ${nodes
                .map(({ target }) => target)
                .join(' ')
                .slice(0, 300)}`,
          ),
          [],
        );
      }
      await page.context().close();
    });
  }
}
