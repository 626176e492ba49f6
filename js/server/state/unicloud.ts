// uniCloud.redis(). Documented, unproven: https://doc.dcloud.net.cn/uniCloud/redis.html
import type { Store, UniCloudRedis } from '../types';

/** A store for a `uniCloud.redis()`, for the option `store`. Documented, unproven. */
export const uniCloudRedisStore = (redis: UniCloudRedis): Store => ({
  get: (key) => redis.get(key),
  set: async (key, value, ttl) => (await redis.set(key, value, 'PX', Math.ceil(ttl))) === 'OK',
  delete: (key) => redis.del(key),
  setIfAbsent: async (key, value, ttl) => (await redis.set(key, value, 'PX', Math.ceil(ttl), 'NX')) === 'OK',
});
