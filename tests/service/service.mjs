// The installed package: the service, and the simulator over real HTTP.
import { install, requireIn } from '../support/installed.mjs';

/** The folder with the installed package: MP_PHONE_INSTALLED in processes that a test starts, otherwise a new folder. */
export const installed = process.env.MP_PHONE_INSTALLED ?? install('service');
export const required = requireIn(installed);
export const { createPhoneService, PhoneRefusal, uniCloudRedisStore } = required('mp-phone/server');
export const { createSimulator } = required('mp-phone/simulator');
export const { PhoneError } = required('mp-phone');

/** A simulator that closes when the test ends. */
export async function simulator(t, options) {
  const simulator = await createSimulator(options);
  t.after(() => simulator.close());
  return simulator;
}

/** A service that shares the simulator's clock and records its events. */
export function serviceOf(sim, platforms, options = {}) {
  const events = [];
  const phones = [];
  const onPhone = ({ phone, user }) => {
    phones.push({ phone, user });
    return { number: phones.length };
  };
  const service = createPhoneService({
    platforms,
    now: sim.now,
    logger: false,
    onEvent: (event) => events.push(event),
    onPhone,
    ...options,
  });
  return { service, events, phones };
}

/** Sends a request like that of a client through `service.fetch`. Returns the status and the members of the response. */
export async function post(service, path, body) {
  const response = await service.fetch(
    new Request(`http://service/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  );
  return { status: response.status, ...(await response.json()) };
}

/** Logs a device in and returns the session. */
export async function login(service, device) {
  return (await service.login({ platform: device.platform, code: await device.login() })).session;
}
