// What the tests of uni-app share, of the quick and of the whole run.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './projects.mjs';

/** Builds a copy of the example for a platform, and gives the folder of the result. */
export async function build(toolchain, folder, platform) {
  await run(
    process.execPath,
    [join(toolchain, '@dcloudio', 'vite-plugin-uni', 'bin', 'uni.js'), 'build', '-p', platform],
    { cwd: folder, env: { ...process.env, NODE_ENV: 'production' } },
  );
  return join(folder, 'dist', 'build', platform);
}

/** The toolchain has put its platform's name in the place of its variable, in the function that tries it. */
export const arrived = (platform) =>
  new RegExp(`(\\(\\) ?=>|function ?\\(\\) ?{\\s*return) ?["']${platform}["'];?\\s*}?\\)`);

/** The button of the page as uni-app wrote it, or `undefined`. */
export const buttonOf = (root, extension) =>
  /<button id="phone"[^>]*>/.exec(readFileSync(join(root, 'pages', 'index', `index.${extension}`), 'utf8'))?.[0];

/** Types a number into the page's form and confirms it. */
export async function type(page, phone) {
  await page.fire('#typed', 'input', { value: phone });
  await page.fire('#confirm', 'tap', {});
}
