// The forgeries that the Rust tests made (tests/attack/tally.rs), a sample of each platform's.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../js/build/paths.mjs';

/** A platform's payloads, `{platform, kind, phone, sealed, keys, now}`: what it really sealed, and what was forged. */
export function sample(platform) {
  const path = join(root, 'target', 'attack', `${platform}.jsonl`);
  if (!existsSync(path)) throw new Error(`${path} is not there: cargo test --test attack writes it`);
  const all = readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  return {
    genuine: all.filter(({ kind }) => kind === 'genuine'),
    forged: all.filter(({ kind }) => kind !== 'genuine'),
  };
}
