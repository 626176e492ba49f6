// Kuaishou. Documented, unproven. mp.kuaishou.com: getUserPhoneNumber, code2session.
import { COMMON_OPTION_NAMES, type OptionNames } from '../option-names';
import type { KuaishouOptions } from '../types';
import { type ClientContext, type PlatformClient, requiredMembers } from './client';
import { requireTexts } from './options';
import { requiredTexts } from './responses';

export const optionNames: OptionNames<KuaishouOptions> = { ...COMMON_OPTION_NAMES, appId: true, appSecret: true };

export function kuaishou(options: KuaishouOptions, { http, open }: ClientContext): PlatformClient {
  requireTexts('kuaishou', options, ['appId', 'appSecret']);
  const { appId, appSecret } = options;
  return {
    app: appId,

    async login(code) {
      const { json } = await http.request('https://open.kuaishou.com/oauth2/mp/code2session', {
        form: { app_id: appId, app_secret: appSecret, js_code: code },
      });
      const { open_id: openId, session_key: sessionKey } = requiredTexts('kuaishou', json, 'open_id', 'session_key');
      return { openId, sessionKey };
    },

    openSealed(detail, sessionKey, checks) {
      const { encryptedData, iv } = requiredMembers('kuaishou', detail, 'encryptedData', 'iv');
      return open({ platform: 'kuaishou', encryptedData, iv }, { appId, sessionKey }, checks);
    },
  };
}
