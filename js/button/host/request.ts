// HTTP requests through a host.

import { call } from './call';

/** Posts JSON and resolves with the host's response. Any HTTP status is accepted. */
export function postJson(host: any, url: string, body: object): Promise<any> {
  const json = { 'content-type': 'application/json' };
  return call(host, host.request ? 'request' : 'httpRequest', {
    url,
    method: 'POST',
    // Alipay and DingTalk require a string; every other host also accepts a string.
    data: JSON.stringify(body),
    header: json,
    // The name of this option on Alipay and DingTalk.
    headers: json,
  });
}
