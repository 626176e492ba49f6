// mp-phone diagnose: its inputs, both languages, and the data that it never prints.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { samples } from '../../js/samples/index.mjs';
import { compiled } from '../support/compiled.mjs';
import { vector } from './cases.mjs';
import { api, file, run } from './cli.mjs';

const { report } = await compiled('cli/report.ts');

const at = (now) => ['--now', String(now)];
const { sealed, keys, now } = vector('wechat/other-implementation-mainland');
const { platform, ...detail } = sealed;
const damaged = { ...detail, encryptedData: detail.encryptedData.replace(/\+/g, ' ') };
assert.notEqual(damaged.encryptedData, detail.encryptedData);
const expected = api.diagnose({ platform, ...damaged }, keys, { now });
assert.deepEqual([expected.ok, expected.findings[0].code, expected.findings[0].repaired], [false, 'lost-plus', true]);

const event = file('spoiled.json', { type: 'getphonenumber', detail: { errMsg: 'getPhoneNumber:ok', ...damaged } });
const keysFile = file('keys.json', keys);
const keyFile = file('session-key.txt', `${keys.sessionKey}\n`);
const environment = { MP_PHONE_APP_ID: keys.appId, MP_PHONE_SESSION_KEY: keys.sessionKey };
const flags = ['--platform', 'weapp', '--encrypted-data', damaged.encryptedData, '--iv', damaged.iv];
const json = ['--json', ...at(now)];

for (const [name, args, options] of [
  ['a file, keys in a file', [event, '--keys', keysFile]],
  ['a file, keys in the environment', [event], { env: environment }],
  ['a file, the session key in another file', [event, '--app-id', keys.appId, '--session-key-file', keyFile]],
  [
    'a file, keys as lines of NAME=value',
    [event, '--keys', file('keys.env', `MP_PHONE_APP_ID=${keys.appId}\nMP_PHONE_SESSION_KEY=${keys.sessionKey}\n`)],
  ],
  ['a single file with everything', [file('all.json', { detail: damaged, ...keys })]],
  ['standard input', ['--keys', keysFile], { input: JSON.stringify(damaged) }],
  ['standard input, named -', ['-', '--keys', keysFile], { input: JSON.stringify(damaged) }],
  [
    'standard input, a curl command',
    ['--keys', keysFile],
    { input: `curl https://api.example.com -d '${JSON.stringify({ detail: damaged })}'` },
  ],
  [
    'standard input, a form that lost its pluses',
    ['--keys', keysFile],
    { input: `encryptedData=${detail.encryptedData}&iv=${encodeURIComponent(detail.iv)}` },
  ],
  ['options', [...flags, '--keys', keysFile]],
  [
    'options, which take precedence over pasted fields',
    [file('other.json', { encryptedData: 'other', iv: 'other' }), ...flags, '--keys', keysFile],
  ],
]) {
  test(`${name}: --json prints the result of the API`, async () => {
    const { code, out, err } = await run(['diagnose', ...args, ...json], options);
    assert.deepEqual([code, err], [1, '']);
    assert.deepEqual(JSON.parse(out), expected);
  });
}

test('a secret in the command line works, with a single warning', async () => {
  const { code, out, err } = await run([
    'diagnose',
    ...flags,
    '--app-id',
    keys.appId,
    '--session-key',
    keys.sessionKey,
    ...json,
  ]);
  assert.equal(code, 1);
  assert.deepEqual(JSON.parse(out), expected);
  assert.match(err, /^mp-phone: --session-key in the command line[^\n]+\n$/);
  const several = await run([
    'diagnose',
    event,
    '--session-key',
    'AAAAAAAAAAAAAAAAAAAAAA==',
    '--session-key',
    keys.sessionKey,
    '--aes-key',
    'x',
    '--app-id',
    keys.appId,
    ...json,
  ]);
  assert.match(several.err, /^mp-phone: --session-key, --aes-key in the command line[^\n]+\n$/);
  const list = api.diagnose(
    { platform, ...damaged },
    { appId: keys.appId, aesKey: 'x', sessionKey: ['AAAAAAAAAAAAAAAAAAAAAA==', keys.sessionKey] },
    { now },
  );
  assert.deepEqual(JSON.parse(several.out), list);
});

