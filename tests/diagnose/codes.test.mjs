// Which platform has which one-time code.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { install, requireIn } from '../support/installed.mjs';

const { diagnose } = requireIn(install('codes'))('mp-phone');

const PHONE = 'e'.repeat(64);
const LOGIN = `0${'aB3'.repeat(10)}x`;
/** Of a phone code and of a login code: what is found, or nothing. */
const CODES = {
  wechat: [[], []],
  douyin: [[], []],
  huawei: [[], ['no-login-code']],
  dingtalk: [[], ['no-login-code']],
  feishu: [[], ['no-login-code']],
  alipay: [['no-phone-code'], []],
  baidu: [['no-phone-code'], []],
  kuaishou: [['no-phone-code'], []],
  xiaohongshu: [['no-phone-code'], []],
  wecom: [['no-phone-code'], []],
  qq: [['unsupported-platform'], ['unsupported-platform']],
  jd: [['unsupported-platform'], ['unsupported-platform']],
  unionpay: [['unsupported-platform'], ['unsupported-platform']],
};

for (const [platform, [phone, login]] of Object.entries(CODES)) {
  test(`${platform}: ${phone[0] ?? 'a phone code'}, ${login[0] ?? 'a login code'}`, () => {
    for (const [suspect, expected] of [
      [{ platform, code: PHONE }, phone],
      [{ platform, code: PHONE, use: 'phone' }, phone],
      [{ platform, code: LOGIN, use: 'login' }, login],
      [{ platform, code: PHONE, errMsg: 'getPhoneNumber:ok', errno: 0 }, phone],
    ]) {
      const { ok, findings, steps } = diagnose(suspect);
      assert.deepEqual(
        [ok, findings.map(({ code }) => code)],
        [expected.length === 0, expected],
        JSON.stringify(suspect),
      );
      assert.equal(steps[0].state, ok ? 'ok' : 'failed');
    }
  });
}

test('it says what there is in place of a phone code', () => {
  const said = (platform) => diagnose({ platform, code: PHONE }).findings.map(({ en, fix }) => `${en} ${fix.en}`)[0];
  for (const platform of ['baidu', 'kuaishou', 'xiaohongshu', 'wecom'])
    assert.match(
      said(platform),
      new RegExp(`^${platform} has no phone code: .*encryptedData and iv.* Send encryptedData and iv`),
    );
  assert.match(said('alipay'), /^alipay has no phone code: .*response.* Send response/);
});
