// Runs diagnose of the packed package on the mistakes of js/samples: how often it names the right mistake first, and which
// finding it names otherwise. The formats with RSA are slow, and are in rsa.test.mjs.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  args,
  CODE_FORMATS,
  combine,
  FORMATS,
  good,
  MISTAKES,
  mistaken,
  mistakenTwice,
  Random,
  SESSION_FORMATS,
} from '../../js/samples/index.mjs';
import { checkedDiagnosis, diagnose, ENOUGH, isOf, noted, STEPS, testGoodPayloads, testMistakes } from './accuracy.mjs';

const PAIRS = 2400;

for (const format of [...SESSION_FORMATS, ...CODE_FORMATS]) {
  testGoodPayloads(format);
  testMistakes(format);
}

/** Mistakes that cause a second finding. */
const TOGETHER = { base64url: 'missing-padding', 'app-secret': 'stale-session-key', 'percent-encoded-code': 'quoted' };

test('a single mistake causes no other error', (t) => {
  let createdCount = 0;
  const others = {};
  for (const format of [...SESSION_FORMATS, ...CODE_FORMATS, 'alipay']) {
    for (const mistake of MISTAKES.filter(({ formats }) => formats.includes(format))) {
      const [, second] = Object.entries(TOGETHER).find(([name]) => mistake.name.startsWith(name)) ?? [];
      for (let i = 0; i < 10; i += 1, createdCount += 1) {
        const seed = `${format} ${mistake.name} ${i}`;
        const { findings } = diagnose(...args(mistaken(format, mistake, new Random(seed))));
        const errors = findings.filter(
          ({ severity, code }) => severity === 'error' && code !== second && !mistake.finds.includes(code),
        );
        if (errors.length) others[seed] = errors.map(({ code, field }) => `${code} of ${field}`).join(', ');
      }
    }
  }
  const wrong = Object.keys(others).length;
  t.diagnostic(`one mistake: of ${createdCount} diagnoses ${wrong} name another error`);
  for (const [seed, match] of Object.entries(others)) t.diagnostic(`also named: '${seed}' ${match}`);
  assert.ok(wrong <= createdCount * (1 - ENOUGH), `${wrong} of ${createdCount}`);
});

test('only repairable damage is proven', (t) => {
  const undone = new Set([
    'lost-plus',
    'percent-encoded',
    'percent-encoded-twice',
    'quoted',
    'escaped',
    'base64url',
    'missing-padding',
    'hex',
    'swapped-iv-data',
    'swapped-key-iv',
    'swapped-key-data',
    'hex-decoded-key',
    'wrong-sign-type',
  ]);
  const notRepairable = new Set([
    'missing',
    'placeholder',
    'masked',
    'wrong-type',
    'wrong-length',
    'cut',
    'damaged',
    'stale-session-key',
    'wrong-app',
    'too-old',
    'user-info',
    'not-a-phone',
    'wrong-public-key',
    'wrong-aes-key',
    'changed-response',
    'missing-signature',
    'error-body',
  ]);
  const visited = { proven: 0, open: 0 };
  for (const format of [...SESSION_FORMATS, 'alipay']) {
    for (const mistake of MISTAKES.filter(({ formats }) => formats.includes(format))) {
      // An AppSecret is hexadecimal, and not a session key. For Alipay's public key the signature is the proof.
      if (mistake.name === 'app-secret' || /public-key/.test(mistake.name)) continue;
      for (let i = 0; i < 5; i += 1) {
        const seed = `${format} ${mistake.name} ${i}`;
        const {
          findings: [first],
          steps,
        } = diagnose(...args(mistaken(format, mistake, new Random(seed))));
        if (undone.has(first.code)) {
          visited.proven += 1;
          assert.equal(first.repaired, true, seed);
          assert.ok(
            steps.every(({ state }) => state !== 'failed' && state !== 'unreached'),
            `${seed}: ${steps.map(({ state }) => state)}`,
          );
        } else if (notRepairable.has(first.code)) {
          visited.open += 1;
          assert.equal(first.repaired, undefined, seed);
          assert.ok(
            steps.some(({ state }) => state === 'failed'),
            `${seed}: ${steps.map(({ state }) => state)}`,
          );
        }
      }
    }
  }
  t.diagnostic(`repaired and proven in ${visited.proven} cases, not repairable in ${visited.open}`);
  assert.ok(visited.proven > 500 && visited.open > 500);
});

test('the blocks show which parts of the ciphertext are readable', () => {
  const mistakeOf = (format, name) =>
    mistaken(
      format,
      MISTAKES.find((mistake) => mistake.name === name && mistake.formats.includes(format)),
      new Random(`blocks ${format} ${name}`),
    );
  const blocks = (sample) => diagnose(...args(sample)).steps.find(({ name }) => name === 'decrypt').blocks;
  for (const format of ['wechat', 'douyin', 'kuaishou']) {
    assert.deepEqual([...new Set(blocks(good(format, new Random(format))))], ['text'], format);
    const [first, ...others] = blocks(mistakeOf(format, 'wrong-iv'));
    assert.deepEqual([first, ...new Set(others)], ['garbage', 'text'], format);
    assert.deepEqual([...new Set(blocks(mistakeOf(format, 'stale-session-key')))], ['garbage'], format);
    const full = good(format, new Random(format));
    const [sealed, keys, options] = args({
      ...full,
      sealed: { ...full.sealed, encryptedData: full.sealed.encryptedData.replace(/\s/g, '').slice(0, 100) },
    });
    // 75 bytes.
    assert.deepEqual(
      diagnose(sealed, keys, options).steps.find(({ name }) => name === 'decrypt').blocks,
      ['text', 'text', 'text', 'text', 'cut'],
      format,
    );
  }
});

