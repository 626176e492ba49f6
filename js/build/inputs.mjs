// Decides whether a result must be built again: the hash of its inputs is stored beside it.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from './paths.mjs';

/** The files of a folder and its subfolders, or the file itself. Files that npm and cargo install or build are excluded. */
function filesIn(path) {
  const entries = readdirSync(path, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .filter((file) => !/(?:^|[\\/])(?:node_modules|target)[\\/]/.test(relative(path, file)))
    .sort();
}

/**
 * The hash of the names and contents of files.
 * @param paths files and folders, from the project's root
 * @param others other texts on which the result depends
 */
export function hashOf(paths, others = []) {
  const hash = createHash('sha256');
  for (const path of paths.map((path) => join(root, path))) {
    const files = /\.\w+$|LICENSE$/.test(path) ? [path] : filesIn(path);
    for (const file of files) {
      const bytes = readFileSync(file);
      hash.update(`${relative(root, file)} ${bytes.length}\n`).update(bytes);
    }
  }
  for (const text of others) hash.update(`${text}\n`);
  return hash.digest('hex');
}

/**
 * Builds outputs unless they were built from the same inputs.
 * @param stamp the file that contains the hash
 * @param outputs paths that must exist
 * @returns whether the outputs were built
 */
export async function whenChanged(stamp, hash, outputs, make) {
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash && outputs.every((path) => existsSync(path)))
    return false;
  rmSync(stamp, { force: true });
  await make();
  writeFileSync(stamp, hash);
  return true;
}
