// One of several processes of a backend: the service on one Redis. The parent acts as all clients: it sends
// {id, service: [function, request]} or {id, http: [path, body]} and receives {id, ...}.
import { Redis } from 'ioredis';
import { ioredisStore } from './adapters.mjs';
import { createPhoneService, post } from './helpers.mjs';

const { platforms, port, redis: options, limits } = JSON.parse(process.env.WORKER);
const redis = new Redis(port, '127.0.0.1', options);
redis.on('error', () => {}); // unavailable: the service logs that itself

const onPhone = ({ phone, user }) => {
  process.send({ onPhone: { number: phone.nationalNumber, openId: user?.openId ?? null } });
  return { process: process.pid };
};
const onError = (error) => process.send({ bug: String(error?.stack ?? error) });
const service = createPhoneService({ platforms, limits, store: ioredisStore(redis), onPhone, onError, logger: false });

async function response({ service: call, http }) {
  if (http) return post(service, ...http);
  try {
    return { value: await service[call[0]](call[1]) };
  } catch ({ code, action }) {
    return { code, action };
  }
}

process.on('message', async ({ id, ...request }) => process.send({ id, answer: await response(request) }));
process.on('disconnect', () => process.exit());
process.send({ ready: true });
