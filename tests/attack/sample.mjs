// Reads the sample of forgeries that the Rust tests write for each platform (tests/attack/tally.rs).
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../js/build/paths.mjs';

/** Genuine and forged payloads of a platform: `{platform, kind, phone, sealed, keys, now}`. */
export function sample(platform) {
  const path = join(root, 'target', 'attack', `${platform}.jsonl`);
  if (!existsSync(path)) throw new Error(`${path} does not exist: cargo test --test attack writes the file`);
  const all = readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  return {
    genuine: all.filter(({ kind }) => kind === 'genuine'),
    forged: all.filter(({ kind }) => kind !== 'genuine'),
  };
}