test('precedence: options, then files, then the paste, then the environment', async () => {
  const wrong = { MP_PHONE_SESSION_KEY: 'AAAAAAAAAAAAAAAAAAAAAA==', MP_PHONE_APP_ID: 'wx0000000000000000' };
  for (const args of [
    [file('with-keys.json', { ...damaged, ...keys })],
    [event, '--keys', keysFile],
    [file('wrong-keys.json', { ...damaged, appId: 'wx0000000000000000', sessionKey: 'other' }), '--keys', keysFile],
  ]) {
    const { out } = await run(['diagnose', ...args, ...json], { env: wrong });
    assert.deepEqual(JSON.parse(out), expected);
  }
});

for (const path of [
  'wechat/other-implementation-hong-kong',
  'wechat/sample',
  'wechat/sample-key-and-iv-exchanged',
  'wechat/sample-in-quotes',
  'alipay/other-implementation',
  'alipay/response-changed',
  'alipay/own-public-key',
  'alipay/other-implementation-error',
  'baidu/mobile',
  'baidu/wrong-key',
  'baidu/app-id-for-app-key',
  'douyin/encrypted-data-flow-other-implementation',
  'douyin/encrypted-data-flow-stale-key',
  'douyin/code-other-implementation',
  'douyin/code-wrong-key',
  'kuaishou/other-implementation',
  'xiaohongshu/other-implementation-key-of-24',
]) {
  test(`${path}: --json prints the result of the API, and the exit code says whether the payload opens`, async () => {
    const sample = vector(path);
    const diagnosis = api.diagnose(sample.sealed, sample.keys, { now: sample.now });
    const { code, out, err } = await run([
      'diagnose',
      file('case.json', { ...sample.sealed, ...sample.keys }),
      '--json',
      ...at(sample.now),
    ]);
    assert.deepEqual([JSON.parse(out), err], [diagnosis, '']);
    assert.equal(code, diagnosis.ok ? 0 : 1);
    assert.equal(code, sample.e164 === undefined ? 1 : 0);
  });
}

for (const path of [
  'wechat/other-implementation-mainland',
  'alipay/other-implementation',
  'baidu/mobile',
  'douyin/encrypted-data-flow-other-implementation',
  'douyin/code-other-implementation',
  'xiaohongshu/other-implementation-key-of-24',
]) {
  test(`${path}: without its platform the payload is diagnosed, too`, async () => {
    const sample = vector(path);
    const { platform: _, ...rest } = { ...sample.sealed, ...sample.keys };
    const { code, out, err } = await run(['diagnose', file('unnamed.json', rest), ...at(sample.now)]);
    assert.deepEqual([code, err], [0, ''], out);
    assert.match(out, /^✓ opens/);
  });
}

test('an ambiguous platform: the most probable one is used, with a warning', async () => {
  const { code, err, out } = await run(['diagnose'], {
    input: JSON.stringify({ encryptedData: detail.encryptedData, iv: detail.iv }),
  });
  assert.equal(code, 1);
  assert.match(err, /names no platform; using the most probable one, WeChat/);
  assert.match(out, /sessionKey missing/);
  const chinese = await run(['diagnose', '--lang', 'zh'], {
    input: JSON.stringify({ encryptedData: detail.encryptedData, iv: detail.iv }),
  });
  assert.match(chinese.err, /没有写明平台，按最可能的平台（微信）处理/);
});

