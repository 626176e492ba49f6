// Installs the toolchains of mini-programs according to the lock files in this folder. They take hundreds of
// megabytes, so they are installed once, in the user's cache. A changed lock file leads to a new folder.
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Failed, run, say, seconds } from '../../js/build/run.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'mp-phone', 'toolchains');

/** Installs a toolchain, unless it is installed already, and returns its node_modules. */
export async function toolchain(name) {
  const files = ['package.json', 'package-lock.json'];
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(join(here, name, file)));
  const folder = join(cache, `${name}-${hash.digest('hex').slice(0, 16)}`);
  if (!existsSync(folder)) {
    const since = Date.now();
    say(`installing the toolchain ${name} into the user's cache (once; about a minute) …`);
    const staging = `${folder}.${process.pid}`;
    mkdirSync(staging, { recursive: true });
    try {
      for (const file of files) cpSync(join(here, name, file), join(staging, file));
      // Not npm ci: it rejects a lock file that lacks the bindings for other systems, and Taro 4.2.0's bindings for
      // other systems were never published. If npm install changes a version, the lock file changes, which is checked
      // below.
      await run(
        'npm',
        ['install', '--ignore-scripts', '--omit-lockfile-registry-resolved', '--no-audit', '--no-fund'],
        { cwd: staging },
      );
      const changed = files.find(
        (file) => !readFileSync(join(staging, file)).equals(readFileSync(join(here, name, file))),
      );
      if (changed)
        throw new Failed(
          `npm changed ${changed} of the toolchain ${name}: the lock file did not pin the installed versions`,
        );
      renameSync(staging, folder);
    } finally {
      rmSync(staging, { recursive: true, force: true });
    }
    say(`${name} installed in ${seconds(since)}`);
  }
  return join(folder, 'node_modules');
}
