// A server on this machine accepts requests of programs on this machine and of its own page only. A page of another site can
// send POST requests to a loopback address, and through a name that resolves to it (DNS rebinding) it can also read the
// responses.
import type { IncomingHttpHeaders } from 'node:http';

const NAMES = ['127.0.0.1', 'localhost', '[::1]'];

/** Whether a request to a server on this port names this machine as its host, and has no foreign origin. */
export function isLocal({ host, origin }: IncomingHttpHeaders, port: number): boolean {
  const hosts = NAMES.flatMap((name) => [`${name}:${port}`, ...(port === 80 ? [name] : [])]);
  return (
    hosts.includes((host ?? '').toLowerCase()) &&
    (origin === undefined || hosts.some((own) => origin.toLowerCase() === `http://${own}`))
  );
}
