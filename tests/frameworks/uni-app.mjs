// The common part of the uni-app tests of `npm test` and `npm run test:frameworks`.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './projects.mjs';

/** Builds a copy of the example for a platform and returns the folder of the result. */
export async function build(toolchain, folder, platform) {
  await run(
    process.execPath,
    [join(toolchain, '@dcloudio', 'vite-plugin-uni', 'bin', 'uni.js'), 'build', '-p', platform],
    { cwd: folder, env: { ...process.env, NODE_ENV: 'production' } },
  );
  return join(folder, 'dist', 'build', platform);
}

/** Matches the button's code after the toolchain has replaced its variable with the name of the platform. */
export const platformConstant = (platform) =>
  new RegExp(`(\\(\\) ?=>|function ?\\(\\) ?{\\s*return) ?["']${platform}["'];?\\s*}?\\)`);

/** The button's tag in the page's template in uni-app's output, or `undefined`. */
export const buttonOf = (root, extension) =>
  /<button id="phone"[^>]*>/.exec(readFileSync(join(root, 'pages', 'index', `index.${extension}`), 'utf8'))?.[0];

/** Types a number into the page's form and confirms it. */
export async function type(page, phone) {
  await page.fire('#typed', 'input', { value: phone });
  await page.fire('#confirm', 'tap', {});
}
