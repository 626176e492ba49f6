// uniCloud.redis(). Documented, unproven: https://doc.dcloud.net.cn/uniCloud/redis.html
import type { Store, UniCloudRedis } from '../index';

export const unicloudStore = (redis: UniCloudRedis): Store => ({
  get: (key) => redis.get(key),
  set: async (key, value, ttl) => (await redis.set(key, value, 'PX', Math.ceil(ttl))) === 'OK',
  delete: (key) => redis.del(key),
  setIfAbsent: async (key, value, ttl) => (await redis.set(key, value, 'PX', Math.ceil(ttl), 'NX')) === 'OK',
});
