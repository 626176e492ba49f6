// A real Redis (Debian's redis-server) for a test, on a free port of loopback, without files on disk. It ends with the
// test.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

const isReady = (port) =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    socket.setTimeout(200, () => socket.destroy());
    socket.on('data', (data) => (resolve(data.toString().startsWith('+PONG')), socket.destroy()));
    socket.on('error', () => {});
    socket.on('close', () => resolve(false));
  });

/**
 * Starts a Redis that ends with the test. `kill` sends SIGKILL; `start` starts an empty Redis on the same port.
 * `freeze` stops the process without loss of data, and `thaw` continues it.
 */
export async function startRedis(t) {
  const folder = mkdtempSync(join(tmpdir(), 'mp-phone-redis-'));
  const port = await freePort();
  let server;

  async function start() {
    const child = spawn(
      'redis-server',
      ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder],
      { stdio: 'ignore' },
    );
    server = child;
    await once(child, 'spawn'); // rejects if redis-server is not installed
    for (let tries = 0; !(await isReady(port)); tries++) {
      if (tries > 200 || child.exitCode !== null) throw new Error(`redis-server did not start on port ${port}`);
      await sleep(20);
    }
  }

  async function kill() {
    const child = server;
    server = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, 'exit');
    child.kill('SIGKILL');
    await exit;
  }

  t.after(async () => {
    await kill();
    rmSync(folder, { recursive: true, force: true });
  });
  await start();
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    start,
    kill,
    freeze: () => server.kill('SIGSTOP'),
    thaw: () => server.kill('SIGCONT'),
  };
}

/** A connection that ends with the test. Its errors while Redis is unavailable are expected and ignored. */
export function connection(t, redis) {
  redis.on('error', () => {});
  t.after(() => redis.disconnect());
  return redis;
}
