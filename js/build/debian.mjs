// Programs that no package registry has. On a Debian machine where this runs as root they are installed with apt-get.
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Failed, run, say } from './run.mjs';

/** The path of the first of several names that is on PATH. */
export function onPath(...names) {
  const candidates = process.env.PATH.split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  return candidates.find(isProgram);
}

export function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Makes sure that something is there.
 * @param there tells whether it is
 * @param packages Debian's packages that bring it
 */
export async function fromDebian(there, ...packages) {
  if (await there()) return;
  if (existsSync('/etc/debian_version') && process.getuid?.() === 0) {
    say(`installing ${packages.join(' and ')} with apt-get …`);
    await run('apt-get', ['update']);
    await run('apt-get', ['install', '-y', '--no-install-recommends', ...packages], {
      env: { DEBIAN_FRONTEND: 'noninteractive' },
    });
  }
  if (!(await there())) throw new Failed(`this machine lacks what Debian has in ${packages.join(' and ')}: install it`);
}

/** What the tests of the phone service need besides npm packages. */
export async function serviceTools() {
  await fromDebian(() => onPath('redis-server'), 'redis-server');
  const venv = async () =>
    onPath('python3') && (await run('python3', ['-c', 'import venv, ensurepip'], { allowFailure: true })).code === 0;
  await fromDebian(venv, 'python3', 'python3-venv');
}
