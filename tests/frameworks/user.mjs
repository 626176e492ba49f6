// Plays the user of the phone and the platform, and starts the service to which the page sends its requests.
import assert from 'node:assert/strict';
import { fork, spawn, spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeBinary, project, simulatorIn } from '../examples/project.mjs';

const here = dirname(fileURLToPath(import.meta.url));
/** How long the tests wait for a page, in milliseconds. */
const PAGE_TIMEOUT = 8000;
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Starts examples/express-bff as a process, with a simulator for the platforms. */
export async function startService() {
  const folder = project('express-bff');
  const simulator = await simulatorIn(folder);
  const database = join(folder, 'frameworks.db');
  for (const end of ['', '-wal', '-shm']) rmSync(database + end, { force: true });
  const [wechat, alipay, baidu, douyin, kuaishou, xiaohongshu] = [
    'wechat',
    'alipay',
    'baidu',
    'douyin',
    'kuaishou',
    'xiaohongshu',
  ].map((name) => simulator.config(name));
  const env = {
    HOST: '127.0.0.1',
    DATABASE: database,
    WECHAT_APP_ID: wechat.appId,
    WECHAT_APP_SECRET: wechat.appSecret,
    WECHAT_BASE_URL: wechat.baseUrl,
    ALIPAY_APP_ID: alipay.appId,
    ALIPAY_PRIVATE_KEY: alipay.privateKey,
    ALIPAY_PUBLIC_KEY: alipay.alipayPublicKey,
    ALIPAY_AES_KEY: alipay.aesKey,
    ALIPAY_BASE_URL: alipay.baseUrl,
    BAIDU_APP_KEY: baidu.appKey,
    BAIDU_APP_SECRET: baidu.appSecret,
    BAIDU_BASE_URL: baidu.baseUrl,
    DOUYIN_APP_ID: douyin.appId,
    DOUYIN_APP_SECRET: douyin.appSecret,
    DOUYIN_PRIVATE_KEY: douyin.privateKey,
    DOUYIN_BASE_URL: douyin.baseUrl,
    KUAISHOU_APP_ID: kuaishou.appId,
    KUAISHOU_APP_SECRET: kuaishou.appSecret,
    KUAISHOU_BASE_URL: kuaishou.baseUrl,
    XIAOHONGSHU_APP_ID: xiaohongshu.appId,
    XIAOHONGSHU_APP_SECRET: xiaohongshu.appSecret,
    XIAOHONGSHU_BASE_URL: xiaohongshu.baseUrl,
  };
  const node = nodeBinary(22);
  let child;
  async function start(port) {
    child = spawn(node, ['server.js'], {
      cwd: folder,
      env: { ...env, PORT: String(port) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let log = '';
    return new Promise((resolve, reject) => {
      child.once('exit', (code) => reject(new Error(`express-bff ended with ${code}: ${log}`)));
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8').on('data', (text) => {
          const [, match] = /listening on port (\d+)/.exec((log += text)) ?? [];
          if (match) resolve(match);
        });
      }
    });
  }
  async function stop() {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
  }
  const port = await start(0);
  return {
    simulator,
    api: `http://127.0.0.1:${port}/mp-phone`,
    stop,
    again: () => start(port),
    /** The numbers that the application's onPhone has bound to a user. */
    bound(openId) {
      const script =
        `const { DatabaseSync } = require('node:sqlite'); ` +
        `console.log(JSON.stringify(new DatabaseSync(process.argv[1]).prepare('SELECT e164 FROM identities JOIN phones USING (user_id) ` +
        `WHERE open_id = ?').all(process.argv[2]).map((row) => row.e164)))`;
      return JSON.parse(spawnSync(node, ['-e', script, database, openId], { encoding: 'utf8' }).stdout);
    },
    async end() {
      if (child.exitCode === null) await stop();
      await simulator.close();
    },
  };
}

/** Shortens the long lines of minified bundles in error messages. */
const cut = (text) => text.replace(/^.{400,}$/gm, (line) => `${line.slice(0, 400)} …`);

/**
 * Opens a page of a mini-program on a phone.
 * @param host functions of the platform such as `login`. They resolve, or reject with the argument of the host's `fail`
 */
export async function openPage({
  program = 'device.cjs',
  toolchain,
  root,
  route = 'pages/index/index',
  host,
  storage = {},
}) {
  const child = fork(join(here, program), [toolchain, root, route, JSON.stringify(storage)], { silent: true });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => (output += cut(text)));
  const waiting = new Map();
  let requestCount = 0;
  const page = { failed: [] };
  const removed = new Promise((resolve) => child.once('exit', resolve));
  await new Promise((resolve, reject) => {
    removed.then((code) => reject(new Error(`the page ended with ${code}:\n${output}`)));
    child.on('message', async ({ ready, ask, name, options, id, value, error, failed }) => {
      if (ready) return resolve();
      if (failed) return page.failed.push(failed);
      if (id) return waiting.get(id)({ value, error });
      try {
        child.send({ reply: ask, value: await host[name](options) });
      } catch (fail) {
        child.send({ reply: ask, fail });
      }
    });
  });
  const act = (action, argument) =>
    new Promise((resolve, reject) => {
      waiting.set(++requestCount, ({ value, error }) => (error ? reject(new Error(error)) : resolve(value)));
      child.send({ id: requestCount, action, argument });
    });
  /** Waits until `complaint` returns no fault. */
  async function until(complaint) {
    for (const since = Date.now(); ; await pause(30)) {
      const fault = await complaint();
      if (!fault) return;
      if (Date.now() - since > PAGE_TIMEOUT) assert.fail(`${fault}\n${page.failed.join('\n')}\n${output}`);
    }
  }
  return Object.assign(page, {
    html: () => act('html'),
    calls: () => act('calls'),
    storage: () => act('storage'),
    data: () => act('data'),
    /** Sends the button's event to the page, like WeChat. */
    tap: (detail) => act('fire', { selector: '#phone', event: 'getphonenumber', detail }),
    fire: (selector, event, detail) => act('fire', { selector, event, detail }),
    /** Waits until the page shows a text. */
    shows: (text) =>
      until(async () => ((await act('html')).includes(text) ? undefined : `no “${text}” in ${await act('html')}`)),
    /** Waits until the page's data contains a text. */
    hasData: (text) =>
      until(async () =>
        JSON.stringify(await act('data')).includes(text) ? undefined : `no “${text}” in the page’s data`,
      ),
    /** Waits until the page has called a host function a number of times. */
    called: (name, times = 1) =>
      until(async () =>
        (await act('calls')).filter((call) => call === name).length >= times
          ? undefined
          : `${name} was not called: ${await act('calls')}`,
      ),
    async close() {
      child.kill();
      await removed;
    },
  });
}
