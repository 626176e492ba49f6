import { rejectUnknownOptions } from '../core/misspelled';
import { wrongCall } from './errors';
import type { PlatformServer, SimulatorContext } from './platforms/platform';
import { registry } from './platforms/registry';
import { invoker } from './platforms/wechat-cloud';
import { controlRoutes } from './server/control';
import { Faults } from './server/faults';
import { Server } from './server/server';
import type { Device, DeviceUser, Fault, SimulatedPlatform, Simulator, SimulatorOptions, TapOptions } from './types';
import { Clock } from './world/clock';
import { Random } from './world/random';

// The names of options. Each of these constants must have all names of its type, otherwise the code does not compile.
type Names<T> = Record<keyof T, true>;
const OPTIONS: Names<SimulatorOptions> = { port: true, now: true, seed: true, control: true };
const USER: Names<DeviceUser> = { phone: true, countryCode: true, openId: true, unionId: true };
const TAP: Names<TapOptions> = { fast: true, realtime: true, form: true, flow: true, payload: true };
const FAULT: Names<Fault> = {
  endpoint: true,
  times: true,
  processed: true,
  delay: true,
  code: true,
  status: true,
  html: true,
  empty: true,
  text: true,
  hang: true,
  drop: true,
};

/**
 * Starts a simulator: the servers of all platforms on one local address, and devices whose users tap the phone button.
 *
 * It follows the platforms' documentation, including errors, and seals with `node:crypto` instead of this package's own
 * cryptography, so that tests compare two implementations. Payloads of WeChat, Alipay, Baidu and Douyin have the shape of
 * the platforms' own samples. All others are documented, unproven.
 *
 * ```js
 * const simulator = await createSimulator();
 * const service = createPhoneService({ platforms: { wechat: simulator.config('wechat') } });
 * const device = simulator.device('wechat');
 * const { session } = await service.login({ platform: 'wechat', code: await device.login() });
 * const { phone } = await service.phone({ platform: 'wechat', session, detail: await device.tap() });
 * ```
 *
 * @returns Resolves when the simulator listens, on 127.0.0.1. Rejects with Node's error if the port is in use.
 * @throws {@link PhoneError} `ERR_INPUT` for an option with an unknown name; the simulator's functions throw it for wrong arguments.
 */
export async function createSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  rejectUnknownOptions(options, Object.keys(OPTIONS));
  const { port = 0, now = Date.now, seed, control = false } = options;
  const clock = new Clock(now);
  const random = new Random(seed);
  const faults = new Faults();
  const server = new Server(clock, faults);
  const url = `http://127.0.0.1:${await server.listen(port)}`;

  const names = Object.keys(registry) as SimulatedPlatform[];
  const servers = build({ url, clock, random });
  const of = (platform: SimulatedPlatform) => {
    if (!names.includes(platform))
      throw wrongCall(`the platform '${String(platform)}' is not one of ${names.join(', ')}`, 'platform');
    return servers[platform] as PlatformServer;
  };
  const { cloud } = servers.wechat;
  const requireWechat = (device: Device): Device => {
    if (device.platform !== 'wechat') throw wrongCall('only WeChat devices can call cloud functions', 'device');
    return device;
  };
  const call = invoker(cloud, random, () => clock.now());
  let devices = 0;

  const simulator: Simulator = {
    url,
    platforms: names,
    config: (platform: SimulatedPlatform, options?: Record<string, unknown>): any => of(platform).config(options),
    device(platform, user = {}) {
      // The default numbers count up from 13800138000, the number that documentation uses.
      const phone = `138001380${String(devices++ % 100).padStart(2, '0')}`;
      rejectUnknownOptions(user, Object.keys(USER), 'user');
      const device = of(platform).device({
        ...user,
        phone: user.phone ?? phone,
        countryCode: user.countryCode ?? '86',
      });
      const { tap } = device;
      return Object.assign(device, {
        tap: async (options?: TapOptions) => {
          rejectUnknownOptions(options, Object.keys(TAP), 'options');
          return tap(options);
        },
      });
    },
    fail(platform, fault) {
      of(platform);
      rejectUnknownOptions(fault, Object.keys(FAULT), 'fault');
      faults.add(platform, fault);
    },
    heal: (platform) => faults.heal(platform),
    revokeToken: (platform) => of(platform).revokeToken(),
    rotateKey(platform) {
      const { rotateKey } = of(platform);
      if (!rotateKey) throw wrongCall(`an app of ${platform} has no key to rotate`, 'platform');
      return rotateKey();
    },
    advance: (ms) => clock.advance(ms),
    now: () => clock.now(),
    requests: server.requests,
    count: (platform, endpoint) => server.count(platform, endpoint),
    gateway: { url: `${url}/admin`, env: (device) => cloud.env(requireWechat(device)) },
    invoke: (device, main, data, context) => call(requireWechat(device), main, data, context),
    close: () => server.close(),
  };
  server.mount(servers, control ? controlRoutes(simulator) : undefined);
  return simulator;
}

type Servers = { [P in SimulatedPlatform]: ReturnType<(typeof registry)[P]> };

const build = (world: SimulatorContext): Servers =>
  Object.fromEntries(Object.entries(registry).map(([name, make]) => [name, make(world)])) as Servers;
