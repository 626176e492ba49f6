// HTTP requests through a host.

import { call } from './call';

/** Posts JSON and resolves with the host's response, whatever its status. */
export function postJson(host: any, url: string, body: object): Promise<any> {
  const json = { 'content-type': 'application/json' };
  return call(host, host.request ? 'request' : 'httpRequest', {
    url,
    method: 'POST',
    // Alipay and DingTalk take a text, and every other host takes it, too.
    data: JSON.stringify(body),
    header: json,
    // Alipay and DingTalk.
    headers: json,
  });
}
