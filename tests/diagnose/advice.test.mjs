// No text may lead a developer to send a key from a client, or to request a key from a client: anybody who has a session key
// can create a payload with any number. The tests read all texts in both languages: those that a developer sees, and the
// documentation.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { root } from '../../js/build/paths.mjs';
import { FORMATS, good, Random } from '../../js/samples/index.mjs';
import { install, requireIn } from '../support/installed.mjs';

const installed = install('advice');
const require = requireIn(installed);
const { diagnose } = require('mp-phone');

/** English words with word boundaries, and Chinese ones, in any case. */
const words = (english, chinese, before = '') =>
  new RegExp(`${before}\\b(?:${english.join('|')})\\b|${chinese.join('|')}`, 'i');
const NAMED_KEYS = ['session[ _-]?keys?', 'app[ _-]?keys?', 'aes[ _-]?keys?', 'private[ _-]?keys?', 'alipayPublicKey'];
const SECRETS = ['app[ _-]?secrets?', 'client[ _]?secrets?', 'secrets?'];
const KEY = words(['keys?', ...NAMED_KEYS, ...SECRETS], ['密钥', '私钥', '公钥'], '(?<!\\.)');
const CLIENTS = ['clients?', 'front[ -]?ends?', 'mini-?programs?', 'browsers?'];
const REQUESTS = ['e\\.detail', 'events?', 'requests?', 'bod(?:y|ies)', 'forms?(?! of)', 'quer(?:y|ies)', 'headers?'];
const CLIENT = words(
  [...CLIENTS, ...REQUESTS],
  ['前端', '客户端', '小程序', '页面', '浏览器', '事件', '请求', '表单', '查询'],
);
const VERBS =
  'send sends sent sending posts? pass passes submits? uploads? hands? gives? includes? returns? puts? attach asks? gets? ' +
  'takes? taken reads? needs? wants? names? comes? has from';
const TRANSFER_VERBS = words(VERBS.split(' '), '发|传|提交|带|返回|给|取|要|补|放|来自'.split('|'));

/** Whether a sentence has a key, a client, and a verb of sending or receiving. */
const isMisleading = (sentence) => KEY.test(sentence) && CLIENT.test(sentence) && TRANSFER_VERBS.test(sentence);

