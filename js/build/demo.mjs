// npm run demo: from a fresh clone to phone numbers. Sets up, builds, packs, and installs the tarball in an empty project.
// There it opens one payload of every platform and then runs the full flow: simulated platforms and devices, the phone
// service behind HTTP, a tap on each device, and the most common mistakes.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { main, run, say } from './run.mjs';
import { setUp } from './setup.mjs';

await main(async () => {
  await setUp();
  const { buildPackages } = await import('./package.mjs');
  const { build } = await import('esbuild');
  const { tarball } = await buildPackages();

  const project = join(root, 'target', 'demo');
  await rm(project, { recursive: true, force: true });
  await mkdir(project, { recursive: true });
  await writeFile(join(project, 'package.json'), '{ "name": "empty-project", "private": true }\n');
  say('installing the tarball in an empty project …');
  await run('npm', ['install', '--offline', '--no-audit', '--no-fund', tarball], { cwd: project });
  for (const [label, name, file, format] of [
    ["the core: require('mp-phone')", 'table', 'table.cjs', 'cjs'],
    [
      "the full flow: import 'mp-phone/server', with 'mp-phone/simulator' as the platforms and the devices",
      'service',
      'service.mjs',
      'esm',
    ],
  ]) {
    await build({
      entryPoints: [join(root, 'js', 'build', 'demo', `${name}.mjs`)],
      outfile: join(project, file),
      bundle: true,
      format,
      platform: 'node',
      external: ['mp-phone', 'mp-phone/*'],
      logLevel: 'warning',
    });
    say(`${label}, on Node ${process.version}`);
    await run(process.execPath, [join(project, file)], { cwd: project, show: true });
  }
  console.log('\nThe package is in pkg/mp-phone, the tarball next to it. Next: run npm test, read README.md.');
});
