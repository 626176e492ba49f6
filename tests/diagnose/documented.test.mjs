// The findings of src/diagnosis/diagnose/findings.json and the sources. The types and the READMEs' tables are generated.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../../js/build/paths.mjs';

const read = (...path) => readFileSync(join(root, ...path), 'utf8');
const findings = JSON.parse(read('src', 'diagnosis', 'diagnose', 'findings.json'));

test('the sources and findings.json name the same findings', () => {
  const files = readdirSync(join(root, 'src', 'diagnosis', 'diagnose')).filter((name) => name.endsWith('.rs'));
  const sources = [
    read('src', 'diagnosis', 'diagnose.rs'),
    ...files.map((name) => read('src', 'diagnosis', 'diagnose', name)),
  ].join('\n');
  const unnamed = Object.keys(findings).filter((code) => !sources.includes(`"${code}"`));
  assert.deepEqual(unnamed, []);
  const instances = [...sources.matchAll(/Mistake::(?:new|of_payload)\(\s*"([^"]+)"/g)].map(([, code]) => code);
  assert.deepEqual(
    instances.filter((code) => !(code in findings)),
    [],
  );
});
