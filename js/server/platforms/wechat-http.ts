// WeChat over HTTP. https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/

import { signSession } from '../../core/opener/functions';
import { invalidInput, isPhoneError, withAction } from '../errors';
import { readPhone } from '../runtime/wasm';
import type { WechatOptions } from '../types';
import type { RequestToken } from './access-tokens';
import { type ClientContext, type PlatformClient, requiredMembers, tokensOf } from './client';
import { requireOption, requireTexts } from './options';
import { optionalId, requiredTexts, tokenOf } from './responses';
import { platformUnavailable } from './unavailable';

const API = 'https://api.weixin.qq.com';

export function wechatHttp(options: WechatOptions, context: ClientContext): PlatformClient {
  const { appId, appSecret, component, token: source = 'stable', checkOpenId = true } = options;
  requireTexts('wechat', options, component === undefined ? ['appId', 'appSecret'] : ['appId']);
  if (component !== undefined) {
    requireTexts('wechat', Object(component), ['appId'], 'component.');
    for (const [name, value] of [
      ['component.token', component.token],
      ['token', source],
    ] as const) {
      const field = `platforms.wechat.${name}`;
      if (typeof value !== 'function')
        throw invalidInput(field, `${field} must be a function if component is set`, 'wechat');
    }
  }
  const isSource = typeof source === 'function' || source === 'stable' || source === 'plain';
  requireOption('wechat', 'token', source, isSource, "'stable', 'plain' or a function");
  requireOption('wechat', 'checkOpenId', checkOpenId, typeof checkOpenId === 'boolean', 'true or false');
  const { http, checks, events, open } = context;
  const secret = appSecret ?? '';

  let forced = -Infinity;
  const request: RequestToken = async (rejected) => {
    const app = { grant_type: 'client_credential', appid: appId, secret };
    if (source === 'plain') return tokenOf('wechat', (await http.request(`${API}/cgi-bin/token`, { query: app })).json);
    const stable = async (force_refresh: boolean) =>
      tokenOf('wechat', (await http.request(`${API}/cgi-bin/stable_token`, { json: { ...app, force_refresh } })).json);
    const stored = await stable(false);
    if (stored.token !== rejected || events.now() - forced < FORCE_PAUSE) return stored;
    // If WeChat returns the rejected token again, the token was invalidated before its expiry.
    forced = events.now();
    return stable(true);
  };
  const tokens = tokensOf('wechat', appId, context, typeof source === 'function' ? { external: source } : request);
  const componentTokens = component && tokensOf('wechat', appId, context, { external: component.token });

  /** checksession and resetusersessionkey take the same arguments: a proof that the caller knows the session key. */
  const withSession = (path: string, openid: string, sessionKey: string) =>
    tokens.use((access_token) =>
      http.request(`${API}${path}`, {
        query: { access_token, openid, signature: signSession(sessionKey), sig_method: 'hmac_sha256' },
      }),
    );

  return {
    app: appId,

    async login(code) {
      if (PHONE_CODE.test(code))
        throw invalidInput('code', 'code looks like a phone code of WeChat, not like a login code', 'wechat');
      const query = { appid: appId, js_code: code, grant_type: 'authorization_code' };
      const { json } = componentTokens
        ? await componentTokens.use((component_access_token) =>
            http.request(`${API}/sns/component/jscode2session`, {
              query: { ...query, component_appid: component!.appId, component_access_token },
            }),
          )
        : await http.request(`${API}/sns/jscode2session`, { query: { ...query, secret } });
      const { openid: openId, session_key: sessionKey } = requiredTexts('wechat', json, 'openid', 'session_key');
      return { openId, sessionKey, unionId: optionalId(json.unionid) };
    },

    async exchangePhoneCode(code, user) {
      rejectLoginCode(code);
      const json: { code: string; openid?: string } = { code, ...(checkOpenId && user && { openid: user.openId }) };
      const response = await tokens
        .use((access_token) =>
          http.request(`${API}/wxa/business/getuserphonenumber`, { query: { access_token }, json }),
        )
        // WeChat compares the code's user with this openid, which is that of the session.
        .catch((error) => {
          throw json.openid && isPhoneError(error) && error.platformCode === '40003'
            ? withAction(error, 'fix-config', 'ask-again')
            : error;
        });
      if (!response.json.phone_info) throw platformUnavailable('wechat', 'EMPTY');
      return { phone: readPhone({ platform: 'wechat', answer: response.text }, { appId }, checks()) };
    },

    openSealed(detail, sessionKey, checks) {
      const { encryptedData, iv } = requiredMembers('wechat', detail, 'encryptedData', 'iv');
      return open({ platform: 'wechat', encryptedData, iv }, { appId, sessionKey }, checks);
    },

    async checkSession(openId, sessionKey) {
      try {
        await withSession('/wxa/checksession', openId, sessionKey);
        return true;
      } catch (error) {
        if (isPhoneError(error) && error.platformCode === '87009') return false;
        throw error;
      }
    },

    async resetSessionKey(openId, sessionKey) {
      const { json } = await withSession('/wxa/resetusersessionkey', openId, sessionKey);
      return requiredTexts('wechat', json, 'session_key').session_key;
    },
  };
}

/** In milliseconds. WeChat allows force_refresh 20 times a day, and not within half a minute. */
const FORCE_PAUSE = 30_000;

/**
 * Observed, not documented: every public sample of a phone code has 64 hex characters, every login code has 32
 * characters and begins with 0.
 */
const PHONE_CODE = /^[0-9a-f]{64}$/;
const LOGIN_CODE = /^0[0-9A-Za-z]{31}$/;

export function rejectLoginCode(code: string): void {
  if (LOGIN_CODE.test(code))
    throw invalidInput('detail.code', 'detail.code looks like a login code of WeChat, not like a phone code', 'wechat');
}
