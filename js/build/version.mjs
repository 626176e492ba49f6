// The version of everything: Cargo.toml's. The templates of the packages leave it open.
import { readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { Failed } from './run.mjs';

export const version = () => /^version = "(.+)"$/m.exec(readFileSync(join(root, 'Cargo.toml'), 'utf8'))[1];

/** Fills the version into the package.json of a package that is being put together. */
export async function fillVersion(folder) {
  const path = join(folder, 'package.json');
  const manifest = await readFile(path, 'utf8');
  if (!manifest.includes('"version": "0.0.0"')) throw new Failed(`${path} must leave its version at 0.0.0`);
  await writeFile(path, manifest.replace('"version": "0.0.0"', `"version": "${version()}"`));
}
