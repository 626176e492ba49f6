// explain of the packed package: real responses of every platform, in every form in which they reach a log.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../../js/build/paths.mjs';
import { ids } from '../../js/build/platforms.mjs';
import { RESPONSES } from '../../js/samples/index.mjs';
import { install, requireIn } from '../support/installed.mjs';

const { explain, readPhone } = requireIn(install('explain'))('mp-phone');

const CHINESE = /\p{Script=Han}/u;
/** The platforms' names for their error code. */
const CODE_NAMES = /CODE_NAMES: .*?\[([^\]]+)\];/s
  .exec(readFileSync(join(root, 'src', 'diagnosis', 'explain.rs'), 'utf8'))[1]
  .match(/\w+(?=")/g);

/** Explains a response and checks the properties that every explanation has. */
function explained(platform, response) {
  const explanation = explain(platform, response);
  assert.equal(typeof explanation.error, 'boolean');
  assert.equal(typeof explanation.known, 'boolean');
  assert.equal(typeof explanation.retry, 'boolean');
  for (const name of ['code', 'subCode', 'rid', 'source'])
    assert.ok(explanation[name] === null || typeof explanation[name] === 'string', name);
  assert.match(explanation.action, /^(retry|refresh-token|login-again|ask-again|enter-manually|fix-config|none)$/);
  assert.match(explanation.responsible, /^(user|developer|platform|nobody)$/);
  for (const { en, zh } of [explanation.meaning, explanation.fix]) assert.ok(en && CHINESE.test(zh), 'both languages');
  for (const text of [explanation.meaning.en, explanation.meaning.zh, explanation.fix.en, explanation.fix.zh])
    assert.ok(
      !/13800138000|session_key":|65a1b2c3|20231115061320/.test(text),
      'no secret, and the request id only in its own member',
    );
  return explanation;
}

const about = (explanation, names) => Object.fromEntries(names.map((name) => [name, explanation[name]]));

test('responses of every platform', (t) => {
  for (const { id, platform, answer: response, says } of RESPONSES) {
    const explanation = explained(platform, response);
    assert.deepEqual(about(explanation, Object.keys(says)), says, id);
    assert.equal(explanation.platform, platform);
  }
  t.diagnostic(
    `explain: ${RESPONSES.length} responses of ${new Set(RESPONSES.map(({ platform }) => platform)).size} platforms`,
  );
});

test('a response has the same explanation as text and as object', () => {
  for (const { id, platform, answer: response } of RESPONSES.filter((sample) => sample.answer.startsWith('{'))) {
    assert.deepEqual(explain(platform, JSON.parse(response)), explain(platform, response), id);
    assert.deepEqual(explain(platform, JSON.stringify(JSON.parse(response), null, 2)), explain(platform, response), id);
  }
});

test("errors of WeChat's cloud SDK, as object and as message", () => {
  const rid = '65a1b2c3-0d4e5f60-7a8b9c0d';
  const errMsg = `openapi.phonenumber.getPhoneNumber:fail invalid code hint: [AbCdEf] rid: ${rid}`;
  const error = Object.assign(new Error(`errCode: 40029 | errMsg: ${errMsg}`), { errCode: 40029, errMsg });
  const { message, errCode } = error;
  for (const received of [error, message, String(error), { errCode, errMsg }, { message }]) {
    const explanation = explained('wechat', received);
    assert.deepEqual(about(explanation, ['error', 'code', 'known', 'action', 'rid']), {
      error: true,
      code: '40029',
      known: true,
      action: 'ask-again',
      rid,
    });
  }
});

test('a PhoneError is explained according to its platform code', () => {
  assert.throws(
    () => readPhone({ platform: 'wechat', answer: { errcode: 48001, errmsg: 'api unauthorized' } }),
    (error) => {
      assert.deepEqual(explained('wechat', error), explained('wechat', error.platformCode));
      return true;
    },
  );
});

test('a code alone, as text or number, with blanks around', () => {
  for (const [platform, code, action] of [
    ['wechat', 40029, 'ask-again'],
    ['wechat', -1, 'retry'],
    ['douyin', 28001008, 'refresh-token'],
    ['baidu', 110, 'refresh-token'],
    ['alipay', 40003, 'ask-again'],
    ['huawei', 60180005, 'ask-again'],
  ]) {
    for (const answer of [code, String(code), ` ${code}\n`]) {
      assert.deepEqual(
        about(explained(platform, answer), ['error', 'code', 'known', 'action']),
        { error: true, code: String(code), known: true, action },
        `${platform} ${code}`,
      );
    }
  }
});

test('aliases of platforms are accepted', () => {
  assert.equal(explain('mp-weixin', '40029').platform, 'wechat');
  assert.equal(explain('TT', '28001008').platform, 'douyin');
});

test('unknown codes are reported as unknown', () => {
  for (const platform of ids) {
    for (const answer of ['987654', Object.fromEntries(CODE_NAMES.map((name) => [name, 987654]))]) {
      const explanation = explained(platform, answer);
      assert.deepEqual(
        about(explanation, ['error', 'code', 'known']),
        { error: true, code: '987654', known: false },
        platform,
      );
    }
  }
});

test('an input that is not a response is an error without a code', () => {
  for (const platform of ids) {
    for (const answer of [
      '<html><head><title>502 Bad Gateway</title></head></html>',
      '',
      'connect ECONNREFUSED',
      null,
      undefined,
      {},
      [],
      true,
      Symbol('s'),
      () => {},
      'x'.repeat(8_000_000),
    ]) {
      const explanation = explained(platform, answer);
      assert.deepEqual(
        about(explanation, ['code', 'known']),
        { code: null, known: false },
        `${platform} ${String(answer).slice(0, 20)}`,
      );
    }
  }
  assert.equal(explained('wechat', '<html>502 Bad Gateway</html>').error, true);
});

test('only an unknown platform is rejected', () => {
  for (const platform of ['taobao', '', null, undefined, 5, {}, 'constructor', '__proto__'])
    assert.throws(() => explain(platform, '40029'), { code: 'ERR_INPUT', field: 'platform', name: 'PhoneError' });
});
