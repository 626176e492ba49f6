// Tests the packed package on every supported runtime, in a folder in which only the tarball is installed.

import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { basename, dirname, extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { root } from '../../js/build/paths.mjs';
import { run, say } from '../../js/build/run.mjs';
import { serviceCases } from './server.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const tool = (...path) => join(here, 'node_modules', ...path);
const NODES = [16, 18, 20, 22, 24];

/** Installs the tarball, like a user, in a new project with the fixtures. */
async function project(tarball) {
  const folder = join(root, 'target', 'fixtures');
  rmSync(folder, { recursive: true, force: true });
  cpSync(join(here, 'fixtures'), folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "name": "fixture", "private": true }');
  await run('npm', ['install', '--no-audit', '--no-fund', '--offline', tarball], { cwd: folder });
  for (const [format, extension] of [
    ['cjs', 'cjs'],
    ['esm', 'mjs'],
  ]) {
    for (const [source, name] of [
      ['suite', 'suite'],
      ['server', 'server-suite'],
    ]) {
      await build({
        entryPoints: [join(here, `${source}.mjs`)],
        bundle: true,
        format,
        outfile: join(folder, `${name}.${extension}`),
        logLevel: 'warning',
      });
    }
  }
  return folder;
}

/**
 * Runs all fixtures.
 * @returns {Promise<{passed: number, failed: number}>}
 */
export async function runFixtures(tarball, chrome) {
  const folder = await project(tarball);
  const total = { passed: 0, failed: 0 };
  const count = (name, { ran, vectors, failures }) => {
    total.passed += ran - failures.length;
    total.failed += failures.length;
    const note = vectors === undefined ? `${ran} checks` : `${ran} checks, ${vectors} of them vectors`;
    say(
      `  ${failures.length ? 'FAILED' : 'ok    '} ${name}: ${failures.length ? `${failures.length} of ${note}` : note}`,
    );
    for (const failure of failures.slice(0, 10)) console.log(`           ${failure}`);
  };
  const program = async (name, command, args, options = {}) => {
    const { code, output } = await run(command, args, {
      cwd: folder,
      allowFailure: true,
      timeout: 120_000,
      ...options,
    });
    count(name, outcome(code, output));
  };

  await bundles(folder);
  for (const release of NODES) {
    const node = tool(`node${release}`, 'bin', 'node');
    const version = (await run(node, ['--version'])).output.trim();
    await program(`Node ${version} require`, node, ['require.cjs']);
    await program(`Node ${version} import`, node, ['import.mjs']);
    await program(`Node ${version} require and import together`, node, ['one-instance.mjs']);
    await program(`Node ${version} mp-phone/slim`, node, ['slim.mjs']);
    await program(`Node ${version} command line`, node, ['cli.cjs']);
    // Like a deployed cloud function: one file without node_modules.
    await program(`Node ${version} single-file bundle`, node, ['function.cjs'], { cwd: join(folder, 'function') });
  }
  await program('Bun require', tool('@oven', 'bun-linux-x64', 'bin', 'bun'), ['require.cjs']);
  await program('Bun import', tool('@oven', 'bun-linux-x64', 'bin', 'bun'), ['import.mjs']);
  await program('Deno import, no permissions', tool('@deno', 'linux-x64-glibc', 'deno'), [
    'run',
    '--no-remote',
    '--no-prompt',
    '--node-modules-dir=manual',
    'deno.bundle.mjs',
  ]);
  await program('Deno through the deno condition', tool('@deno', 'linux-x64-glibc', 'deno'), [
    'run',
    '--no-remote',
    '--no-prompt',
    '--allow-read',
    '--node-modules-dir=manual',
    'import.mjs',
  ]);
  await program('workerd', tool('@cloudflare', 'workerd-linux-64', 'bin', 'workerd'), [
    'test',
    '--experimental',
    'worker.capnp',
  ]);
  await program(
    'edge-light (edge-runtime)',
    tool('node20', 'bin', 'node'),
    [join(here, 'edge.mjs'), join(folder, 'edge.bundle.js')],
    { cwd: here },
  );
  await servers(folder, program);
  for (const [name, page, scripts = "'self' 'wasm-unsafe-eval'"] of [
    ['Vite', 'vite/index.html'],
    ['webpack', 'webpack/page.html'],
    ['esbuild', 'esbuild/page.html'],
    ['no bundler', 'plain.html'],
    ['no bundler, mp-phone/slim', 'plain-slim.html'],
    ['engine that forbids large synchronous compilation', 'old-webview.html'],
    ['policy that forbids WebAssembly', 'forbidden.html', "'self'"],
  ]) {
    count(`Chromium, ${name}`, await inPage(chrome, folder, page, scripts));
  }
  return total;
}

/** Tests mp-phone/server on every server runtime, with one simulator. */
async function servers(folder, program) {
  const { createSimulator } = createRequire(join(folder, 'index.cjs'))('mp-phone/simulator');
  const simulator = await createSimulator();
  const { url: closedUrl, close } = await createSimulator();
  await close();
  const deno = tool('@deno', 'linux-x64-glibc', 'deno');
  const bun = tool('@oven', 'bun-linux-x64', 'bin', 'bun');
  const serve = async (name, command, args, bundles = async () => {}, options) => {
    const cases = JSON.stringify(await serviceCases(simulator, closedUrl));
    writeFileSync(join(folder, 'server-cases.cjs'), `module.exports = ${cases};`);
    writeFileSync(join(folder, 'server-cases.mjs'), `export default ${cases};`);
    await bundles();
    await program(`${name} mp-phone/server`, command, args, options);
  };
  try {
    for (const version of NODES) {
      const node = tool(`node${version}`, 'bin', 'node');
      await serve(`Node ${version} require`, node, ['server.cjs']);
      await serve(`Node ${version} import`, node, ['server.mjs']);
      await program(`Node ${version} mp-phone/simulator, in the same process`, node, ['simulator.cjs']);
    }
    await serve('Bun', bun, ['server.mjs']);
    await program('Bun mp-phone/simulator, in the same process', bun, ['simulator.cjs']);
    const toSimulator = `--allow-net=${new URL(simulator.url).host},${new URL(closedUrl).host}`;
    await serve('Deno', deno, [
      'run',
      '--no-remote',
      '--no-prompt',
      '--allow-read',
      toSimulator,
      '--node-modules-dir=manual',
      'server.mjs',
    ]);
    await serve(
      'Deno, bundled, with network access as its only permission',
      deno,
      ['run', '--no-remote', '--no-prompt', toSimulator, '--node-modules-dir=manual', 'server-deno.bundle.mjs'],
      () => bundle(folder, 'server.mjs', 'server-deno.bundle.mjs', { format: 'esm', conditions: ['deno'] }),
    );
    await serve(
      'workerd',
      tool('@cloudflare', 'workerd-linux-64', 'bin', 'workerd'),
      ['test', '--experimental', 'server-worker.capnp'],
      () =>
        bundle(folder, 'server-worker.mjs', 'server-worker.bundle.mjs', {
          format: 'esm',
          conditions: ['workerd'],
          plugins: [externalWasm],
        }),
    );
    await serve(
      'edge-light (edge-runtime)',
      tool('node20', 'bin', 'node'),
      [join(here, 'edge.mjs'), join(folder, 'server-edge.bundle.js')],
      () =>
        bundle(folder, 'server.mjs', 'server-edge.bundle.js', {
          format: 'esm',
          conditions: ['edge-light'],
          plugins: [moduleSuffix],
        }),
      { cwd: here },
    );
  } finally {
    await simulator.close();
  }
}

function outcome(code, output) {
  const line = /RESULT (\{.*\})/.exec(output)?.[1];
  if (!line) return { ran: 1, failures: [`ended with ${code} and no result: ${output.slice(0, 1500)}`] };
  const result = JSON.parse(line);
  return code === 0 || result.failures.length ? result : { ran: result.ran, failures: [`ended with ${code}`] };
}

const bundle = (folder, entry, outfile, options) =>
  build({
    absWorkingDir: folder,
    entryPoints: [entry],
    outfile: join(folder, outfile),
    bundle: true,
    logLevel: 'error',
    ...options,
  });

async function bundles(folder) {
  await bundle(folder, 'require.cjs', 'function/function.cjs', {
    platform: 'node',
    format: 'cjs',
    target: 'node16',
    minify: true,
  });
  await bundle(folder, 'import.mjs', 'deno.bundle.mjs', { format: 'esm', conditions: ['deno'] });
  await bundle(folder, 'worker.mjs', 'worker.bundle.mjs', {
    format: 'esm',
    conditions: ['workerd'],
    plugins: [externalWasm],
  });
  for (const name of ['mp_phone.wasm', 'mp_phone_diagnosis.wasm'])
    cpSync(join(folder, 'node_modules', 'mp-phone', name), join(folder, name));
  await bundle(folder, 'import.mjs', 'edge.bundle.js', {
    format: 'esm',
    conditions: ['edge-light'],
    plugins: [moduleSuffix],
  });
  await bundle(folder, 'page.mjs', 'esbuild/page.mjs', { format: 'esm', platform: 'browser', minify: true });
  const page = readFileSync(join(folder, 'page.html'), 'utf8');
  writeFileSync(join(folder, 'esbuild', 'page.html'), page);
  for (const name of ['plain', 'plain-slim', 'old-webview', 'forbidden'])
    writeFileSync(join(folder, `${name}.html`), page.replace('page.mjs', `${name}.mjs`));

  mkdirSync(join(folder, 'vite-app'));
  for (const file of ['page.mjs', 'suite.mjs']) cpSync(join(folder, file), join(folder, 'vite-app', file));
  writeFileSync(join(folder, 'vite-app', 'index.html'), page);
  await run(
    process.execPath,
    [tool('vite', 'bin', 'vite.js'), 'build', 'vite-app', '--outDir', '../vite', '--base', './', '--logLevel', 'warn'],
    { cwd: folder },
  );
  writeFileSync(
    join(folder, 'webpack.config.cjs'),
    `module.exports = { mode: 'production', entry: './page.mjs', performance: false,
    output: { path: ${JSON.stringify(join(folder, 'webpack'))}, filename: 'page.mjs' } };`,
  );
  await run(
    process.execPath,
    [
      '--eval',
      `
    const webpack = require(${JSON.stringify(tool('webpack'))});
    webpack({ ...require('./webpack.config.cjs'), context: process.cwd() }, (error, stats) => {
      if (error || stats.hasErrors() || stats.hasWarnings()) { console.error(error ?? stats.toString()); process.exit(1); }
    });`,
    ],
    { cwd: folder },
  );
  writeFileSync(join(folder, 'webpack', 'page.html'), page);
}

/** Like wrangler: the import of a .wasm file remains, and the file is next to the bundle. */
const externalWasm = {
  name: 'external-wasm',
  setup(build) {
    build.onResolve({ filter: /\.wasm$/ }, ({ path }) => ({ path: basename(path), external: true }));
  },
};

/** Like Vercel: an import with `?module` becomes a compiled module. */
const moduleSuffix = {
  name: 'module',
  setup(build) {
    build.onResolve({ filter: /\.wasm\?module$/ }, ({ path, resolveDir }) => ({
      path: join(resolveDir, path.replace('?module', '')),
      namespace: 'module',
    }));
    build.onLoad({ filter: /./, namespace: 'module' }, ({ path }) => ({
      contents: `export default globalThis.compiledModules['${basename(path)}']`,
      loader: 'js',
    }));
  },
};

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.mjs': 'text/javascript',
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
};

