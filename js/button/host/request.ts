// Requests through a host.

import { call } from './call';

/** Posts JSON and gives the host's response, whatever its status. */
export function postJson(host: any, url: string, body: object): Promise<any> {
  const json = { 'content-type': 'application/json' };
  // Alipay and DingTalk say headers, and take the body as text; text is fine everywhere.
  return call(host, host.request ? 'request' : 'httpRequest', {
    url,
    method: 'POST',
    data: JSON.stringify(body),
    header: json,
    headers: json,
  });
}
