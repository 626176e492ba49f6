// The page, operated as a user operates it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, afterEach, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { supported } from '../../js/build/platforms.mjs';
import { playgroundSamples } from '../../js/build/playground.mjs';
import { address, close, file, open, origin } from './page.mjs';

const { sealedSamples } = await playgroundSamples();
const {
  sealed: { encryptedData, iv },
  keys: { appId, sessionKey },
} = sealedSamples.find(({ id }) => id === 'wechat/good');
const { response, sign } = sealedSamples.find(({ id }) => id === 'alipay/good').sealed;
const event = JSON.stringify({ errMsg: 'getPhoneNumber:ok', encryptedData, iv });

const pages = [];
async function openPage(...args) {
  const page = await open(...args);
  pages.push(page);
  return page;
}
afterEach(async () => {
  for (const page of pages.splice(0)) {
    assert.deepEqual(page.errors, [], 'the page ran without an error');
    await page.context().close();
  }
});
after(close);

/** The hash in the page's own address. Playwright's copy of the address may be outdated. */
const hash = (page) => page.evaluate(() => location.hash);
const verdict = (page, is) => page.locator(`[data-verdict="${is}"]`).waitFor();
const anyAge = async (page) => {
  await page.locator('.options summary').click();
  await page.getByLabel(/maxAge: Infinity/).check();
};

test('an event: the page lists the missing fields, then shows the number', async () => {
  const page = await openPage();
  await page.locator('#paste').fill(event);
  await verdict(page, 'ask');
  assert.deepEqual(await page.locator('.missing-list code').allTextContents(), ['appId', 'sessionKey']);
  await page.getByRole('button', { name: 'Enter appId' }).click();
  await page.keyboard.insertText(appId);
  await page.locator('#field-sessionKey').fill([sessionKey].flat()[0]);
  await anyAge(page);
  await verdict(page, 'ok');
  assert.match(await page.locator('#number').textContent(), /^\+\d{11,13}$/);
  assert.match(await page.locator('[role=status]').textContent(), /The payload opens: \+\d+/);
});

test('a key is masked until the user reveals it', async () => {
  const page = await openPage();
  await page.locator('#paste').fill(event);
  const security = () =>
    page.locator('#field-sessionKey').evaluate((field) => getComputedStyle(field).webkitTextSecurity);
  assert.equal(await security(), 'disc');
  await page.getByRole('button', { name: 'Show sessionKey' }).click();
  assert.equal(await security(), 'none');
});

for (const [name, text, expectedVerdict, expectedText] of [
  [
    'a request body',
    JSON.stringify({ platform: 'mp-weixin', detail: { encryptedData, iv } }),
    'ask',
    /a sealed payload, in JSON/,
  ],
  [
    'a curl command',
    `curl https://example.com/phone -H 'content-type: application/json' -d '${JSON.stringify({ platform: 'alipay', response, sign })}'`,
    'ask',
    /curl/,
  ],
  ['a form body', `platform=wechat&${new URLSearchParams({ encryptedData, iv })}`, 'ask', /form/],
  ['a log line', `2026-01-01 12:00:00 INFO phone encryptedData=${encryptedData} iv=${iv}`, 'ask', /log line/],
  ['plain base64', encryptedData, 'ask', /sealed payload/],
  [
    "a platform's response",
    '{"errcode":40029,"errmsg":"invalid code, rid: 65a1b2c3-0d4e5f60-7a8b9c0d"}',
    'bad',
    /a platform's response, in JSON/,
  ],
  [
    'an error message',
    'Error: errCode: 40029 | errMsg: openapi.phonenumber.getPhoneNumber:fail invalid code rid: 65a1b2c3-0d4e5f60-7a8b9c0d',
    'bad',
    /an error message/,
  ],
  ['the event of a declined request', '{"errMsg":"getPhoneNumber:fail user deny"}', 'bad', /event without data/],
  [
    'a login code in place of a phone code',
    '{"errMsg":"getPhoneNumber:ok","code":"0e1AbCdEf2GhIjKl3MnOpQr4StUvWx5Y"}',
    'bad',
    /a code/,
  ],
  ['a text without data of a phone button', 'hello', 'ask', /contains no data of a phone button/],
]) {
  test(`pasted: ${name}`, async () => {
    const page = await openPage();
    await page.locator('#paste').fill(text);
    await verdict(page, expectedVerdict);
    assert.match(await page.locator('#paste-recognised').textContent(), expectedText);
    assert.equal(await hash(page), '');
    assert.deepEqual(page.requests, []);
  });
}

