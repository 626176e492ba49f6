// Who may ask a server on this machine: programs on it, and the server's own page. A page of another site can post to a
// loopback address, and under a name of its own that leads there (DNS rebinding) it can read the answers, too.
import type { IncomingHttpHeaders } from 'node:http';

const NAMES = ['127.0.0.1', 'localhost', '[::1]'];

/** Whether a request to a server on this port names this machine, and is not of a page of another origin. */
export function isLocal({ host, origin }: IncomingHttpHeaders, port: number): boolean {
  const hosts = NAMES.flatMap((name) => [`${name}:${port}`, ...(port === 80 ? [name] : [])]);
  return (
    hosts.includes((host ?? '').toLowerCase()) &&
    (origin === undefined || hosts.some((own) => origin.toLowerCase() === `http://${own}`))
  );
}
