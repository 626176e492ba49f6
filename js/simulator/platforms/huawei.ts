// Huawei ID: oauth-login, account and account-api.cloud.huawei.com, and the devices. Documented, unproven: known from
// public clients, which show the errors of rest.php and quickLogin. The errors of the token request are from memory.

import { form, JSON_TYPE, json, members, type PlatformResponse, type Request } from '../server/http';
import type { Device } from '../types';
import { MINUTE } from '../world/clock';
import { ExpiringTokens } from '../world/expiring-tokens';
import {
  type FailedEvents,
  failedEvent,
  nothingIsSealed,
  type Person,
  PlatformError,
  type PlatformServer,
  type SimulatorContext,
} from './platform';

const TOKEN = '/oauth2/v3/token';
const REST = '/rest.php';
const QUICK = '/oauth2/v6/quickLogin/getPhoneNumber';

const TEXTS: Record<string, string> = {
  1101: 'invalid_request',
  1102: 'missing required parameter',
  1203: 'invalid code',
  6: 'session timeout',
  105: 'permission denied',
  60010001: 'invalid parameter',
  60180003: 'client id mismatch',
  60180004: 'code expired',
  60180005: 'code used',
  60180007: 'invalid code',
  60180008: 'no phone number',
};

// Not observed. It follows the form of all platforms with an errMsg.
const FAILED_EVENTS: FailedEvents = { denied: { errMsg: 'getPhoneNumber:fail user deny' } };

type User = Record<string, unknown>;

export function huawei({ url, clock, random }: SimulatorContext): PlatformServer {
  const clientId = random.digits(9);
  const clientSecret = random.hex(64);

  const logins = new ExpiringTokens<User>(clock);
  const phoneCodes = new ExpiringTokens<{ info: User; oneTap: User }>(clock);
  const tokens = new ExpiringTokens<User>(clock, 60 * MINUTE);

  const routes: PlatformServer['routes'] = {
    [TOKEN](request) {
      const fields = form(request);
      if (request.method !== 'POST' || fields.get('grant_type') !== 'authorization_code') throw new PlatformError(1102);
      if (fields.get('client_id') !== clientId || fields.get('client_secret') !== clientSecret)
        throw new PlatformError(1101);
      const code = fields.get('code');
      const login = logins.spend(code);
      const phone = phoneCodes.spend(code);
      if (login.state !== 'good' && phone.state !== 'good') throw new PlatformError(1203);
      const user = phone.state === 'good' ? phone.value.info : (login as { value: User }).value;
      // It contains plus, slash and equals: a caller that does not encode the form loses the plus.
      const access_token = tokens.issue(`DgEAA+/${random.base64(90)}+/==`, user);
      return json({
        access_token,
        expires_in: 3600,
        token_type: 'Bearer',
        scope: 'openid',
        refresh_token: `DQEAA${random.text(80)}`,
      });
    },

    [REST](request) {
      const lookup = tokens.inspect(form(request).get('access_token'));
      if (request.method !== 'POST' || request.query.get('nsp_svc') !== 'GOpen.User.getInfo')
        throw new PlatformError(105);
      if (lookup.state !== 'good') throw new PlatformError(6);
      return json(lookup.value);
    },

    [QUICK](request) {
      const body = request.method === 'POST' && request.type === JSON_TYPE ? members(request) : undefined;
      if (!body || !body['code']) throw new PlatformError(60010001);
      if (body['clientId'] !== clientId || body['clientSecret'] !== clientSecret) throw new PlatformError(60180003);
      const lookup = phoneCodes.spend(body['code']);
      if (lookup.state === 'good') return json(lookup.value.oneTap);
      throw new PlatformError({ used: 60180005, expired: 60180004, unknown: 60180007 }[lookup.state]);
    },
  };

  function errorResponse(code: number | string, { path }: Request): PlatformResponse {
    const text = TEXTS[code] ?? 'error';
    // An error of rest.php has HTTP status 200 and this header.
    if (path === REST) return json({ error: text }, { headers: { NSP_STATUS: String(code) }, code });
    if (path === QUICK) return json({ resultCode: code, resultDesc: text }, { code });
    return json({ error: code, sub_error: 20_000, error_description: text }, { status: 400, code });
  }

  function device(person: Person): Device {
    const { phone, countryCode } = person;
    const openId = person.openId ?? `MDE${random.text(60)}`;
    const unionId = person.unionId ?? `MDF${random.text(60)}`;
    const ids = { openID: openId, unionID: unionId };
    const phoneCountryCode = `00${countryCode}`;
    return {
      platform: 'huawei',
      openId,
      unionId,
      phone,
      countryCode,
      login: async () => logins.issue(`DQB6e3x9${random.text(80)}`, { ...ids }),
      async tap({ payload } = {}) {
        const numbers = {
          info: {
            mobileNumber: countryCode === '86' ? phone : `${phoneCountryCode}${phone}`,
            purePhoneNumber: phone,
            phoneCountryCode,
          },
          // For the one-tap button. This number has its country code on the mainland, too.
          oneTap: {
            phoneNumber: `${phoneCountryCode}${phone}`,
            purePhoneNumber: phone,
            phoneCountryCode,
            phoneNumberValid: 1,
          },
        };
        const value = {
          info: { ...ids, ...(payload ?? numbers.info) },
          oneTap: { openId, unionId, ...(payload ?? numbers.oneTap) },
        };
        return { errMsg: 'getPhoneNumber:ok', code: phoneCodes.issue(`DQB6e3x9${random.text(80)}`, value) };
      },
      refuse: (reason) => failedEvent('huawei', FAILED_EVENTS, reason),
      sealed: nothingIsSealed('huawei'),
    };
  }

  return {
    config: () => ({ clientId, clientSecret, baseUrl: url }),
    device,
    routes,
    errorResponse,
    revokeToken: () => tokens.forgetAll(),
    api: ({ path, query }) => (path === REST ? (query.get('nsp_svc') ?? undefined) : undefined),
  };
}
