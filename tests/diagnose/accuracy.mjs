// Helpers that measure the accuracy of diagnoses.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { args, FORMATS, good, MISTAKES, mistaken, Random } from '../../js/samples/index.mjs';
import { install, requireIn } from '../support/installed.mjs';

const { diagnose, openPhone, PhoneError } = requireIn(install('diagnose'))('mp-phone');

export { diagnose };

/** Numbers of samples. RSA operations are slow, and slower in WebAssembly. */
const EACH = { good: 200, mistake: 100 };
const SLOW = { 'douyin-code': { good: 40, mistake: 15 }, alipay: { good: 60, mistake: 40 } };
const count = (label, format) => Math.min(EACH[label], SLOW[format]?.[label] ?? Infinity);
export const ENOUGH = 0.99;

export const STEPS = ['fields', 'bytes', 'verify', 'decrypt', 'parse', 'check'];
const CHINESE = /\p{Script=Han}/u;

function opened(call) {
  try {
    return openPhone(...call);
  } catch (error) {
    assert.ok(error instanceof PhoneError && error.code !== 'ERR_INTERNAL', String(error));
    return undefined;
  }
}

/** Diagnoses a sample and checks the properties that every diagnosis has. */
export function checkedDiagnosis(sample) {
  const call = args(sample);
  const diagnosis = diagnose(...call);
  assert.deepEqual(
    diagnosis.steps.map(({ name }) => name),
    STEPS,
  );
  for (const { state, blocks = [] } of diagnosis.steps) {
    assert.match(state, /^(ok|repaired|failed|unreached|none)$/);
    for (const block of blocks) assert.match(block, /^(text|garbage|cut)$/);
  }
  for (const finding of diagnosis.findings) {
    assert.match(finding.code, /^[a-z0-9]+(-[a-z0-9]+)*$/);
    assert.match(finding.severity, /^(error|warning|info)$/);
    assert.ok(finding.fix.en && CHINESE.test(finding.fix.zh), `${finding.code} has a fix`);
    for (const place of finding.at ?? []) checkPlace(place, finding, sample, call);
  }
  for (const { en, zh } of [...diagnosis.findings, ...diagnosis.steps]) {
    assert.ok(en && zh && zh !== en, 'both languages');
    assert.doesNotMatch(en + zh, /\{\w+\}/, 'every placeholder is filled');
  }
  assert.equal(diagnosis.ok, !diagnosis.findings.some(({ severity }) => severity === 'error'), 'ok means no error');
  // A code is not opened but exchanged.
  if (!('code' in sample.sealed))
    assert.equal(diagnosis.ok, opened(call) !== undefined, 'ok means that openPhone returns a number');
  keepsSecrets(sample, call, diagnosis);
  return diagnosis;
}

const SHOWN = { 'lost-plus': /^\s+$/, 'percent-encoded': /^%/, 'percent-encoded-twice': /^%/ };

/**
 * Checks that a place of damage is in the text of its field as the caller passed it. If text is missing from the field, the
 * place has no length. If Alipay's response was passed as an object, the field is a
 * member of that object.
 */
function checkPlace({ start, end }, { code, field }, { sealed: flat, right }, [sealed, keys]) {
  const value = sealed[field] ?? keys[field];
  const text = Array.isArray(value) ? value[right] : typeof value === 'string' ? value : flat[field];
  assert.equal(typeof text, 'string', `${code}: a place in ${field}, which is not a text`);
  assert.ok(
    Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start <= end && end <= text.length,
    `${code}: ${start} to ${end} of ${text.length} in ${field}`,
  );
  if (SHOWN[code] && text === value)
    assert.match(text.slice(start, end), SHOWN[code], `${code}: the text at ${start} in ${field}`);
}

// ---------------------------------------------------------------------------------------------------------------------
// Secrets

/** Members whose values may be shown: they are not secret, or an explanation must show them. */
const PUBLIC = new Set([
  'platform',
  'appId',
  'appid',
  'appKey',
  'corpid',
  'errMsg',
  'msg',
  'subCode',
  'subMsg',
  'err_tips',
  'signType',
  'sign_type',
  'encryptType',
  'encrypt_type',
  'charset',
]);
const KNOWN = new Set([
  'undefined',
  '[object Object]',
  '[REDACTED]',
  '<hidden>',
  'the code is a mock one',
  'alipayCertPublicKey_RSA2.crt',
  'app_private_key.pem',
]);

function secrets(value, matching = new Set(), name) {
  if (typeof value === 'string') {
    if (value.length > 7 && !PUBLIC.has(name) && !KNOWN.has(value)) matching.add(value);
  } else if (value && typeof value === 'object' && !ArrayBuffer.isView(value)) {
    for (const [inner, member] of Object.entries(value)) secrets(member, matching, Array.isArray(value) ? name : inner);
  }
  return matching;
}

