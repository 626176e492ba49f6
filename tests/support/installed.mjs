// The tarball, installed in a project where nothing else is.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pkg, root } from '../../js/build/paths.mjs';

export const tarball =
  process.env.MP_PHONE_TARBALL ??
  join(
    pkg,
    readdirSync(pkg).find((name) => /^mp-phone-\d.*\.tgz$/.test(name)),
  );

/** Installs the tarball in a new folder below target/ and returns the folder. */
export function install(name) {
  // Of this process alone: test files run at the same time.
  const folder = join(root, 'target', 'installed', `${name}-${process.pid}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "name": "installed", "private": true }');
  execFileSync('npm', ['install', '--offline', '--no-audit', '--no-fund', tarball], { cwd: folder, stdio: 'pipe' });
  return folder;
}

/** `require` as the installed project has it. */
export const requireIn = (folder) => createRequire(join(folder, 'index.cjs'));
