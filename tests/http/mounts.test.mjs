// The mount examples of the READMEs, unchanged, in the real frameworks, in an application whose own
// routes also end with /login, /phone or /logout.
import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { serve } from '@hono/node-server';
import express5 from 'express';
import express4 from 'express4';
import fastify5 from 'fastify';
import { Hono } from 'hono';
import Koa from 'koa';
import koaBodyparser from 'koa-bodyparser';
import { root } from '../../js/build/paths.mjs';
import { listen, post, send } from './client.mjs';
import { phoneKit } from './phone-kit.mjs';

const require = createRequire(import.meta.url);
const { folder: installed, createPhoneService, createSimulator } = phoneKit('http-mounts');
const simulator = await createSimulator();
after(() => simulator.close());
const unhandled = [];
process.on('unhandledRejection', (reason) => unhandled.push(reason));

const readme = (file) => readFileSync(join(root, file), 'utf8');
const mountsIn = (file) =>
  Object.fromEntries(
    [...readme(file).matchAll(/<!-- mount (.+) -->\n```js\n([^]*?)```/g)].map(([, name, code]) => [name, code]),
  );
const mounts = mountsIn('README.md');
const basePath = '/mp-phone';

/** Runs an example of the README with the variables that the example uses. */
const run = (code, names) => new Function(...Object.keys(names), code)(...Object.values(names));

const serviceOf = (options) =>
  createPhoneService({
    platforms: { wechat: simulator.config('wechat') },
    logger: false,
    onPhone: () => ({ member: 7 }),
    basePath,
    ...options,
  });

/** The application's own routes: method and path. Each route responds with both. */
const OWN = [
  ['POST', '/api/admin/login'],
  ['POST', '/api/login'],
  ['POST', '/login'],
  ['POST', '/phone'],
  ['GET', '/api/user/phone'],
  ['PUT', '/api/user/phone'],
  ['DELETE', '/logout'],
  ['POST', '/logout'],
  ['POST', '/mp-phones/login'],
  ['POST', '/x/mp-phone/login'],
  ['GET', '/'],
  ['POST', '/'],
];
/** Requests below basePath that are not the service's; only frameworks with next pass them to the application. */
const PASSED_ON = [
  ['GET', '/mp-phone/login'],
  ['PUT', '/mp-phone/phone'],
  ['DELETE', '/mp-phone/logout'],
  ['OPTIONS', '/mp-phone/phone'],
  ['POST', '/mp-phone/admin/login'],
  ['POST', '/mp-phone/login/x'],
  ['POST', '/mp-phone'],
  ['GET', '/mp-phone/x'],
];
/** Spellings of paths that the service must not serve. */
const NOT_SERVED = [
  '//mp-phone/login',
  '/mp-phone//login',
  '/mp-phone/%6cogin',
  '/mp-phone%2flogin',
  '/mp-phone/LOGIN',
  '/mp-phone/login%3f',
  '/mp-phone/x/../login',
  '/mp-phone/./login',
  '/mp-phone/login;x',
  '/mp-phone/login//',
  '/mp-phone\\login',
];

const output = (method, path) => `own ${method} ${path}`;

