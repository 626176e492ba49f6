// DingTalk: no phone button; the code of a login gives a token, the token the user with the number. Documented, unproven.
import { readPhone } from '../../core/index';
import type { DingtalkOptions } from '../index';
import { required, texts, userOf, type Client, type Making } from './client';

const API = 'https://api.dingtalk.com/v1.0';

export function dingtalk(options: DingtalkOptions, { http, checks }: Making): Client {
  required('dingtalk', options, 'clientId', 'clientSecret');
  const { clientId, clientSecret } = options;
  return {
    app: clientId,

    async byCode(code) {
      const { json } = await http.ask(`${API}/oauth2/userAccessToken`, { json: { clientId, clientSecret, code, grantType: 'authorization_code' } });
      const { accessToken } = texts('dingtalk', json, 'accessToken');
      const me = await http.ask(`${API}/contact/users/me`, { headers: { 'x-acs-dingtalk-access-token': accessToken } });
      return { phone: readPhone({ platform: 'dingtalk', answer: me.text }, {}, checks()), user: userOf(me.json.openId, me.json.unionId) };
    },
  };
}
