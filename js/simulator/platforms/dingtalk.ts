// DingTalk: api.dingtalk.com, and the devices. Documented, unproven: there is no phone button, but an authorisation code
// that leads to the user. InvalidAuthentication is seen (satorijs/satori issue 240); the other codes are made up.
import { json, JSON_TYPE, members, type Answer } from '../http';
import type { Device } from '../index';
import { Issued } from '../issued';
import { nothingIsSealed, refuse, Refusal, type Person, type PlatformServer, type World } from '../platform';
import { MINUTE } from '../clock';

const TEXTS: Record<string, string> = {
  InvalidAuthentication: '不合法的access_token',
  invalidClient: '不合法的clientId或clientSecret',
  invalidCode: '不合法的临时授权码',
  invalidParameter: '参数错误',
};

export function dingtalk({ url, clock, random }: World): PlatformServer {
  const clientId = `ding${random.text(16)}`;
  const clientSecret = random.text(64);

  const codes = new Issued<object>(clock);
  const tokens = new Issued<object>(clock, 120 * MINUTE);

  const routes: PlatformServer['routes'] = {
    '/v1.0/oauth2/userAccessToken'(request) {
      const body = request.method === 'POST' && request.type === JSON_TYPE ? members(request) : undefined;
      if (body?.['grantType'] !== 'authorization_code') throw new Refusal('invalidParameter');
      if (body['clientId'] !== clientId || body['clientSecret'] !== clientSecret) throw new Refusal('invalidClient');
      const looked = codes.spend(body['code']);
      if (looked.state !== 'good') throw new Refusal('invalidCode');
      return json({ accessToken: tokens.issue(random.hex(32), looked.value), refreshToken: random.hex(32), expireIn: 7200 });
    },

    '/v1.0/contact/users/me'({ method, headers }) {
      const looked = tokens.look(headers['x-acs-dingtalk-access-token']);
      if (method !== 'GET' || looked.state !== 'good') throw new Refusal('InvalidAuthentication');
      return json(looked.value);
    },
  };

  function refusal(code: number | string): Answer {
    const [a, b, c, d, e] = [8, 4, 4, 4, 12].map((length) => random.hex(length).toUpperCase());
    return json({ code, requestid: `${a}-${b}-${c}-${d}-${e}`, message: TEXTS[code] ?? 'error' }, { status: 400, code });
  }

  function device(person: Person): Device {
    const { phone, countryCode } = person;
    const openId = person.openId ?? random.text(18);
    const unionId = person.unionId ?? random.text(22);
    const issue = async (payload?: object): Promise<string> =>
      codes.issue(random.hex(32), { nick: '模拟用户', openId, unionId, ...(payload ?? { mobile: phone, stateCode: countryCode }) });
    return {
      platform: 'dingtalk',
      openId,
      unionId,
      phone,
      countryCode,
      login: () => issue(),
      tap: async ({ payload } = {}) => ({ code: await issue(payload) }),
      refuse: (reason) => refuse('dingtalk', {}, reason),
      sealed: nothingIsSealed('dingtalk'),
    };
  }

  return {
    config: () => ({ clientId, clientSecret, baseUrl: url }),
    device,
    routes,
    refusal,
    revokeToken: () => tokens.forgetAll(),
  };
}
