// mp-phone open: prints the number as JSON.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { vector } from './cases.mjs';
import { api, file, run } from './cli.mjs';

for (const path of [
  'wechat/other-implementation-mainland',
  'wechat/other-implementation-hong-kong',
  'alipay/other-implementation',
  'baidu/mobile',
  'douyin/encrypted-data-flow-other-implementation',
  'douyin/code-other-implementation',
  'kuaishou/other-implementation',
  'xiaohongshu/other-implementation-key-of-24',
]) {
  test(`${path} opens, from a file or from standard input`, async () => {
    const { sealed, keys, now } = vector(path);
    const { raw, ...phone } = api.openPhone(sealed, keys, { now });
    const paste = { ...sealed, ...keys };
    for (const [args, options] of [[[file('open.json', paste)]], [[], { input: JSON.stringify(paste) }]]) {
      const { code, out, err } = await run(['open', ...args, '--now', String(now)], options);
      assert.deepEqual([code, err], [0, '']);
      assert.deepEqual(JSON.parse(out), phone);
    }
    assert.deepEqual(
      JSON.parse((await run(['open', '--raw', '--now', String(now)], { input: JSON.stringify(paste) })).out),
      { ...phone, raw },
    );
  });
}

test("a platform's response is read", async () => {
  const response = {
    errcode: 0,
    errmsg: 'ok',
    phone_info: {
      phoneNumber: '13800138000',
      purePhoneNumber: '13800138000',
      countryCode: 86,
      watermark: { timestamp: 1700000000, appid: 'wx4f4bc4dec97d474b' },
    },
  };
  const { code, out } = await run(['open', '--now', '1700000060000'], { input: JSON.stringify(response) });
  assert.equal(code, 0);
  assert.equal(JSON.parse(out).e164, '+8613800138000');
  const refused = await run(['open'], { input: '{"errcode":40029,"errmsg":"invalid code"}' });
  assert.deepEqual([refused.code, refused.out], [1, '']);
  assert.match(refused.err, /ERR_PLATFORM/);
});

test('a payload that does not open: exit code 1, the error and the first finding, and nothing else', async () => {
  const { sealed, keys, now } = vector('wechat/other-implementation-mainland');
  const paste = { ...sealed, ...keys, encryptedData: sealed.encryptedData.replace(/\+/g, ' ') };
  const { code, out, err } = await run(['open', '--now', String(now)], { input: JSON.stringify(paste) });
  assert.deepEqual([code, out], [1, '']);
  const [finding] = api.diagnose(paste, keys, { now }).findings;
  assert.match(err, /^mp-phone: ERR_ENCODING: /);
  assert.ok(err.includes(finding.en) && err.includes(finding.fix.en));
  assert.ok(!err.includes(keys.sessionKey) && !err.includes('13800138000'));
});
