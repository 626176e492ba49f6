// Whether something must be made anew: the hash of its inputs is kept beside it.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from './paths.mjs';

/** The files of a folder and its folders; of a file, itself. What npm and cargo install or make is left out. */
function filesIn(path) {
  const entries = readdirSync(path, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .filter((file) => !/(?:^|[\\/])(?:node_modules|target)[\\/]/.test(relative(path, file)))
    .sort();
}

/**
 * The hash of what files hold and are called.
 * @param paths files and folders, from the project's root
 * @param others texts that the result depends on, too
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
 * Makes something unless it was made of the same inputs.
 * @param stamp the file that keeps the hash
 * @param outputs paths that must exist
 * @returns whether it was made
 */
export async function whenChanged(stamp, hash, outputs, make) {
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash && outputs.every((path) => existsSync(path)))
    return false;
  rmSync(stamp, { force: true });
  await make();
  writeFileSync(stamp, hash);
  return true;
}
