// Payloads from the vectors, as a person has them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../js/build/paths.mjs';

/** A case by `platform/name`. */
export function vector(path) {
  const [platform, name] = path.split('/');
  const { cases } = JSON.parse(readFileSync(join(root, 'tests', 'vectors', `${platform}.json`), 'utf8'));
  const found = cases.find((vector) => vector.name === name);
  if (!found) throw new Error(`there is no vector ${path}`);
  const [sealed, keys, { now }] = found.args;
  return { sealed, keys, now, e164: found.returns?.e164 };
}
