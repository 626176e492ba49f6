// Xiaohongshu. Documented, unproven. Pages DC010382, DC414670, DC473950 of miniapp.xiaohongshu.com, read second-hand.

import type { XiaohongshuOptions } from '../types';
import { optional, texts, token } from './answers';
import { type ClientContext, members, type PlatformClient, tokensOf } from './client';
import { required } from './options';
import { platformUnavailable } from './unavailable';

const API = 'https://miniapp.xiaohongshu.com/api/rmp';

export function xiaohongshu(options: XiaohongshuOptions, making: ClientContext): PlatformClient {
  required('xiaohongshu', options, ['appId', 'appSecret']);
  const { appId, appSecret } = options;
  const { http, open } = making;
  const tokens = tokensOf('xiaohongshu', appId, making, async () => {
    const { json } = await http.ask(`${API}/token`, { json: { appid: appId, secret: appSecret } });
    return token('xiaohongshu', json.data, 'access_token', 'expire_in');
  });

  return {
    app: appId,

    async login(code) {
      // Here it is app_id; the token's endpoint calls it appid.
      const { json } = await tokens.use((access_token) =>
        http.ask(`${API}/session`, { query: { app_id: appId, access_token, code } }),
      );
      const { session_key: sessionKey } = texts('xiaohongshu', json.data, 'session_key');
      const openId = optional(json.data.openid) ?? optional(json.data.open_id);
      if (!openId) throw platformUnavailable('xiaohongshu', 'EMPTY');
      return { openId, sessionKey };
    },

    openSealed(detail, sessionKey, checks) {
      const { encryptedData, iv } = members('xiaohongshu', detail, 'encryptedData', 'iv');
      return open({ platform: 'xiaohongshu', encryptedData, iv }, { appId, sessionKey }, checks);
    },
  };
}
