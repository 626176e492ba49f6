// Builds an output only if its inputs changed. The hash of the inputs is stored next to the output.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from './paths.mjs';

/** The files of a folder and its subfolders, without node_modules and target. */
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
 * @param paths files and folders, relative to the project's root
 * @param others other texts on which the output depends
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
 * Calls `make` unless the outputs exist and were made from the same inputs.
 * @param stamp the file that stores the hash of the inputs
 * @param outputs paths that must exist
 * @returns whether `make` was called
 */
export async function whenChanged(stamp, hash, outputs, make) {
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash && outputs.every((path) => existsSync(path)))
    return false;
  rmSync(stamp, { force: true });
  await make();
  writeFileSync(stamp, hash);
  return true;
}