async function overHttp(listener) {
  const server = createServer(listener);
  const port = await listen(server);
  return {
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}

const express =
  (make, { parser, options } = {}) =>
  () => {
    const app = make();
    app.set('env', 'test');
    if (parser) app.use(make.json());
    run(mounts['express, connect, nest'], { app, service: serviceOf(options) });
    for (const [method, path] of [...OWN, ...PASSED_ON])
      app[method.toLowerCase()](path, (request, response) => response.send(output(method, path)));
    return overHttp(app);
  };

const koaRoutes = (ctx, next) => {
  const hit = OWN.find(([method, path]) => ctx.method === method && ctx.path === path);
  if (!hit) return next();
  ctx.body = output(...hit);
  return undefined;
};

const koa = (parser) => () => {
  const app = new Koa();
  app.silent = true;
  if (parser) app.use(parser());
  run(mounts.koa, { koa: app, service: serviceOf() });
  app.use(koaRoutes);
  return overHttp(app.callback());
};

const nest = (adapter) => async () => {
  require('reflect-metadata');
  const { NestFactory } = require('@nestjs/core');
  const { Module, Controller, RequestMapping, RequestMethod } = require('@nestjs/common');
  // The JavaScript that TypeScript compiles from a controller with one method per route.
  class Routes {}
  for (const [index, [method, path]] of [...OWN, ...PASSED_ON].entries()) {
    Routes.prototype[`route${index}`] = () => output(method, path);
    RequestMapping({ path, method: RequestMethod[method] })(
      Routes.prototype,
      `route${index}`,
      Object.getOwnPropertyDescriptor(Routes.prototype, `route${index}`),
    );
  }
  Controller()(Routes);
  class AppModule {}
  Module({ controllers: [Routes] })(AppModule);
  const created = adapter && new (require('@nestjs/platform-fastify').FastifyAdapter)();
  const app = await NestFactory.create(AppModule, ...(created ? [created] : []), { logger: false });
  run(mounts['express, connect, nest'], { app, service: serviceOf() });
  await app.listen(0, '127.0.0.1');
  return { port: app.getHttpServer().address().port, close: () => app.close() };
};

const egg = async () => {
  const baseDir = mkdtempSync(join(root, 'target', 'egg-'));
  const write = (path, text) => {
    mkdirSync(join(baseDir, path, '..'), { recursive: true });
    writeFileSync(join(baseDir, path), text);
  };
  symlinkSync(fileURLToPath(new URL('node_modules', import.meta.url)), join(baseDir, 'node_modules'));
  write('package.json', '{ "name": "an-egg", "version": "1.0.0" }');
  write(
    'config/config.default.js',
    `exports.keys = 'keys of a test';\n` +
      `exports.logger = { disableConsoleAfterReady: true, consoleLevel: 'NONE', level: 'NONE' };\n${mounts.egg}`,
  );
  write('config/plugin.js', 'exports.watcher = false; exports.schedule = false;');
  const options = JSON.stringify({ platforms: { wechat: simulator.config('wechat') }, logger: false, basePath });
  const file = JSON.stringify(join(installed, 'node_modules', 'mp-phone', 'dist', 'server.cjs'));
  const service = `require(${file}).createPhoneService({ ...${options}, onPhone: () => ({ member: 7 }) })`;
  write(
    'app/middleware/mp_phone.js',
    `const service = ${service};\n${mounts.koa.replace('koa.use(mpPhone);', 'module.exports = () => mpPhone;')}`,
  );
  // Egg's own CSRF protection stays on for all other paths.
  write(
    'app/router.js',
    `module.exports = (app) => { for (const [method, path] of ${JSON.stringify(OWN)}) ` +
      `app.router[method === 'DELETE' ? 'del' : method.toLowerCase()](path, (ctx) => { ctx.body = 'own ' + method + ' ' + path; }); };`,
  );
  const child = fork(fileURLToPath(new URL('egg.cjs', import.meta.url)), [baseDir], { execArgv: [], silent: true });
  const ended = once(child, 'exit');
  const [{ port }] = await Promise.race([once(child, 'message'), ended.then(() => assert.fail('Egg does not start'))]);
  return {
    port,
    close: async () => {
      child.kill('SIGKILL');
      await ended;
      rmSync(baseDir, { recursive: true, force: true });
    },
  };
};

const fastify = async () => {
  const app = fastify5();
  run(mounts.fastify, { fastify: app, service: serviceOf() });
  for (const [method, url] of OWN) app.route({ method, url, handler: async () => output(method, url) });
  await app.listen({ port: 0, host: '127.0.0.1' });
  return { port: app.server.address().port, close: () => app.close() };
};

const hono = async () => {
  const app = new Hono();
  run(mounts.hono, { app, service: serviceOf() });
  for (const [method, path] of OWN) app.on(method, path, (c) => c.text(output(method, path)));
  const server = await new Promise((resolve) => {
    const instance = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, () => resolve(instance));
  });
  return {
    port: server.address().port,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
};

const APPLICATIONS = {
  'Express 4': { start: express(express4), next: true },
  'Express 4 after express.json()': { start: express(express4, { parser: true }), next: true },
  'Express 5': { start: express(express5), next: true },
  'Express 5 after express.json()': { start: express(express5, { parser: true }), next: true },
  'Express 5, without basePath': { start: express(express5, { options: { basePath: undefined } }), next: true },
  'Koa 3': { start: koa() },
  'Koa 3 after koa-bodyparser': { start: koa(koaBodyparser) },
  'Egg 3': { start: egg, csrf: true },
  'Fastify 5': { start: fastify },
  'Hono 4': { start: hono, resolves: true },
  'NestJS 11 on Express': { start: nest(), next: true },
  'NestJS 11 on Fastify': { start: nest('fastify'), next: true },
};

for (const [name, { start, next, csrf, resolves }] of Object.entries(APPLICATIONS)) {
  describe(name, () => {
    let server;
    before(async () => void (server = await start()));
    after(() => server.close());
    const ask = async (path, body) => {
      const { status, text } = await send(server.port, { path: `${basePath}/${path}`, ...post(body) });
      return { status, ...JSON.parse(text) };
    };

    test('login, phone, logout', async () => {
      const device = simulator.device('wechat');
      const { session } = await ask('login', { platform: 'wechat', code: await device.login() });
      const { status, phone, result } = await ask('phone', {
        platform: 'wechat',
        session,
        detail: await device.tap({ fast: 'code' }),
      });
      assert.deepEqual([status, phone.nationalNumber, result], [200, device.phone, { member: 7 }]);
      assert.equal((await ask('logout', { session })).status, 200);
      assert.equal(
        (await ask('phone', { platform: 'wechat', session, detail: await device.tap({ fast: 'sealed' }) })).status,
        401,
      );
    });

    test('the application serves its own routes, regardless of their endings', async () => {
      // Egg rejects a POST without a token before routing.
      const own = [...OWN, ...(next ? PASSED_ON : [])].filter(([method]) => !csrf || method === 'GET');
      const responses = [];
      for (const [method, path] of own)
        responses.push(
          (
            await send(server.port, {
              method,
              path,
              ...(method === 'GET' || method === 'OPTIONS' ? {} : post({ platform: 'wechat', code: 'x' })),
            })
          ).text,
        );
      assert.deepEqual(
        responses,
        own.map(([method, path]) => output(method, path)),
      );
    });

    test('the service serves no other spelling of a path', async () => {
      const device = simulator.device('wechat');
      const code = await device.login();
      const served = [];
      // A Request resolves the dots of its URL when it is created.
      for (const path of NOT_SERVED.filter((path) => !resolves || !path.includes('/.')))
        if ((await send(server.port, { path, ...post({ platform: 'wechat', code }) })).status === 200)
          served.push(path);
      assert.deepEqual(served, []);
      assert.equal((await ask('login', { platform: 'wechat', code })).status, 200, 'the code is still valid');
    });
  });
}

test('CORS: the service responds to preflights of its own paths only', async (t) => {
  const app = express5();
  app.use('/mp-phone', serviceOf({ cors: { origins: '*' } }).node);
  app.use((request, response) => response.status(404).send('next'));
  const server = await overHttp(app);
  t.after(() => server.close());
  const preflight = async (path) =>
    (
      await send(server.port, {
        method: 'OPTIONS',
        path,
        headers: { origin: 'https://a.example', 'access-control-request-method': 'POST' },
      })
    ).status;
  assert.deepEqual(
    [await preflight('/mp-phone/phone'), await preflight('/mp-phone/x'), await preflight('/api/phone')],
    [204, 404, 404],
  );
});

test('an absolute request target, as proxies send it, is served below a mount point and at the root', async (t) => {
  const app = express5();
  app.use('/mp-phone', serviceOf({ basePath: undefined }).node);
  for (const [listener, path] of [
    [app, '/mp-phone/login'],
    [serviceOf({ basePath: undefined }).node, '/login'],
    [serviceOf().node, '/mp-phone/login'],
  ]) {
    const server = await overHttp(listener);
    t.after(() => server.close());
    const { status } = await send(server.port, {
      path: `http://example.com${path}?x=/y`,
      ...post({ platform: 'wechat', code: await simulator.device('wechat').login() }),
    });
    assert.equal(status, 200, path);
  }
});

test('a path that ends like a path of the service and is not below basePath is logged', async () => {
  const events = [];
  const service = serviceOf({ basePath: undefined, onEvent: (event) => events.push(event) });
  await service.fetch(new Request('http://localhost/api/login', { method: 'POST' }));
  assert.match(events[0].reason, /basePath/);
});

describe('requests that the service passes to next', () => {
  /** The codes of the events after requests for some paths. */
  const codesLogged = async (t, basePath, mount, paths, options) => {
    const events = [];
    const service = serviceOf({ basePath, onEvent: ({ code }) => events.push(code), ...options });
    const app = express5();
    mount(app, service);
    app.use((request, response) => response.send('own'));
    const server = await overHttp(app);
    t.after(() => server.close());
    for (const path of paths)
      assert.equal(
        (await send(server.port, { path, ...post({ platform: 'wechat', code: 'x' }) })).text,
        'own',
        `${path} is the application's`,
      );
    return events;
  };
  const at =
    (path) =>
    (app, { node }) =>
      app.use(path, node);
  const route =
    (path) =>
    (app, { node }) =>
      app.post(path, node);
  const inRouter = (path, then) => (app, service) => {
    const router = express5.Router();
    then(router, service);
    app.use(path, router);
  };

  test('a basePath that cannot match the mount point is logged', async (t) => {
    for (const [basePath, mount, path] of [
      ['/mp-phone', at('/api/mp-phone'), '/api/mp-phone/login'],
      ['/phone', at('/mp-phone'), '/mp-phone/phone?x=/y'],
      ['/mp-phone', inRouter('/api', at('/mp-phone')), '/api/mp-phone/logout'],
      ['/mp-phone', inRouter('/api', (router, { node }) => router.use(node)), '/api/mp-phone/login'],
      [undefined, route('/mp-phone/login'), '/mp-phone/login'],
      ['/phone', inRouter('/mp-phone', route('/login')), '/mp-phone/login'],
    ])
      assert.deepEqual(await codesLogged(t, basePath, mount, [path]), ['PASSED_ON'], `${basePath} ${path}`);
  });

  test('paths that may be the application’s own are not logged', async (t) => {
    const audit = (app, service) => {
      app.post('/api/login', (request, response, next) => next());
      app.use(service.node);
    };
    const rewrite = (app, { node }) =>
      app.use((request, response, next) => {
        request.url = request.url.replace(/^\/v1/, '');
        next();
      }, node);
    for (const [basePath, mount, paths] of [
      ['/api', at('/api'), ['/api/admin/login', '/api/login/x', '/API/login']],
      [undefined, at('/api'), ['/api/admin/login', '/api/api/login']],
      [
        '/mp-phone',
        (app, { node }) => app.use(node),
        ['/login', '/api/mp-phone/login', '/mp-phone/admin/login', '/mp-phone/mp-phone/login'],
      ],
      ['/api/mp-phone', at('/api'), ['/api/login', '/api/admin/phone', '/api/mp-phones/login']],
      [undefined, (app, { node }) => app.use(node), ['/mp-phone/login']],
      [undefined, (app, { node }) => app.all('/{*all}', node), ['/api/login']],
      [undefined, audit, ['/api/login']],
      ['/mp-phone', (app, { node }) => app.use('/{*all}', node), ['/api/login']],
      ['/mp-phone', rewrite, ['/v1/login']],
      ['/mp-phone', at('/api/mp-phone'), ['/api/mp-phone/other', '/api/mp-phone/xlogin']],
    ])
      assert.deepEqual(await codesLogged(t, basePath, mount, paths), [], `${basePath} ${paths}`);
  });

  test('the log has one warning per minute', async (t) => {
    let now = 1_800_000_000_000;
    const lines = [];
    const logger = Object.fromEntries(
      ['info', 'warn', 'error'].map((level) => [level, ({ reason }) => lines.push(`${level} ${reason}`)]),
    );
    const mount = (app, { node }) =>
      app.use(
        '/x',
        (request, response, next) => {
          now += 25_000;
          next();
        },
        node,
      );
    await codesLogged(t, '/mp-phone', mount, Array(5).fill('/x/login'), { logger, now: () => now });
    assert.deepEqual(
      lines,
      Array(2).fill('warn path is not a path of the service: it is not below the option basePath'),
    );
    now -= 86_400_000;
    await codesLogged(t, '/mp-phone', mount, ['/x/login'], { logger, now: () => now });
    assert.equal(lines.length, 3, 'a clock that is set back suppresses no warning');
  });
});

test('an invalid basePath is rejected at start', () => {
  for (const basePath of [
    'mp-phone',
    '',
    '/mp-phone/*',
    '/a b',
    '//x',
    '/x//y',
    '/x?y',
    'https://a.example/x',
    1,
    null,
  ]) {
    assert.throws(() => serviceOf({ basePath }), { code: 'ERR_INPUT', field: 'basePath' }, String(basePath));
  }
  for (const basePath of ['/', '/mp-phone', '/mp-phone/', '/v1/手机'.replace('手机', encodeURIComponent('手机'))])
    serviceOf({ basePath });
});

test('both READMEs have the same mount examples', () => {
  const code = (file) => Object.entries(mountsIn(file)).map(([name, code]) => [name, code.replace(/ *\/\/ .*$/gm, '')]);
  assert.deepEqual(Object.keys(mounts), ['express, connect, nest', 'koa', 'egg', 'fastify', 'hono']);
  assert.deepEqual(code('README.zh-CN.md'), code('README.md'));
});

test('no test caused an unhandled rejection', () => assert.deepEqual(unhandled, []));