/** A call of a mini-program's host API that sends a key. */
const CALL =
  /\b(?:wx|my|swan|tt|ks|xhs|qq|jd|has|dd|uni|Taro|cloud)\.(?:request|httpRequest|callFunction|callContainer|uploadFile)\([^;]{0,400}?(?:session_?key|app_?secret|aes_?key|private_?key)/i;

/** Correct sentences that match the patterns: they warn, or describe what the server itself sends to a platform. */
const ALLOWED = new Set([
  'Session keys never leave the service, and are never taken from a request.',
  'session_key 不会离开服务，也绝不从请求里读取。',
  '`encryptedData` and `iv` come from the client, the session keys from your own store, the app id from your configuration.',
  '`encryptedData` 和 `iv` 来自客户端，session_key 来自你自己的存储，AppID 来自你的配置。',
  '| `ERR_DECRYPT` | 填充、UTF-8、JSON 有误，或字段互相矛盾；有意不加区分 | `login-again`；支付宝和抖音 code 方式没有 session_key，为 `fix-config` | ' +
    '小程序重新登录，用户再点一次；或由开发者检查密钥 |',
  '也不能在小程序里运行：密钥不应放在小程序里，而且小程序的 npm 构建不支持 `exports`。',
  '如果接口解密客户端提交的 `data`，就成了私钥的预言机。',
  "- **Session keys come from the service's own store**, never from a request.",
  '- **Keep the keys.** Session keys, AES keys, private keys and app secrets stay on the server and never come from a request.',
  '绝不要在点击和请求之间登录：登录会更换加密号码所用的密钥。',
  '在点击之前（页面显示时）登录，并把那个 session_key 存在服务端；不要在回调里登录。',
  '@param keys From your own configuration and session store, never from the request.',
  "…} like wx.login; replaces the session key curl -X POST $S/_device/1/tap the event's detail:",
  'Newer clients send a code and a sealed payload; a code alone requires the private key.',
  // The key of a stored value.
  '@param key names the code and its user @param seconds how long the result is stored @param fetch requests the number ' +
    'from the platform @param finish passes the number to the application',
  '支付宝公钥，不是应用公钥：open.alipay.com → 你的小程序 → 开发设置 → 接口加签方式 → 查看支付宝公钥。',
  'AES 密钥（接口内容加密密钥）：open.alipay.com → 你的小程序 → 开发设置 → 接口内容加密方式。',
  'The advice for these fields must not mention the client; otherwise developers would send keys from there.',
  'If the payload is sealed under a session key, the reason must stay hidden from the client, unless the reason is a missing field.',
  '`data` must come from Douyin and not from a client, or the private key would become a decryption oracle.',
  // What the server sends to the platform.
  '由服务端用表单向百度提交 code、client_id（App Key，不是 App ID）和 sk（App Secret）。',
  'Copy the OAuth 2.0 client secret from AppGallery Connect.',
  'Your server posts a form with app_id, app_secret and js_code to Kuaishou.',
  '由服务端用 POST 表单向快手提交 app_id、app_secret、js_code。',
  'Your server sends WeChat a GET with appid, secret, js_code and grant_type in the query; a POST body is not read.',
  '由服务端向微信发 GET，appid、secret、js_code、grant_type 放在查询字符串里；POST 请求体不会被读取。',
  '从开发者后台的应用页面重新复制 Client ID 和 Client Secret。',
]);

/** The sentences of {@link ALLOWED} that the sources contain. */
const misleadingSentences = new Set();

function wrongIn(output) {
  const suspicious = output.filter(isMisleading);
  for (const sentence of suspicious) misleadingSentences.add(sentence);
  return suspicious.filter((sentence) => !ALLOWED.has(sentence) && !OF_KEYS_ALLOWED.has(sentence));
}

/** The sentences of a text, without line breaks. */
const sentences = (text) =>
  text
    .replace(/\s+/g, ' ')
    .split(/(?<=[.!?:])\s+|(?<=[。！？])/)
    .map((sentence) => sentence.trim())
    .filter(Boolean);

describe('the patterns match misleading texts', () => {
  for (const sentence of [
    'Send sessionKey too; look how the client names it.',
    '请补上 sessionKey，并核对前端使用的字段名。',
    'sessionKey: compare it with what the client sent, character by character.',
    'sessionKey 与前端发出的值逐字符比较。',
    'Read the session key from e.detail before it is sent.',
    '请在发送前从 e.detail 读取 session_key，由前端提交。',
    'Take the whole aesKey from the request itself, not from a log.',
    'Send the private key in a JSON body.',
    'The mini-program passes its appSecret to your server.',
    '请让小程序把 AppSecret 传给服务端。',
    '把密钥放在请求体里。',
  ])
    test(sentence, () => assert.ok(isMisleading(sentence)));
  test('the pattern matches a call that sends a key', () => {
    assert.match("wx.request({ url, data: { encryptedData, iv, session_key: wx.getStorageSync('k') } });", CALL);
    assert.doesNotMatch('wx.request({ url, data: { encryptedData, iv } });', CALL);
  });
});

// ---------------------------------------------------------------------------------------------------------------------
// Findings, for every field that they can have

const SERVER_FIELDS = ['appId', 'appKey', 'sessionKey', 'aesKey', 'privateKey', 'alipayPublicKey'];
const findings = JSON.parse(readFileSync(join(root, 'src', 'diagnosis', 'diagnose', 'findings.json'), 'utf8'));
/** Allowed sentences about a client in a finding of a key: warnings, and how texts are damaged in transit. */
const OF_KEYS_ALLOWED = new Set([
  'Never take it from the client.',
  '绝不要从客户端获取。',
  "Keep this value out of forms and query strings: use the original text from the platform's response to your server.",
  '该值不应经过表单或查询字符串：请使用平台响应中的原文。',
  'A form or query string turns + into a blank.',
  '表单或查询字符串会把 + 变成空格。',
]);
const OF_CLIENT =
  /\b(?:client|front[ -]?end|e\.detail|event|request|form(?! of)|query string|send)\b|前端|客户端|事件|请求体|请求本身|表单|查询字符串|发送/i;

/** The sentences of a finding that name a client. */
function ofClient({ en, zh, fix }) {
  return [en, zh, fix.en, fix.zh]
    .flatMap((text) => text.split(/(?<=\.)\s+|(?<=。)/))
    .filter((sentence) => OF_CLIENT.test(sentence) && !OF_KEYS_ALLOWED.has(sentence));
}

/** The findings about the server's keys and ids, including those that the damage below causes. */
const OF_KEYS = [
  'missing',
  'wrong-type',
  'placeholder',
  'masked',
  'quoted',
  'escaped',
  'percent-encoded',
  'percent-encoded-twice',
  'lost-plus',
  'base64url',
  'missing-padding',
  'foreign-characters',
  'whitespace',
  'hex',
  'decimal-bytes',
  'wrong-length',
  'cut',
  'damaged',
  'swapped-key-iv',
  'swapped-key-data',
  'older-session-key',
  'wrong-app',
  'app-id-for-app-key',
  'hex-decoded-key',
  'wrong-public-key',
  'private-key-for-public',
  'unreadable-key',
  'wrong-aes-key',
  'public-key-for-private',
  'wrong-private-key',
  'encrypted-key',
  'unexplained',
];

test('no finding of a key names a client', () => {
  for (const code of OF_KEYS) {
    const { en, zh, fix, 'fix-on-server': own } = findings[code];
    for (const field of SERVER_FIELDS) {
      const filled = (text) => text.replaceAll('{field}', field);
      const printed = own ?? fix;
      assert.deepEqual(
        ofClient({ en: filled(en), zh: filled(zh), fix: { en: filled(printed.en), zh: filled(printed.zh) } }),
        [],
        `${code} of ${field}`,
      );
      for (const text of [en, zh, printed.en, printed.zh])
        assert.deepEqual(wrongIn(sentences(filled(text))), [], `${code} of ${field}`);
    }
  }
});

const DAMAGES = {
  missing: () => undefined,
  empty: () => '',
  number: () => 7,
  object: (text) => ({ key: text }),
  undefined: () => 'undefined',
  masked: (text) => `${text.slice(0, 4)}****${text.slice(8)}`,
  quoted: (text) => `"${text}"`,
  escaped: (text) => JSON.stringify(JSON.stringify(text)).slice(1, -1),
  encoded: (text) => encodeURIComponent(`+/=${text}`),
  'encoded twice': (text) => encodeURIComponent(encodeURIComponent(`+/=${text}`)),
  blanks: (text) => text.replace(/[A-Za-z+](?=[A-Za-z])/g, (letter, at) => (at % 5 ? letter : ' ')),
  base64url: (text) => `-_${text.slice(2)}`,
  'without padding': (text) => text.replace(/=+$/, ''),
  'too much padding': (text) => `${text}==`,
  foreign: (text) => `${text}。`,
  'line ends': (text) => `${text}\n`,
  hex: (text) => Buffer.from(text, 'base64').toString('hex'),
  bytes: (text) => [...Buffer.from(text, 'base64')].join(),
  buffer: (text) => JSON.parse(JSON.stringify(Buffer.from(text, 'base64'))),
  short: (text) => text.slice(0, -8),
  'one short': (text) => text.slice(1),
  long: (text) => text + text,
  folded: (text) => text.toLowerCase(),
  other: (text) =>
    text.replace(/[a-z]/g, (letter) => (letter === 'z' ? 'a' : String.fromCharCode(letter.charCodeAt(0) + 1))),
  huge: () => 'x'.repeat(100_000),
};

test('`diagnose` of damaged keys names no client', (t) => {
  const records = new Set();
  for (const format of FORMATS) {
    const { sealed, keys, options } = good(format, new Random(`advice ${format}`));
    for (const field of [...SERVER_FIELDS, ...(format === 'douyin-code' ? ['data'] : [])]) {
      for (const [name, damage] of Object.entries(DAMAGES)) {
        const right = keys[field] ?? sealed[field];
        const text = typeof right === 'string' ? right : String([right].flat()[0] ?? 'tiihtNczf5v6AKRyjwEUhQ==');
        const bad = { [field]: damage(text) };
        const diagnosis = diagnose(
          { ...sealed, ...(field === 'data' && bad) },
          { ...keys, ...(field !== 'data' && bad) },
          options,
        );
        for (const finding of diagnosis.findings) {
          if (finding.field !== field) continue;
          records.add(finding.code);
          if (field !== 'data')
            assert.ok(
              OF_KEYS.includes(finding.code) || finding.code === 'stale-session-key',
              `${finding.code} of ${field}: put it into the list above`,
            );
          // The text of this finding says when the mini-program must log in.
          if (finding.code !== 'stale-session-key')
            assert.deepEqual(ofClient(finding), [], `${format}, ${name}: ${finding.code} of ${field}`);
        }
      }
    }
  }
  t.diagnostic(`advice: ${records.size} findings of keys in ${Object.keys(DAMAGES).length} kinds of damage`);
  assert.ok(records.size >= 20, [...records].join());
});

// ---------------------------------------------------------------------------------------------------------------------
// Everything else

/** The comments and texts of a source. */
const CODE = /\.(?:ts|tsx|mjs|cjs|js|jsx|vue|rs|toml|wxml)$/;
function readable(file, text) {
  if (file.endsWith('.json')) return texts(JSON.parse(text));
  if (!CODE.test(file)) return text.split('\n').flatMap(sentences);
  const comments = text.match(/(?:^[ \t]*(?:\/\/[/!]?|\*|\/\*\*?|#).*\n)+|\/\/[^\n]*|\/\*[^]*?\*\//gm) ?? [];
  const literals = text.match(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g) ?? [];
  return [
    ...comments.map((comment) => comment.replace(/^[ \t]*(?:\/\/[/!]?|\/\*\*?|\*\/?|#)/gm, '')),
    ...literals.map((literal) => literal.slice(1, -1)),
  ].flatMap(sentences);
}

const texts = (value) =>
  typeof value === 'string'
    ? sentences(value)
    : value && typeof value === 'object'
      ? Object.values(value).flatMap(texts)
      : [];

const files = execFileSync(
  'git',
  [
    'ls-files',
    'README*',
    'SECURITY.md',
    'docs',
    'examples',
    'pkg-template',
    'src',
    'js/button',
    'js/cli',
    'js/core',
    'js/server',
    'js/paste',
    'js/playground',
    'js/samples',
    'js/simulator',
  ],
  { cwd: root, encoding: 'utf8' },
)
  .trim()
  .split('\n')
  .filter((file) => /\.(?:md|json)$/.test(file) || CODE.test(file))
  .filter((file) => !/package-lock|benchmark\.json/.test(file));

test('documentation, examples, catalogs, and the texts and comments of the sources', (t) => {
  const wrong = [];
  let read = 0;
  for (const file of files) {
    const text = readFileSync(join(root, file), 'utf8');
    if (CALL.test(text)) wrong.push(`${file}: a client's call carries a key`);
    const sentencesOfFile = readable(file, text);
    read += sentencesOfFile.length;
    wrong.push(...wrongIn(sentencesOfFile).map((sentence) => `${file}: ${sentence}`));
  }
  t.diagnostic(`advice: ${read} sentences of ${files.length} files`);
  assert.deepEqual(wrong, []);
});

test('the OpenAPI document, and the members of a request', () => {
  const { createPhoneService } = require('mp-phone/server');
  const { openapi } = createPhoneService({
    platforms: {
      wechat: { appId: 'wx0123456789abcdef', appSecret: 'x' },
      douyin: { appId: 'tt0123456789abcdef01', appSecret: 'x' },
    },
    logger: false,
  });
  assert.deepEqual(wrongIn(texts(openapi)), []);
  const names = [];
  JSON.stringify(openapi.components.schemas, (name, value) => (names.push(name), value));
  assert.deepEqual(
    names.filter((name) => /key|secret/i.test(name)),
    [],
  );
});

test('the help of every command', () => {
  const { bin } = require('mp-phone/package.json');
  const script = join(installed, 'node_modules', 'mp-phone', Object.values(bin)[0]);
  const help = (...args) => execFileSync(process.execPath, [script, ...args, '--help'], { encoding: 'utf8' });
  const commands = [...help().matchAll(/^ {2}([a-z]+) /gm)].map(([, name]) => name).filter((name) => name !== 'help');
  assert.ok(commands.length >= 4, commands.join());
  // The description of an option is one of several columns.
  for (const command of commands)
    assert.deepEqual(
      wrongIn(
        help(command)
          .split(/\n|\s{2,}/)
          .flatMap(sentences),
      ),
      [],
      command,
    );
});

test('every allowed sentence still exists', () => {
  assert.deepEqual(
    [...ALLOWED].filter((sentence) => !misleadingSentences.has(sentence)),
    [],
  );
});
