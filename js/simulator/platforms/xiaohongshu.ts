// Xiaohongshu: miniapp.xiaohongshu.com, and the devices. Documented, unproven: known from public clients and from
// quotations of its pages DC010382, DC414670, DC473950 and DC591932. Of its errors only 410101 was observed; -1 is made
// up.
import { JSON_TYPE, json, members, type PlatformResponse } from '../server/http';
import type { Device } from '../types';
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

const BAD_TOKEN = 410101;
const OTHER = -1;
const TEXTS: Record<string, string> = { [BAD_TOKEN]: '应用访问令牌不匹配' };

// Not observed. It follows the form of all platforms with an errMsg.
const FAILED_EVENTS: FailedEvents = { denied: { errMsg: 'getPhoneNumber:fail user deny' } };

export function xiaohongshu({ url, clock, random }: SimulatorContext): PlatformServer {
  const appId = random.hex(24);
  const appSecret = random.hex(32);
  let taps = 0;

  // The page says AES-128, and also that the key has 24 bytes.
  const sessions = new SessionKeys(() => random.base64(24));
  const logins = new ExpiringTokens<{ openId: string; sessionKey: string }>(clock);
  // No source says that a new token invalidates the previous one.
  const tokens = new AppTokens(clock, () => random.hex(64), { overlap: Infinity });

  const success = (data: object): PlatformResponse => json({ data, success: true, msg: '成功', code: 0 });

  const routes: PlatformServer['routes'] = {
    '/api/rmp/token'(request) {
      const body = request.method === 'POST' && request.type === JSON_TYPE ? members(request) : undefined;
      if (body?.['appid'] !== appId || body['secret'] !== appSecret) throw new PlatformError(OTHER);
      const { token, expiresIn } = tokens.renew();
      return success({ access_token: token, expire_in: expiresIn });
    },

    // app_id in this request, appid in the other.
    '/api/rmp/session'({ method, query }) {
      if (method !== 'GET' || query.get('app_id') !== appId) throw new PlatformError(OTHER);
      if (tokens.inspect(query.get('access_token')) !== 'good') throw new PlatformError(BAD_TOKEN);
      const lookup = logins.spend(query.get('code'));
      if (lookup.state !== 'good') throw new PlatformError(OTHER);
      const { openId, sessionKey } = lookup.value;
      return success({ openid: openId, session_key: sessionKey });
    },
  };

  const errorResponse = (code: number | string): PlatformResponse =>
    json({ success: false, msg: TEXTS[code] ?? 'error', data: null, code }, { code });

  function device(person: Person): Device {
    const { phone, countryCode } = person;
    const openId = person.openId ?? random.hex(32);
    function sealed(payload: object | string) {
      const { encryptedData, iv } = sealWithSession(sessions.of(openId), random, payload);
      // Public clients restore the padding of the IV, so its '=' must be missing sometimes: here every second time.
      return { encryptedData, iv: taps++ % 2 ? iv : iv.replace(/=+$/, '') };
    }
    return {
      platform: 'xiaohongshu',
      openId,
      phone,
      countryCode,
      async login() {
        return logins.issue(random.hex(32), { openId, sessionKey: sessions.rotate(openId) });
      },
      tap: async ({ payload } = {}) => ({ errMsg: 'getPhoneNumber:ok', ...sealed(payload ?? wechatNumber(person)) }),
      refuse: (reason) => failedEvent('xiaohongshu', FAILED_EVENTS, reason),
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
