// Adapters for the stores that need one. A Keyv is a store without an adapter. The documentation quotes this file.

/** ioredis. */
export const ioredisStore = (redis) => ({
  get: (key) => redis.get(key),
  set: (key, value, ttl) => redis.set(key, value, 'PX', ttl),
  delete: (key) => redis.del(key),
  setIfAbsent: async (key, value, ttl) => (await redis.set(key, value, 'PX', ttl, 'NX')) === 'OK',
});

/** redis, also known as node-redis. */
export const nodeRedisStore = (redis) => ({
  get: (key) => redis.get(key),
  set: (key, value, ttl) => redis.set(key, value, { PX: ttl }),
  delete: (key) => redis.del(key),
  setIfAbsent: async (key, value, ttl) => (await redis.set(key, value, { PX: ttl, NX: true })) === 'OK',
});

/** Cloudflare KV. Its TTL is in seconds, at least 60. */
export const kvStore = (namespace) => ({
  get: (key) => namespace.get(key),
  set: (key, value, ttl) => namespace.put(key, value, { expirationTtl: Math.max(60, Math.ceil(ttl / 1000)) }),
  delete: (key) => namespace.delete(key),
});

/** unstorage. Its TTL is in seconds. The raw calls return a text unchanged; getItem would parse '42' to a number. */
export const unstorageStore = (storage) => ({
  get: (key) => storage.getItemRaw(key),
  set: (key, value, ttl) => storage.setItemRaw(key, value, { ttl: Math.ceil(ttl / 1000) }),
  delete: (key) => storage.removeItem(key),
});

/** A Map. It ignores the TTL: the service checks the expiry itself. */
export const mapStore = (map) => ({
  get: async (key) => map.get(key),
  set: async (key, value) => map.set(key, value),
  delete: async (key) => map.delete(key),
});
