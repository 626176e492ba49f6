// Compares the handwritten files with src/platforms.json: finds platforms that a file lacks, and contradictions.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RESPONSES } from '../samples/responses.mjs';
import { root } from './paths.mjs';
import {
  explained,
  hostPattern,
  ids,
  inFolder,
  platforms,
  served,
  supported,
  withLoginCode,
  withSealed,
  withSessionKey,
} from './platforms.mjs';

/** `[platforms that need the file, path of a platform's file]`. */
const FILES = [
  [ids, (id) => `js/button/platforms/${id}.ts`],
  [supported, (id) => `src/catalog/${id}.json`],
  [supported, (id) => `tests/vectors/generate/${id}.mjs`],
  [served, (id) => `js/simulator/platforms/${id}.ts`],
  [inFolder('js/simulator/platforms'), (id) => `js/server/platforms/${id}.ts`],
];

/** `[path, platforms]`: files that need a member for each of these platforms. */
const MEMBERS = [
  ['tests/button/event.test.mjs', supported],
  ['tests/button/page.mjs', served],
  ['js/playground/content/forms.ts', withSealed],
  ['js/playground/content/snippets.ts', served],
  ['examples/express-bff/platforms.js', served.filter((id) => withLoginCode.includes(id))],
];

/** `[path, platforms]`: files that need the id of each of these platforms as a string literal. */
const LITERALS = [['js/core/types.ts', withSealed]];

/** `[path, platforms, member]`: files that must mention each of these platforms by its id, English or Chinese name. */
const TEXTS = [
  ['tests/attack/main.rs', withSessionKey, 'id'],
  ['tests/vectors/SOURCES.md', supported, 'en'],
  ['Cargo.toml', withSealed, 'en'],
  ['SECURITY.md', withSessionKey, 'en'],
  ['pkg-template/mp-phone/package.json', withSealed, 'en'],
  ['pkg-template/mp-phone-button/package.json', supported, 'en'],
  ['pkg-template/mp-phone-button/README.md', supported, 'en'],
  ['pkg-template/mp-phone-button/README.zh-CN.md', supported, 'zh'],
];

const READMES = [
  ['README.md', 'en'],
  ['README.zh-CN.md', 'zh'],
];
/** `[English head, Chinese head, platforms, naming]`: tables of the READMEs that need a row for each of these platforms. */
const TABLES = [
  ['| platform | options | what is called |', '| 平台 | 选项 | 调用的接口 |', served, 'id'],
  ['| platform | sealed | keys |', '| 平台 | 第一个参数 | 密钥 |', withSealed, 'id'],
  [
    '| platform | in the page | `submit` | tested with |',
    '| 平台 | 页面写法 | `submit` | 测试环境 |',
    supported,
    'name',
  ],
  ['| platform | app | age | proof |', '| 平台 | 应用 | 时效 | 依据 |', supported, 'name'],
  [
    '| platform | members that must be there | other members |',
    '| 平台 | 必须有的字段 | 其他字段 |',
    withSessionKey,
    'name',
  ],
];

const exists = (path) => existsSync(join(root, path));
const read = (path) => readFileSync(join(root, path), 'utf8');
const has = (of, { id }) => of.includes(id);

const files = (platform) =>
  FILES.filter(([of, path]) => has(of, platform) && !exists(path(platform.id))).map(
    ([, path]) => `${path(platform.id)} is missing`,
  );

const members = (platform) =>
  MEMBERS.filter(([path, of]) => has(of, platform) && !new RegExp(`^  ${platform.id}: `, 'm').test(read(path))).map(
    ([path]) => `${path} lacks ${platform.id}`,
  );

const responses = (platform) =>
  has(explained, platform) && !RESPONSES.some((sample) => sample.platform === platform.id)
    ? [`js/samples/responses.mjs lacks ${platform.id}`]
    : [];

/** The `names` of a button platform must be the id and the aliases. uni-app's begin with mp-, which the button removes. */
function names({ id, aliases }) {
  const path = `js/button/platforms/${id}.ts`;
  const expected = [id, ...aliases.filter((alias) => !alias.startsWith('mp-'))].join(' ');
  return exists(path) && !read(path).includes(`names: '${expected}'`) ? [`${path} must have names: '${expected}'`] : [];
}

/** The service must call only hosts that the list has. */
function missingHosts(platform) {
  if (!has(served, platform)) return [];
  const known = (platform.hosts ?? []).map((host) => new RegExp(`^${hostPattern(host)}$`));
  const called = read(`js/server/platforms/${platform.id}.ts`).matchAll(/['"`]https:\/\/([\w.-]+)/g);
  return [...called]
    .filter(([, host]) => !known.some((pattern) => pattern.test(host)))
    .map(([, host]) => `the hosts of ${platform.id} in src/platforms.json lack ${host}`);
}

const literals = (platform) =>
  LITERALS.filter(([path, of]) => has(of, platform) && !read(path).includes(`'${platform.id}'`)).map(
    ([path]) => `${path} lacks '${platform.id}'`,
  );

const texts = (platform) =>
  TEXTS.filter(([path, of, name]) => has(of, platform) && !read(path).includes(platform[name])).map(
    ([path, , name]) => `${path} does not name ${platform[name]}`,
  );

/** The first cells of a table's rows. */
function firstCells(readme, head) {
  const start = readme.indexOf(`\n${head}\n`);
  if (start < 0) throw new Error(`a README lacks the table with the head ${head}`);
  const [table] = readme.slice(start + 1).split('\n\n');
  return table
    .split('\n')
    .slice(2)
    .map((row) => row.split('|')[1]);
}

const rows = (platform) =>
  READMES.flatMap(([path, language], readme) =>
    TABLES.filter(([, , of]) => has(of, platform)).flatMap((table) => {
      const [head, naming] = [table[readme], table[3]];
      const name = naming === 'id' ? `\`${platform.id}\`` : platform[language];
      return firstCells(read(path), head).some((cell) => cell.includes(name))
        ? []
        : [`${path} lacks a row for ${name}: ${head}`];
    }),
  );

const CHECKS = [files, members, literals, responses, names, missingHosts, texts, rows];

/** Everything that is missing or contradicts the list, in sentences. @returns {string[]} */
export const gaps = () => platforms.flatMap((platform) => CHECKS.flatMap((check) => check(platform)));
