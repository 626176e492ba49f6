// What a platform of src/platforms.json lacks in the files that people write, and where they disagree with it.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ANSWERS } from '../samples/answers.mjs';
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

/** Files of a platform, and who needs one. */
const FILES = [
  [ids, (id) => `js/button/platforms/${id}.ts`],
  [supported, (id) => `src/catalog/${id}.json`],
  [supported, (id) => `tests/vectors/generate/${id}.mjs`],
  [served, (id) => `js/simulator/platforms/${id}.ts`],
  [inFolder('js/simulator/platforms'), (id) => `js/server/platforms/${id}.ts`],
];

/** Files with a member for each of these. */
const MEMBERS = [
  ['tests/button/event.test.mjs', supported],
  ['tests/button/page.mjs', served],
  ['js/playground/content/forms.ts', withSealed],
  ['js/playground/content/snippets.ts', served],
  ['examples/express-bff/platforms.js', served.filter((id) => withLoginCode.includes(id))],
];

/** Files that name these, by their id or in a language. */
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
/** The tables of the READMEs with a row for each of these: by their ids, and by their names. */
const ROWS_BY_ID = [
  ['the names', ids],
  ["the service's options", served],
  ['the first argument of openPhone', withSealed],
];
const ROWS_BY_NAME = [
  ['the hosts', supported],
  ['what is checked', supported],
  ['the members of a payload', withSessionKey],
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

const answers = (platform) =>
  has(explained, platform) && !ANSWERS.some((sample) => sample.platform === platform.id)
    ? [`js/samples/answers.mjs lacks ${platform.id}`]
    : [];

/** The names of uni-app begin with mp-, which the button takes off. */
function names({ id, aliases }) {
  const path = `js/button/platforms/${id}.ts`;
  const expected = [id, ...aliases.filter((alias) => !alias.startsWith('mp-'))].join(' ');
  return exists(path) && !read(path).includes(`names: '${expected}'`) ? [`${path} must have names: '${expected}'`] : [];
}

/** The hosts that the service calls. */
function hosts(platform) {
  if (!has(served, platform)) return [];
  const known = (platform.hosts ?? []).map((host) => new RegExp(`^${hostPattern(host)}$`));
  const called = read(`js/server/platforms/${platform.id}.ts`).matchAll(/['"`]https:\/\/([\w.-]+)/g);
  return [...called]
    .filter(([, host]) => !known.some((pattern) => pattern.test(host)))
    .map(([, host]) => `the hosts of ${platform.id} lack ${host}`);
}

const texts = (platform) =>
  TEXTS.filter(([path, of, name]) => has(of, platform) && !read(path).includes(platform[name])).map(
    ([path, , name]) => `${path} does not name ${platform[name]}`,
  );

const rows = (platform) =>
  READMES.flatMap(([path, language]) => {
    const cells = [...read(path).matchAll(/^\|([^|]*)\|/gm)].map(([, cell]) => cell);
    const count = (name) => cells.filter((cell) => cell.includes(name)).length;
    return [
      [`\`${platform.id}\``, ROWS_BY_ID],
      [platform[language], ROWS_BY_NAME],
    ].flatMap(([name, tables]) => {
      const expected = tables.filter(([, of]) => has(of, platform)).map(([table]) => table);
      return count(name) < expected.length ? [`${path} lacks a row of ${name} (${expected.join(', ')})`] : [];
    });
  });

const CHECKS = [files, members, answers, names, hosts, texts, rows];

/** Everything that is missing or disagrees. @returns {string[]} */
export const gaps = () => platforms.flatMap((platform) => CHECKS.flatMap((check) => check(platform)));
