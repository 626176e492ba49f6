// Measures the size of the downloads, of the installed files, and of a page that uses a library.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { inputsOf } from './inputs.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));

const gzip = (bytes) => gzipSync(bytes, { level: 9 }).length;

/** The folder of the package that `require(name)` in `folder` would load. */
function locate(name, folder) {
  for (let at = folder; ; at = dirname(at)) {
    const match = join(at, 'node_modules', name);
    if (statSync(join(match, 'package.json'), { throwIfNoEntry: false })) return match;
    if (dirname(at) === at) return undefined;
  }
}

/** The folders of packages and of all their dependencies. */
function closure(names, folder = here, visited = new Set()) {
  for (const name of names) {
    const at = locate(name, folder);
    // Optional dependencies for other machines are not installed.
    if (!at || visited.has(at)) continue;
    visited.add(at);
    const { dependencies = {}, optionalDependencies = {} } = JSON.parse(readFileSync(join(at, 'package.json'), 'utf8'));
    closure(Object.keys({ ...dependencies, ...optionalDependencies }), at, visited);
  }
  return visited;
}

/** The sizes of packages according to `npm pack`, by their folders: `{ download, unpacked }` in bytes. */
function packed(folders) {
  const list = [...folders];
  const output = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts', ...list], {
    cwd: here,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return new Map(
    Object.values(JSON.parse(output)).map(({ size, unpackedSize }, index) => [
      list[index],
      { download: size, unpacked: unpackedSize },
    ]),
  );
}

const filesIn = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

/** `{ raw, gzip }` of Vite's production build of a page with the script `code`, without its HTML. */
async function bundle(code, folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'index.html'), '<!doctype html><script type="module" src="./page.js"></script>');
  writeFileSync(join(folder, 'page.js'), code);
  const { output } = await build({ root: folder, configFile: false, logLevel: 'silent', build: { write: false } });
  const files = output
    .filter(({ fileName }) => fileName !== 'index.html')
    .map(({ code: text, source }) => Buffer.from(text ?? source));
  return {
    raw: files.reduce((sum, file) => sum + file.length, 0),
    gzip: files.reduce((sum, file) => sum + gzip(file), 0),
  };
}

/** A page that opens one payload of WeChat and shows it. */
function page(imports, opened) {
  const {
    keys,
    inputs: [{ number, ...input }],
  } = inputsOf('wechat');
  return (
    `${imports}\nconst keys = ${JSON.stringify(keys)};\nconst input = ${JSON.stringify(input)};\n` +
    `document.body.append(JSON.stringify(${opened}));\n`
  );
}

const OPENED =
  "openPhone({ platform: 'wechat', encryptedData: input.encryptedData, iv: input.iv }, { ...keys, sessionKey: input.sessionKey })";
const OUR_PAGES = {
  'mp-phone': page("import { openPhone, ready } from 'mp-phone';", `(await ready(), ${OPENED})`),
  'mp-phone/slim': page(
    "import { openPhone, ready } from 'mp-phone/slim';\nimport wasm from 'mp-phone/wasm?url';",
    `(await ready(wasm), ${OPENED})`,
  ),
};

/**
 * `{ wasm: [{ name, raw, gzip }], rows: [{ name, packages, download, unpacked, bundle }] }` in bytes. A peer that cannot open
 * WeChat payloads in a browser has no `bundle`.
 */
export async function sizes(peers, folder, tarball) {
  const installed = join(folder, 'node_modules', 'mp-phone');
  const files = filesIn(installed);
  const wasm = files
    .filter((file) => file.endsWith('.wasm'))
    .map((file) => ({ name: basename(file), bytes: readFileSync(file) }));
  const unpacked = files.reduce((sum, file) => sum + statSync(file).size, 0);
  const rows = [];
  for (const [name, code] of Object.entries(OUR_PAGES)) {
    rows.push({
      name,
      packages: 1,
      download: statSync(tarball).size,
      unpacked,
      bundle: await bundle(code, join(folder, `page-${rows.length}`)),
    });
  }
  const folders = new Map(peers.map((peer) => [peer, closure(peer.libraries)]));
  const listed = new Set();
  const weights = packed(new Set([...folders.values()].flatMap((some) => [...some])));
  for (const peer of peers) {
    // Libraries of Node have no size. Peers with the same libraries have the same size and get one row.
    const key = peer.libraries.join();
    if (listed.has(key) || (!key && !peer.inBrowsers)) continue;
    listed.add(key);
    const own = [...folders.get(peer)];
    const sum = (label) => own.reduce((total, name) => total + weights.get(name)[label], 0);
    const row = { name: peer.name, packages: own.length, download: sum('download'), unpacked: sum('unpacked') };
    if (peer.wechat && peer.inBrowsers) {
      row.bundle = await bundle(
        page(`import { wechat } from '../../../${peer.file}';`, 'await wechat(keys)(input)'),
        join(here, 'node_modules', '.page', peer.id),
      );
    }
    rows.push(row);
  }
  return { wasm: wasm.map(({ name, bytes }) => ({ name, raw: bytes.length, gzip: gzip(bytes) })), rows };
}