test('the text: verdict, findings with position and fix, steps, blocks', async () => {
  const { code, out, err } = await run(['diagnose', event, '--keys', keysFile, ...at(now)]);
  assert.deepEqual([code, err], [1, '']);
  const [finding] = expected.findings;
  assert.match(
    out,
    /^✗ does not open – WeChat, errMsg, encryptedData, iv \(in JSON\)\n\n1\. error encryptedData lost-plus proven: /,
  );
  assert.ok(out.includes(finding.en) && out.includes(`→ ${finding.fix.en}`));
  for (const step of expected.steps) assert.ok(out.includes(step.en), step.name);
  assert.match(out, /\n {4}█{10}\n/);
  // The caret is below the blank.
  const lines = out.split('\n');
  const lineWithBlank = lines.findIndex((line) => line.includes('␣'));
  assert.deepEqual(
    [...lines[lineWithBlank + 1].matchAll(/\^/g)].map(({ index }) => lines[lineWithBlank][index]),
    lines[lineWithBlank].match(/␣/g),
  );
  assert.doesNotMatch(out, /\u001b/);
});

test('the text in Chinese, by --lang or by the locale', async () => {
  for (const [args, env] of [
    [['--lang', 'zh']],
    [[], { LANG: 'zh_CN.UTF-8' }],
    [[], { LC_ALL: 'zh_TW.UTF-8', LANG: 'en_US.UTF-8' }],
    [[], { LC_MESSAGES: 'zh-CN', LANG: 'C' }],
  ]) {
    const { code, out, err } = await run(['diagnose', event, '--keys', keysFile, ...at(now), ...args], { env });
    assert.deepEqual([code, err], [1, '']);
    assert.match(
      out,
      /^✗ 无法解密：微信，errMsg、encryptedData、iv（来自 JSON）\n\n1\. 错误 encryptedData lost-plus 已证实/,
    );
    assert.ok(out.includes(expected.findings[0].zh) && out.includes(expected.findings[0].fix.zh));
  }
  for (const [args, env] of [
    [['--lang', 'en'], { LANG: 'zh_CN.UTF-8' }],
    [[], { LC_ALL: 'en_US.UTF-8', LANG: 'zh_CN.UTF-8' }],
  ]) {
    assert.match(
      (await run(['diagnose', event, '--keys', keysFile, ...at(now), ...args], { env })).out,
      /^✗ does not open/,
    );
  }
});

test('a payload that opens: the text does not contain the number', async () => {
  const { code, out } = await run(['diagnose', file('good.json', { ...sealed, ...keys }), ...at(now)]);
  assert.equal(code, 0);
  assert.match(out, /^✓ opens – WeChat[^]+mp-phone open to print it/);
  assert.doesNotMatch(out, /13800138000|138001/);
});

test('a file that Windows PowerShell wrote as UTF-16', async () => {
  const path = file('utf16.json', '');
  writeFileSync(path, Buffer.from(`\uFEFF${JSON.stringify({ ...sealed, ...keys })}`, 'utf16le'));
  assert.equal((await run(['diagnose', path, ...at(now)])).code, 0);
});

test('a value that is too short to be recognised still belongs to the field that its option names', async () => {
  for (const [args, finding] of [
    [['--data', 'x'], 'data'],
    [['--code', 'x'], undefined],
    [['--encrypted-data', 'x', '--iv', 'y'], 'encryptedData'],
  ]) {
    const { code, out, err } = await run(['diagnose', '--platform', 'douyin', ...args, '--json']);
    assert.ok(code === 0 || code === 1, err);
    if (finding)
      assert.ok(
        JSON.parse(out).findings.some(({ field }) => field === finding),
        out,
      );
  }
});

test('--max-age', async () => {
  const late = at(now + 3_600_000);
  const path = file('late.json', { ...sealed, ...keys });
  assert.match((await run(['diagnose', path, ...late])).out, /too-old/);
  assert.equal((await run(['diagnose', path, ...late, '--max-age', 'Infinity'])).code, 0);
  assert.equal((await run(['diagnose', path, ...late, '--max-age', '7200'])).code, 0);
});

test('--now accepts a date', async () => {
  assert.equal(
    (await run(['diagnose', file('dated.json', { ...sealed, ...keys }), '--now', new Date(now).toISOString()])).code,
    0,
  );
});

