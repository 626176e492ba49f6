// Sends an HTTP request byte for byte, and returns the response.
import { request as open } from 'node:http';
import { createServer } from 'node:net';

/** @returns `{status, headers, text}`; rejects with the socket's error if no response arrives */
export function send(port, { method = 'POST', path, headers = {}, body, chunked = false }) {
  return new Promise((resolve, reject) => {
    const bytes = body === undefined ? undefined : Buffer.from(body);
    const length = chunked
      ? { 'transfer-encoding': 'chunked' }
      : bytes || method === 'POST'
        ? { 'content-length': String(bytes?.length ?? 0) }
        : {};
    const sent = open(
      { host: '127.0.0.1', port, method, path, headers: { ...headers, ...length }, agent: false },
      (response) => {
        const parts = [];
        response.on('data', (part) => parts.push(part));
        response.on('error', reject);
        response.on('end', () =>
          resolve({ status: response.statusCode, headers: response.headers, text: Buffer.concat(parts).toString() }),
        );
      },
    );
    sent.setTimeout(10_000, () => sent.destroy(new Error('no response within 10 s')));
    sent.on('error', reject);
    if (chunked && bytes) for (let at = 0; at < bytes.length; at += 65_536) sent.write(bytes.subarray(at, at + 65_536));
    sent.end(chunked ? undefined : bytes);
  });
}

/** Makes a server listen on a free local port and returns the port. */
export async function listen(server) {
  await new Promise((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  return server.address().port;
}

/** A port that was free a moment ago, for programs that cannot choose a free port themselves. */
export async function freePort() {
  const server = createServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export const post = (value) => ({ headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) });
