// Xiaohongshu. Documented, unproven. Pages DC010382, DC414670, DC473950 of miniapp.xiaohongshu.com, known from other
// sources that quote them.

import { COMMON_OPTION_NAMES, type OptionNames } from '../option-names';
import type { XiaohongshuOptions } from '../types';
import { type ClientContext, type PlatformClient, requiredMembers, tokensOf } from './client';
import { requireTexts } from './options';
import { optionalId, requiredTexts, tokenOf } from './responses';
import { platformUnavailable } from './unavailable';

const API = 'https://miniapp.xiaohongshu.com/api/rmp';

export const optionNames: OptionNames<XiaohongshuOptions> = { ...COMMON_OPTION_NAMES, appId: true, appSecret: true };

export function xiaohongshu(options: XiaohongshuOptions, context: ClientContext): PlatformClient {
  requireTexts('xiaohongshu', options, ['appId', 'appSecret']);
  const { appId, appSecret } = options;
  const { http, open } = context;
  const tokens = tokensOf('xiaohongshu', appId, context, async () => {
    const { json } = await http.request(`${API}/token`, { json: { appid: appId, secret: appSecret } });
    return tokenOf('xiaohongshu', json.data, 'access_token', 'expire_in');
  });

  return {
    app: appId,

    async login(code) {
      // This endpoint calls it app_id; the token's endpoint calls it appid.
      const { json } = await tokens.use((access_token) =>
        http.request(`${API}/session`, { query: { app_id: appId, access_token, code } }),
      );
      const { session_key: sessionKey } = requiredTexts('xiaohongshu', json.data, 'session_key');
      const openId = optionalId(json.data.openid) ?? optionalId(json.data.open_id);
      if (!openId) throw platformUnavailable('xiaohongshu', 'EMPTY');
      return { openId, sessionKey };
    },

    openSealed(detail, sessionKey, checks) {
      const { encryptedData, iv } = requiredMembers('xiaohongshu', detail, 'encryptedData', 'iv');
      return open({ platform: 'xiaohongshu', encryptedData, iv }, { appId, sessionKey }, checks);
    },
  };
}
