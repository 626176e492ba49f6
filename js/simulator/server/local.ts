// A server on this machine accepts only requests from programs on this machine and from its own page. A page of another
// site can send POST requests to a loopback address, and can also read the responses through a name that resolves to
// this address (DNS rebinding).
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
