// Baidu: spapi.baidu.com and openapi.baidu.com, and the devices.
//
// Three endpoints return a session key; all are in use (swan-docs log_Session-Key.md; Baidu's generated SDKs for the
// newest). OAuth endpoints return errors as {error, error_description}, REST endpoints as {errno, errmsg}. Of the REST
// errors only 110 was observed. Comments with "assumed" have no source.
import { createHash } from 'node:crypto';
import { form, json, type PlatformResponse, type Request } from '../server/http';
import type { Device } from '../types';
import { AppTokens } from '../world/access-tokens';
import { MINUTE } from '../world/clock';
import { ExpiringTokens } from '../world/expiring-tokens';
import { plaintext, sealFramed } from '../world/seal';
import { SessionKeys } from '../world/session-keys';
import {
  type FailedEvents,
  failedEvent,
  type Person,
  PlatformError,
  type PlatformServer,
  type SimulatorContext,
} from './platform';

const REST = '/rest/2.0/smartapp/getsessionkey';

const TEXTS: Record<string, string> = {
  invalid_request: 'parameter is invalid',
  invalid_client: 'unknown client id',
  invalid_grant: 'Invalid authorization code',
  unsupported_grant_type: 'The authorization grant type is not supported',
  110: 'Access token invalid or no longer valid',
  111: 'Access token expired',
  10010100: 'parameter is invalid',
};

const FAILED_EVENTS: FailedEvents = { denied: { errMsg: 'getPhoneNumber:fail auth deny' } };

interface Login {
  openId: string;
  sessionKey: string;
}

export function baidu({ url, clock, random }: SimulatorContext): PlatformServer {
  const appKey = random.text(32);
  const appSecret = random.text(32);

  // The text of a session key is an MD5 in hex, which every client decodes as base64: 24 bytes.
  const sessions = new SessionKeys(() => createHash('md5').update(random.bytes(16)).digest('hex'));
  const logins = new ExpiringTokens<Login>(clock, 10 * MINUTE);
  // No source says that a new token invalidates the previous one.
  const tokens = new AppTokens(
    clock,
    () => `24.${random.hex(32)}.2592000.${random.digits(10)}.282335-${random.digits(8)}`,
    { overlap: Infinity },
  );

  function spend(code: string | null, error: string | number): Login {
    const lookup = logins.spend(code);
    if (lookup.state !== 'good') throw new PlatformError(error);
    return lookup.value;
  }

  function byCode(fields: URLSearchParams): PlatformResponse {
    if (!fields.get('code') || !fields.get('client_id') || !fields.get('sk'))
      throw new PlatformError('invalid_request');
    if (fields.get('client_id') !== appKey || fields.get('sk') !== appSecret) throw new PlatformError('invalid_client');
    const { openId, sessionKey } = spend(fields.get('code'), 'invalid_grant');
    return json({ openid: openId, session_key: sessionKey });
  }

  const routes: PlatformServer['routes'] = {
    '/nalogin/getSessionKeyByCode': (request) => byCode(form(request)),

    // The same as the endpoint above. A GET with a query was observed, too.
    '/oauth/jscode2sessionkey': (request) => byCode(request.method === 'GET' ? request.query : form(request)),

    // GET in the documentation; Baidu's own SDK sends POST with the parameters in the URL.
    [REST]({ query }) {
      const state = tokens.inspect(query.get('access_token'));
      if (state !== 'good') throw new PlatformError(state === 'expired' ? 111 : 110);
      if (!query.get('code')) throw new PlatformError(10010100);
      // Assumed: an invalid code is an invalid parameter.
      const { openId, sessionKey } = spend(query.get('code'), 10010100);
      return json({
        data: { open_id: openId, session_key: sessionKey },
        errno: 0,
        errmsg: 'succ',
        request_id: random.digits(10),
        timestamp: clock.seconds(),
      });
    },

    '/oauth/2.0/token'(request) {
      const fields = new Map([...request.query, ...form(request)]);
      if (fields.get('grant_type') !== 'client_credentials') throw new PlatformError('unsupported_grant_type');
      if (fields.get('client_id') !== appKey || fields.get('client_secret') !== appSecret)
        throw new PlatformError('invalid_client');
      const { token, expiresIn } = tokens.renew();
      return json({
        access_token: token,
        expires_in: expiresIn,
        scope: 'public smartapp_snsapi_base',
        refresh_token: `25.${random.hex(32)}`,
        // Documented as obsolete: it opens nothing.
        session_key: random.base64(48),
        session_secret: random.hex(32),
      });
    },
  };

  function errorResponse(code: number | string, { path }: Request): PlatformResponse {
    const text = TEXTS[code] ?? 'error';
    if (path === REST)
      return json(
        { errno: code, errmsg: text, request_id: random.digits(10), timestamp: clock.seconds(), data: null },
        { code },
      );
    return json({ error: code, error_description: text }, { status: 400, code });
  }

  function device(person: Person): Device {
    const { phone, countryCode } = person;
    const openId = person.openId ?? random.text(32);
    function sealed(payload: object | string) {
      const iv = random.bytes(16);
      const key = Buffer.from(sessions.of(openId), 'base64');
      return {
        encryptedData: sealFramed(key, iv, random.bytes(16), plaintext(payload), appKey),
        iv: iv.toString('base64'),
      };
    }
    return {
      platform: 'baidu',
      openId,
      phone,
      countryCode,
      async login() {
        return logins.issue(`${random.hex(32)}NW`, { openId, sessionKey: sessions.rotate(openId) });
      },
      // A payload has no country, no time, and no app except in its frame.
      tap: async ({ payload } = {}) => ({ errMsg: 'getPhoneNumber:ok', ...sealed(payload ?? { mobile: phone }) }),
      refuse: (reason) => failedEvent('baidu', FAILED_EVENTS, reason),
      sealed,
    };
  }

  return {
    config: () => ({ appKey, appSecret, baseUrl: url }),
    device,
    routes,
    errorResponse,
    revokeToken: () => tokens.revoke(),
  };
}
