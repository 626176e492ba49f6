// WeChat: api.weixin.qq.com, and the devices. The gateway of cloud functions is in wechat-cloud.ts.
//
// The errors are those of the pages code2Session, getPhoneNumber, getStableAccessToken, checkSessionKey and getOpenData
// on developers.weixin.qq.com, and of developers' posts there; 43001 is from memory. Comments with "assumed" have no
// source.

import { createHmac } from 'node:crypto';
import { json, members, type PlatformResponse, type Request } from '../server/http';
import type { Device, EventDetail, SimulatedToken } from '../types';
import { AppTokens } from '../world/access-tokens';
import { ExpiringTokens } from '../world/expiring-tokens';
import { SessionKeys, sealWithSession } from '../world/session-keys';
import { wechatNumber } from './number';
import {
  type FailedEvents,
  failedEvent,
  type Person,
  PlatformError,
  type PlatformServer,
  type SimulatorContext,
} from './platform';
import { type Cloud, type CloudId, gateway } from './wechat-cloud';
import type { PhoneCode } from './wechat-codes';

const TEXTS: Record<string, string> = {
  '-1': 'system error',
  40001: 'invalid credential, access_token is invalid or not latest',
  40002: 'invalid grant_type',
  40003: 'invalid openid',
  40013: 'invalid appid',
  40014: 'invalid access_token',
  40029: 'invalid code',
  40094: 'invalid component credential',
  40125: 'invalid appsecret',
  40163: 'code been used',
  40226: 'code blocked',
  41001: 'access_token missing',
  41002: 'appid missing',
  41004: 'appsecret missing',
  41008: 'missing code',
  42001: 'access_token expired',
  43001: 'require GET method',
  43002: 'require POST method',
  45009: 'reach max api daily quota limit',
  45011: 'api minute-quota reach limit, must slower, retry next minute',
  47001: 'data format error',
  48001: 'api unauthorized',
  61003: 'component is not authorized by this account',
  61007: 'api is unauthorized to component',
  87008: 'invalid sig_method',
  87009: 'invalid signature',
};

const FAILED_EVENTS: FailedEvents = {
  denied: { errMsg: 'getPhoneNumber:fail user deny' },
  'no-permission': { errMsg: 'getPhoneNumber:fail operateWXData:fail jsapi has no permission', errno: 102 },
  privacy: { errMsg: 'getPhoneNumber:fail privacy permission is not authorized', errno: 104 },
  // No source has the text for 1400001.
  quota: { errMsg: 'getPhoneNumber:fail', errno: 1400001 },
};

/** The option `token` of the service as a function. `JSON.stringify` prints it as the token. */
const tokenFunction = (token: string): SimulatedToken => Object.assign(async () => token, { toJSON: () => token });

