// Douyin and Toutiao. Pages code-2-session, client-token, new-phone-method of the Douyin open platform.

import type { Key } from '../../core/types';
import { invalidInput } from '../errors';
import { COMMON_OPTION_NAMES, type OptionNames } from '../option-names';
import { openPhone } from '../runtime/wasm';
import type { DouyinOptions } from '../types';
import { type ClientContext, type PlatformClient, requiredMembers, tokensOf } from './client';
import { requireOption, requireReadableKey, requireTexts, textIfPublic } from './options';
import { optionalId, requiredTexts, tokenOf } from './responses';
import { platformUnavailable } from './unavailable';

const LOGIN = 'https://developer.toutiao.com/api/apps/v2/jscode2session';
const TOKEN = 'https://open.douyin.com/oauth/client_token/';
const PHONE = 'https://open.douyin.com/api/apps/v1/get_phonenumber_info/';

export const optionNames: OptionNames<DouyinOptions> = {
  ...COMMON_OPTION_NAMES,
  appId: true,
  appSecret: true,
  privateKey: true,
  token: true,
};

export function douyin(options: DouyinOptions, context: ClientContext): PlatformClient {
  requireTexts('douyin', options, ['appId', 'appSecret']);
  const { appId, appSecret, privateKey, token: source } = options;
  const { http, checks, open } = context;
  const keys: readonly unknown[] = Array.isArray(privateKey) ? privateKey : [privateKey];
  requireOption(
    'douyin',
    'privateKey',
    privateKey,
    keys.length > 0 && keys.length <= 16,
    'a key or a list of 1 to 16 keys',
  );
  // Each key separately: of several keys the core reports only the error of the key that got furthest, so a readable key
  // would hide an unreadable one.
  for (const key of privateKey === undefined ? [] : (keys as Key[])) {
    const use = () => openPhone({ platform: 'douyin', data: 'AAAA' }, { appId, privateKey: [key] });
    requireReadableKey('douyin', 'privateKey', use, () => textIfPublic(key));
  }
  requireOption('douyin', 'token', source, typeof source === 'function', 'a function');
  const request = async () => {
    const { json } = await http.request(TOKEN, {
      json: { grant_type: 'client_credential', client_key: appId, client_secret: appSecret },
    });
    return tokenOf('douyin', json.data);
  };
  const tokens = tokensOf('douyin', appId, context, source ? { external: source } : request);

  return {
    app: appId,

    async login(code) {
      const { json } = await http.request(LOGIN, { json: { appid: appId, secret: appSecret, code } });
      const { openid: openId, session_key: sessionKey } = requiredTexts('douyin', json.data, 'openid', 'session_key');
      return { openId, sessionKey, unionId: optionalId(json.data.unionid) };
    },

    ...(privateKey &&
      ({
        async exchangePhoneCode(code) {
          const { json } = await tokens.use((accessToken) =>
            http.request(PHONE, { headers: { 'access-token': accessToken }, json: { code } }),
          );
          // In the logs of one public project the ciphertext is inside an object.
          const data: unknown = json.data?.encrypted_data ?? json.data?.encryptedData ?? json.data;
          if (typeof data !== 'string') throw platformUnavailable('douyin', 'EMPTY');
          return { phone: openPhone({ platform: 'douyin', data }, { appId, privateKey }, checks()) };
        },
      } satisfies Partial<PlatformClient>)),

    openSealed(detail, sessionKey, checks) {
      // Newer clients send a code and a sealed payload; a code alone requires the private key.
      if (detail.code && !detail.encryptedData && !privateKey)
        throw invalidInput('platforms.douyin.privateKey', undefined, 'douyin');
      const { encryptedData, iv } = requiredMembers('douyin', detail, 'encryptedData', 'iv');
      return open({ platform: 'douyin', encryptedData, iv }, { appId, sessionKey }, checks);
    },
  };
}
