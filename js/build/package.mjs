// Assembles the package from the modules, the loaders, the declarations and pkg-template/. It is built in a staging folder,
// which replaces the one in pkg/ only after every step has succeeded.
import { readFileSync } from 'node:fs';
import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compileTypes, joinDeclarations, removeTypes } from './declarations.mjs';
import { hashOf, whenChanged } from './inputs.mjs';
import { buildLoaders } from './loaders.mjs';
import { readManifest } from './manifest.mjs';
import { buildModules } from './module.mjs';
import { modulePath, pkg, root } from './paths.mjs';
import { buildPlayground } from './playground.mjs';
import { Failed, kB, run, say } from './run.mjs';
import { thirdPartyLicenses } from './third-party.mjs';
import { fillManifest, version } from './version.mjs';

/** The files from which the packages are built, besides the modules. */
const INPUTS = [
  ...[
    'js',
    'pkg-template',
    'package.json',
    'package-lock.json',
    'Cargo.lock',
    'Cargo.toml',
    'wasm-pack.toml',
    'src/platforms.json',
    'tests/vectors/keys.json',
  ],
  ...['README.md', 'README.zh-CN.md', 'SECURITY.md', 'CHANGELOG.md', 'LICENSE'],
];

/**
 * Builds and packs both packages, unless their inputs are unchanged.
 * @returns the paths of the tarballs
 */
export async function buildPackages() {
  const manifest = readManifest();
  await buildModules(manifest);
  const modules = Object.keys(manifest.modules).map((name) => readFileSync(modulePath(name)).toString('base64'));
  const { buildButton } = await import('./button.mjs');
  const packed = {
    tarball: join(pkg, `mp-phone-${version()}.tgz`),
    button: join(pkg, `mp-phone-button-${version()}.tgz`),
  };
  const isNew = await whenChanged(join(pkg, '.inputs'), hashOf(INPUTS, modules), Object.values(packed), async () => {
    await packPackage(await buildPackage(manifest));
    await packPackage(await buildButton());
  });
  if (!isNew) say('the packages are unchanged');
  return packed;
}

async function buildPackage(manifest) {
  const staging = join(root, 'target', 'staging', 'mp-phone');
  await rm(staging, { recursive: true, force: true });
  const dist = join(staging, 'dist');
  await mkdir(dist, { recursive: true });
  await cp(join(root, 'pkg-template', 'mp-phone'), staging, { recursive: true });
  for (const file of ['SECURITY.md', 'CHANGELOG.md', 'LICENSE']) await cp(join(root, file), join(staging, file));
  for (const file of ['README.md', 'README.zh-CN.md'])
    await writeFile(join(staging, file), withoutPictures(await readFile(join(root, file), 'utf8')));
  await fillManifest(staging);
  await writeFile(join(staging, 'THIRD-PARTY-LICENSES.txt'), await thirdPartyLicenses());
  for (const name of Object.keys(manifest.modules)) await cp(modulePath(name), join(staging, `${name}.wasm`));
  await buildLoaders(dist, version());
  await buildPlayground(dist, version());
  await buildDeclarations(dist);
  const target = join(root, manifest.packages['mp-phone']);
  await mkdir(pkg, { recursive: true });
  await rm(target, { recursive: true, force: true });
  await rename(staging, target);
  return target;
}

/** Removes the pictures from a README, because the package does not contain them. */
const withoutPictures = (markdown) => markdown.replace(/^!\[[^\]]*\]\((?!https:)[^)]*\)\n\n/gm, '');

async function buildDeclarations(dist) {
  say('building the declarations (tsc) …');
  await removeTypes();
  await Promise.all(['core', 'server', 'simulator'].map(compileTypes));
  await cp(join(root, 'js', 'core', 'wasm.d.ts'), join(dist, 'wasm.d.ts'));
  const shared = { folder: 'core', module: './index' };
  await joinDeclarations('core/entry/inline', join(dist, 'index'));
  await joinDeclarations('core/entry/slim', join(dist, 'slim'), { shared });
  await joinDeclarations('server/index', join(dist, 'server'), { shared });
  await joinDeclarations('simulator/index', join(dist, 'simulator'), { shared });
}

/** Packs a package as npm would publish it, and returns the path of the tarball. */
async function packPackage(folder) {
  const { output } = await run('npm', ['pack', '--json', '--pack-destination', pkg], { cwd: folder });
  const [packed] = JSON.parse(output.slice(output.indexOf('[')));
  const tarball = join(pkg, packed.filename);
  const { budget } = readManifest();
  say(
    `${packed.filename}: ${kB(packed.size)} packed, ${kB(packed.unpackedSize)} unpacked, ${packed.files.length} files`,
  );
  const allowed = budget[packed.name === 'mp-phone' ? 'tarball' : 'button-tarball'];
  if (packed.size > allowed)
    throw new Failed(`over the budget of wasm-pack.toml: ${packed.filename} ${kB(packed.size)} > ${kB(allowed)}`);
  return tarball;
}
