import { Hono } from 'hono';
import { createPhoneService } from 'mp-phone/server';

/** Workers KV as the service's store. KV takes seconds, and 60 at least; the service keeps the exact time in the value. */
const kvStore = (kv) => ({
  get: (key) => kv.get(key),
  set: (key, value, ttl) => kv.put(key, value, { expirationTtl: Math.max(60, Math.ceil(ttl / 1000)) }),
  delete: (key) => kv.delete(key),
});

function makeService(env) {
  for (const name of ['WECHAT_APP_ID', 'WECHAT_APP_SECRET', 'SESSIONS']) {
    if (!env[name]) throw new Error(`${name} is missing: see "Configuration" in README.md`);
  }
  return createPhoneService({
    basePath: '/mp-phone',
    platforms: { wechat: { appId: env.WECHAT_APP_ID, appSecret: env.WECHAT_APP_SECRET, baseUrl: env.WECHAT_BASE_URL } },
    store: kvStore(env.SESSIONS),
    // A first read of a key at a place takes KV longer than the default, half a second, allows for.
    limits: { storeTimeout: 2 },
    // Your part: keep phone.e164 with the account of user. What this returns is `result` in the answer.
    onPhone: ({ phone, user }) => ({ account: user && user.openId, abroad: phone.countryCode !== '86' }),
  });
}

// One for an isolate, not one for a request: it holds the access token.
let service;

const app = new Hono();
app.post('/mp-phone/*', (c) => {
  service ??= makeService(c.env);
  const answer = service.fetch(c.req.raw);
  // Goes on when the client goes away: the code is spent, and others may be waiting for the same access token.
  c.executionCtx.waitUntil(answer);
  return answer;
});

export default app;
