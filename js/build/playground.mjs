// Builds the playground: one page that contains everything and may load nothing. As a command this file builds the page into
// target/playground/ from the last built module; with --dev it serves the page from the sources and reloads on changes.
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { gluePath, modulePath, root } from './paths.mjs';
import { Failed, kB, main, say } from './run.mjs';

export async function buildPlayground(dist, version) {
  say('building the playground (Vite) …');
  const { build } = await import('vite');
  const { NODE_ENV } = process.env;
  const { output } = await build(await config(version));
  // Vite sets NODE_ENV to "production" for the whole process; npm would then skip devDependencies.
  if (NODE_ENV === undefined) delete process.env.NODE_ENV;
  else process.env.NODE_ENV = NODE_ENV;
  const html = onePage(output);
  await writeFile(join(dist, 'playground.html'), html);
  say(`playground.html: ${kB(Buffer.byteLength(html))} raw, ${kB(gzipSync(html, { level: 9 }).length)} gzip`);
}

/** The page contains the module with all features. */
const MODULE = 'mp_phone_diagnosis';

async function config(version) {
  const { playgroundConfig } = await import('../playground/vite.config.mjs');
  return playgroundConfig({
    wasm: modulePath(MODULE),
    glue: gluePath(MODULE),
    version,
    samples: await playgroundSamples(),
  });
}

/** With this seed the valid payloads are simple: one key, one line, and a tap before the time of the sample. */
const SEED = 'playground 154';

/** The samples of the page's menu. Samples of one format resemble each other: easy to compare, and they compress well. */
export async function playgroundSamples() {
  const { responseSamples, samples } = await import('../samples/index.mjs');
  return { sealedSamples: samples(SEED, { alike: true }), responseSamples: responseSamples() };
}

/** Inlines the script and the style, and adds a Content-Security-Policy that allows only these two. */
export function onePage(output) {
  const text = (name) =>
    output.filter(({ fileName }) => fileName.endsWith(name)).map(({ code, source }) => code ?? String(source));
  const [[html], [script, ...scripts], [style, ...styles]] = [text('.html'), text('.js'), text('.css')];
  if (!html || !script || !style || scripts.length || styles.length || output.length !== 3) {
    throw new Failed(
      `the playground must be one page, one script and one style, but is ${output.map(({ fileName }) => fileName).join(', ')}`,
    );
  }
  // `</script` would end the inline script, and `<!--` would begin a comment. Both occur only in strings.
  const inlined = script.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--');
  return [
    [
      '<meta charset="utf-8" />',
      (match) => `${match}\n    <meta http-equiv="Content-Security-Policy" content="${policy(inlined, style)}" />`,
    ],
    [/<script type="module"[^>]*><\/script>\s*/, () => ''],
    [/<link rel="stylesheet"[^>]*>/, () => `<style>${style}</style>`],
    ['</body>', (hit) => `<script type="module">${inlined}</script>\n  ${hit}`],
  ].reduce((page, [place, stored]) => {
    if (page.split(place).length !== 2) throw new Failed(`the playground's page must have one ${place}`);
    return page.replace(place, stored);
  }, html);
}

const policy = (script, style) =>
  [
    "default-src 'none'",
    `script-src '${hash(script)}' 'wasm-unsafe-eval'`,
    `style-src '${hash(style)}'`,
    'img-src data:',
    "connect-src 'none'",
    "form-action 'none'",
    "base-uri 'none'",
  ].join('; ');

const hash = (text) => `sha256-${createHash('sha256').update(text).digest('base64')}`;

async function serve() {
  const { createServer } = await import('vite');
  const server = await createServer({
    ...(await config('development')),
    logLevel: 'info',
    server: { host: '127.0.0.1' },
  });
  await server.listen();
  server.printUrls();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await main(async () => {
    if (process.argv.includes('--dev')) return serve();
    const folder = join(root, 'target', 'playground');
    await mkdir(folder, { recursive: true });
    await buildPlayground(folder, 'development');
  });
}
