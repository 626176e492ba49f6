// Douyin: developer.toutiao.com (login) and open.douyin.com (everything else), and the devices.
//
// Errors: pages code-2-session and status-code on developer.open-douyin.com, client_token on douyin.apifox.cn. 28005187
// is known only from a third party's SDK. Comments with "assumed" have no source.
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { JSON_TYPE, json, members, type PlatformResponse, type Request } from '../server/http';
import type { Device } from '../types';
import { AppTokens } from '../world/access-tokens';
import { ExpiringTokens } from '../world/expiring-tokens';
import { sealRsa } from '../world/seal';
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

const TEXTS: Record<string, string> = {
  '-1': 'system error',
  10002: '参数错误',
  10003: 'client_key 不存在',
  10013: 'client_key 或者 client_secret 报错',
  40014: 'bad params',
  40015: 'bad appid',
  40017: 'bad secret',
  40018: 'bad code',
  40019: 'bad anonymous code',
  28001003: 'access_token无效',
  28001005: '系统繁忙，请稍候再试',
  28001007: '参数不合法',
  28001008: 'access_token过期,请刷新或重新授权',
  28003017: 'quota已用完',
  28003018: '触发限流',
  28005187: 'code已过期',
};

const fail = (why: string) => ({ errMsg: `getPhoneNumber:fail ${why}` });
const FAILED_EVENTS: FailedEvents = {
  denied: fail('auth deny'),
  'no-permission': fail('no permission'),
  'not-logged-in': fail('not login'),
  'no-phone': fail('no phone number'),
};

const SESSION = '/api/apps/v2/jscode2session';
const TOKEN = '/oauth/client_token/';
const PHONE = '/api/apps/v1/get_phonenumber_info/';

export function douyin({ url, clock, random }: SimulatorContext): PlatformServer {
  const appId = `tt${random.hex(16)}01`;
  const appSecret = random.hex(40);
  let privateKey: string | undefined;

  const sessions = new SessionKeys(() => random.base64(16));
  const logins = new ExpiringTokens<{ openId: string; unionId?: string; sessionKey: string }>(clock);
  const phoneCodes = new ExpiringTokens<object>(clock);
  // "Only the newest two are kept", the second of them for five minutes (page generate client-token).
  const tokens = new AppTokens(clock, () => `clt.${random.hex(32)}${random.text(32)}`, { keep: 2 });

  const newKey = (): string =>
    (privateKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
      type: 'pkcs8',
      format: 'pem',
    }) as string);
  const key = (): string => privateKey ?? newKey();
  const logId = (): string => `${beijingDigits(clock.now())}${random.hex(18).toUpperCase()}`;

  /** The members of a body whose content type is JSON. */
  function body(request: Request, code: number): Record<string, unknown> {
    const body = request.method === 'POST' && request.type === JSON_TYPE ? members(request) : undefined;
    if (!body) throw new PlatformError(code);
    return body;
  }

  const routes: PlatformServer['routes'] = {
    [SESSION](request) {
      const { appid, secret, code, anonymous_code } = body(request, 40014);
      if (!appid || !secret || (!code && !anonymous_code)) throw new PlatformError(40014);
      if (appid !== appId) throw new PlatformError(40015);
      if (secret !== appSecret) throw new PlatformError(40017);
      // No device of the simulator has anonymous codes.
      if (!code) throw new PlatformError(40019);
      const lookup = logins.spend(code);
      if (lookup.state !== 'good') throw new PlatformError(40018);
      const { sessionKey, openId, unionId = '' } = lookup.value;
      return json({
        err_no: 0,
        err_tips: 'success',
        data: { session_key: sessionKey, openid: openId, anonymous_openid: '', unionid: unionId },
      });
    },

    [TOKEN](request) {
      const { grant_type, client_key, client_secret } = body(request, 10002);
      if (grant_type !== 'client_credential' || !client_key || !client_secret) throw new PlatformError(10002);
      if (client_key !== appId) throw new PlatformError(10003);
      if (client_secret !== appSecret) throw new PlatformError(10013);
      const { token, expiresIn } = tokens.renew();
      return json({
        data: { access_token: token, description: '', error_code: 0, expires_in: expiresIn },
        message: 'success',
      });
    },

    [PHONE](request) {
      const state = tokens.inspect(request.headers['access-token'] as string | undefined);
      if (state === 'expired') throw new PlatformError(28001008);
      if (state !== 'good') throw new PlatformError(28001003);
      const { code } = body(request, 28001007);
      if (typeof code !== 'string' || !code) throw new PlatformError(28001007);
      const lookup = phoneCodes.spend(code);
      // Assumed: the same response for an expired, a spent and an invalid code.
      if (lookup.state !== 'good') throw new PlatformError(28005187);
      const data = sealRsa(createPublicKey(key()), JSON.stringify(lookup.value));
      return json({ err_no: 0, err_msg: '', log_id: logId(), data });
    },
  };

  function errorResponse(code: number | string, { path }: Request): PlatformResponse {
    const text = TEXTS[code] ?? 'error';
    if (path === TOKEN) return json({ data: { description: text, error_code: code }, message: 'error' }, { code });
    if (path === SESSION)
      return json(
        { err_no: code, err_tips: text, data: { session_key: '', openid: '', anonymous_openid: '', unionid: '' } },
        { code },
      );
    return json({ err_no: code, err_msg: text, log_id: logId(), data: '' }, { code });
  }

  function device(person: Person): Device {
    const { phone, countryCode, unionId } = person;
    const openId = person.openId ?? `_000${random.text(32)}`;
    const sealed = (payload: object | string) => sealWithSession(sessions.of(openId), random, payload);
    return {
      platform: 'douyin',
      openId,
      unionId,
      phone,
      countryCode,
      async login() {
        return logins.issue(random.text(32), { openId, unionId, sessionKey: sessions.rotate(openId) });
      },
      async tap({ fast = 'both', payload } = {}) {
        const info = payload ?? { ...wechatNumber(person), watermark: { appid: appId, timestamp: clock.seconds() } };
        const code = { code: phoneCodes.issue(random.text(64), info) };
        return {
          errMsg: 'getPhoneNumber:ok',
          ...(fast === 'code' ? {} : sealed(info)),
          ...(fast === 'sealed' ? {} : code),
        };
      },
      refuse: (reason) => failedEvent('douyin', FAILED_EVENTS, reason),
      sealed,
    };
  }

  return {
    config: () => ({ appId, appSecret, privateKey: key(), baseUrl: url }),
    device,
    routes,
    errorResponse,
    revokeToken: () => tokens.revoke(),
    rotateKey: newKey,
  };
}

/** `yyyyMMddHHmmss` in UTC+8, the beginning of a log id. */
const beijingDigits = (ms: number): string =>
  new Date(ms + 8 * 3_600_000).toISOString().slice(0, 19).replace(/\D/g, '');
