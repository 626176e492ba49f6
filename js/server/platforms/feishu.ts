// Feishu and Lark have no phone button: a login code is exchanged for a token, and the token for the user's data, which
// contain the number. Documented, unproven. https://open.feishu.cn/document:
// authentication-management/access-token/get-user-access-token, authen-v1/user_info.
import { COMMON_OPTION_NAMES, type OptionNames } from '../option-names';
import { readPhone } from '../runtime/wasm';
import type { FeishuOptions } from '../types';
import type { ClientContext, PlatformClient } from './client';
import { requireTexts } from './options';
import { requiredTexts, userOf } from './responses';

const API = 'https://open.feishu.cn/open-apis/authen';

export const optionNames: OptionNames<FeishuOptions> = { ...COMMON_OPTION_NAMES, appId: true, appSecret: true };

export function feishu(options: FeishuOptions, { http, checks }: ClientContext): PlatformClient {
  requireTexts('feishu', options, ['appId', 'appSecret']);
  const { appId, appSecret } = options;
  return {
    app: appId,

    async exchangePhoneCode(code) {
      const { json } = await http.request(`${API}/v2/oauth/token`, {
        json: { grant_type: 'authorization_code', client_id: appId, client_secret: appSecret, code },
      });
      const { access_token } = requiredTexts('feishu', json, 'access_token');
      const info = await http.request(`${API}/v1/user_info`, { headers: { authorization: `Bearer ${access_token}` } });
      const { open_id, union_id } = info.json.data ?? {};
      return {
        phone: readPhone({ platform: 'feishu', answer: info.text }, {}, checks()),
        user: userOf(open_id, union_id),
      };
    },
  };
}
