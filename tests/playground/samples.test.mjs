// Every sample of the page's list: a click shows the expected result.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { supported } from '../../js/build/platforms.mjs';
import { playgroundSamples } from '../../js/build/playground.mjs';
import { close, open } from './page.mjs';

const NUMBERS = ['+8613800138000', '+8613900139000', '+85251234567', '+12025550123'];
const { sealedSamples, responseSamples } = await playgroundSamples();
const platforms = [...new Set([...sealedSamples, ...responseSamples].map(({ platform }) => platform))];

let page;
before(async () => void (page = await open()));
after(close);

/** Clicks each sample and returns the result that the page then shows. */
const resultsOf = (ids) =>
  page.evaluate(async (ids) => {
    const results = [];
    for (const id of ids) {
      document.querySelector(`#samples [data-sample="${id}"]`).click();
      for (
        let pressed;
        !pressed;
        pressed = document.querySelector(`#samples [data-sample="${id}"][aria-pressed="true"]`)
      )
        await new Promise(requestAnimationFrame);
      results.push({
        verdict: document.querySelector('[data-verdict]').dataset.verdict,
        number: document.querySelector('#number')?.textContent,
        codes: [...document.querySelectorAll('#result li[data-code]')].map((item) => item.dataset.code),
        steps: [...document.querySelectorAll('[data-step]')].map((item) => item.dataset.state),
        answer: document.querySelector('#response')?.dataset.code,
        announcement: document.querySelector('[role=status]').textContent,
      });
    }
    return results;
  }, ids);

test('every platform has samples', () => {
  assert.ok(sealedSamples.length > 500 && responseSamples.length > 30);
  for (const name of supported) assert.ok(platforms.includes(name), name);
});

for (const platform of platforms) {
  test(`${platform}: a payload that opens shows its number, every mistake shows its finding`, async () => {
    await page.locator(`#samples [data-tab="${platform}"]`).click();
    const own = sealedSamples.filter((sample) => sample.platform === platform);
    const listed = await page
      .locator('#samples [data-sample]')
      .evaluateAll((buttons) => buttons.map((button) => button.dataset.sample));
    const responses = responseSamples.filter((sample) => sample.platform === platform);
    assert.deepEqual(listed.sort(), [...own, ...responses].map(({ id }) => id).sort());
    const results = await resultsOf(own.map(({ id }) => id));
    for (const [index, { id, format, mistake, finds, sealed }] of own.entries()) {
      const { verdict, number, codes, steps, announcement } = results[index];
      assert.ok(announcement, id);
      if (format.endsWith('-code') && 'code' in sealed) {
        assert.equal(verdict, mistake ? 'bad' : 'ok', id);
      } else {
        assert.equal(steps.length, 6, id);
        if (verdict === 'ok') assert.ok(mistake === 'masked-number' || NUMBERS.includes(number), `${id}: ${number}`);
        if (!mistake) assert.equal(verdict, 'ok', id);
      }
      if (verdict === 'ok') for (const code of finds) assert.ok(codes.includes(code), `${id} shows ${codes}`);
      else assert.ok(finds.includes(codes[0]), `${id} should show ${finds} first and shows ${codes}`);
    }
    const explained = await resultsOf(responses.map(({ id }) => id));
    for (const [index, { id, answer: response }] of responses.entries()) {
      const { verdict, number, answer: code } = explained[index];
      assert.ok(['ok', 'bad'].includes(verdict), id);
      if (number) assert.ok(NUMBERS.includes(number), id);
      else assert.ok(verdict === 'ok' || String(response).includes(code), `${id}: ${code}`);
    }
    assert.deepEqual(page.errors, []);
  });
}

test('damage is marked at its position', async () => {
  await page.locator('#samples [data-tab="wechat"]').click();
  await page.locator('#samples [data-sample="wechat/lost-plus-ciphertext"]').click();
  const { encryptedData } = sealedSamples.find(({ id }) => id === 'wechat/lost-plus-ciphertext').sealed;
  const marks = page.locator('.damaged mark');
  assert.equal(await marks.count(), encryptedData.split(' ').length - 1);
  assert.equal(await marks.first().textContent(), '␣');
  assert.match(await page.locator('[data-code="lost-plus"]').innerText(), /proven/);
});

test('in a secret field, only the damage is readable', async () => {
  const { id, platform, keys } = sealedSamples.find(
    (sample) => sample.mistake === 'lost-plus-session-key' && typeof sample.keys.sessionKey === 'string',
  );
  await page.locator(`#samples [data-tab="${platform}"]`).click();
  await page.locator(`#samples [data-sample="${id}"]`).click();
  const text = await page.locator('.damaged').innerText();
  assert.equal(text.length, keys.sessionKey.length);
  assert.match(text, /^[•␣]+$/);
});

test('a wrong iv appears as one block of garbage at the beginning', async () => {
  await page.locator('#samples [data-tab="wechat"]').click();
  await page.locator('#samples [data-sample="wechat/wrong-iv"]').click();
  const grid = page.locator('.blocks .grid');
  assert.match(
    await grid.getAttribute('aria-label'),
    /^\d+ blocks of 16 bytes: \d+ decrypted to text \(2–\d+\), 1 decrypted to garbage \(1\)$/,
  );
  assert.match(await grid.locator('.block').first().getAttribute('class'), /garbage/);
});

test('the list of samples can be searched in both languages', async () => {
  const names = () =>
    page.locator('#samples [data-sample]').evaluateAll((buttons) => buttons.map((button) => button.dataset.sample));
  await page.locator('#sample-filter').fill('wrong-iv');
  assert.deepEqual(await names(), ['wechat/wrong-iv']);
  await page.locator('#sample-filter').fill('加号');
  assert.ok((await names()).includes('wechat/lost-plus-iv') && !(await names()).includes('wechat/wrong-iv'));
  await page.locator('#sample-filter').fill('no such mistake');
  assert.deepEqual(await names(), []);
  await page.locator('#sample-filter').fill('');
});