export function wechat({ url, clock, random }: SimulatorContext): PlatformServer & { cloud: Cloud } {
  const appId = `wx${random.hex(16)}`;
  const appSecret = random.hex(32);
  const [componentAppId, componentAccessToken, authorizerAccessToken] = [
    `wx${random.hex(16)}`,
    `90_${random.text(120)}`,
    `91_${random.text(120)}`,
  ];
  const component = {
    token: tokenFunction(authorizerAccessToken),
    component: { appId: componentAppId, token: tokenFunction(componentAccessToken) },
  };

  const sessions = new SessionKeys(() => random.base64(16));
  const logins = new ExpiringTokens<{ openId: string; unionId?: string; sessionKey: string }>(clock);
  const phoneCodes = new ExpiringTokens<PhoneCode>(clock);
  const cloudIds = new ExpiringTokens<CloudId>(clock);
  // "Fully isolated from each other": a new token of one kind does not invalidate tokens of the other.
  const plain = new AppTokens(clock, () => `87_${random.text(133)}`);
  const stable = new AppTokens(clock, () => `88_${random.text(133)}`);

  const rid = (): string => [random.hex(8), random.hex(8), random.hex(8)].join('-');
  const textOf = (code: number | string): string => `${TEXTS[code] ?? 'error'} rid: ${rid()}`;
  const cloud = gateway({ url, appId, random, phoneCodes, cloudIds, textOf });

  const need = (value: unknown, code: number): void => {
    if (value === null || value === undefined || value === '') throw new PlatformError(code);
  };
  const onlyBy = (method: 'GET' | 'POST', request: Request): void => {
    if (request.method !== method) throw new PlatformError(method === 'GET' ? 43001 : 43002);
  };

  function checkApp(appid: unknown, secret: unknown): void {
    need(appid, 41002);
    need(secret, 41004);
    if (appid !== appId) throw new PlatformError(40013);
    if (secret !== appSecret) throw new PlatformError(40125);
  }

  /** The token is read only from the URL: in a header or in the body it counts as missing. */
  function checkToken({ query }: Request): void {
    const token = query.get('access_token');
    need(token, 41001);
    if (token === authorizerAccessToken) return;
    const states = [plain.inspect(token), stable.inspect(token)];
    if (states.includes('good')) return;
    throw new PlatformError(states.includes('expired') ? 42001 : 40001);
  }

  /** The key of the signature is the text of the session key, not its bytes. The signed text is empty. */
  function checkLoginState(request: Request): string {
    checkToken(request);
    const { query } = request;
    if (query.get('sig_method') !== 'hmac_sha256') throw new PlatformError(87008);
    const openId = query.get('openid') ?? '';
    if (!sessions.knows(openId)) throw new PlatformError(40003);
    if (query.get('signature') !== createHmac('sha256', sessions.of(openId)).digest('hex'))
      throw new PlatformError(87009);
    return openId;
  }

  /**
   * The members of a JSON body with any content type: curl and PHP send JSON with the type of a form, and WeChat
   * accepts it.
   */
  function body(request: Request): Record<string, unknown> {
    const body = members(request);
    if (!body) throw new PlatformError(47001);
    return body;
  }

  const tokenResponse = ({ token, expiresIn }: { token: string; expiresIn: number }): PlatformResponse =>
    json({ access_token: token, expires_in: expiresIn });

  function session(code: string | null): PlatformResponse {
    const login = logins.spend(code);
    if (login.state === 'used') throw new PlatformError(40163);
    if (login.state !== 'good') throw new PlatformError(40029);
    const { sessionKey, openId, unionId } = login.value;
    return json({ session_key: sessionKey, openid: openId, ...(unionId ? { unionid: unionId } : {}) });
  }

  const routes: PlatformServer['routes'] = {
    '/sns/jscode2session'(request) {
      const { query } = request;
      checkApp(query.get('appid'), query.get('secret'));
      need(query.get('js_code'), 41008);
      if (query.get('grant_type') !== 'authorization_code') throw new PlatformError(40002);
      onlyBy('GET', request);
      return session(query.get('js_code'));
    },

    '/sns/component/jscode2session'(request) {
      const { query } = request;
      need(query.get('appid'), 41002);
      need(query.get('js_code'), 41008);
      if (query.get('grant_type') !== 'authorization_code') throw new PlatformError(40002);
      onlyBy('GET', request);
      const token = query.get('component_access_token');
      if (token === authorizerAccessToken) throw new PlatformError(48001);
      if (token !== componentAccessToken || query.get('component_appid') !== componentAppId)
        throw new PlatformError(40094);
      if (query.get('appid') !== appId) throw new PlatformError(61003);
      return session(query.get('js_code'));
    },

    '/cgi-bin/token'(request) {
      const { query } = request;
      if (query.get('grant_type') !== 'client_credential') throw new PlatformError(40002);
      checkApp(query.get('appid'), query.get('secret'));
      onlyBy('GET', request);
      return tokenResponse(plain.renew());
    },

    '/cgi-bin/stable_token'(request) {
      onlyBy('POST', request);
      const { grant_type, appid, secret, force_refresh } = body(request);
      if (grant_type !== 'client_credential') throw new PlatformError(40002);
      checkApp(appid, secret);
      return tokenResponse(force_refresh === true ? stable.renew(0) : stable.stable());
    },

    '/wxa/business/getuserphonenumber'(request) {
      onlyBy('POST', request);
      checkToken(request);
      const { code, openid } = body(request);
      need(code, 47001);
      const lookup = phoneCodes.inspect(code);
      if (lookup.state !== 'good') throw new PlatformError(40029);
      // Assumed: the error code, and that the phone code is not spent.
      if (openid !== undefined && openid !== lookup.value.openId) throw new PlatformError(40003);
      phoneCodes.spend(code);
      return json({ errcode: 0, errmsg: 'ok', phone_info: lookup.value.phoneInfo });
    },

    '/wxa/checksession'(request) {
      onlyBy('GET', request);
      checkLoginState(request);
      return json({ errcode: 0, errmsg: 'ok' });
    },

    '/wxa/resetusersessionkey'(request) {
      onlyBy('GET', request);
      const openid = checkLoginState(request);
      return json({ errcode: 0, errmsg: 'ok', openid, session_key: sessions.rotate(openid) });
    },

    '/wxa/getopendata'(request) {
      onlyBy('POST', request);
      checkToken(request);
      const { cloudid_list: list } = body(request);
      if (!Array.isArray(list)) throw new PlatformError(47001);
      const openId = request.query.get('openid');
      if (openId !== null && !sessions.knows(openId)) throw new PlatformError(40003);
      // The page's table describes json as text, and its example shows an object. Code that works with the real API parses a text.
      const data_list = list.map((id) => ({
        cloud_id: id,
        json: JSON.stringify(cloud.openCloudId(String(id), openId ?? undefined)),
      }));
      return json({ errcode: 0, errmsg: 'ok', data_list });
    },
  };

  function device(person: Person): Device {
    const { phone, countryCode, unionId } = person;
    const openId = person.openId ?? `o${random.text(27)}`;
    sessions.of(openId);
    const sealed = (payload: object | string): EventDetail => sealWithSession(sessions.of(openId), random, payload);
    return {
      platform: 'wechat',
      openId,
      unionId,
      phone,
      countryCode,
      async login() {
        return logins.issue(`0${random.text(31)}`, { openId, unionId, sessionKey: sessions.rotate(openId) });
      },
      async tap({ fast = 'both', realtime, payload } = {}) {
        const phoneInfo = payload ?? {
          ...wechatNumber(person),
          watermark: { timestamp: clock.seconds(), appid: appId },
        };
        const code = { code: phoneCodes.issue(random.hex(64), { openId, phoneInfo }) };
        const sealedMembers = () => ({
          ...sealed(phoneInfo),
          cloudID: cloudIds.issue(`28_${random.text(43)}`, { openId, data: phoneInfo }),
        });
        // Assumed: the event of the realtime button. Its page shows only the code.
        return {
          errMsg: 'getPhoneNumber:ok',
          ...(fast === 'sealed' && !realtime ? {} : code),
          ...(fast === 'code' || realtime ? {} : sealedMembers()),
        };
      },
      refuse: (reason) => failedEvent('wechat', FAILED_EVENTS, reason),
      sealed,
    };
  }

  return {
    config: ({ component: asComponent } = {}) =>
      asComponent ? { appId, ...component, baseUrl: url } : { appId, appSecret, baseUrl: url },
    device,
    routes: { ...routes, ...cloud.routes },
    errorResponse: (code, request) =>
      cloud.errorResponse(code, request) ?? json({ errcode: code, errmsg: textOf(code) }, { code }),
    revokeToken() {
      plain.revoke();
      stable.revoke();
    },
    api: cloud.api,
    cloud,
  };
}
