// The one-time codes that each platform has.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ids, platforms, supported, withLoginCode, withPhoneCode } from '../../js/build/platforms.mjs';
import { install, requireIn } from '../support/installed.mjs';

const { diagnose } = requireIn(install('codes'))('mp-phone');

const PHONE = 'e'.repeat(64);
const LOGIN = `0${'aB3'.repeat(10)}x`;
/** The expected findings for a code on a platform. */
const finding = (id, has, name) => (has.includes(id) ? [] : supported.includes(id) ? [name] : ['unsupported-platform']);

for (const platform of ids) {
  const phone = finding(platform, withPhoneCode, 'no-phone-code');
  const login = finding(platform, withLoginCode, 'no-login-code');
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

test('no-phone-code names the fields to send instead', () => {
  const others = platforms.filter(({ id, sealed }) => sealed && !withPhoneCode.includes(id));
  assert.ok(others.length > 4);
  for (const { id, en: title, sealed } of others) {
    const [{ en, fix }] = diagnose({ platform: id, code: PHONE }).findings;
    const fields = sealed.join(' and ');
    assert.match(`${en} ${fix.en}`, new RegExp(`^${title} has no phone code: .*${fields}.* Send ${fields}`));
  }
});
