// Baidu. swan-docs: log_Session-Key.md, power_exp.md.
import { COMMON_OPTION_NAMES, type OptionNames } from '../option-names';
import type { BaiduOptions } from '../types';
import { type ClientContext, type Identity, type PlatformClient, requiredMembers, tokensOf } from './client';
import { requireTexts } from './options';
import { requiredTexts, tokenOf } from './responses';
import { isUnavailable } from './unavailable';

const API = 'https://openapi.baidu.com';

export const optionNames: OptionNames<BaiduOptions> = { ...COMMON_OPTION_NAMES, appKey: true, appSecret: true };

export function baidu(options: BaiduOptions, context: ClientContext): PlatformClient {
  requireTexts('baidu', options, ['appKey', 'appSecret']);
  const { appKey, appSecret } = options;
  const { http, open } = context;
  const tokens = tokensOf('baidu', appKey, context, async () => {
    // The response of this endpoint has a session_key, too, which opens nothing.
    const query = {
      grant_type: 'client_credentials',
      client_id: appKey,
      client_secret: appSecret,
      scope: 'smartapp_snsapi_base',
    };
    return tokenOf('baidu', (await http.request(`${API}/oauth/2.0/token`, { query })).json);
  });

  /** The endpoints that return session keys, newest first. */
  const ENDPOINTS: ((code: string) => Promise<Identity>)[] = [
    (code) =>
      tokens.use(async (access_token) => {
        const { json } = await http.request(`${API}/rest/2.0/smartapp/getsessionkey`, {
          query: { access_token, code },
        });
        const { open_id: openId, session_key: sessionKey } = requiredTexts(
          'baidu',
          json.data,
          'open_id',
          'session_key',
        );
        return { openId, sessionKey };
      }),
    (code) => byForm('https://spapi.baidu.com/oauth/jscode2sessionkey', code),
    (code) => byForm(`${API}/nalogin/getSessionKeyByCode`, code),
  ];

  async function byForm(url: string, code: string): Promise<Identity> {
    const { json } = await http.request(url, { form: { code, client_id: appKey, sk: appSecret } });
    const { openid: openId, session_key: sessionKey } = requiredTexts('baidu', json, 'openid', 'session_key');
    return { openId, sessionKey };
  }

  return {
    app: appKey,

    async login(code) {
      for (const endpoint of ENDPOINTS.slice(0, -1)) {
        try {
          return await endpoint(code);
        } catch (error) {
          // An endpoint that no longer exists or is down has not checked the code: the next endpoint is tried.
          if (!isUnavailable(error)) throw error;
        }
      }
      return ENDPOINTS[ENDPOINTS.length - 1]!(code);
    },

    openSealed(detail, sessionKey, checks) {
      const { encryptedData, iv } = requiredMembers(
        'baidu',
        { encryptedData: detail.encryptedData || (detail.data as string), iv: detail.iv },
        'encryptedData',
        'iv',
      );
      return open({ platform: 'baidu', encryptedData, iv }, { appKey, sessionKey }, checks);
    },
  };
}
