// Installs the tarball in a project without other packages.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pkg, root } from '../../js/build/paths.mjs';

const packed = (pattern) =>
  join(
    pkg,
    readdirSync(pkg).find((name) => pattern.test(name)),
  );

export const tarball = process.env.MP_PHONE_TARBALL ?? packed(/^mp-phone-\d.*\.tgz$/);
const buttonTarball = process.env.MP_PHONE_BUTTON_TARBALL ?? packed(/^mp-phone-button-\d.*\.tgz$/);

/** Installs the tarball, with `button` also that of mp-phone-button, in a new folder below target/ and returns the folder. */
export function install(name, { button = false } = {}) {
  const tarballs = button ? [tarball, buttonTarball] : [tarball];
  // One folder per process, because test files run at the same time.
  const folder = join(root, 'target', 'installed', `${name}-${process.pid}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "name": "installed", "private": true }');
  execFileSync('npm', ['install', '--offline', '--no-audit', '--no-fund', ...tarballs], { cwd: folder, stdio: 'pipe' });
  return folder;
}

/** The `require` of a module in the installed project. */
export const requireIn = (folder) => createRequire(join(folder, 'index.cjs'));
