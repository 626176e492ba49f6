// What is used of a host besides its login: requests and storage. Each host spells them a little differently.
import { call, parse } from './platform';

/** Posts JSON and gives the answer, refusals included. */
export function post(host: any, url: string, body: object): Promise<any> {
  const json = { 'content-type': 'application/json' };
  // Alipay and DingTalk say headers, and take the body as text; text is fine everywhere.
  return call(host, host.request ? 'request' : 'httpRequest', { url, method: 'POST', data: JSON.stringify(body), header: json, headers: json }).then(
    ({ data }) => answer(data),
    (error) => {
      // To Alipay a refusal's status is a failure, with the answer in it.
      const given = answer(error && error.data);
      if (given && given.error) return given;
      throw error;
    },
  );
}

const answer = (data: any): any => (typeof data === 'string' ? parse(data) : data);

/** The host's storage, which takes the key and gives the value, or takes an object and gives one. */
export const storage = (host: any, objects: true | undefined, key: string) => ({
  get() {
    const kept = host.getStorageSync(objects ? { key } : key);
    return objects ? kept && kept.data : kept;
  },
  set: (data: string) => (objects ? host.setStorageSync({ key, data }) : host.setStorageSync(key, data)),
});