test('both of two mistakes are found', (t) => {
  const random = new Random('pairs');
  // The formats with RSA are chosen less often.
  const formats = [...SESSION_FORMATS, ...SESSION_FORMATS, ...SESSION_FORMATS, 'alipay', 'alipay', 'douyin-code'];
  const missed = {};
  const broken = {};
  let right = 0;
  for (let created = 0, i = 0; created < PAIRS; i += 1) {
    const format = random.pick(formats);
    const possible = MISTAKES.filter((mistake) => mistake.formats.includes(format));
    const a = random.pick(possible);
    const others = possible.filter((other) => combine(a, other));
    if (others.length === 0) continue;
    const b = random.pick(others);
    const seed = `${format} ${a.name} ${b.name} ${i}`;
    const sample = mistakenTwice(format, a, b, new Random(seed));
    if (!sample) continue;
    created += 1;
    const hit = noted(broken, seed, () => checkedDiagnosis(sample));
    if (!hit) continue;
    const { findings } = hit;
    const both = [a, b].every((mistake) => findings.some((finding) => isOf(mistake, sample, finding)));
    // A harmless finding may be at any position.
    const first = (a.harmless && b.harmless) || [a, b].some((mistake) => isOf(mistake, sample, findings[0]));
    if (both && first) right += 1;
    else missed[seed] = findings.map(({ code, field }) => `${code} of ${field}`).join(', ') || 'nothing';
  }
  t.diagnostic(`pairs of mistakes: of ${PAIRS} both were found and one of them named first in ${right}`);
  for (const [seed, matching] of Object.entries(missed)) t.diagnostic(`missed: '${seed}' found ${matching}`);
  assert.deepEqual(broken, {}, 'properties of every diagnosis');
  assert.ok(right >= ENOUGH * PAIRS, `${right} of ${PAIRS}`);
});

test('odd inputs neither throw nor pass as valid', (t) => {
  let deep = [];
  for (let i = 0; i < 100_000; i += 1) deep = [deep];
  const cycle = {};
  cycle.cycle = cycle;
  const throwing = {
    get platform() {
      throw new Error('no');
    },
  };
  const odd = [
    null,
    undefined,
    0,
    NaN,
    1n,
    Symbol('s'),
    true,
    '',
    'x',
    [],
    {},
    () => {},
    new Date(),
    new Map(),
    deep,
    cycle,
    throwing,
    new Proxy(
      {},
      {
        get() {
          throw 1;
        },
      },
    ),
    Object.create(null),
    new Uint8Array(3),
    'x'.repeat(8_000_000),
    '\ud800',
  ];
  const long = ['%25', '{', '"', '\\u002b', '1,', '+ ', 'A', '\n'].map((text) => text.repeat(60_000 / text.length));
  const LONGEST = ['wechat', 'alipay', 'douyin'];
  let calls = 0;
  const refused = (...call) => {
    const diagnosis = diagnose(...call);
    calls += 1;
    assert.equal(diagnosis.ok, false);
    assert.ok(diagnosis.findings.length > 0);
    assert.deepEqual(
      diagnosis.steps.map(({ name }) => name),
      STEPS,
    );
  };
  for (const first of odd) for (const second of [undefined, {}, throwing, cycle]) refused(first, second, second);
  for (const platform of [
    ...new Set(FORMATS.map((format) => format.replace('-code', ''))),
    'qq',
    'jd',
    'huawei',
    'none',
    'constructor',
  ]) {
    refused({ platform });
    refused({
      platform,
      get encryptedData() {
        throw 1;
      },
      get response() {
        throw 1;
      },
      get code() {
        throw 1;
      },
    });
    for (const value of LONGEST.includes(platform) ? long : [])
      refused(
        { platform, encryptedData: value, iv: value, data: value, response: value, sign: value },
        { appId: 'wx', appKey: 'k', sessionKey: value, privateKey: value, alipayPublicKey: value, aesKey: value },
      );
    for (const value of odd) {
      const sealed = {
        platform,
        encryptedData: value,
        iv: value,
        data: value,
        response: value,
        sign: value,
        signType: value,
        charset: value,
        errMsg: value,
        errno: value,
      };
      const keys = {
        appId: value,
        appKey: value,
        sessionKey: value,
        privateKey: value,
        alipayPublicKey: value,
        aesKey: value,
      };
      refused(sealed, keys);
      refused(sealed, { ...keys, sessionKey: 'AAECAwQFBgcICQoLDA0ODw==', appId: 'wx', appKey: 'k' });
      refused(sealed, keys, value);
      refused(sealed, keys, { now: value, maxAge: value, allowUnsigned: value });
      assert.equal(diagnose({ platform, code: value, use: value }, keys).steps.length, STEPS.length);
    }
  }
  t.diagnostic(`odd inputs: ${calls} calls, none threw and none passed as valid`);
});

test('a field that is too long is named, with its limit', () => {
  const long = 'A'.repeat(70_000);
  for (const [platform, field] of [
    ['wechat', 'encryptedData'],
    ['wechat', 'iv'],
    ['baidu', 'data'],
    ['alipay', 'response'],
    ['alipay', 'sign'],
    ['douyin', 'data'],
  ]) {
    const sealed = { platform, encryptedData: 'A', iv: 'A', response: 'A', sign: 'A', data: 'A', [field]: long };
    if (field === 'data') delete sealed.encryptedData;
    const finding = diagnose(sealed, {}).findings.find(({ code }) => code === 'wrong-length');
    assert.match(finding?.en ?? '', /> 65,536 bytes; the expected length is at most 65,536/, `${platform} ${field}`);
    assert.doesNotMatch(finding.zh, /\{/);
  }
});
