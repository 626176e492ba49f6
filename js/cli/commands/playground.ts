import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import type { Command } from 'commander';
import { isLocal } from '../../simulator/server/local';
import { does, interrupted, listenError, port } from '../command';

const PORT = 8788;

const about =
  `Serves a page on http://127.0.0.1:${PORT}, only for this machine, that diagnoses the data that you paste into it. ` +
  'The page works in the browser and sends nothing anywhere.';

interface Options {
  port: number;
  open?: boolean;
}

export function addPlayground(program: Command): void {
  const command = program
    .command('playground')
    .summary('serves a page that diagnoses pasted data, on this machine')
    .description(about)
    .option('--port <n>', 'another port; 0 is any free port', port, PORT)
    .option('--open', 'open the page in the browser')
    .addHelpText('after', '\n  mp-phone playground --open\n\nPress Ctrl+C to stop.');
  does(command, run);
}

async function run({ port, open }: Options): Promise<number> {
  const server = createServer(pageHandler(page()));
  const connections = new Set<Socket>();
  server.on('connection', (connection) => {
    connections.add(connection);
    connection.on('close', () => connections.delete(connection));
  });
  await listen(server, port);
  const end = interrupted();
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  console.log(
    `The playground is on ${url}\nOnly this machine can reach it, and the page sends nothing anywhere. Press Ctrl+C to stop.`,
  );
  if (open) browse(url);
  await end;
  server.close();
  // Browsers keep their connections open.
  connections.forEach((connection) => connection.destroy());
  return 0;
}

/** A single self-contained page, beside this file. */
function page(): Buffer {
  try {
    return readFileSync(join(__dirname, 'playground.html'));
  } catch {
    throw new Error('the page is missing: the package should have playground.html beside the command');
  }
}

const listen = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', (error) => reject(listenError(error, port)));
    server.listen(port, '127.0.0.1', resolve);
  });

const HEADERS = {
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  // The rest of the policy is in the page.
  'content-security-policy': "frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
};

const pageHandler =
  (html: Buffer) =>
  (request: IncomingMessage, response: ServerResponse): void => {
    const say = (status: number, text: string, headers = {}): void => {
      response.writeHead(status, { ...HEADERS, 'content-type': 'text/plain; charset=utf-8', ...headers });
      response.end(request.method === 'HEAD' ? undefined : `${text}\n`);
    };
    if (!isLocal(request.headers, request.socket.localPort ?? 0)) return say(403, 'only for this machine');
    if (request.url?.split('?')[0] !== '/') return say(404, 'not found');
    if (request.method !== 'GET' && request.method !== 'HEAD') return say(405, 'only GET', { allow: 'GET, HEAD' });
    response.writeHead(200, { ...HEADERS, 'content-type': 'text/html; charset=utf-8', 'content-length': html.length });
    response.end(request.method === 'HEAD' ? undefined : html);
  };

/** The address is printed in any case, because opening a browser may fail. */
function browse(url: string): void {
  const [command, ...args] = { darwin: ['open'], win32: ['cmd', '/c', 'start', ''] }[process.platform as string] ?? [
    'xdg-open',
  ];
  spawn(command ?? '', [...args, url], { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref();
}
