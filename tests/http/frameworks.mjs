// The service behind every adapter, in the real frameworks, mounted according to their documentation.
//
// `start` receives `{service, options, installed}` and returns `{send(request), close()}`; a response is
// `{status, headers, text}`. `own` lists the kinds of requests that have another response with this framework: the
// framework responds itself, or a cloud function with the path `/` reads the operation from the body. `call` marks calls that
// are not HTTP, without methods and statuses; `mounted` marks frameworks that remove the mount point from the path.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serve } from '@hono/node-server';
import bodyParser from '@koa/bodyparser';
import express from 'express';
import fastify from 'fastify';
import { Hono } from 'hono';
import Koa from 'koa';
import koaBodyparser from 'koa-bodyparser';
import lambdaLocal from 'lambda-local';
import { root } from '../../js/build/paths.mjs';
import { freePort, listen, send } from './client.mjs';

async function overHttp(server) {
  const port = await listen(server);
  return {
    port,
    send: (request) => send(port, request),
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}

const overListener = (listener) => overHttp(createServer(listener));

function express5(parse) {
  return ({ service }) => {
    const app = express();
    app.set('env', 'test'); // the usual error page, without the log
    if (parse) app.use(express.json());
    app.use('/api', service.node);
    app.use((request, response) => response.status(404).json({ next: true }));
    return overListener(app);
  };
}

function koa3(parser) {
  return ({ service }) => {
    const app = new Koa();
    app.silent = true;
    if (parser) app.use(parser());
    app.use((ctx) => {
      ctx.respond = false;
      // Koa's parsers store the body in Koa's own request object.
      if (parser) ctx.req.body = ctx.request.body;
      return service.node(ctx.req, ctx.res);
    });
    return overListener(app.callback());
  };
}

function fastify5(parse) {
  return async ({ service }) => {
    const app = fastify();
    if (!parse) {
      app.removeAllContentTypeParsers();
      app.addContentTypeParser('*', (request, payload, finished) => finished(null));
    }
    app.all('/api/*', (request, serviceResponse) => {
      serviceResponse.hijack();
      if (parse) request.raw.body = request.body;
      return service.node(request.raw, serviceResponse.raw);
    });
    await app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = app.server.address();
    return { port, send: (request) => send(port, request), close: () => app.close() };
  };
}

const responseOf = ({ statusCode, headers, body }) => ({ status: statusCode, headers, text: body });

/** The HTTP event of a cloud function for a request. */
function cloud(toEvent, run = (service, event) => service.cloud(event, {})) {
  return ({ service }) => ({
    send: async ({ method = 'POST', path, headers = {}, body }) => {
      const [pathname, query = ''] = path.split('?');
      return responseOf(
        await run(
          service,
          toEvent({
            method,
            path: pathname,
            query: Object.fromEntries(new URLSearchParams(query)),
            headers,
            body: body === undefined ? '' : Buffer.from(body),
          }),
        ),
      );
    },
    close: async () => {},
  });
}

const capitals = (headers) =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.replace(/\b\w/g, (letter) => letter.toUpperCase()), value]),
  );
const bodyAs = (base64, body) => ({
  body: base64 ? Buffer.from(body).toString('base64') : body.toString(),
  isBase64Encoded: base64,
});

// https://cloud.tencent.com/document/product/583/12513
const scf = ({ method, path, query, headers, body }) => ({
  requestContext: {
    serviceId: 'service-simulated',
    path: '/api/{proxy}',
    httpMethod: 'ANY',
    requestId: 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef',
    identity: {},
    sourceIp: '127.0.0.1',
    stage: 'release',
  },
  headers,
  body: body.toString(),
  pathParameters: {},
  queryStringParameters: {},
  headerParameters: {},
  stageVariables: {},
  path,
  queryString: query,
  httpMethod: method,
});
// https://docs.cloudbase.net/service/access-cloud-function
const cloudbase = ({ method, path, query, headers, body }) => ({
  path,
  httpMethod: method,
  headers,
  queryStringParameters: query,
  requestContext: { appId: 1, requestId: 'r', envId: 'e' },
  ...bodyAs(true, body),
});
// https://help.aliyun.com/zh/functioncompute/fc-3-0/user-guide/http-trigger-invoking-function
const fc =
  (base64) =>
  ({ method, path, query, headers, body }) =>
    Buffer.from(
      JSON.stringify({
        version: 'v1',
        rawPath: path,
        headers: capitals(headers),
        queryParameters: query,
        ...bodyAs(base64, body),
        requestContext: {
          accountId: '1',
          domainName: 'x',
          domainPrefix: 'x',
          http: { method, path, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'x' },
          requestId: 'r',
          time: 't',
          timeEpoch: '0',
        },
      }),
    );
const aws1 = ({ method, path, query, headers, body }) => ({
  resource: '/{proxy+}',
  path,
  httpMethod: method,
  headers: capitals(headers),
  multiValueHeaders: {},
  queryStringParameters: query,
  requestContext: { stage: 'prod' },
  ...bodyAs(true, body),
});
const aws2 = ({ method, path, query, headers, body }) => ({
  version: '2.0',
  routeKey: '$default',
  rawPath: path,
  rawQueryString: '',
  headers,
  queryStringParameters: query,
  requestContext: { http: { method, path, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'x' } },
  ...bodyAs(false, body),
});

// With its default log level, lambda-local mutes the output of the process while it runs, which loses test results.
const lambda = (service, event) =>
  lambdaLocal.execute({
    event,
    lambdaFunc: { handler: service.cloud },
    lambdaHandler: 'handler',
    timeoutMs: 10_000,
    verboseLevel: -1,
  });

