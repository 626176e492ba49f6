// A real Chromium and its driver: by CHROME and CHROMEDRIVER, from PATH, or from Debian.
import { fromDebian, isProgram, onPath } from './debian.mjs';

export async function browser() {
  const find = () => ({
    chrome: program('CHROME', 'chromium', 'google-chrome', 'chrome'),
    driver: program('CHROMEDRIVER', 'chromedriver'),
  });
  await fromDebian(() => find().chrome && find().driver, 'chromium', 'chromium-driver');
  return find();
}

function program(variable, ...names) {
  const path = process.env[variable];
  return path ? isProgram(path) && path : onPath(...names);
}
