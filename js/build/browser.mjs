// A real Chromium and its driver: by CHROME and CHROMEDRIVER, from PATH, or, on a Debian machine where this runs as root,
// installed with apt-get.
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Failed, run, say } from './run.mjs';

export async function browser() {
  let found = { chrome: find('CHROME', ['chromium', 'google-chrome', 'chrome']), driver: find('CHROMEDRIVER', ['chromedriver']) };
  if ((!found.chrome || !found.driver) && existsSync('/etc/debian_version') && process.getuid?.() === 0) {
    say('installing chromium and chromium-driver with apt-get …');
    await run('apt-get', ['update']);
    await run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium', 'chromium-driver'], { env: { DEBIAN_FRONTEND: 'noninteractive' } });
    found = { chrome: find('CHROME', ['chromium']), driver: find('CHROMEDRIVER', ['chromedriver']) };
  }
  for (const [name, path] of Object.entries(found)) {
    if (!path) throw new Failed(`no ${name === 'chrome' ? 'Chromium' : 'chromedriver'} on this machine: install Debian's chromium and chromium-driver, or set ${name === 'chrome' ? 'CHROME' : 'CHROMEDRIVER'} to its path`);
  }
  return found;
}

function find(variable, names) {
  const candidates = process.env[variable]
    ? [process.env[variable]]
    : process.env.PATH.split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  return candidates.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
