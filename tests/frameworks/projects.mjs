// Copies of the examples as a user has them after npm install, with the packed mp-phone-button.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { pkg, root } from '../../js/build/paths.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const work = join(root, 'target', 'frameworks');
const json = (...path) => JSON.parse(readFileSync(join(...path), 'utf8'));

export const tarball =
  process.env.MP_PHONE_BUTTON_TARBALL ??
  join(
    pkg,
    readdirSync(pkg).find((name) => /^mp-phone-button-.*\.tgz$/.test(name)),
  );

/** Runs a program and returns its output. If the program fails, the assertion error contains the output. */
export async function run(command, args, options) {
  try {
    const { stdout, stderr } = await promisify(execFile)(command, args, { maxBuffer: 1 << 26, ...options });
    return stdout + stderr;
  } catch (error) {
    assert.fail(`${command} ${args.join(' ')}\n${error.stdout}\n${error.stderr}`);
  }
}

/**
 * Copies an example.
 * @param api the URL of its service
 * @param toolchain the node_modules with its other dependencies, in the versions of the example's package.json
 */
export async function project(example, { api, toolchain, name = example }) {
  const home = join(work, `${name}-${process.pid}`);
  const folder = join(home, 'app');
  rmSync(home, { recursive: true, force: true });
  mkdirSync(home, { recursive: true });
  const source = join(root, 'examples', example);
  cpSync(source, folder, {
    recursive: true,
    filter: (path) => !/[\\/](node_modules|miniprogram_npm|dist)$/.test(path),
  });
  const button = join(folder, 'node_modules', 'mp-phone-button');
  mkdirSync(button, { recursive: true });
  await run('tar', ['-xzf', tarball, '-C', button, '--strip-components', '1']);

  const { dependencies = {}, devDependencies = {} } = json(source, 'package.json');
  const { 'mp-phone-button': version, ...rest } = { ...dependencies, ...devDependencies };
  assert.equal(version, `^${json(button, 'package.json').version}`, 'the version of the packed package');
  if (toolchain) {
    // Node finds these dependencies in the parent folder, where the toolchain is linked.
    symlinkSync(toolchain, join(home, 'node_modules'));
    for (const [dependency, expected] of Object.entries(rest))
      assert.equal(json(toolchain, dependency, 'package.json').version, expected, dependency);
  } else assert.deepEqual(rest, {});

  const config = readdirSync(folder, { recursive: true }).find((path) => /^(src\/)?config\.js$/.test(path));
  const text = readFileSync(join(folder, config), 'utf8');
  assert.ok(text.includes('http://127.0.0.1:3000/mp-phone'), 'the example has the URL of its service');
  writeFileSync(join(folder, config), text.replace('http://127.0.0.1:3000/mp-phone', api));
  return folder;
}

/** WeChat's "build npm" in a project. */
export const packNpm = (toolchain, folder) =>
  run(process.execPath, [join(here, 'wechat-ci.cjs'), toolchain, 'npm', folder]);

/** Compiles a project with WeChat's compiler and returns the folder with the files that would run on a phone. */
export async function compiled(toolchain, folder) {
  const zip = `${folder}.zip`;
  const out = `${folder}-compiled`;
  rmSync(out, { recursive: true, force: true });
  await run(process.execPath, [join(here, 'wechat-ci.cjs'), toolchain, 'compile', folder, zip]);
  mkdirSync(out, { recursive: true });
  await run('python3', ['-m', 'zipfile', '-e', zip, out]);
  return out;
}
