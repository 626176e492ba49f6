// Finds a vector by its name.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../js/build/paths.mjs';

/** A case by `platform/name`. */
export function vector(path) {
  const [platform, name] = path.split('/');
  const { cases } = JSON.parse(readFileSync(join(root, 'tests', 'vectors', `${platform}.json`), 'utf8'));
  const vector = cases.find((each) => each.name === name);
  if (!vector) throw new Error(`no vector has the name ${path}`);
  const [sealed, keys, { now }] = vector.args;
  return { sealed, keys, now, e164: vector.returns?.e164 };
}
