// Finds lines over 140 columns in the files of the repository.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { Failed, run } from './run.mjs';

const LIMIT = 140;
/** A word longer than this is data, such as base64. */
const DATA_WORD = 100;

/**
 * Markdown has one line per paragraph. Lock files, vectors, catalogs and the benchmark's figures are data. A script in
 * package.json cannot be split.
 */
const NOT_CHECKED =
  /\.(md|svg|png|lock)$|(^|\/)package(-lock)?\.json$|^tests\/vectors\/[^/]*\.json$|^src\/.*\.json$|^docs\/.*\.json$|^LICENSE$/;
/** The description in Cargo.toml cannot be split. */
const DESCRIPTION = /^description = /;

/** The numbers of a text's lines that are too long. A line with data is allowed if the rest of the line fits. */
export const longLineNumbers = (text) =>
  text.split('\n').flatMap((line, index) => {
    if (line.length <= LIMIT || DESCRIPTION.test(line)) return [];
    const rest = line.split(/\s+/).filter((word) => word.length <= DATA_WORD);
    const isData = rest.join(' ').length <= LIMIT && rest.length < line.split(/\s+/).length;
    return isData ? [] : [index + 1];
  });

/** Checks every file of the project. @throws {Failed} with the paths and numbers of the long lines */
export async function longLines() {
  const { output } = await run('git', ['ls-files', '--cached', '--others', '--exclude-standard']);
  const checked = output
    .split('\n')
    .filter((path) => path && existsSync(join(root, path)))
    .filter((path) => !NOT_CHECKED.test(path));
  const long = checked.flatMap((path) =>
    longLineNumbers(readFileSync(join(root, path), 'utf8')).map((number) => `${path}:${number}`),
  );
  if (long.length) throw new Failed(`lines over ${LIMIT} columns: ${long.join(', ')}`);
  return { passed: 1, failed: 0 };
}