/** Opens a page of the folder and returns the result in its title. Errors and warnings in the console count as failures. */
async function inPage(chrome, folder, page, scripts) {
  const { chromium } = await import('playwright-core');
  const server = createServer((request, response) => {
    const path = join(folder, normalize(new URL(request.url, 'http://localhost').pathname));
    if (!path.startsWith(folder) || !existsSync(path)) return response.writeHead(404).end();
    response.writeHead(200, {
      'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
      'content-security-policy': `default-src 'none'; connect-src 'self'; script-src ${scripts}`,
    });
    response.end(readFileSync(path));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const running = await chromium.launch({
    executablePath: chrome,
    args: [
      '--no-sandbox',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
  const complaints = [];
  try {
    const tab = await running.newPage();
    tab.on('pageerror', (error) => complaints.push(String(error)));
    tab.on('console', (message) => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()));
    await tab.goto(`http://127.0.0.1:${server.address().port}/${page}`);
    await tab
      .waitForFunction(() => document.title.startsWith('RESULT'), undefined, { timeout: 60_000 })
      .catch(() => {});
    const title = await tab.title();
    const complained = complaints.filter((text) => !/404 \(Not Found\)|WebAssembly\.\w+\(\).*violates/.test(text));
    const result = outcome(0, title);
    return { ...result, failures: [...result.failures, ...complained] };
  } finally {
    await running.close();
    server.close();
  }
}
