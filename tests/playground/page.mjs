// Opens the page of the tarball in Chromium. A server on the loopback address serves the page.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { findBrowser } from '../../js/build/system.mjs';

/** The path of the page. `MP_PHONE_PLAYGROUND` replaces the page of the tarball during development. */
export const file = process.env.MP_PHONE_PLAYGROUND ?? (await installed());

async function installed() {
  const { install } = await import('../support/installed.mjs');
  return join(install('playground'), 'node_modules', 'mp-phone', 'dist', 'playground.html');
}

const server = createServer((request, response) => {
  if (new URL(request.url, 'http://localhost').pathname !== '/playground.html') return response.writeHead(404).end();
  response.writeHead(200, { 'content-type': 'text/html' }).end(readFileSync(file));
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
export const origin = `http://127.0.0.1:${server.address().port}`;
export const address = `${origin}/playground.html`;

const browser = await chromium.launch({
  executablePath: findBrowser().chrome,
  args: [
    '--no-sandbox',
    '--disable-quic',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
  ],
});

/**
 * Opens the page in its own browser context. `requests` receives the URLs that the page requests after loading, `errors` the
 * texts of its errors.
 */
export async function open({
  hash = '',
  size = [1280, 900],
  lang = 'en-GB',
  theme = 'light',
  url = address,
  ...more
} = {}) {
  const context = await browser.newContext({
    viewport: { width: size[0], height: size[1] },
    locale: lang,
    colorScheme: theme,
    timezoneId: 'UTC',
    ...more,
  });
  const page = await context.newPage();
  const requests = [];
  const errors = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  await page.goto(url + hash);
  await page.locator('main').waitFor();
  page.on('request', (request) => requests.push(request.url()));
  return Object.assign(page, { requests, errors });
}

export async function close() {
  await browser.close();
  await new Promise((resolve) => server.close(resolve));
}
