// DingTalk: no phone button; the code of a login gives a token, the token the user with the number. Documented, unproven.
import { readPhone } from '../../core/index';
import type { DingtalkOptions } from '../index';
import { noAnswer } from '../errors';
import { optional, required, type Client, type Making } from './client';

const API = 'https://api.dingtalk.com/v1.0';

export function dingtalk(options: DingtalkOptions, { http, checks }: Making): Client {
  required('dingtalk', options, 'clientId', 'clientSecret');
  const { clientId, clientSecret } = options;
  return {
    app: clientId,

    async byCode(code) {
      const { json } = await http.ask(`${API}/oauth2/userAccessToken`, { json: { clientId, clientSecret, code, grantType: 'authorization_code' } });
      const accessToken = optional(json.accessToken);
      if (!accessToken) throw noAnswer('dingtalk', 'EMPTY');
      const me = await http.ask(`${API}/contact/users/me`, { headers: { 'x-acs-dingtalk-access-token': accessToken } });
      const openId = optional(me.json.openId);
      return { phone: readPhone({ platform: 'dingtalk', answer: me.text }, {}, checks()), user: openId ? { openId, unionId: optional(me.json.unionId) } : undefined };
    },
  };
}
