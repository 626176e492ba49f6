// mp-phone simulate, as typed in a shell.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { after, test } from 'node:test';
import { command, get, postJson, simulate } from './client.mjs';

const running = new Set();
after(() => running.forEach((child) => child.kill('SIGKILL')));

/** Runs it to its end. */
const run = (...args) => start(...args).ended;

function start(...args) {
  const child = spawn(process.execPath, [command, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  const said = { out: '', err: '' };
  child.stdout.on('data', (data) => (said.out += data));
  child.stderr.on('data', (data) => (said.err += data));
  const ended = new Promise((resolve) => child.on('close', (code) => {
    running.delete(child);
    resolve({ code, ...said });
  }));
  const until = async (found) => {
    while (!found.test(said.out)) {
      if (child.exitCode !== null) throw new Error(`it ended: ${said.err}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return said.out;
  };
  return { child, ended, until };
}

test('--help and --version', async () => {
  for (const flag of ['--help', '-h', 'help']) {
    const { code, out } = await run(flag);
    assert.equal(code, 0);
    assert.match(out, /^Usage: mp-phone <command>[^]+\n {2}simulate /);
  }
  const { code, out } = await run('--version');
  assert.equal(code, 0);
  assert.match(out, /^\d+\.\d+\.\d+\n$/);
  const help = await run('simulate', '--help');
  assert.equal(help.code, 0);
  assert.match(help.out, /curl \$S\/_device -d/);
});

test('what makes no sense ends with 2 and a hint', async () => {
  for (const [args, hint] of [
    [[], /a command is missing[^]+mp-phone --help/],
    [['open-sesame'], /no command 'open-sesame'[^]+simulate/],
    [['constructor'], /no command/],
    [['simulate', '--port', 'many'], /--port is a number/],
    [['simulate', '--port', '70000'], /--port is a number/],
    [['simulate', '--prot', '1'], /--prot[^]+simulate --help/],
    [['simulate', 'wechat'], /wechat/],
    [['simulate', '--port', '0', '--platform', 'taobao'], /one of wechat/],
  ]) {
    const { code, out, err } = await run(...args);
    assert.deepEqual([code, out], [2, ''], args.join(' '));
    assert.match(err, hint);
  }
});

test('a port that is taken ends with 1 and says so', async () => {
  const { port } = new URL((await simulate()).url);
  const { code, err } = await run('simulate', '--port', port);
  assert.equal(code, 1);
  assert.match(err, new RegExp(`port ${port} is taken`));
});

for (const signal of ['SIGINT', 'SIGTERM']) {
  test(`it prints the configuration, answers as a platform and as a device, and ends with ${signal}`, async () => {
    const { child, ended, until } = start('simulate', '--port', '0', '--platform', 'wechat', '--seed', 'a');
    const out = await until(/Ctrl\+C/);
    const [, printed] = /createPhoneService\(\{ platforms: (\{[^]+\}) \}\)/.exec(out);
    const { wechat, ...others } = JSON.parse(printed);
    assert.deepEqual(others, {});
    const { id } = await postJson(`${wechat.baseUrl}/_device`, { platform: 'wechat' });
    const { code: js_code } = await postJson(`${wechat.baseUrl}/_device/${id}/login`, {});
    const { session_key } = await get(`${wechat.baseUrl}/sns/jscode2session`, { appid: wechat.appId, secret: wechat.appSecret, js_code, grant_type: 'authorization_code' });
    assert.ok(session_key);
    child.kill(signal);
    const { code, err } = await ended;
    assert.deepEqual([code, err], [0, '']);
  });
}

test('without --platform the configuration of each is printed', async () => {
  const { child, ended, until } = start('simulate', '--port', '0');
  const out = await until(/Ctrl\+C/);
  for (const name of ['wechat', 'alipay', 'baidu', 'douyin', 'kuaishou', 'xiaohongshu', 'huawei', 'dingtalk', 'feishu']) assert.ok(out.includes(`"${name}": {`), name);
  child.kill('SIGTERM');
  assert.equal((await ended).code, 0);
});
