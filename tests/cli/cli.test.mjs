// mp-phone in a shell: the behaviour that all commands share.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { api, file, run, start } from './cli.mjs';

test("--help lists the commands, and --version prints the package's version", async () => {
  for (const args of [['--help'], ['-h'], ['help']]) {
    const { code, out, err } = await run(args);
    assert.deepEqual([code, err], [0, '']);
    assert.match(
      out,
      /^Usage: mp-phone <command>[^]+\n {2}diagnose [^]+\n {2}open [^]+\n {2}explain [^]+\n {2}playground [^]+\n {2}simulate /,
    );
  }
  for (const flag of ['--version', '-v'])
    assert.deepEqual(await run([flag]), { code: 0, out: `${api.version}\n`, err: '' });
});

for (const [command, example] of [
  ['diagnose', /mp-phone diagnose event\.json[^]+Exit code: 0/],
  ['open', /mp-phone open event\.json[^]+Exit code: 0/],
  ['explain', /mp-phone explain wechat 40029[^]+Exit code: 0/],
  ['playground', /mp-phone playground --open/],
  ['simulate', /curl -H \$J \$S\/_device/],
]) {
  test(`${command} --help has examples`, async () => {
    for (const args of [
      [command, '--help'],
      [command, '-h'],
      ['help', command],
    ]) {
      const { code, out, err } = await run(args);
      assert.deepEqual([code, err], [0, ''], args.join(' '));
      assert.match(out, new RegExp(`^Usage: mp-phone ${command} `));
      assert.match(out, example);
    }
  });
}

test('a wrong command line ends with exit code 2 and a hint', async () => {
  const empty = file('empty.txt', ' \n');
  const long = file('long.txt', 'x'.repeat(256 * 1024 + 1));
  const words = file('words.txt', 'Lorem ipsum dolor sit amet');
  const keys = file('only-keys.json', { appId: 'wx4f4bc4dec97d474b', sessionKey: 'AAAAAAAAAAAAAAAAAAAAAA==' });
  const event = file('event.json', { platform: 'wechat', encryptedData: 'x', iv: 'y' });
  for (const [args, hint] of [
    [[], /a command is missing[^]+mp-phone --help/],
    [['open-sesame'], /unknown command 'open-sesame'[^]+simulate/],
    [['constructor'], /unknown command/],
    [['simulate', '--port', 'many'], /--port is a number/],
    [['simulate', '--port', '70000'], /--port is a number/],
    [['simulate', '--prot', '1'], /--prot[^]+simulate --help/],
    [['simulate', 'wechat'], /too many arguments[^]+simulate --help/],
    [['simulate', '--port', '0', '--platform', 'taobao'], /one of wechat/],
    [['playground', '--port', 'x'], /--port is a number[^]+playground --help/],
    [['diagnose', 'no-such-file.json'], /cannot be read \(ENOENT\)[^]+diagnose --help/],
    [['diagnose', '.'], /cannot be read/],
    [['diagnose', empty], /empty/],
    [['diagnose', long], /longer than 256 kB/],
    [['diagnose'], /standard input is empty/],
    [['diagnose', words], /nothing was recognised/],
    [['diagnose', keys], /only keys/],
    [['diagnose', event, '--platform', 'taobao'], /'taobao' is not a platform/],
    [['diagnose', event, '--now', 'soon'], /--now is/],
    [['diagnose', event, '--max-age', 'long'], /--max-age is/],
    [['diagnose', event, '--lang', 'fr'], /Allowed choices are en, zh/],
    [['diagnose', event, '--keys', 'no-such-file.json'], /cannot be read/],
    [['diagnose', event, '--keys', words], /contains no key/],
    [['diagnose', event, '--session-key-file', 'no-such-file'], /cannot be read/],
    [['diagnose', '--sign', 'abc'], /platform is not recognised|nothing was recognised/],
    [['open', '--platform', 'wechat', '--code', 'e31968a7f94cc5ee25fafc2aef2773f0'], /a code contains no number/],
    [['open', words], /nothing was recognised/],
    [['explain'], /platform/],
    [['explain', 'taobao', '1'], /'taobao' is not a platform/],
    [['explain', 'wechat', ' '], /empty/],
    [['explain', 'wechat'], /standard input is empty/],
  ]) {
    const { code, out, err } = await run(args);
    assert.deepEqual([code, out], [2, ''], `${args.join(' ')}: ${err}`);
    assert.match(err, hint, args.join(' '));
    assert.doesNotMatch(err, /\n +at |node_modules/);
  }
});

test('a secret after a mistyped option is not printed', async () => {
  const { code, err } = await run(['diagnose', '--sesion-key=ThrowAwaySecret']);
  assert.equal(code, 2);
  assert.match(err, /--sesion-key=…/);
  assert.doesNotMatch(err, /ThrowAway/);
});

test('a reader that closes the pipe early is not an error', async () => {
  const { child, ended } = start(['simulate', '--help']);
  child.stdout.destroy();
  const { code, err } = await ended;
  assert.deepEqual([code, err], [0, '']);
});
