// Kuaishou: open.kuaishou.com, and the devices. Documented, unproven: the requests are those of public clients, the
// encryption is that of mp.kuaishou.com functionAccessGuide/thirdPartyLogin. Only the two errors below are documented.

import { form, json, type PlatformResponse } from '../server/http';
import type { Device } from '../types';
import { AppTokens } from '../world/access-tokens';
import { MINUTE } from '../world/clock';
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

const BAD_PARAMETER = 100200100;
const BAD_APP = 100200101;
const TEXTS: Record<string, [error: string, text: string]> = {
  [BAD_PARAMETER]: ['invalid_request', '参数有误'],
  [BAD_APP]: ['unauthorized_client', 'app_id 或 app_secret 有误'],
};

const FAILED_EVENTS: FailedEvents = {
  denied: { errMsg: 'getPhoneNumber:user deny' },
  'no-permission': { errMsg: 'getPhoneNumber:fail no permission' },
};

export function kuaishou({ url, clock, random }: SimulatorContext): PlatformServer {
  const appId = `ks${random.digits(18)}`;
  const appSecret = random.text(22);

  const sessions = new SessionKeys(() => random.base64(16));
  const logins = new ExpiringTokens<{ openId: string; sessionKey: string }>(clock, 10 * MINUTE);
  const tokens = new AppTokens(clock, () => random.text(64), { life: 48 * 60 * MINUTE });

  /** Public clients send the parameters in the URL or in a form. */
  function fieldsOf(request: Parameters<PlatformServer['errorResponse']>[1]): Map<string, string> {
    if (request.method !== 'POST') throw new PlatformError(BAD_PARAMETER);
    const fields = new Map([...request.query, ...form(request)]);
    if (!fields.get('app_id') || !fields.get('app_secret')) throw new PlatformError(BAD_PARAMETER);
    if (fields.get('app_id') !== appId || fields.get('app_secret') !== appSecret) throw new PlatformError(BAD_APP);
    return fields;
  }

  const routes: PlatformServer['routes'] = {
    '/oauth2/mp/code2session'(request) {
      // Assumed: an invalid code is an invalid parameter.
      const lookup = logins.spend(fieldsOf(request).get('js_code'));
      if (lookup.state !== 'good') throw new PlatformError(BAD_PARAMETER);
      const { openId, sessionKey } = lookup.value;
      // 1 means success.
      return json({ result: 1, session_key: sessionKey, open_id: openId });
    },

    '/oauth2/access_token'(request) {
      if (fieldsOf(request).get('grant_type') !== 'client_credentials') throw new PlatformError(BAD_PARAMETER);
      const { token, expiresIn } = tokens.renew();
      return json({ result: 1, access_token: token, expires_in: expiresIn, token_type: 'bearer' });
    },
  };

  function errorResponse(code: number | string): PlatformResponse {
    const [error, error_msg] = TEXTS[code] ?? ['error', 'error'];
    return json({ result: code, error, error_msg }, { code });
  }

  function device(person: Person): Device {
    const { phone, countryCode } = person;
    const openId = person.openId ?? `f1${random.hex(30)}`;
    const sealed = (payload: object | string) => sealWithSession(sessions.of(openId), random, payload);
    return {
      platform: 'kuaishou',
      openId,
      phone,
      countryCode,
      async login() {
        return logins.issue(random.hex(64), { openId, sessionKey: sessions.rotate(openId) });
      },
      // Only phoneNumber was observed. The other members are those of WeChat.
      tap: async ({ payload } = {}) => ({
        errMsg: 'getPhoneNumber:ok',
        ...sealed(payload ?? { ...wechatNumber(person), watermark: { appid: appId, timestamp: clock.seconds() } }),
      }),
      refuse: (reason) => failedEvent('kuaishou', FAILED_EVENTS, reason),
      sealed,
    };
  }

  return {
    config: () => ({ appId, appSecret, baseUrl: url }),
    device,
    routes,
    errorResponse,
    revokeToken: () => tokens.revoke(),
  };
}
