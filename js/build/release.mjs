// npm run release:check: every step of a release except publishing. Needs no network if the tools are installed; see
// docs/release.md. With --release, a task that is not done (NOT READY) is a failure, too.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './paths.mjs';
import { Failed, main, run, say } from './run.mjs';
import { setUp } from './setup.mjs';
import { links, version } from './version.mjs';

/**
 * The faults that prevent a release of the version, as sentences.
 * @param texts the texts of CHANGELOG.md, Cargo.lock and Cargo.toml
 */
export function problems({ version, links, changelog, lock, cargo }) {
  const wrong = [];
  const headings = changelog.split('\n').filter((line) => line.startsWith('## '));
  if (!headings.some((line) => line.startsWith(`## [${version}]`)))
    wrong.push(`CHANGELOG.md has no section for ${version}`);
  if (!lock.includes(`name = "mp-phone"\nversion = "${version}"\n`))
    wrong.push(`Cargo.lock has another version than ${version}`);
  const repository = links.repository.replace(/^git\+|\.git$/g, '');
  for (const [key, value] of Object.entries({ repository, homepage: links.homepage }))
    if (!cargo.includes(`${key} = "${value}"`)) wrong.push(`Cargo.toml and package.json differ in ${key}`);
  if (!links.bugs.startsWith(repository)) wrong.push('the URL bugs in package.json belongs to another repository');
  return wrong;
}

/** Open tasks before the version can be released, as sentences: a dry run prints them and continues. */
export function notReady({ version, links, changelog }) {
  const steps = [];
  if (links.repository.includes('/OWNER/')) steps.push('the links have the placeholder owner OWNER');
  const [, date] = new RegExp(`^## \\[${version.replaceAll('.', '\\.')}\\] - (.*)$`, 'm').exec(changelog) ?? [];
  if (!/^\d{4}-\d\d-\d\d$/.test(date ?? '')) steps.push(`the section of ${version} in CHANGELOG.md has no date`);
  const [, unreleased = ''] = /^## \[Unreleased\]\n([^]*?)(?=^## |(?![^]))/m.exec(changelog) ?? [];
  if (unreleased.trim()) steps.push('CHANGELOG.md still has entries under Unreleased');
  return steps;
}

async function check() {
  await setUp();
  const text = (path) => readFileSync(join(root, path), 'utf8');
  const texts = {
    version: version(),
    links: links(),
    changelog: text('CHANGELOG.md'),
    lock: text('Cargo.lock'),
    cargo: text('Cargo.toml'),
  };
  const wrong = problems(texts);
  const steps = notReady(texts);
  if (process.argv.includes('--release')) wrong.push(...steps);
  if (wrong.length) throw new Failed(wrong.join('; '));
  say(`version, changelog and links agree on ${version()}`);
  for (const step of steps) say(`NOT READY: ${step}; see docs/release.md`);

  const { buildPackages } = await import('./package.mjs');
  for (const tarball of Object.values(await buildPackages())) {
    // Without a network npm cannot ask the registry whether it has the version.
    await run('npm', ['pack', '--dry-run', tarball], { env: { npm_config_offline: 'true' } });
    say(`npm would publish ${tarball.slice(root.length + 1)}`);
  }
  const { output } = await run('cargo', ['package', '--list', '--allow-dirty', '--locked', '--offline']);
  say(`cargo would package ${output.trim().split('\n').length} files; compiling what it would publish …`);
  // `cargo publish --dry-run` asks the registry even with --offline. In all other respects it equals `cargo package`.
  await run('cargo', ['package', '--allow-dirty', '--locked', '--offline']);
  say('the crate compiles from its package; nothing was published');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main(check);
