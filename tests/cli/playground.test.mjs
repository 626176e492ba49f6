// mp-phone playground: a single page, only for this machine.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { ask, folder, run, start } from './cli.mjs';

const page = readFileSync(join(folder, 'node_modules', 'mp-phone', 'dist', 'playground.html'), 'utf8');

async function serve(use) {
  const server = start(['playground', '--port', '0']);
  const [, url, port] = /(http:\/\/127\.0\.0\.1:(\d+)\/)[^]*Ctrl\+C/.exec(await server.until(/Ctrl\+C/));
  await use(url, Number(port));
  server.child.kill('SIGINT');
  const { code, err } = await server.ended;
  assert.deepEqual([code, err], [0, '']);
}

test('the page, with its headers, by GET and HEAD', () =>
  serve(async (url, port) => {
    for (const method of ['GET', 'HEAD']) {
      const { status, headers, text } = await ask(url, { method });
      assert.equal(status, 200);
      assert.equal(text, method === 'GET' ? page : '');
      assert.equal(headers['content-type'], 'text/html; charset=utf-8');
      assert.equal(headers['content-length'], String(Buffer.byteLength(page)));
      for (const [name, value] of [
        ['x-content-type-options', 'nosniff'],
        ['cache-control', 'no-store'],
        ['referrer-policy', 'no-referrer'],
        ['x-frame-options', 'DENY'],
        ['content-security-policy', "frame-ancestors 'none'"],
      ])
        assert.equal(headers[name], value);
    }
    for (const host of [`localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`]) {
      for (const headers of [{ host }, { host, origin: `http://${host}` }])
        assert.equal((await ask(url, { headers })).status, 200, host);
    }
  }));

test('other paths, methods and hosts are rejected', () =>
  serve(async (url, port) => {
    for (const path of [
      'favicon.ico',
      '../package.json',
      'playground.html',
      '%2e%2e%2fpackage.json',
      '/',
      'index.html',
    ])
      assert.equal((await ask(url + path)).status, 404, path);
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS'])
      assert.equal((await ask(url, { method })).status, 405, method);
    for (const host of [
      'example.com',
      'localhost.example.com',
      '127.0.0.1.example.com',
      'example.com:80',
      '127.0.0.1@example.com',
      '0.0.0.0',
      'localhost',
      '127.0.0.1',
      `localhost:${port + 1}`,
      `example.com:${port}`,
    ]) {
      const { status, text } = await ask(url, { headers: { host } });
      assert.equal(status, 403, host);
      assert.ok(!text.includes('<'));
    }
    for (const origin of ['https://example.com', 'null', `http://localhost:${port + 1}`])
      assert.equal((await ask(url, { headers: { origin } })).status, 403, origin);
  }));

test('it listens on the loopback address only', () =>
  serve(async (_, port) => {
    const others = Object.values(networkInterfaces())
      .flat()
      .filter(({ internal, family }) => !internal && (family === 'IPv4' || family === 4))
      .map(({ address }) => address);
    // Another address of this machine, if it has one.
    for (const host of [...others, '127.0.0.2']) {
      await assert.rejects(
        new Promise((resolve, reject) => {
          const socket = connect({ host, port }, () => resolve(socket.destroy())).on('error', reject);
        }),
        host,
      );
    }
  }));

test('an open connection does not delay the end of the command', { timeout: 30_000 }, () =>
  serve((_, port) => new Promise((resolve) => connect({ host: '127.0.0.1', port }, resolve).on('error', () => {}))),
);

test('a port in use: exit code 1 and a message', () =>
  serve(async (_, port) => {
    const { code, err } = await run(['playground', '--port', String(port)]);
    assert.equal(code, 1);
    assert.match(err, new RegExp(`port ${port} is in use`));
  }));
