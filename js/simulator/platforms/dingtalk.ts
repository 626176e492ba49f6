// DingTalk: api.dingtalk.com and the old API of oapi.dingtalk.com, and the devices. Documented, unproven: there is no
// phone button; the server exchanges an authorisation code for the data of the user. Sources of the error codes:
// src/catalog/dingtalk.json; invalidParameter is made up.

import { form, JSON_TYPE, json, members, type PlatformResponse, type Request } from '../server/http';
import type { Device, TapOptions } from '../types';
import { AppTokens } from '../world/access-tokens';
import { MINUTE } from '../world/clock';
import { ExpiringTokens } from '../world/expiring-tokens';
import {
  failedEvent,
  nothingIsSealed,
  type Person,
  PlatformError,
  type PlatformServer,
  type SimulatorContext,
} from './platform';

const OLD_API = '/topapi/v2/user/';

const TEXTS: Record<string, string> = {
  InvalidAuthentication: '不合法的access_token',
  invalidClientIdOrSecret: '无效的clientId或者clientSecret',
  'invalidParameter.authCode.notFound': '不合法的临时授权码',
  invalidParameter: '参数错误',
  33012: '无效的USERID',
  40014: '不合法的access_token',
  40078: '不存在的临时授权码',
};

/** The user whose data a server receives in exchange for a code. */
interface Employee {
  userid: string;
  unionid: string;
  details: object;
}

export function dingtalk({ url, clock, random }: SimulatorContext): PlatformServer {
  const clientId = `ding${random.text(16)}`;
  const clientSecret = random.text(64);

  const inApp = new ExpiringTokens<Employee>(clock);
  const employees = new Map<string, object>();
  // A repeated request returns the same token.
  const appTokens = new AppTokens(clock, () => random.hex(32));
  const oauth = new ExpiringTokens<object>(clock);
  const userTokens = new ExpiringTokens<object>(clock, 120 * MINUTE);

  const posted = (request: Request) =>
    request.method === 'POST' && request.type === JSON_TYPE ? members(request) : undefined;

  /** A parameter of a request to the old API, whose body is a form or JSON. */
  function oldApiParameter(request: Request, name: string): unknown {
    if (appTokens.inspect(request.query.get('access_token')) !== 'good') throw new PlatformError(40014);
    return request.method === 'POST' ? (posted(request)?.[name] ?? form(request).get(name)) : undefined;
  }

  const success = (result: object): PlatformResponse =>
    json({ errcode: 0, errmsg: 'ok', result, request_id: random.text(12) });

  const routes: PlatformServer['routes'] = {
    '/v1.0/oauth2/accessToken'(request) {
      const body = posted(request);
      if (!body) throw new PlatformError('invalidParameter');
      if (body['appKey'] !== clientId || body['appSecret'] !== clientSecret)
        throw new PlatformError('invalidClientIdOrSecret');
      const { token, expiresIn } = appTokens.stable();
      return json({ accessToken: token, expireIn: expiresIn });
    },

    [`${OLD_API}getuserinfo`](request) {
      const lookup = inApp.spend(oldApiParameter(request, 'code'));
      if (lookup.state !== 'good') throw new PlatformError(40078);
      const { userid, unionid, details } = lookup.value;
      employees.set(userid, details);
      return success({ userid, unionid, name: '模拟用户', sys: false, sys_level: 0 });
    },

    [`${OLD_API}get`](request) {
      const details = employees.get(String(oldApiParameter(request, 'userid')));
      if (!details) throw new PlatformError(33012);
      return success(details);
    },

    '/v1.0/oauth2/userAccessToken'(request) {
      const body = posted(request);
      if (body?.['grantType'] !== 'authorization_code') throw new PlatformError('invalidParameter');
      if (body['clientId'] !== clientId || body['clientSecret'] !== clientSecret)
        throw new PlatformError('invalidClientIdOrSecret');
      const lookup = oauth.spend(body['code']);
      if (lookup.state !== 'good') throw new PlatformError('invalidParameter.authCode.notFound');
      return json({
        accessToken: userTokens.issue(random.hex(32), lookup.value),
        refreshToken: random.hex(32),
        expireIn: 7200,
      });
    },

    '/v1.0/contact/users/me'({ method, headers }) {
      const lookup = userTokens.inspect(headers['x-acs-dingtalk-access-token']);
      if (method !== 'GET' || lookup.state !== 'good') throw new PlatformError('InvalidAuthentication');
      return json(lookup.value);
    },
  };

  function errorResponse(code: number | string, { path }: { path: string }): PlatformResponse {
    const text = TEXTS[code] ?? 'error';
    if (path.startsWith(OLD_API))
      return json({ errcode: Number(code), errmsg: text, request_id: random.text(12) }, { code });
    const [a, b, c, d, e] = [8, 4, 4, 4, 12].map((length) => random.hex(length).toUpperCase());
    return json({ code, requestid: `${a}-${b}-${c}-${d}-${e}`, message: text }, { status: 400, code });
  }

  function device(person: Person): Device {
    const { phone, countryCode } = person;
    const unionId = person.unionId ?? person.openId ?? random.text(22);
    const openId = person.openId ?? unionId;
    const userid = `user${random.text(8)}`;
    const issue = ({ flow = 'in-app', payload }: TapOptions = {}): string => {
      const code = random.hex(32);
      if (flow === 'oauth')
        return oauth.issue(code, {
          nick: '模拟用户',
          openId,
          unionId,
          ...(payload ?? { mobile: phone, stateCode: countryCode }),
        });
      const details = {
        userid,
        unionid: unionId,
        name: '模拟用户',
        hide_mobile: false,
        ...(payload ?? { mobile: phone, state_code: countryCode }),
      };
      return inApp.issue(code, { userid, unionid: unionId, details });
    };
    return {
      platform: 'dingtalk',
      openId,
      unionId,
      phone,
      countryCode,
      login: async () => issue(),
      tap: async (options) => ({ code: issue(options) }),
      refuse: (reason) => failedEvent('dingtalk', {}, reason),
      sealed: nothingIsSealed('dingtalk'),
    };
  }

  return {
    config: ({ flow } = {}) => ({ clientId, clientSecret, ...(flow ? { flow } : {}), baseUrl: url }),
    device,
    routes,
    errorResponse,
    revokeToken() {
      appTokens.revoke();
      userTokens.forgetAll();
    },
  };
}
