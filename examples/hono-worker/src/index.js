import { Hono } from 'hono';
import { createPhoneService } from 'mp-phone/server';

/** Workers KV as the store. Its TTL is in seconds, at least 60; the service keeps the exact expiry in the value. */
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
    // The first read of a key in a location can take longer than the default timeout of 0.5 s.
    limits: { storeTimeout: 2 },
    // Your code: store phone.e164 for the account of user. The return value is `result` in the response.
    onPhone: ({ phone, user }) => ({ account: user && user.openId, country: phone.countryCode }),
  });
}

// One service per isolate and not per request: it holds the access token.
let service;

const app = new Hono();
app.post('/mp-phone/*', (c) => {
  service ??= makeService(c.env);
  const response = service.fetch(c.req.raw);
  // Continue after a disconnect: the code is used up, and other requests may wait for the same access token.
  c.executionCtx.waitUntil(response);
  return response;
});

export default app;
