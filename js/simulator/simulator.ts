import type { PlatformServer, SimulatorContext } from './platforms/platform';
import { registry } from './platforms/registry';
import { invoker } from './platforms/wechat-cloud';
import { controlRoutes } from './server/control';
import { Faults } from './server/faults';
import { Server } from './server/server';
import type { Device, SimulatedPlatform, Simulator, SimulatorOptions } from './types';
import { Clock } from './world/clock';
import { Random } from './world/random';

/**
 * Starts a simulator: the servers of all platforms on one local address, and devices whose users tap the phone button.
 *
 * It plays the platforms' documented sides, their errors included, and seals with `node:crypto`, so that the rest of
 * this package is checked against something else than itself. WeChat, Alipay, Baidu and Douyin payloads have the shape
 * of the platforms' own samples; all others are documented, unproven.
 *
 * ```js
 * const simulator = await createSimulator();
 * const service = createPhoneService({ platforms: { wechat: simulator.config('wechat') } });
 * const device = simulator.device('wechat');
 * const { session } = await service.login({ platform: 'wechat', code: await device.login() });
 * const { phone } = await service.phone({ platform: 'wechat', session, detail: await device.tap() });
 * ```
 *
 * @returns Once it listens, on 127.0.0.1. Rejects with Node's error where the port is taken.
 */
export async function createSimulator({
  port = 0,
  now = Date.now,
  seed,
  control = false,
}: SimulatorOptions = {}): Promise<Simulator> {
  const clock = new Clock(now);
  const random = new Random(seed);
  const faults = new Faults();
  const server = new Server(clock, faults);
  const url = `http://127.0.0.1:${await server.listen(port)}`;

  const names = Object.keys(registry) as SimulatedPlatform[];
  const servers = build({ url, clock, random });
  const of = (platform: SimulatedPlatform) => {
    if (!names.includes(platform))
      throw new Error(`mp-phone/simulator: '${String(platform)}' is none of ${names.join(', ')}`);
    return servers[platform] as PlatformServer;
  };
  const { cloud } = servers.wechat;
  const ofWechat = (device: Device): Device => {
    if (device.platform !== 'wechat')
      throw new Error('mp-phone/simulator: cloud functions are called by WeChat devices');
    return device;
  };
  const call = invoker(cloud, random, () => clock.now());
  let devices = 0;

  const simulator: Simulator = {
    url,
    platforms: names,
    config: (platform: SimulatedPlatform, options?: Record<string, unknown>): any => of(platform).config(options),
    device(platform, user = {}) {
      // Counting on from the number that documentation uses.
      const phone = `138001380${String(devices++ % 100).padStart(2, '0')}`;
      return of(platform).device({ ...user, phone: user.phone ?? phone, countryCode: user.countryCode ?? '86' });
    },
    fail(platform, fault) {
      of(platform);
      faults.add(platform, fault);
    },
    heal: (platform) => faults.heal(platform),
    revokeToken: (platform) => of(platform).revokeToken(),
    rotateKey(platform) {
      const { rotateKey } = of(platform);
      if (!rotateKey) throw new Error(`mp-phone/simulator: ${platform} has no key of the app's to rotate`);
      return rotateKey();
    },
    advance: (ms) => clock.advance(ms),
    now: () => clock.now(),
    requests: server.requests,
    count: (platform, endpoint) => server.count(platform, endpoint),
    gateway: { url: `${url}/admin`, env: (device) => cloud.env(ofWechat(device)) },
    invoke: (device, main, data, context) => call(ofWechat(device), main, data, context),
    close: () => server.close(),
  };
  server.mount(servers, control ? controlRoutes(simulator) : undefined);
  return simulator;
}

type Servers = { [P in SimulatedPlatform]: ReturnType<(typeof registry)[P]> };

const build = (world: SimulatorContext): Servers =>
  Object.fromEntries(Object.entries(registry).map(([name, make]) => [name, make(world)])) as Servers;