test("a platform's response is explained", async () => {
  const page = await openPage();
  await page.locator('#paste').fill('{"errcode":40029,"errmsg":"invalid code, rid: 65a1b2c3-0d4e5f60-7a8b9c0d"}');
  const text = await page.locator('#response').innerText();
  for (const part of [
    '40029',
    'the user',
    'ask-again',
    'No, the platform would reject the request again',
    '65a1b2c3-0d4e5f60-7a8b9c0d',
  ])
    assert.ok(text.includes(part), part);
});

test("keys remain when another payload is pasted; a sample's keys do not", async () => {
  const page = await openPage();
  await page.locator('#paste').fill(event);
  await page.locator('#field-appId').fill('wx0123456789abcdef');
  await page
    .locator('#paste')
    .fill(JSON.stringify({ encryptedData: encryptedData.replaceAll('A', 'B'), iv, platform: 'wechat' }));
  assert.equal(await page.locator('#field-appId').inputValue(), 'wx0123456789abcdef');
  await page.locator('#samples summary').click();
  await page.locator('[data-sample="wechat/good"]').click();
  await verdict(page, 'ok');
  await page.locator('#paste').fill(
    JSON.stringify({
      platform: 'wechat',
      iv: 'r7BXXKkLb8qrSNn05n0qiA==',
      encryptedData: encryptedData.split('').reverse().join(''),
    }),
  );
  assert.equal(await page.locator('#field-sessionKey').inputValue(), '');
});

test("a sample's platform does not remain when other data is pasted", async () => {
  const page = await openPage();
  await page.locator('#samples [data-tab="kuaishou"]').click();
  await page.locator('#samples [data-sample="kuaishou/good"]').click();
  await verdict(page, 'ok');
  await page.locator('#paste').fill(event);
  assert.equal(await page.locator('#platform').inputValue(), 'wechat');
  await page.getByRole('button', { name: 'Douyin', exact: true }).click();
  assert.equal(await page.locator('#platform').inputValue(), 'douyin');
});

test('an event with a payload and a code: the user can check either', async () => {
  const page = await openPage();
  await page.locator('#paste').fill(
    JSON.stringify({
      platform: 'wechat',
      errMsg: 'getPhoneNumber:ok',
      code: '0e1AbCdEf2GhIjKl3MnOpQr4StUvWx5Y',
      encryptedData,
      iv,
    }),
  );
  await verdict(page, 'ask');
  await page.getByRole('radio', { name: 'the code' }).check();
  await page.locator('li[data-code="login-code"]').waitFor();
  await page.getByRole('radio', { name: 'for a login' }).check();
  await verdict(page, 'ok');
  await page.getByRole('radio', { name: 'the payload' }).check();
  await verdict(page, 'ask');
});

test('fields can be filled in by hand, and cleared', async () => {
  const page = await openPage();
  await page.locator('#by-hand').click();
  await page.locator('#platform').selectOption('baidu');
  assert.equal(await page.locator('#field-appKey').count(), 1);
  await page.locator('#field-iv').fill(iv);
  await page.locator('#clear').click();
  await verdict(page, 'empty');
  assert.equal(await page.locator('#fields').count(), 0);
});

test('every platform can be chosen', async () => {
  const page = await openPage();
  await page.locator('#by-hand').click();
  for (const name of await page
    .locator('#platform option')
    .evaluateAll((options) => options.map(({ value }) => value))) {
    await page.locator('#platform').selectOption(name);
    await page.locator('[data-verdict="ask"], [data-verdict="bad"]').waitFor();
  }
});

test("the first language is the browser's; the user's choice is stored", async () => {
  const page = await openPage({ lang: 'zh-CN' });
  const lang = () => page.evaluate(() => document.documentElement.lang);
  assert.equal(await lang(), 'zh-CN');
  await page.getByRole('heading', { name: '粘贴数据' }).waitFor();
  await page.getByRole('radio', { name: 'English' }).check();
  await page.getByRole('heading', { name: 'Paste your data' }).waitFor();
  assert.equal(await lang(), 'en');
  await page.reload();
  await page.getByRole('heading', { name: 'Paste your data' }).waitFor();
});

test('the Chinese page has no English texts', async () => {
  const page = await openPage({ lang: 'zh-CN' });
  for (const id of ['wechat/good', 'wechat/wrong-iv', 'wechat/code-invalid']) {
    await page.locator(`#samples [data-sample="${id}"]`).click();
    const headings = await page
      .locator('h2, h3, legend, dt, .tag, .button, .hint')
      .evaluateAll((all) =>
        all.filter((element) => !element.closest('[lang]:not(html)')).map((element) => element.textContent.trim()),
      );
    const english = headings.filter(
      (text) => text && !/\p{Script=Han}/u.test(text) && !/^(English|encryptedData|iv|appId|sessionKey)$/.test(text),
    );
    assert.deepEqual(english, []);
  }
});