const here = dirname(fileURLToPath(import.meta.url));

/** The program of a package that is installed in this folder. */
function bin(name, command) {
  const manifest = join(here, 'node_modules', name, 'package.json');
  return join(dirname(manifest), createRequire(import.meta.url)(manifest).bin[command]);
}

/** A runner is a program: it receives the options as JSON and creates its own service. */
function runner(program, ...args) {
  return async ({ options, installed }) => {
    const port = await freePort();
    const folder = mkdtempSync(join(root, 'target', 'runner-')); // tcb-ff writes its logs to the working directory
    const env = {
      ...process.env,
      MP_PHONE_INSTALLED: join(installed, 'index.cjs'),
      MP_PHONE_OPTIONS: JSON.stringify(options),
      NODE_ENV: 'production',
    };
    const child = spawn(process.execPath, [program, `--port=${port}`, `--source=${join(here, 'runner')}`, ...args], {
      cwd: folder,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
    const ended = new Promise((resolve) => child.once('exit', resolve));
    for (let tries = 0; ; tries++) {
      if (child.exitCode !== null || tries > 100) throw new Error(`${program} does not serve: ${output}`);
      if (await send(port, { method: 'GET', path: '/' }).catch(() => undefined)) break;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return {
      port,
      send: (request) => send(port, request),
      close: async () => {
        child.kill('SIGKILL'); // tcb-ff takes half a minute to exit
        await ended;
        rmSync(folder, { recursive: true, force: true });
      },
    };
  };
}

const tcb = bin('@cloudbase/functions-framework', 'tcb-ff');
const google = bin('@google-cloud/functions-framework', 'functions-framework');

export const FRAMEWORKS = {
  'fetch, called with a Request': {
    start: ({ service }) => ({
      send: async ({ method = 'POST', path, headers, body, chunked }) => {
        const sent = body === undefined ? null : chunked ? new Blob([body]).stream() : Buffer.from(body);
        const response = await service.fetch(
          new Request(`http://localhost${path}`, { method, headers, body: sent, duplex: 'half' }),
        );
        return { status: response.status, headers: Object.fromEntries(response.headers), text: await response.text() };
      },
      close: async () => {},
    }),
  },
  'fetch, in Hono': {
    start: async ({ service }) => {
      const app = new Hono();
      app.all('/api/*', (c) => service.fetch(c.req.raw));
      const server = await new Promise((resolve) => {
        const created = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, () => resolve(created));
      });
      const { port } = server.address();
      return {
        port,
        send: (request) => send(port, request),
        close: () =>
          new Promise((resolve) => {
            server.close(resolve);
            server.closeAllConnections();
          }),
      };
    },
  },
  'node:http': { start: ({ service }) => overListener(service.node) },
  'Express 5': { mounted: true, start: express5(false), own: ['path', 'root', 'method'] },
  'Express 5 after express.json()': {
    mounted: true,
    start: express5(true),
    own: ['path', 'root', 'method', 'unparsable', 'primitive', 'large', 'unannounced', 'charset'],
  },
  'Koa 3': { start: koa3() },
  'Koa 3 after koa-bodyparser': {
    start: koa3(koaBodyparser),
    own: ['unparsable', 'primitive', 'utf-16', 'large', 'unannounced', '__proto__'],
  },
  'Koa 3 after @koa/bodyparser': {
    start: koa3(bodyParser),
    own: ['unparsable', 'primitive', 'utf-16', 'large', 'unannounced', '__proto__'],
  },
  'Fastify 5': {
    start: fastify5(true),
    own: [
      'root',
      'unparsable',
      'empty',
      'utf-16',
      'large',
      'unannounced',
      '__proto__',
      'constructor',
      'type',
      'no type',
      'multipart',
    ],
  },
  'Fastify 5 without its parsers': { start: fastify5(false), own: ['root'] },
  'SCF behind the API gateway': { start: cloud(scf), own: ['root'] },
  'CloudBase HTTP access': { start: cloud(cloudbase), own: ['root'] },
  'FC 3.0, text': { start: cloud(fc(false)), own: ['root'] },
  'FC 3.0, base64': { start: cloud(fc(true)), own: ['root'] },
  'AWS proxy event in lambda-local': { start: cloud(aws1, lambda), own: ['root'] },
  'AWS event 2.0 in lambda-local': { start: cloud(aws2, lambda), own: ['root'] },
  'functions-framework': {
    start: runner(google, '--target=node', '--signature-type=http'),
    own: ['unparsable', 'primitive', 'charset'],
  },
  'tcb-ff over HTTP': {
    start: runner(tcb, '--target=web'),
    own: ['root', 'unparsable', 'primitive', 'utf-16', '__proto__', 'multipart'],
  },
  'a call of wx.cloud.callFunction': {
    call: true,
    start: ({ service }) => ({
      send: async ({ path, body }) => ({
        text: JSON.stringify(
          await service.cloud({ path, body: JSON.parse(body), userInfo: { appId: 'wx', openId: 'o' } }, {}),
        ),
      }),
      close: async () => {},
    }),
  },
  'a call of wx.cloud.callFunction in tcb-ff': {
    call: true,
    own: ['__proto__'],
    start: async (with_) => {
      const { send, close } = await runner(tcb, '--target=call')(with_);
      return {
        send: async ({ path, body }) => ({
          text: (
            await send({
              path: '/',
              headers: { 'content-type': 'application/json' },
              body: `{"path":${JSON.stringify(path)},"body":${body}}`,
            })
          ).text,
        }),
        close,
      };
    },
  },
};
