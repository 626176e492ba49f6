// What is used of a host besides its login: requests and storage. Each host spells them a little differently.

import { call } from './platform';
import type { Remember } from './types';

/** Posts JSON and gives the host's response, whatever its status. */
export function post(host: any, url: string, body: object): Promise<any> {
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

/** The host's storage, which takes the key and gives the value, or takes an object and gives one. */
export function storage(host: any, objects: true | undefined, key: string): Remember {
  return {
    get() {
      const kept = host.getStorageSync(objects ? { key } : key);
      return Object(kept).data || kept;
    },
    set: (data) => (objects ? host.setStorageSync({ key, data }) : host.setStorageSync(key, data)),
  };
}
