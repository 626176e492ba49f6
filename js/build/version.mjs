// Completes the packages' manifests with the version from Cargo.toml and the links from package.json.
import { readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { Failed } from './run.mjs';

export const version = () => /^version = "(.+)"$/m.exec(readFileSync(join(root, 'Cargo.toml'), 'utf8'))[1];

/** `repository`, `homepage` and `bugs`, from `links` in package.json, the only place to change them. */
export const links = () => JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).links;

/** Writes the version and the links into the package.json in the folder of a package that is being assembled. */
export async function fillManifest(folder) {
  const path = join(folder, 'package.json');
  const manifest = JSON.parse(await readFile(path, 'utf8'));
  if (manifest.version !== '0.0.0') throw new Failed(`${path} must have the version 0.0.0, which the build replaces`);
  const { repository, homepage, bugs } = links();
  for (const key of ['repository', 'homepage', 'bugs'])
    if (manifest[key]) throw new Failed(`${path} must not have ${key}, which the build adds`);
  Object.assign(manifest, { version: version(), repository: { type: 'git', url: repository }, homepage, bugs });
  await writeFile(path, `${JSON.stringify(manifest, null, 2)}\n`);
}
