import type { Command } from 'commander';
import { createSimulator } from '../../simulator/index';
import type { SimulatedPlatform, Simulator } from '../../simulator/types';
import { collect, does, interrupted, listenError, port, UsageError } from '../command';

const PORT = 8787;

const about =
  `Simulates the servers of the mini-program platforms on http://127.0.0.1:${PORT}, and the users' devices: ` +
  'your whole flow runs without an account. ' +
  "Prints the ids and keys for your server's configuration. They are not valid on a real platform.";

const examples = `
Control a device with curl. Every body is JSON and needs its content type, so that no other site's page can send it.

  S=http://127.0.0.1:${PORT}  J=content-type:application/json
  curl -H $J $S/_device -d '{"platform": "wechat"}'     a phone with the mini-program: {"id": "1", "phone": …}
                                                        options: phone, countryCode, openId, unionId
  curl -X POST $S/_device/1/login                       {"code": …} like wx.login; replaces the session key
  curl -X POST $S/_device/1/tap                         the event's detail: {"code": …, "encryptedData": …, "iv": …}
  curl -H $J $S/_device/1/tap -d '{"fast": "sealed"}'   options: fast, realtime, form, flow, payload
  curl -H $J $S/_device/1/refuse -d '{"reason": "denied"}'
                                                        or no-permission, privacy, quota, not-logged-in, no-phone
  curl -H $J $S/_device/1/sealed -d '{"any": "payload"}'
                                                        sealed with this device's session key

Add faults.

  curl -H $J $S/_fail -d '{"platform": "wechat", "code": 40001}'
                                                        the next response is this error
  curl -H $J $S/_fail -d '{"platform": "wechat", "endpoint": "token", "hang": true, "times": null}'
                                                        also: drop, html, empty, text, status, delay, processed;
                                                        "times": null repeats the fault until /_heal
  curl -X POST $S/_heal                                 removes all faults; {"platform": …} those of a platform
  curl -H $J $S/_revoke -d '{"platform": "wechat"}'     invalidates its access tokens
  curl -H $J $S/_rotate -d '{"platform": "douyin"}'     replaces the app's key pair: {"privateKey": …}
  curl -H $J $S/_advance -d '{"ms": 300000}'            moves the clock by five minutes: codes expire

Inspect the requests.

  curl $S/_requests                                     the requests of your server
  curl -H $J $S/_config -d '{"platform": "alipay", "certificates": true}'
                                                        a configuration; here Alipay's certificate mode

Press Ctrl+C to stop.`;

interface Options {
  port: number;
  platform?: string[];
  seed?: string;
}

export function addSimulate(program: Command): void {
  const command = program
    .command('simulate')
    .summary("simulates the platforms' servers and devices on this machine, without an account")
    .description(about)
    .option('--port <n>', 'another port; 0 is any free port', port, PORT)
    .option('--platform <name>', 'print only the configuration of this platform; may be repeated', collect)
    .option('--seed <text>', 'use the same ids and secrets in every run (RSA keys differ in every run)')
    .addHelpText('after', examples);
  does(command, run);
}

async function run(options: Options): Promise<number> {
  const simulator = await createSimulator({ port: options.port, seed: options.seed, control: true }).catch((error) => {
    throw listenError(error, options.port);
  });
  try {
    const end = interrupted();
    print(simulator, platformsOf(simulator, options.platform));
    await end;
  } finally {
    await simulator.close();
  }
  return 0;
}

function platformsOf({ platforms }: Simulator, names: readonly string[] | undefined): readonly SimulatedPlatform[] {
  const unknown = names?.find((name) => !(platforms as readonly string[]).includes(name));
  if (unknown !== undefined) throw new UsageError(`--platform is one of ${platforms.join(', ')}`);
  return (names as SimulatedPlatform[] | undefined) ?? platforms;
}

function print(simulator: Simulator, platforms: readonly SimulatedPlatform[]): void {
  const configs = Object.fromEntries(platforms.map((name) => [name, simulator.config(name)]));
  console.log(`The platforms are simulated on ${simulator.url}\n`);
  console.log(`createPhoneService({ platforms: ${JSON.stringify(configs, null, 2)} })\n`);
  console.log('Run mp-phone simulate --help to see how to control a device with curl. Press Ctrl+C to stop.');
}