test("the first appearance is the system's; the user's choice is stored", async () => {
  const page = await openPage({ theme: 'dark' });
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = await background();
  await page.getByRole('radio', { name: 'Light' }).check();
  const light = await background();
  assert.notEqual(light, dark);
  await page.reload();
  await page.locator('main').waitFor();
  assert.equal(await background(), light);
  await page.getByRole('radio', { name: 'System' }).check();
  assert.equal(await background(), dark);
});

test('the number, the code, the link, the findings and the request id can be copied', async () => {
  const page = await openPage({ permissions: ['clipboard-read', 'clipboard-write'] });
  const copied = async (button) => {
    await page.evaluate(() => navigator.clipboard.writeText(''));
    await button.click();
    await page.locator('[aria-live]', { hasText: /^Copied$/ }).waitFor();
    const text = await page.evaluate(() => navigator.clipboard.readText());
    await page.locator('[aria-live]', { hasText: /^Copied$/ }).waitFor({ state: 'detached' });
    return text;
  };
  await page.locator('#samples [data-sample="wechat/good"]').click();
  assert.equal(
    await copied(page.getByRole('button', { name: 'Copy the number' })),
    await page.locator('#number').textContent(),
  );
  assert.match(
    await copied(page.getByRole('button', { name: 'Copy the code' })),
    /^import express[^]+createPhoneService/,
  );
  assert.equal(
    await copied(page.getByRole('button', { name: 'Copy link' })),
    `${address}#sample=wechat%2Fgood&lang=en`,
  );
  await page.locator('#samples [data-sample="wechat/lost-plus-ciphertext"]').click();
  const findings = await copied(page.getByRole('button', { name: 'Copy the findings' }));
  assert.match(findings, /^lost-plus → encryptedData\n/);
  assert.ok(!findings.includes(encryptedData.slice(0, 12)));
  await page.locator('#samples [data-sample="wechat/code-invalid"]').click();
  assert.equal(await copied(page.getByRole('button', { name: 'Copy rid' })), '65a1b2c3-0d4e5f60-7a8b9c0d');
});

test("a link opens a sample; any change removes the sample's name from the address", async () => {
  const page = await openPage({ hash: '#sample=wechat%2Flost-plus-iv&lang=zh' });
  await page.locator('li[data-code="lost-plus"]').waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'zh-CN');
  await page.locator('#field-iv').fill(iv);
  assert.equal(await hash(page), '');
  await page.goto(`${address}#sample=baidu%2Fgood`);
  await page.locator('#samples [data-sample="baidu/good"][aria-pressed="true"]').waitFor();
  await verdict(page, 'ok');
  await page.locator('#paste').fill(event);
  assert.equal(await hash(page), '');
  assert.equal(await page.getByRole('button', { name: '复制此样例的链接' }).count(), 0);
});

test('the page stores only language and appearance', async () => {
  const page = await openPage();
  await page.locator('#paste').fill(event);
  await page.getByRole('radio', { name: 'Dark' }).check();
  const stored = await page.evaluate(async () => ({
    local: { ...localStorage },
    session: { ...sessionStorage },
    cookie: document.cookie,
    databases: (await indexedDB.databases()).length,
  }));
  assert.deepEqual(stored, { local: { 'mp-phone-theme': 'dark' }, session: {}, cookie: '', databases: 0 });
});

test('the page makes no requests, and its policy blocks all requests', async () => {
  const page = await openPage();
  await page.locator('#samples [data-sample="wechat/good"]').click();
  await page.locator('#paste').fill(event);
  assert.deepEqual(page.requests, []);
  const blocked = await page.evaluate(async (origin) => {
    const violations = [];
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) =>
      violations.push(effectiveDirective),
    );
    const failed = [];
    await fetch(`${origin}/fetch`).catch(() => failed.push('fetch'));
    try {
      new WebSocket(origin.replace('http', 'ws'));
    } catch {
      failed.push('ws');
    }
    navigator.sendBeacon(`${origin}/beacon`);
    for (const [tag, name] of [
      ['img', 'src'],
      ['script', 'src'],
      ['iframe', 'src'],
      ['link', 'href'],
      ['video', 'src'],
    ]) {
      const element = Object.assign(document.createElement(tag), { rel: 'stylesheet', [name]: `${origin}/${tag}` });
      document.body.append(element);
    }
    const form = document.body.appendChild(
      Object.assign(document.createElement('form'), { method: 'post', action: `${origin}/form` }),
    );
    form.submit();
    const inline = document.body.appendChild(document.createElement('script'));
    inline.textContent = 'window.inlined = true';
    const directives = [
      'connect-src',
      'img-src',
      'script-src-elem',
      'frame-src',
      'style-src-elem',
      'media-src',
      'form-action',
    ];
    for (const end = Date.now() + 5000; Date.now() < end && !directives.every((name) => violations.includes(name)); )
      await new Promise((resolve) => setTimeout(resolve, 20));
    const missing = directives.filter((name) => !violations.includes(name));
    return { failed, missing, inlined: 'inlined' in window };
  }, origin);
  assert.deepEqual(blocked.missing, []);
  assert.ok(blocked.failed.includes('fetch'));
  assert.equal(blocked.inlined, false);
  page.errors.length = 0; // the browser's messages about the blocked requests
  assert.equal(await page.evaluate(() => location.pathname), '/playground.html');
});

