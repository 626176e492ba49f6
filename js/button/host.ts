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

/** The host's storage: Alipay and DingTalk take an object and give one. */
export const storage = (host: any, takesObject: boolean, key: string) => ({
  get() {
    const kept = host.getStorageSync(takesObject ? { key } : key);
    return takesObject ? kept && kept.data : kept;
  },
  set: (data: string) => (takesObject ? host.setStorageSync({ key, data }) : host.setStorageSync(key, data)),
});
