// mp-phone explain: responses as text, file, error code, or from standard input.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { api, file, run } from './cli.mjs';

const ERROR = '{"errcode":40029,"errmsg":"invalid code, rid: 65a1b2c3-0d4e5f60-7a8b9c0d"}';
const MESSAGE = 'errCode: 40029 | errMsg: invalid code rid: 65a1b2c3-0d4e5f60-7a8b9c0d';

for (const [name, args, options, explained] of [
  ['an error code', ['wechat', '40029'], {}, ['wechat', '40029']],
  ['a negative error code', ['wechat', '-1'], {}, ['wechat', '-1']],
  ['another name of a platform', ['mp-weixin', '40029'], {}, ['wechat', '40029']],
  ["Alipay's sub code", ['alipay', 'isv.invalid-auth-relations'], {}, ['alipay', 'isv.invalid-auth-relations']],
  ['a response', ['wechat', ERROR], {}, ['wechat', ERROR]],
  ["an error's message", ['wechat', MESSAGE], {}, ['wechat', MESSAGE]],
  ['a file', ['wechat', file('answer.json', ERROR)], {}, ['wechat', ERROR]],
  ['standard input', ['wechat'], { input: `${ERROR}\n` }, ['wechat', ERROR]],
  ['standard input, named -', ['wechat', '-'], { input: ERROR }, ['wechat', ERROR]],
  [
    'a response among other text',
    ['wechat'],
    { input: `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n${ERROR}` },
    ['wechat', ERROR],
  ],
  [
    'an error of Douyin',
    ['tt'],
    { input: '{"err_no":40018,"err_tips":"bad code"}' },
    ['douyin', '{"err_no":40018,"err_tips":"bad code"}'],
  ],
  ['an unknown error code', ['wechat', '98765'], {}, ['wechat', '98765']],
]) {
  test(`${name}: --json prints the result of the API, and the exit code is 1`, async () => {
    const { code, out, err } = await run(['explain', ...args, '--json'], options);
    assert.deepEqual([code, err], [1, '']);
    const explanation = api.explain(...explained);
    assert.deepEqual(JSON.parse(out), explanation);
    assert.equal(explanation.error, true);
  });
}

test('a success ends with exit code 0', async () => {
  const { code, out } = await run(['explain', 'wechat', '{"errcode":0,"errmsg":"ok"}']);
  assert.equal(code, 0);
  assert.match(out, /^✓ WeChat/);
});

test('the text, in both languages', async () => {
  const explanation = api.explain('wechat', ERROR);
  for (const [language, begins, ...parts] of [
    ['en', '✗ WeChat 40029: ', explanation.meaning.en, explanation.fix.en, explanation.responsible, explanation.rid],
    ['zh', '✗ 微信 40029：', explanation.meaning.zh, explanation.fix.zh, '负责方', explanation.rid],
  ]) {
    const { out } = await run(['explain', 'wechat', ERROR, '--lang', language]);
    assert.ok(out.startsWith(begins), out);
    for (const part of parts) assert.ok(out.includes(part), part);
  }
});

test('the data of a success is not printed', async () => {
  const { out, err } = await run(['explain', 'wechat'], {
    input: '{"errcode":0,"session_key":"dGhyb3dhd2F5a2V5MTIzNA==","phone_info":{"phoneNumber":"13800138000"}}',
  });
  assert.doesNotMatch(out + err, /13800138000|dGhyb3dh/);
});
