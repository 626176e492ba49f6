// What the manifests of the packages leave open: the version, which is Cargo.toml's, and the links, which are package.json's.
import { readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { Failed } from './run.mjs';

export const version = () => /^version = "(.+)"$/m.exec(readFileSync(join(root, 'Cargo.toml'), 'utf8'))[1];

/** `repository`, `homepage` and `bugs`, from `links` in package.json: the one place to fill them in. */
export const links = () => JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).links;

/** Fills the version and the links into the package.json of a package that is being put together. */
export async function fillManifest(folder) {
  const path = join(folder, 'package.json');
  const manifest = JSON.parse(await readFile(path, 'utf8'));
  if (manifest.version !== '0.0.0') throw new Failed(`${path} must leave its version at 0.0.0`);
  const { repository, homepage, bugs } = links();
  for (const key of ['repository', 'homepage', 'bugs'])
    if (manifest[key]) throw new Failed(`${path} must leave its ${key} to the build`);
  Object.assign(manifest, { version: version(), repository: { type: 'git', url: repository }, homepage, bugs });
  await writeFile(path, `${JSON.stringify(manifest, null, 2)}\n`);
}
