// A member that a vulnerable library put on Object.prototype must not act as a member of the service's own objects.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import ts from 'typescript';
import { root } from '../../js/build/paths.mjs';
import { createPhoneService, PhoneRefusal } from './service.mjs';

/** The test's own objects have no prototype, so the pollution can only affect objects of the service. */
const bare = (members) => Object.assign(Object.create(null), members);

const number = '13800138000';
const NUMBER = {
  phoneNumber: number,
  purePhoneNumber: number,
  countryCode: '86',
  watermark: { timestamp: 1, appid: 'wx1' },
};
const RESPONSES = new Map([
  ['jscode2session', JSON.stringify({ openid: 'o1', session_key: 'AAECAwQFBgcICQoLDA0ODw==' })],
  ['stable_token', JSON.stringify({ access_token: 'T', expires_in: 7200 })],
  ['getuserphonenumber', JSON.stringify({ errcode: 0, phone_info: NUMBER })],
]);

/** A login, phone requests that succeed and fail, and a logout: all requests, responses and events. */
async function scenario({ withStore, onPhone }) {
  const [log, map] = [[], new Map()];
  const note = (...label) => void log.push(JSON.stringify(label).replace(/"session\\?":\\?"[^"]+"/, ''));
  const fetch = async (url, { method, headers, body }) => {
    note(url, method, headers, body);
    const response = RESPONSES.get(/(\w+)(?:\?|$)/.exec(url)[1]);
    return bare({ status: 200, headers: bare({ get: () => null }), body: undefined, text: async () => response });
  };
  const set = async (key, value) => void map.set(key, value);
  const store = bare({ get: async (key) => map.get(key), set, delete: async (key) => map.delete(key) });
  const platforms = bare({ wechat: bare({ appId: 'wx1', appSecret: 's' }) });
  const limits = bare({ maxAge: Infinity });
  const service = createPhoneService(
    bare({ platforms, fetch, onPhone, logger: false, now: () => 1e12, limits, ...(withStore && { store }) }),
  );
  const step = async (work) => note(await work().catch((error) => [error.code, service.refusal(error)]));
  const requestOf = (session, detail) =>
    bare({ platform: 'wechat', session, detail: bare(detail), request: undefined });

  let session;
  await step(async () => {
    const { user, expiresIn, ...login } = await service.login(bare({ platform: 'wechat', code: 'login' }));
    ({ session } = login);
    return [user, expiresIn];
  });
  const [code, another, third] = ['c', 'd', 'e'].map((letter) => letter.repeat(64));
  for (const [owner, detail] of [
    [session, { code }],
    [session, { code }],
    [undefined, { code: another }],
    ['nobody', { code }],
    [session, { encryptedData: 'AAAA' }],
  ])
    await step(() => service.phone(requestOf(owner, detail)));
  const headers = bare({ 'content-type': 'application/json' });
  for (const [path, body] of [
    ['/login', { platform: 'wechat', code: 'again' }],
    ['/phone', { platform: 'wechat', session, detail: { code } }],
    ['/phone', { platform: 'wechat', detail: { code: third } }],
    ['/phone', { platform: 'wechat' }],
    ['/nowhere', {}],
    ['/logout', { session }],
  ])
    await step(() => service.cloud(bare({ httpMethod: 'POST', path, headers, body: JSON.stringify(body) })));
  return log;
}

/** Not polluted, because Node and the test would break: property descriptors, promises and iterators inherit these members. */
const NOT_TESTABLE = ['get', 'set', 'value', 'then'];

/** The names of all members that the sources of the service declare or read. */
function memberNames() {
  const names = new Set();
  const folder = join(root, 'js', 'server');
  const visit = (node) => {
    const isMember =
      ts.isPropertySignature(node) || ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node);
    if (isMember || ts.isPropertyAccessExpression(node)) names.add(node.name.text);
    if (ts.isBindingElement(node)) names.add((node.propertyName ?? node.name).text);
    ts.forEachChild(node, visit);
  };
  for (const file of readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.ts')))
    visit(ts.createSourceFile(file, readFileSync(join(folder, file), 'utf8'), ts.ScriptTarget.Latest));
  const inherited = (name) => name in Object.prototype || name in Function.prototype;
  return [...names].filter((name) => name && !name.startsWith('#') && !inherited(name));
}

/** JSON Schema's keywords: the validators of requests are generated, so no source of the service contains these names. */
const KEYWORDS = [
  ...['$ref', '$id', 'id', 'enum', 'const', 'not', 'if', 'allOf', 'anyOf', 'oneOf', 'type', 'pattern', 'required'],
  ...['maxLength', 'maxProperties', 'dependencies', 'properties', 'additionalProperties'],
];
const NAMES = [...new Set([...memberNames(), ...KEYWORDS])].filter((name) => !NOT_TESTABLE.includes(name));

const SCENARIOS = {
  'a result': bare({ withStore: false, onPhone: async () => undefined }),
  'a shared store': bare({ withStore: true, onPhone: undefined }),
  'a refusal': bare({
    withStore: false,
    onPhone: () => Promise.reject(new PhoneRefusal(bare({ code: 'taken', message: bare({ en: 'a', zh: 'b' }) }))),
  }),
};

/** Runs the scenario while Object.prototype has these members. */
async function polluted(options, members, value) {
  for (const member of members) Object.prototype[member] = value;
  try {
    return await scenario(options).catch(String);
  } finally {
    for (const member of members) delete Object.prototype[member];
  }
}

/** Ten members at once are ten times faster. If the log differs, each member runs alone, so that the failure names it. */
const GROUP = 10;

for (const [name, options] of Object.entries(SCENARIOS)) {
  test(`a login and its phone requests do not depend on Object.prototype: ${name}`, async () => {
    const expected = await scenario(options);
    assert.ok(expected.length > 15);
    for (const value of [true, 'evil', { json: '"evil"', code: 'evil', en: 'evil' }]) {
      for (let start = 0; start < NAMES.length; start += GROUP) {
        const group = NAMES.slice(start, start + GROUP);
        if (isDeepStrictEqual(await polluted(options, group, value), expected)) continue;
        for (const member of group)
          assert.deepEqual(await polluted(options, [member], value), expected, `${member}: ${typeof value}`);
        assert.fail(`${group}: ${typeof value}: only together`);
      }
    }
  });
}

test('the list of members is read from the sources', () => {
  for (const member of ['sessionKey', 'outcome', 'expires', 'version', 'exchangePhoneCode', 'setIfAbsent'])
    assert.ok(NAMES.includes(member), member);
});
