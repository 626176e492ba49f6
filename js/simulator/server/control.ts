// Control of the simulator through HTTP, for curl and for tests in other languages. `mp-phone simulate --help`
// describes it.

import type { Device, DeviceUser, Fault, RefusalReason, SimulatedPlatform, Simulator, TapOptions } from '../types';
import { JSON_TYPE, json, members, type PlatformResponse, type Request } from './http';
import { isLocal } from './local';
import type { OwnRoutes } from './server';

/** A body as received. The simulator's functions reject wrong members. */
type Body = Record<string, any>;

export function controlRoutes(simulator: Simulator): OwnRoutes {
  const devices: Device[] = [];
  const port = Number(new URL(simulator.url).port);

  function ofDevice(device: Device, action: string): ((body: Body) => unknown) | undefined {
    switch (action) {
      case 'login':
        return async () => ({ code: await device.login() });
      case 'tap':
        return (body) => device.tap(body as TapOptions);
      case 'refuse':
        return ({ reason }) => device.refuse(reason as RefusalReason | undefined);
      case 'sealed':
        return (body) => device.sealed(body);
      default:
        return undefined;
    }
  }

  function ofSimulator(action: string): ((body: Body) => unknown) | undefined {
    switch (action) {
      case 'device':
        return ({ platform, ...user }) => {
          const device = simulator.device(platform as SimulatedPlatform, user as DeviceUser);
          const id = String(devices.push(device));
          return { id, platform, openId: device.openId, countryCode: device.countryCode, phone: device.phone };
        };
      case 'fail':
        // JSON has no Infinity: null means Infinity.
        return ({ platform, times, ...fault }) =>
          simulator.fail(
            platform as SimulatedPlatform,
            { ...fault, times: times === null ? Infinity : times } as Fault,
          );
      case 'heal':
        return ({ platform }) => simulator.heal(platform as SimulatedPlatform | undefined);
      case 'revoke':
        return ({ platform }) => simulator.revokeToken(platform as SimulatedPlatform);
      case 'rotate':
        return ({ platform }) => ({ privateKey: simulator.rotateKey(platform as 'douyin') });
      case 'advance':
        return ({ ms }) => simulator.advance(ms as number);
      case 'config':
        return ({ platform, ...options }) => simulator.config(platform as 'alipay', options as { certificates: true });
      case 'requests':
        return () => simulator.requests;
      default:
        return undefined;
    }
  }

  function find(path: string): ((body: Body) => unknown) | undefined {
    const [, id, action = ''] = /^\/_device\/(\d+)\/(\w+)$/.exec(path) ?? [];
    if (!id) return ofSimulator(path.slice(2));
    const device = devices[Number(id) - 1];
    return device && ofDevice(device, action);
  }

  return async (request: Request): Promise<PlatformResponse | undefined> => {
    if (!request.path.startsWith('/_')) return undefined;
    if (!isLocal(request.headers, port))
      return problem(
        403,
        'control is only for programs on this machine: the Host does not name this server, or the Origin is foreign',
      );
    const control = find(request.path);
    if (!control) return problem(404, 'the control path or the device does not exist');
    if (request.method !== 'POST' && !(request.method === 'GET' && request.path === '/_requests'))
      return problem(405, 'the method must be POST');
    // Another site's page cannot send this type: a form does not have it, and fetch needs a preflight request.
    if (request.body.length && request.type !== JSON_TYPE) return problem(415, `the content type must be ${JSON_TYPE}`);
    const body = request.body.length ? members(request) : {};
    if (!body) return problem(400, 'the body must be a JSON object');
    try {
      return json(((await control(body)) as object | undefined) ?? {});
    } catch (error) {
      return problem(400, (error as Error).message);
    }
  };
}

const problem = (status: number, error: string): PlatformResponse => json({ error }, { status });