test('--allow-unsigned', async () => {
  const sample = vector('alipay/other-implementation');
  const { response } = sample.sealed;
  const path = file('unsigned.json', { platform: 'alipay', response, ...sample.keys });
  assert.equal((await run(['diagnose', path])).code, 1);
  assert.equal((await run(['diagnose', path, '--allow-unsigned'])).code, 0);
});

for (const [name, args, finding] of [
  ['a login code', ['--platform', 'wechat', '--code', '0e1AbCdEf2GhIjKl3MnOpQr4StUvWx5Y'], 'login-code'],
  [
    'a phone code for a login',
    [
      '--platform',
      'wechat',
      '--use',
      'login',
      '--code',
      'e31968a7f94cc5ee25fafc2aef2773f0bb8c3937b22520eb8ee345274d00c144',
    ],
    'phone-code',
  ],
  ['an event without a number', ['--platform', 'wechat', '--err-msg', 'getPhoneNumber:fail user deny'], 'event-denied'],
]) {
  test(`${name} is diagnosed`, async () => {
    const { code, out } = await run(['diagnose', ...args, '--json']);
    assert.equal(code, 1);
    assert.equal(JSON.parse(out).findings[0].code, finding);
  });
}

test('a code in the right form ends with exit code 0', async () => {
  const { code, out } = await run(['diagnose', '--platform', 'wechat'], {
    input: 'e31968a7f94cc5ee25fafc2aef2773f0bb8c3937b22520eb8ee345274d00c144',
  });
  assert.equal(code, 0);
  assert.match(out, /^✓ the form of this code shows no mistake/);
});

test("a platform's response is explained", async () => {
  const platformResponse = '{"errcode":40029,"errmsg":"invalid code, rid: 65a1b2c3-0d4e5f60-7a8b9c0d"}';
  const { code, out } = await run(['diagnose', '--json'], {
    input: `2026-01-02 WARN response was ${platformResponse}`,
  });
  assert.equal(code, 1);
  assert.deepEqual(JSON.parse(out), api.explain('wechat', platformResponse));
  assert.match((await run(['diagnose'], { input: platformResponse })).out, /^✗ WeChat 40029/);
});

/** Every substring of this length. No sentence contains one by chance. */
const pieces = (text, length) =>
  Array.from({ length: Math.max(0, text.length - length + 1) }, (_, at) => text.slice(at, at + length)).filter(
    (piece) => /[a-z]/.test(piece) && /[A-Z]/.test(piece) && /\d/.test(piece),
  );

test('the texts contain no key, code or number, and only the damaged part of a ciphertext', () => {
  const all = samples('the printed text');
  assert.ok(all.length > 400);
  let characters = 0;
  for (const { id, platform, sealed, keys, options } of all) {
    const kind = 'code' in sealed ? 'code' : 'sealed';
    const { appId, appKey, alipayPublicKey, ...secrets } = keys;
    const texts = (fields) =>
      Object.values(fields)
        .flat()
        .filter((value) => typeof value === 'string');
    const { platform: _, ...fields } = sealed;
    const { code, iv, ...ciphertexts } = fields;
    const hidden = [
      ...texts({ ...secrets, code, iv }).flatMap((text) => pieces(text.replace(/-----[^-]+-----|\s/g, ''), 8)),
      ...texts(ciphertexts).flatMap((text) => pieces(text, 33)),
    ].filter((piece) => ![appId, appKey].some((id) => String(id).includes(piece)));
    characters += hidden.length;
    const diagnosis = api.diagnose(sealed, keys, options);
    for (const language of ['en', 'zh']) {
      const printed = report(
        { kind, shape: 'json', platform, candidates: [platform], sealed: fields, keys, options },
        platform,
        diagnosis,
        language,
      );
      for (const piece of hidden) assert.ok(!printed.includes(piece), `${id}: ${piece}\n${printed}`);
      assert.doesNotMatch(
        printed.replace(String(appId), '').replace(String(appKey), ''),
        /(?<!\d)1[3-9]\d{9}(?!\d)|\+\d{8,}/,
        id,
      );
    }
  }
  assert.ok(characters > 10_000);
});
