// Python tools in a folder below target/, with the exact versions of requirements.txt.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from '../../js/build/paths.mjs';

/** Creates the virtual environment if it does not exist, and returns the path of schemathesis. */
export function schemathesis() {
  const folder = join(root, 'target', 'schemathesis');
  const program = join(folder, 'bin', 'schemathesis');
  const expected = readFileSync(fileURLToPath(new URL('requirements.txt', import.meta.url)), 'utf8');
  const stamp = join(folder, '.installed-by');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === expected && existsSync(program)) return program;
  rmSync(folder, { recursive: true, force: true });
  try {
    execFileSync('python3', ['-c', 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))'], {
      stdio: 'pipe',
    });
  } catch (error) {
    throw new Error(
      `schemathesis needs python3, 3.10 or newer, with its venv module (on Debian: apt-get install python3-venv). ` +
        `${error.stderr ?? error.message}`,
    );
  }
  execFileSync('python3', ['-m', 'venv', folder], { stdio: 'pipe' });
  execFileSync(
    join(folder, 'bin', 'pip'),
    [
      'install',
      '--quiet',
      '--disable-pip-version-check',
      '--no-deps',
      '-r',
      fileURLToPath(new URL('requirements.txt', import.meta.url)),
    ],
    { stdio: 'pipe' },
  );
  writeFileSync(stamp, expected);
  return program;
}
