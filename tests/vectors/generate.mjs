// Writes the vectors of this folder: what a platform sends, and what must come out. SOURCES.md says where each is from.
//
//   node generate.mjs            writes the files
//   node generate.mjs --check    writes nothing; fails where a file is not what would be written
//
// Sealing is done by Node's OpenSSL, which shares no code with this crate. Nothing is random: keys, ivs and filling
// bytes are SHA-256 of the name of the case. In `throws`, what is not named is not compared.

import { readFileSync, writeFileSync } from 'node:fs';
import { inFolder, withSealed } from '../../js/build/platforms.mjs';
import { samples } from '../../js/samples/index.mjs';
import { asBytes, files } from './generate/shared.mjs';

for (const name of [...inFolder('tests/vectors/generate', 'mjs'), 'common']) {
  const { [name]: section } = await import(`./generate/${name}.mjs`);
  section();
}

// Mistakes: one of every kind and way, from js/samples. `finds` are codes that must be found, the first of them first.

files.diagnose = {
  platform: 'diagnose',
  cases: samples('vectors', { bytes: true }).map(({ id, sealed, keys: own, options, finds, ok }) => ({
    name: id.replace('/', '-'),
    call: 'diagnose',
    args: [sealed, own, options],
    finds,
    ok,
  })),
};

for (const id of withSealed)
  if (!files.diagnose.cases.some(({ name }) => name === `${id}-good`))
    throw new Error(`js/samples has no payload of ${id}`);

/** Of the many mistakes each has a line; the other cases are there to be read. */
function written(name, content) {
  if (name !== 'diagnose') return `${JSON.stringify(content, null, 2)}\n`;
  const line = (testCase) =>
    JSON.stringify(testCase, (_, value) => (value instanceof Uint8Array ? asBytes(value) : value));
  return `{\n"platform": "${content.platform}",\n"cases": [\n${content.cases.map(line).join(',\n')}\n]\n}\n`;
}

const check = process.argv.includes('--check');
for (const [name, content] of Object.entries(files)) {
  const file = new URL(`${name}.json`, import.meta.url);
  const text = written(name, content);
  if (!check) {
    writeFileSync(file, text);
  } else if (committed(file) !== text) {
    console.error(`tests/vectors/${name}.json is not what generate.mjs writes: run node tests/vectors/generate.mjs`);
    process.exitCode = 1;
  }
}
console.log(
  Object.values(files)
    .map(({ platform, cases }) => `${platform} ${cases.length}`)
    .join(', '),
);

function committed(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
