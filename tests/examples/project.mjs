// Sets up an example like a user who has copied its folder and run npm install: in a separate folder, with the packed tarball. Its
// other dependencies are linked from the packages of these tests.
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { request } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from '../../js/build/paths.mjs';
import { install, requireIn } from '../support/installed.mjs';

export const here = dirname(fileURLToPath(import.meta.url));
export const examples = join(root, 'examples');

const json = (...path) => JSON.parse(readFileSync(join(...path), 'utf8'));

/** Copies an example. @returns the folder of the copy */
export function project(name) {
  const folder = install(`examples-${name}`);
  const { dependencies, devDependencies } = json(examples, name, 'package.json');
  cpSync(join(examples, name), folder, { recursive: true, filter: (path) => !/[\\/](node_modules|dist)$/.test(path) });
  for (const [dependency, version] of Object.entries({ ...dependencies, ...devDependencies })) {
    if (dependency === 'mp-phone')
      assert.equal(
        version,
        `^${json(folder, 'node_modules', 'mp-phone', 'package.json').version}`,
        'the version of the packed tarball',
      );
    else link(folder, dependency, version);
  }
  return folder;
}

function link(folder, dependency, version) {
  const installed = join(here, 'node_modules', dependency);
  const manifest = json(installed, 'package.json');
  assert.equal(version, manifest.version, `${dependency}: the version in the package.json of the tests`);
  symlinkSync(installed, join(folder, 'node_modules', dependency));
  for (const [command, file] of Object.entries(
    typeof manifest.bin === 'string' ? { [dependency]: manifest.bin } : (manifest.bin ?? {}),
  )) {
    const path = join(folder, 'node_modules', '.bin', command);
    mkdirSync(dirname(path), { recursive: true });
    rmSync(path, { force: true });
    symlinkSync(join(installed, file), path);
  }
}

/** A simulator from the tarball. */
export const simulatorIn = (folder, options) => requireIn(folder)('mp-phone/simulator').createSimulator(options);

/** The path of the Node binary of a major version. */
export const nodeBinary = (major) =>
  createRequire(join(root, 'tests', 'runtimes', 'run.mjs')).resolve(`node${major}/bin/node`);

/**
 * Sends JSON, each time over a new connection, because servers close a connection whose request they did not read to
 * its end. Because of the timeout, a missing response fails the test and does not block it.
 */
export const post = (url, body, headers) =>
  new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(10_000);
    const sent = request(
      url,
      { method: 'POST', agent: false, signal, headers: { 'content-type': 'application/json', ...headers } },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part) => (text += part));
        response.on('error', reject);
        response.on('end', () =>
          resolve({ status: response.statusCode, body: text.startsWith('{') ? JSON.parse(text) : text }),
        );
      },
    );
    sent.on('error', reject);
    sent.end(JSON.stringify(body));
  });
