// Collects the licences of the crates and npm packages that are compiled or bundled into the package. The licences require
// that their texts are distributed.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './paths.mjs';
import { Failed, run } from './run.mjs';

/** npm packages that are bundled. */
const BUNDLED = ['ajv', 'commander', 'preact'];

/** The text of THIRD-PARTY-LICENSES.txt: each licence text once, under the names of the software that has it. */
export async function thirdPartyLicenses() {
  const parts = [...(await crates()), ...BUNDLED.map((name) => npmPackage(join(root, 'node_modules', name)))];
  const byText = new Map();
  for (const { name, license, text } of parts) byText.set(text, [...(byText.get(text) ?? []), `${name} (${license})`]);
  return [
    'mp-phone contains, compiled or bundled, the following software.\n',
    ...[...byText].map(([text, names]) => `${'='.repeat(80)}\n${names.join('\n')}\n\n${text}\n`),
  ].join('\n');
}

/** The crates that are compiled into the module, without procedural macros and build dependencies. */
async function crates() {
  const { output } = await run('cargo', [
    'metadata',
    '--locked',
    '--format-version',
    '1',
    '--filter-platform',
    'wasm32-unknown-unknown',
  ]);
  const { packages, resolve } = JSON.parse(output.slice(output.indexOf('{"packages"')));
  const nodes = new Map(resolve.nodes.map((node) => [node.id, node]));
  const byId = new Map(packages.map((crate) => [crate.id, crate]));
  const isMacro = (id) => byId.get(id).targets.some(({ kind }) => kind.includes('proc-macro'));
  const dependencies = new Set();
  const visit = (id) => {
    for (const { pkg, dep_kinds: kinds } of nodes.get(id).deps) {
      if (dependencies.has(pkg) || isMacro(pkg) || !kinds.some(({ kind }) => kind === null)) continue;
      dependencies.add(pkg);
      visit(pkg);
    }
  };
  visit(resolve.root);
  return [...dependencies].sort().map((id) => {
    const { name, version, license, manifest_path: manifest } = byId.get(id);
    return { name: `${name} ${version}`, license, text: licenseText(dirname(manifest)) ?? fail(name) };
  });
}

function npmPackage(folder) {
  const { name, version, license, author } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  // Some packages have no licence file, only the name of the licence.
  return {
    name: `${name} ${version}`,
    license,
    text: licenseText(folder) ?? `Copyright (c) ${String(author).replace(/ <.*/, '')}\n\n${terms()}`,
  };
}

/** The text of a folder's licence file. Prefers the MIT licence if there are several, because it names the authors. */
function licenseText(folder) {
  const files = readdirSync(folder)
    .filter((name) => /^(licen[cs]e|copying)/i.test(name))
    .sort((a, b) => Number(/mit/i.test(b)) - Number(/mit/i.test(a)));
  const file = files.find((name) => existsSync(join(folder, name)));
  return file && readFileSync(join(folder, file), 'utf8').replace(/\r\n/g, '\n').trim();
}

/** The terms of the MIT licence, from our own LICENSE. */
const terms = () =>
  readFileSync(join(root, 'LICENSE'), 'utf8')
    .replace(/^[^]*?(?=Permission is hereby)/, '')
    .trim();

function fail(name) {
  throw new Failed(`the crate ${name} has no licence file`);
}
