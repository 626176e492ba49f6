// Feishu: open.feishu.cn, and the devices. Documented, unproven: there is no phone button, but an authorisation code
// that the service exchanges for the user's data (pages get-user-access-token and authen-v1/user_info). The error codes
// are from memory.

import { JSON_TYPE, json, members, type PlatformResponse } from '../server/http';
import type { Device } from '../types';
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

const TOKEN = '/open-apis/authen/v2/oauth/token';

const TEXTS: Record<string, [error: string, text: string]> = {
  20002: ['invalid_client', 'The client secret is invalid.'],
  20003: ['invalid_grant', 'The authorization code is invalid or has been used.'],
  20004: ['invalid_grant', 'The authorization code has expired.'],
  20036: ['unsupported_grant_type', 'The grant type is not supported.'],
  20048: ['invalid_client', 'The app does not exist.'],
  20063: ['invalid_request', 'The request is malformed.'],
  99991668: ['invalid_token', 'Invalid access token for authorization.'],
};

export function feishu({ url, clock, random }: SimulatorContext): PlatformServer {
  const appId = `cli_${random.hex(16)}`;
  const appSecret = random.text(32);

  const codes = new ExpiringTokens<object>(clock);
  const tokens = new ExpiringTokens<object>(clock, 120 * MINUTE);

  const routes: PlatformServer['routes'] = {
    [TOKEN](request) {
      const body = request.method === 'POST' && request.type === JSON_TYPE ? members(request) : undefined;
      if (!body) throw new PlatformError(20063);
      if (body['grant_type'] !== 'authorization_code') throw new PlatformError(20036);
      if (body['client_id'] !== appId) throw new PlatformError(20048);
      if (body['client_secret'] !== appSecret) throw new PlatformError(20002);
      const lookup = codes.spend(body['code']);
      if (lookup.state !== 'good') throw new PlatformError(lookup.state === 'expired' ? 20004 : 20003);
      return json({
        code: 0,
        access_token: tokens.issue(`eyJ${random.text(200)}`, lookup.value),
        expires_in: 7200,
        token_type: 'Bearer',
        scope: 'auth:user.id:read',
      });
    },

    '/open-apis/authen/v1/user_info'({ method, headers }) {
      const lookup = tokens.inspect(/^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1]);
      if (method !== 'GET' || lookup.state !== 'good') throw new PlatformError(99991668);
      return json({ code: 0, msg: 'success', data: lookup.value });
    },
  };

  function errorResponse(code: number | string, { path }: { path: string }): PlatformResponse {
    const [error, text] = TEXTS[code] ?? ['error', 'error'];
    return path === TOKEN
      ? json({ code, error, error_description: text }, { status: 400, code })
      : json({ code, msg: text, error: { log_id: random.hex(34).toUpperCase() } }, { status: 400, code });
  }

  function device(person: Person): Device {
    const { phone, countryCode } = person;
    const openId = person.openId ?? `ou_${random.hex(32)}`;
    const unionId = person.unionId ?? `on_${random.hex(32)}`;
    const issue = async (payload?: object): Promise<string> =>
      codes.issue(random.text(32), {
        name: '模拟用户',
        open_id: openId,
        union_id: unionId,
        ...(payload ?? { mobile: `+${countryCode}${phone}` }),
      });
    return {
      platform: 'feishu',
      openId,
      unionId,
      phone,
      countryCode,
      login: () => issue(),
      tap: async ({ payload } = {}) => ({ code: await issue(payload) }),
      refuse: (reason) => failedEvent('feishu', {}, reason),
      sealed: nothingIsSealed('feishu'),
    };
  }

  return {
    config: () => ({ appId, appSecret, baseUrl: url }),
    device,
    routes,
    errorResponse,
    revokeToken: () => tokens.forgetAll(),
  };
}
