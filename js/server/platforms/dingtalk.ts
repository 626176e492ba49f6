// DingTalk has no phone button: a login code is exchanged for the user's data, which contain the number. There are two
// kinds of codes, each with its own endpoints. Documented, unproven.
// help.dingtalk.io/open/development: obtain-the-access-token-of-an-internal-app,
// obtain-the-userid-of-a-user-by-using-the-log-free; open.dingtalk.com/document: query-user-details.
import { COMMON_OPTION_NAMES, type OptionNames } from '../option-names';
import { readPhone } from '../runtime/wasm';
import type { DingtalkOptions } from '../types';
import { type ClientContext, type FetchedNumber, type PlatformClient, tokensOf } from './client';
import { requireOption, requireTexts } from './options';
import { requiredTexts, tokenOf, userOf } from './responses';

const API = 'https://api.dingtalk.com/v1.0';
const OLD_API = 'https://oapi.dingtalk.com/topapi/v2/user';

export const optionNames: OptionNames<DingtalkOptions> = {
  ...COMMON_OPTION_NAMES,
  clientId: true,
  clientSecret: true,
  flow: true,
};

export function dingtalk(options: DingtalkOptions, context: ClientContext): PlatformClient {
  requireTexts('dingtalk', options, ['clientId', 'clientSecret']);
  const { clientId, clientSecret, flow = 'in-app' } = options;
  requireOption('dingtalk', 'flow', flow, flow === 'in-app' || flow === 'oauth', "'in-app' or 'oauth'");
  const { http, checks } = context;
  const read = (response: string) => readPhone({ platform: 'dingtalk', answer: response }, {}, checks());
  const tokens = tokensOf('dingtalk', clientId, context, async () => {
    const { json } = await http.request(`${API}/oauth2/accessToken`, {
      json: { appKey: clientId, appSecret: clientSecret },
    });
    return tokenOf('dingtalk', json, 'accessToken', 'expireIn');
  });

  /**
   * 免登: the code is exchanged for the userid, and the userid for the number. Each request is retried separately if the
   * token is rejected, because the code can be spent only once.
   */
  async function inApp(code: string): Promise<FetchedNumber> {
    const ask = (path: string, json: object) =>
      tokens.use((access_token) => http.request(`${OLD_API}/${path}`, { query: { access_token }, json }));
    const { userid, unionid } = requiredTexts(
      'dingtalk',
      (await ask('getuserinfo', { code })).json.result,
      'userid',
      'unionid',
    );
    const { text } = await ask('get', { userid });
    // The company chooses the userid, and may assign it to another person later. The unionid never changes.
    return { phone: read(text), user: userOf(unionid, unionid) };
  }

  async function byOauth(code: string): Promise<FetchedNumber> {
    const { json } = await http.request(`${API}/oauth2/userAccessToken`, {
      json: { clientId, clientSecret, code, grantType: 'authorization_code' },
    });
    const { accessToken } = requiredTexts('dingtalk', json, 'accessToken');
    const me = await http.request(`${API}/contact/users/me`, {
      headers: { 'x-acs-dingtalk-access-token': accessToken },
    });
    return { phone: read(me.text), user: userOf(me.json.openId, me.json.unionId) };
  }

  return { app: clientId, exchangePhoneCode: flow === 'in-app' ? inApp : byOauth };
}
