// Writes the vectors of this folder: inputs as the platforms send them, and the expected results. SOURCES.md names the
// source of each vector.
//
//   node generate.mjs            writes the files
//   node generate.mjs --check    writes nothing; fails if a file differs from the output
//
// Sealing is done by Node's OpenSSL, which shares no code with this crate. Nothing is random: keys, ivs and filling
// bytes are SHA-256 of the name of the case. Members that `throws` does not name are not compared.

import { readFileSync, writeFileSync } from 'node:fs';
import { inFolder, withSealed } from '../../js/build/platforms.mjs';
import { samples } from '../../js/samples/index.mjs';
import { asBytes, files } from './generate/shared.mjs';

for (const name of [...inFolder('tests/vectors/generate', 'mjs'), 'common']) {
  const { [name]: section } = await import(`./generate/${name}.mjs`);
  section();
}

// Every mistake of js/samples in every format. `finds` are the expected finding codes: the first finding must be one of
// them, unless the payload opens.

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

/** The text of a file. diagnose.json has many cases, each in one line; the other files are indented for readers. */
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
    console.error(
      `tests/vectors/${name}.json differs from the output of generate.mjs: run node tests/vectors/generate.mjs`,
    );
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
