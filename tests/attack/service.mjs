// The phone service with the attacker logged in through the simulator; the session key is the one that sealed the
// attacker's payloads.
import { createServer } from 'node:http';
import { listen } from '../http/client.mjs';
import { install, requireIn } from '../support/installed.mjs';

const required = requireIn(install('attack-service'));
export const { createPhoneService } = required('mp-phone/server');
export const { createSimulator } = required('mp-phone/simulator');

/** Serves a handler during a test and returns the port. */
export function serve(t, handler) {
  const server = createServer(handler);
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return listen(server);
}

/** Sends a request; returns the status, the headers except those that vary, and the body as text. */
export async function send(port, path, body) {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const headers = [...response.headers].filter(([name]) => !/^(date|connection|keep-alive)$/.test(name));
  return { status: response.status, headers: JSON.stringify(headers), text: await response.text() };
}

/** A service with a logged-in user whose session key is `sessionKey`. */
export async function loggedIn(t, platform, { appId, appKey, sessionKey }, now) {
  const simulator = await createSimulator({ now: () => now });
  t.after(() => simulator.close());
  const config = simulator.config(platform);
  const [own, simulated] = appKey ? [appKey, config.appKey] : [appId, config.appId];
  // The simulator has its own app id and session key: the requests get the simulator's app id, and its responses get
  // the given session key.
  const asSimulated = (text) => text?.replaceAll(own, simulated);
  const withKey = async (url, init) => {
    const response = await fetch(asSimulated(String(url)), { ...init, body: asSimulated(init?.body) });
    const text = (await response.text()).replace(/"session_key":"[^"]*"/, `"session_key":"${sessionKey}"`);
    return { status: response.status, headers: response.headers, text: async () => text };
  };
  const bound = [];
  const app = appKey ? { appKey } : { appId };
  const service = createPhoneService({
    platforms: { [platform]: { ...config, ...app, privateKey: undefined } },
    fetch: withKey,
    now: () => now,
    logger: false,
    onPhone: ({ phone }) => void bound.push(phone.e164),
  });
  const device = simulator.device(platform);
  const { session } = await service.login({ platform, code: await device.login() });
  return { service, session, bound, device };
}