test('the page contains its policy, and refers to no external files', () => {
  const html = readFileSync(file, 'utf8');
  const [, policy] = /<meta http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html);
  assert.deepEqual(policy.replace(/'sha256-[\w+/=]+'/g, "'sha256-…'").split('; '), [
    "default-src 'none'",
    "script-src 'sha256-…' 'wasm-unsafe-eval'",
    "style-src 'sha256-…'",
    'img-src data:',
    "connect-src 'none'",
    "form-action 'none'",
    "base-uri 'none'",
  ]);
  assert.deepEqual(html.match(/<(?:script|link|img|iframe)[^>]+(?:src|href)=["'](?!data:)[^"']+/g) ?? [], []);
  assert.ok(html.indexOf('Content-Security-Policy') < html.indexOf('<script'), 'the policy precedes the scripts');
});

test('the page works from file://', async () => {
  const page = await openPage({ url: pathToFileURL(file).href, hash: '#sample=wechat%2Fgood' });
  await verdict(page, 'ok');
  await page.locator('#paste').fill(event);
  await verdict(page, 'ask');
  assert.equal(await hash(page), '');
});

test('the page can be operated with the keyboard only', async () => {
  const page = await openPage();
  const focused = () =>
    page.evaluate(
      () =>
        document.activeElement.dataset.tab ||
        document.activeElement.dataset.sample ||
        document.activeElement.id ||
        document.activeElement.className ||
        document.activeElement.tagName,
    );
  const tabTo = async (name) => {
    for (let presses = 0; presses < 40; presses++) {
      await page.keyboard.press('Tab');
      if ((await focused()) === name) return;
    }
    assert.fail(`Tab does not reach ${name}`);
  };
  await page.keyboard.press('Tab');
  assert.equal(await focused(), 'skip');
  await page.keyboard.press('Enter');
  assert.equal(await focused(), 'result');
  assert.equal(await hash(page), '');
  await page.reload();
  await page.locator('main').waitFor();
  await tabTo('paste');
  await tabTo('wechat');
  await page.keyboard.press('ArrowRight');
  assert.equal(await focused(), 'alipay');
  await page.keyboard.press('End');
  assert.equal(await focused(), supported.at(-1));
  await page.keyboard.press('ArrowRight');
  assert.equal(await focused(), 'wechat');
  await tabTo('wechat/good');
  await page.keyboard.press('Enter');
  await verdict(page, 'ok');
  await page.keyboard.press('ArrowDown');
  assert.equal(await focused(), 'wechat/lost-plus-ciphertext');
  await page.keyboard.press('Enter');
  await page.locator('li[data-code="lost-plus"]').waitFor();
  await tabTo('express');
  await page.keyboard.press('ArrowRight');
  assert.equal(await focused(), 'hono');
  assert.match(await page.locator('#code pre').innerText(), /from 'hono'/);
  const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
  assert.notEqual(outline, 'none');
});

for (const width of [1280, 768, 390, 320]) {
  test(`no element is wider than a window of ${width} pixels`, async () => {
    const page = await openPage({ size: [width, 844], reducedMotion: 'reduce' });
    const overflow = () =>
      page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(await overflow(), 0, 'empty');
    for (const id of ['wechat/good', 'wechat/lost-plus-ciphertext', 'wechat/user-info', 'wechat/code-invalid']) {
      for (const language of ['English', '中文']) {
        await page.locator(`#samples [data-sample="${id}"]`).click();
        await page.getByRole('radio', { name: language }).check();
        assert.equal(await overflow(), 0, `${id} ${language}`);
      }
    }
    for (const tab of await page.locator('#code [role=tab]').all()) {
      await tab.click();
      assert.equal(await overflow(), 0);
    }
  });
}

test('on a phone, the page scrolls to the result', async () => {
  const page = await openPage({ size: [390, 844], reducedMotion: 'reduce' });
  await page.locator('#samples [data-sample="wechat/good"]').click();
  await page.waitForFunction(
    () => document.querySelector('[data-verdict="ok"]')?.getBoundingClientRect().top < innerHeight / 2,
  );
});