/** The parts of a secret, which are secret too. */
function* parts(secret) {
  yield secret;
  if (secret.length > 64) return;
  for (let start = 0; start + 12 < secret.length; start += 3) yield secret.slice(start, start + 12);
}

function keepsSecrets({ payload, keyText, phone }, call, { findings, steps }) {
  const lines = [...findings, ...findings.map(({ fix }) => fix), ...steps].flatMap(({ en, zh }) => [en, zh]).join('\n');
  const numbers = [payload?.purePhoneNumber, payload?.phoneNumber, payload?.mobile, phone?.slice(-8)].filter(
    (number) => number?.length > 5,
  );
  for (const secret of secrets([call, payload, keyText], new Set(numbers))) {
    for (const part of parts(secret))
      assert.ok(!lines.includes(part), `a text shows ${part.length} characters of an input`);
  }
}

// ---------------------------------------------------------------------------------------------------------------------

/** Tests that good payloads of a format have no error, and that openPhone returns the number in them. */
export function testGoodPayloads(format) {
  test(`good payloads of ${format} have no error`, (t) => {
    const total = count('good', format);
    for (let i = 0; i < total; i += 1) {
      const sample = good(format, new Random(`good ${format} ${i}`));
      const { ok, findings } = checkedDiagnosis(sample);
      assert.ok(ok, `good ${format} ${i}: ${findings.map(({ code }) => code)}`);
      if (FORMATS.includes(format)) assert.equal(opened(args(sample))?.e164, sample.phone);
    }
    t.diagnostic(`${format}: ${total} of ${total} good payloads have no error`);
  });
}

/** The result of a call. If an assertion fails, its seed is recorded in `broken`, once for each message. */
export function noted(broken, seed, call) {
  try {
    return call();
  } catch (error) {
    if (error.code !== 'ERR_ASSERTION') throw error;
    broken[error.message.split('\n')[0].replace(/\d+/g, 'n')] ??= seed;
    return undefined;
  }
}

/** Whether a finding matches a mistake: the code, and the field at fault. */
export const isOf = ({ field, finds }, sample, finding) =>
  finding?.code === finds[0] && ofField(field, sample, finding);

function ofField(field, sample, finding) {
  const expected = typeof field === 'function' ? field(sample) : field;
  // If Alipay's response was passed as encryptedData, the finding may name that field.
  const other = expected === 'response' && 'encryptedData' in args(sample)[0] ? 'encryptedData' : expected;
  return expected === undefined || [expected, other].includes(finding.field);
}

/** The finding that was named first instead of the mistake, or undefined. A harmless finding may be at any position. */
function namedInstead(sample, mistake, { findings }) {
  const [first] = findings;
  if (mistake.harmless ? findings.some((finding) => isOf(mistake, sample, finding)) : isOf(mistake, sample, first))
    return undefined;
  return first ? `${first.code}${first.field ? ` of ${first.field}` : ''}` : 'nothing';
}

const wrong = (format, name, total, instead) =>
  `${format}, ${name}: ${[...instead].map(([code, [n, seed]]) => `${code} ${n} of ${total} (seed '${seed}')`).join(', ')}`;

/** Tests that each mistake of a format is named first in at least 99 of 100 samples, and prints the other findings. */
export function testMistakes(format) {
  test(`mistakes of ${format} are named first`, (t) => {
    const total = count('mistake', format);
    const accuracies = [];
    const confused = [];
    const tooOften = [];
    const broken = {};
    for (const mistake of MISTAKES.filter(({ formats }) => formats.includes(format))) {
      const instead = new Map();
      let right = 0;
      for (let i = 0; i < total; i += 1) {
        const seed = `${format} ${mistake.name} ${i}`;
        const sample = mistaken(format, mistake, new Random(seed));
        const diagnosis = noted(broken, seed, () => checkedDiagnosis(sample));
        if (!diagnosis) continue;
        const other = namedInstead(sample, mistake, diagnosis);
        if (other === undefined) right += 1;
        else instead.set(other, [(instead.get(other)?.[0] ?? 0) + 1, instead.get(other)?.[1] ?? seed]);
      }
      accuracies.push(`${mistake.name} ${right}/${total}`);
      if (instead.size) confused.push(wrong(format, mistake.name, total, instead));
      if (right < ENOUGH * total) tooOften.push(mistake.name);
    }
    for (let i = 0; i < accuracies.length; i += 5) t.diagnostic(`${format}: ${accuracies.slice(i, i + 5).join(' · ')}`);
    for (const line of confused) t.diagnostic(`confused: ${line}`);
    assert.deepEqual(broken, {}, `properties of every diagnosis of ${format}`);
    assert.deepEqual(tooOften, [], `mistakes of ${format} that are named wrongly in more than 1 of 100`);
  });
}
