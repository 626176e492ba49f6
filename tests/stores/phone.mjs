// The installed package, and what every file here does with it. MP_PHONE_INSTALLED names a folder where it is installed
// already; the processes that a test starts get theirs that way.
import { basename } from 'node:path';
import { install, requireIn } from '../package/installed.mjs';

// The test files run at the same time, so each has an installation of its own.
export const installed = process.env.MP_PHONE_INSTALLED ?? install(`stores-${basename(process.argv[1], '.test.mjs')}`);
const required = requireIn(installed);
export const { createPhoneService } = required('mp-phone/host');
export const { createSimulator } = required('mp-phone/simulator');
export const { PhoneError } = required('mp-phone');

/** A simulator that ends with the test. */
export async function simulatorOf(t, options) {
  const simulator = await createSimulator(options);
  t.after(() => simulator.close());
  return simulator;
}

/** A service on the simulator's clock, and what it told. */
export function serviceOf(simulator, options = {}) {
  const events = [];
  const phones = [];
  const onPhone = ({ phone, user }) => {
    phones.push({ number: phone.nationalNumber, openId: user?.openId });
    return { number: phones.length };
  };
  const service = createPhoneService({ platforms: { wechat: simulator.config('wechat') }, now: simulator.now, logger: false, onEvent: (event) => events.push(event), onPhone, ...options });
  return { service, events, phones, failures: () => events.filter((one) => one.event === 'store') };
}

/** A request over `service.fetch`, as a client makes it. */
export async function post(service, path, body) {
  const response = await service.fetch(new Request(`http://service/${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }));
  return { status: response.status, ...(await response.json()) };
}

/** Logs a device in and gives the session. */
export async function login(service, device) {
  return (await service.login({ platform: device.platform, code: await device.login() })).session;
}

/** Sends what a tap gave, and gives the number within its country. */
export async function numberOf(service, device, session, tap = { fast: 'code' }) {
  const { phone } = await service.phone({ platform: device.platform, session, detail: await device.tap(tap) });
  return phone.nationalNumber;
}

/** The code of the PhoneError that something rejects with. */
export const codeOf = (work) => work.then(() => 'ok', (error) => (error instanceof PhoneError ? error.code : `${error}`));

export const times = (count, make) => Array.from({ length: count }, (_, index) => make(index));

/** How long something took, in milliseconds, and what it gave. */
export async function timed(work) {
  const start = performance.now();
  const value = await work();
  return { value, ms: performance.now() - start };
}

/** A promise, and what settles it. */
export function deferred() {
  const made = {};
  made.promise = new Promise((resolve, reject) => Object.assign(made, { resolve, reject }));
  return made;
}
