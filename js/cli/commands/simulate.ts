import type { Command } from 'commander';
import { createSimulator } from '../../simulator/index';
import type { SimulatedPlatform, Simulator } from '../../simulator/types';
import { collect, does, interrupted, port, taken, UsageError } from '../command';

const PORT = 8787;

const about =
  `Plays the servers of the mini-program platforms on http://127.0.0.1:${PORT}, and the devices: ` +
  'your whole flow runs without an account. ' +
  "Prints the ids and keys for your server's configuration. They are worth nothing anywhere else.";

const examples = `
Be a device, with curl. Every body is JSON, and says so: a page of another site must not be able to send it.

  S=http://127.0.0.1:${PORT} J=content-type:application/json
  curl -H $J $S/_device -d '{"platform": "wechat"}'     a phone with the mini-program: {"id": "1", "phone": …}
                                                        may choose phone, countryCode, openId, unionId
  curl -X POST $S/_device/1/login                       {"code": …} as of wx.login; the session key rotates
  curl -X POST $S/_device/1/tap                         the event's detail: {"code": …, "encryptedData": …, "iv": …}
  curl -H $J $S/_device/1/tap -d '{"fast": "sealed"}'   options: fast, realtime, form, flow, payload
  curl -H $J $S/_device/1/refuse -d '{"reason": "denied"}'
                                                        or no-permission, privacy, quota, not-logged-in, no-phone
  curl -H $J $S/_device/1/sealed -d '{"any": "payload"}'
                                                        sealed as this device seals now

Make things go wrong.

  curl -H $J $S/_fail -d '{"platform": "wechat", "code": 40001}'
                                                        the next answer is this error
  curl -H $J $S/_fail -d '{"platform": "wechat", "endpoint": "token", "hang": true, "times": null}'
                                                        also: drop, html, empty, text, status, delay, processed;
                                                        "times": null is until
  curl -X POST $S/_heal                                 all is well again; {"platform": …} for one
  curl -H $J $S/_revoke -d '{"platform": "wechat"}'     its access tokens are dead
  curl -H $J $S/_rotate -d '{"platform": "douyin"}'     a new key pair of the app: {"privateKey": …}
  curl -H $J $S/_advance -d '{"ms": 300000}'            five minutes pass: codes are old

See what happened.

  curl $S/_requests                                     what your server asked
  curl -H $J $S/_config -d '{"platform": "alipay", "certificates": true}'
                                                        a configuration; Alipay's in certificate mode

Ends with Ctrl+C.`;

interface Options {
  port: number;
  platform?: string[];
  seed?: string;
}

export function addSimulate(program: Command): void {
  const command = program
    .command('simulate')
    .summary("plays the platforms' servers and devices on this machine, without an account")
    .description(about)
    .option('--port <n>', 'another port; 0 is any that is free', port, PORT)
    .option('--platform <name>', 'print the configuration of this platform only; may be repeated', collect)
    .option('--seed <text>', 'the same ids and secrets in every run (RSA keys are new nevertheless)')
    .addHelpText('after', examples);
  does(command, run);
}

async function run(options: Options): Promise<number> {
  const simulator = await createSimulator({ port: options.port, seed: options.seed, control: true }).catch((error) => {
    throw taken(error, options.port);
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

function platformsOf({ platforms }: Simulator, wanted: readonly string[] | undefined): readonly SimulatedPlatform[] {
  const unknown = wanted?.find((name) => !(platforms as readonly string[]).includes(name));
  if (unknown !== undefined) throw new UsageError(`--platform is one of ${platforms.join(', ')}`);
  return (wanted as SimulatedPlatform[] | undefined) ?? platforms;
}

function print(simulator: Simulator, platforms: readonly SimulatedPlatform[]): void {
  const configs = Object.fromEntries(platforms.map((name) => [name, simulator.config(name)]));
  console.log(`The platforms are simulated on ${simulator.url}\n`);
  console.log(`createPhoneService({ platforms: ${JSON.stringify(configs, null, 2)} })\n`);
  console.log('mp-phone simulate --help shows how to be a device, with curl. Ctrl+C ends it.');
}
