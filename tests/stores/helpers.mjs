// Helpers of all tests in this folder, with the installed package.
import { PhoneError, serviceOf as serviceWith } from '../service/service.mjs';

export {
  createPhoneService,
  installed,
  login,
  PhoneError,
  post,
  simulator as simulatorOf,
  uniCloudRedisStore,
} from '../service/service.mjs';

/** A service with the simulator's clock, by default for WeChat, with its events and the failures of its store. */
export function serviceOf(simulator, { platforms = { wechat: simulator.config('wechat') }, ...options } = {}) {
  const created = serviceWith(simulator, platforms, options);
  return { ...created, failures: () => created.events.filter((event) => event.event === 'store') };
}

/** Sends the event of a tap and returns the national number. */
export async function numberOf(service, device, session, tap = { fast: 'code' }) {
  const { phone } = await service.phone({ platform: device.platform, session, detail: await device.tap(tap) });
  return phone.nationalNumber;
}

/** The code of the PhoneError with which a promise rejects, or 'ok'. */
export const codeOf = (work) =>
  work.then(
    () => 'ok',
    (error) => (error instanceof PhoneError ? error.code : `${error}`),
  );

export const times = (count, make) => Array.from({ length: count }, (_, index) => make(index));

/** The duration of a call in milliseconds, and its result. */
export async function timed(work) {
  const start = performance.now();
  const value = await work();
  return { value, ms: performance.now() - start };
}

/** A promise with its resolve and reject. */
export function deferred() {
  const instance = {};
  instance.promise = new Promise((resolve, reject) => Object.assign(instance, { resolve, reject }));
  return instance;
}
