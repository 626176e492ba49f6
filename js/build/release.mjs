// npm run release:check: a release up to the moment of publishing. Needs no network; see docs/release.md.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './paths.mjs';
import { Failed, main, run, say } from './run.mjs';
import { setUp } from './setup.mjs';
import { links, version } from './version.mjs';

/**
 * What keeps a version from being released, in sentences.
 * @param texts the texts of CHANGELOG.md, Cargo.lock and Cargo.toml
 */
export function problems({ version, links, changelog, lock, cargo }) {
  const wrong = [];
  const heading = changelog
    .split('\n')
    .some((line) => line.replace(/^## \[?v?/, '## ').match(/^## ([^\s\]]+)/)?.[1] === version);
  if (!heading) wrong.push(`CHANGELOG.md has no section for ${version}`);
  if (!lock.includes(`name = "mp-phone"\nversion = "${version}"\n`))
    wrong.push(`Cargo.lock has another version than ${version}`);
  const repository = links.repository.replace(/^git\+|\.git$/g, '');
  for (const [key, value] of Object.entries({ repository, homepage: links.homepage }))
    if (!cargo.includes(`${key} = "${value}"`)) wrong.push(`Cargo.toml and package.json differ in ${key}`);
  if (!links.bugs.startsWith(repository)) wrong.push('bugs in package.json is of another repository');
  return wrong;
}

/** Whether the links are still the placeholders: a dry run accepts them, and says so. */
export const hasPlaceholders = ({ repository }) => repository.includes('/OWNER/');

async function check() {
  await setUp();
  const text = (path) => readFileSync(join(root, path), 'utf8');
  const wrong = problems({
    version: version(),
    links: links(),
    changelog: text('CHANGELOG.md'),
    lock: text('Cargo.lock'),
    cargo: text('Cargo.toml'),
  });
  if (wrong.length) throw new Failed(wrong.join('; '));
  say(`version, changelog and links agree on ${version()}`);
  if (hasPlaceholders(links())) say('NOT READY: the links have the placeholder owner OWNER; see docs/release.md');

  const { buildPackages } = await import('./package.mjs');
  for (const tarball of Object.values(await buildPackages())) {
    // Without a network npm cannot ask the registry whether the version is there already.
    await run('npm', ['pack', '--dry-run', tarball], { env: { npm_config_offline: 'true' } });
    say(`npm would publish ${tarball.slice(root.length + 1)}`);
  }
  const { output } = await run('cargo', ['package', '--list', '--allow-dirty', '--locked', '--offline']);
  say(`cargo would package ${output.trim().split('\n').length} files; compiling what it would publish …`);
  // `cargo publish --dry-run` asks the registry even with --offline; besides that, it does what `cargo package` does.
  await run('cargo', ['package', '--allow-dirty', '--locked', '--offline']);
  say('the crate compiles from its package; nothing was published');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main(check);
