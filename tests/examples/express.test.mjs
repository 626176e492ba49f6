// The Express backend as a separate process, in every supported Node version, against the simulator.
import assert from 'node:assert/strict';
import { execFile, spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { here, nodeBinary, post, project, simulatorIn } from './project.mjs';

const folder = project('express-bff');

const output = async (...command) => (await promisify(execFile)(...command)).stdout;

/** The environment variables of the README, with the simulator's configuration of each platform. */
function variables(simulator, names) {
  const { wechat, alipay, douyin } = Object.fromEntries(names.map((name) => [name, simulator.config(name)]));
  return {
    ...(wechat && {
      WECHAT_APP_ID: wechat.appId,
      WECHAT_APP_SECRET: wechat.appSecret,
      WECHAT_BASE_URL: wechat.baseUrl,
    }),
    ...(alipay && {
      ALIPAY_APP_ID: alipay.appId,
      ALIPAY_PRIVATE_KEY: alipay.privateKey,
      ALIPAY_PUBLIC_KEY: alipay.alipayPublicKey,
      ALIPAY_AES_KEY: alipay.aesKey,
      ALIPAY_BASE_URL: alipay.baseUrl,
    }),
    ...(douyin && {
      DOUYIN_APP_ID: douyin.appId,
      DOUYIN_APP_SECRET: douyin.appSecret,
      DOUYIN_PRIVATE_KEY: douyin.privateKey,
      DOUYIN_BASE_URL: douyin.baseUrl,
    }),
  };
}

async function start(major, env) {
  const child = spawn(nodeBinary(major), ['server.js'], {
    cwd: folder,
    env: { HOST: '127.0.0.1', PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve(code ?? signal)));
  let log = '';
  const listening = new Promise((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        log += text;
        const [, port] = /listening on port (\d+)/.exec(log) ?? [];
        if (port) resolve(port);
      });
    }
  });
  const port = await Promise.race([listening, ended.then((code) => assert.fail(`ended with ${code}:\n${log}`))]);
  const ask = (path, body) => post(`http://127.0.0.1:${port}${path}`, body);
  return {
    ask,
    get log() {
      return log;
    },
    /** Logs in. @returns the session */
    async login(device) {
      const { status, body } = await ask('/mp-phone/login', { platform: device.platform, code: await device.login() });
      assert.equal(status, 200);
      return body.session;
    },
    phone: (device, session, detail) => ask('/mp-phone/phone', { platform: device.platform, session, detail }),
    end() {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

for (const major of [22, 24]) {
  describe(`Node ${major}`, () => {
    const database = join(folder, `accounts-${major}.db`);
    let simulator;
    let env;
    let server;
    const rows = (sql) => {
      const script =
        `const { DatabaseSync } = require('node:sqlite'); ` +
        `console.log(JSON.stringify(new DatabaseSync(process.argv[1]).prepare(process.argv[2]).all()))`;
      return JSON.parse(spawnSync(nodeBinary(major), ['-e', script, database, sql], { encoding: 'utf8' }).stdout);
    };
    before(async () => {
      for (const end of ['', '-wal', '-shm']) rmSync(database + end, { force: true });
      simulator = await simulatorIn(folder);
      env = { ...variables(simulator, ['wechat', 'alipay', 'douyin']), DATABASE: database };
      server = await start(major, env);
    });
    after(async () => {
      await server.end();
      await simulator.close();
    });

    for (const [name, platform, tap] of [
      ['WeChat, code', 'wechat', { fast: 'code' }],
      ['WeChat, sealed', 'wechat', { fast: 'sealed' }],
      ['Alipay', 'alipay', {}],
      ['Alipay, newer event', 'alipay', { form: 'event' }],
      ['Douyin, code', 'douyin', { fast: 'code' }],
    ]) {
      test(`${name}: login, phone, logout`, async () => {
        const device = simulator.device(platform);
        const session = await server.login(device);
        const { status, body } = await server.phone(device, session, await device.tap(tap));
        assert.equal(status, 200);
        const { phone, result } = body;
        assert.deepEqual(phone, { e164: `+86${device.phone}`, countryCode: '86', nationalNumber: device.phone });
        assert.deepEqual(result, { userId: result.userId, bound: true });
        assert.deepEqual(
          rows(`SELECT platform, e164 FROM identities JOIN phones USING (user_id) WHERE open_id = '${device.openId}'`),
          [{ platform, e164: phone.e164 }],
        );
        assert.equal((await server.ask('/mp-phone/logout', { session })).status, 200);
        assert.equal((await server.phone(device, session, await device.tap(tap))).status, 401);
      });
    }

    test('a user with two sessions has one account and one row', async () => {
      const device = simulator.device('wechat');
      const responses = [];
      for (const fast of ['code', 'sealed'])
        responses.push(
          (await server.phone(device, await server.login(device), await device.tap({ fast }))).body.result,
        );
      assert.equal(responses[0].bound, true);
      assert.deepEqual(responses[1], responses[0]);
      assert.equal(rows(`SELECT * FROM phones WHERE e164 = '+86${device.phone}'`).length, 1);
      assert.equal(rows(`SELECT * FROM identities WHERE open_id = '${device.openId}'`).length, 1);
    });

    test('a second number of a user is not bound', async () => {
      const device = simulator.device('wechat');
      const session = await server.login(device);
      const first = await server.phone(device, session, await device.tap());
      const other = simulator.device('wechat', { openId: device.openId });
      const { result } = (await server.phone(other, session, await other.tap({ fast: 'code' }))).body;
      assert.deepEqual(result, { userId: first.body.result.userId, bound: false, reason: 'has-another' });
    });

    test('the same number from a user of another platform is not bound', async () => {
      const wechat = simulator.device('wechat');
      const alipay = simulator.device('alipay', { phone: wechat.phone });
      await server.phone(wechat, await server.login(wechat), await wechat.tap());
      const { status, body } = await server.phone(alipay, await server.login(alipay), await alipay.tap());
      assert.equal(status, 200);
      assert.deepEqual([body.result.bound, body.result.reason], [false, 'taken']);
    });

    test('ten users send one number at once to two processes: one user gets the number, and keeps it when all send it again', async () => {
      const second = await start(major, env);
      try {
        const devices = Array.from({ length: 10 }, () => simulator.device('wechat', { phone: '13700137000' }));
        const sessions = await Promise.all(devices.map((device) => server.login(device)));
        const all = async () => {
          const details = await Promise.all(devices.map((device) => device.tap()));
          const allResponses = await Promise.all(
            devices.map((device, i) => [server, second][i % 2].phone(device, sessions[i], details[i])),
          );
          assert.deepEqual(
            allResponses.filter(({ status }) => status !== 200),
            [],
          );
          return allResponses.map(({ body }) => body.result);
        };
        const results = await all();
        assert.equal(results.filter(({ bound }) => bound).length, 1);
        assert.deepEqual(
          results.filter(({ bound }) => !bound).map(({ reason }) => reason),
          Array(9).fill('taken'),
        );
        assert.deepEqual(await all(), results);
        assert.equal(rows("SELECT * FROM phones WHERE e164 = '+8613700137000'").length, 1);
      } finally {
        assert.equal(await second.end(), 0);
      }
    });

    test('two processes that race for 500 numbers: each number is bound once', async (t) => {
      const start = String(Date.now() + 600);
      const outputs = await Promise.all(
        ['a', 'b'].map((name) =>
          output(nodeBinary(major), [join(here, 'express-race.mjs'), folder, database, name, start]),
        ),
      );
      const [a, b] = outputs.map((text) => JSON.parse(text));
      assert.equal(a.length, 500);
      assert.deepEqual(
        a.map(({ bound }, i) => Number(bound) + Number(b[i].bound)),
        Array(500).fill(1),
      );
      const wins = a.filter(({ bound }) => bound).length;
      t.diagnostic(`${wins} : ${500 - wins}`);
    });

    test('a code that is sent to two processes at once is exchanged once', async () => {
      const second = await start(major, env);
      try {
        const device = simulator.device('wechat');
        const session = await server.login(device);
        const { code } = await device.tap();
        const before = simulator.count('wechat', 'getuserphonenumber');
        const answers = await Promise.all(
          [server, second, server, second].map((server) => server.phone(device, session, { code })),
        );
        assert.deepEqual(
          answers.map(({ status, body }) => [status, body.result?.bound]),
          Array(4).fill([200, true]),
        );
        assert.equal(simulator.count('wechat', 'getuserphonenumber'), before + 1);
      } finally {
        await second.end();
      }
    });

    test('a code without a session binds nothing', async () => {
      const device = simulator.device('wechat');
      const { status, body } = await server.phone(device, undefined, await device.tap({ fast: 'code' }));
      assert.deepEqual([status, body.result], [200, { bound: false, reason: 'not-logged-in' }]);
    });

    test('a masked number is not bound', async () => {
      const device = simulator.device('wechat');
      const session = await server.login(device);
      const masked = {
        phoneNumber: '138****8000',
        purePhoneNumber: '138****8000',
        countryCode: '86',
        watermark: { timestamp: Math.floor(simulator.now() / 1000), appid: env.WECHAT_APP_ID },
      };
      const { status, body } = await server.phone(device, session, await device.tap({ fast: 'code', payload: masked }));
      assert.deepEqual([status, body.result?.reason], [200, 'incomplete'], JSON.stringify(body));
    });

    test('tampered payloads get the same response, and the log has no number, key or session', async () => {
      const device = simulator.device('wechat');
      const session = await server.login(device);
      const detail = await device.tap({ fast: 'sealed' });
      for (const change of [
        { encryptedData: `AAAA${detail.encryptedData.slice(4)}` },
        { iv: Buffer.alloc(16).toString('base64') },
      ]) {
        const { status, body } = await server.phone(device, session, { ...detail, ...change });
        assert.deepEqual([status, body.error.code, body.error.action], [422, 'refused', 'login-again']);
      }
      for (const secret of [device.phone, device.openId, session, env.WECHAT_APP_SECRET, detail.iv])
        assert.ok(!server.log.includes(secret));
    });

    test('a restart keeps sessions and accounts', async () => {
      const device = simulator.device('wechat');
      const session = await server.login(device);
      const { code } = await device.tap();
      const before = await server.phone(device, session, { code });
      const calls = simulator.requests.length;
      assert.equal(await server.end(), 0);
      server = await start(major, env);
      assert.deepEqual(await server.phone(device, session, { code }), before);
      assert.equal(simulator.requests.length, calls, 'neither the code nor a token request is sent again');
      const again = await server.phone(device, session, await device.tap({ fast: 'sealed' }));
      assert.deepEqual(again.body.result, before.body.result);
    });

    test('other paths return 404', async () => {
      assert.equal((await server.ask('/mp-phone/other', {})).status, 404);
      // The body of Express's own 404 is not JSON: the request reached the application's routes.
      for (const path of [
        '/phones',
        '/api/login',
        '/api/admin/login',
        '/login',
        '/mp-phone/admin/login',
        '/mp-phone',
      ]) {
        const { status, body } = await server.ask(path, { platform: 'wechat', code: 'x' });
        assert.deepEqual([status, typeof body], [404, 'string'], path);
      }
    });

    test('missing variables are named, and the exit code is 1', () => {
      const { WECHAT_APP_SECRET, ALIPAY_AES_KEY, ALIPAY_PRIVATE_KEY, ...rest } = env;
      for (const [variables, message] of [
        [rest, 'Configuration: not set: WECHAT_APP_SECRET, ALIPAY_PRIVATE_KEY, ALIPAY_AES_KEY. See README.md.\n'],
        [{ ...env, WECHAT_APP_ID: '' }, 'Configuration: not set: WECHAT_APP_ID. See README.md.\n'],
        [
          { WECHAT_BASE_URL: 'http://127.0.0.1:1' },
          'Configuration: no platform: set WECHAT_APP_ID and WECHAT_APP_SECRET, or the variables of another one. See README.md.\n',
        ],
      ]) {
        const { status, stdout, stderr } = spawnSync(nodeBinary(major), ['server.js'], {
          cwd: folder,
          env: variables,
          encoding: 'utf8',
        });
        assert.deepEqual([status, stdout], [1, '']);
        // Node's warning that SQLite is experimental follows the message.
        assert.ok(stderr.startsWith(message), stderr);
      }
      assert.ok(!existsSync(join(folder, 'app.db')), 'no database was created');
    });
  });
}

test('.env.example and the README name every variable that the code reads', () => {
  const named = new Set(
    readFileSync(join(folder, 'platforms.js'), 'utf8')
      .match(/[A-Z]+(_[A-Z]+)+/g)
      .filter((name) => !name.startsWith('_')),
  );
  assert.ok(named.size > 12);
  for (const file of ['.env.example', 'README.md']) {
    const text = readFileSync(join(folder, file), 'utf8');
    assert.deepEqual(
      [...named].filter((name) => !text.includes(name)),
      [],
      file,
    );
  }
});
