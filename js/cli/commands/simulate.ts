import { createSimulator, type Simulator, type SimulatedPlatform } from '../../simulator/index';
import { parse, UsageError, type Command } from '../command';

const PORT = 8787;

const help = `Usage: mp-phone simulate [--port N] [--platform NAME]… [--seed TEXT]

Plays the servers of the mini-program platforms on http://127.0.0.1:${PORT}, and the devices: your whole flow runs without
an account. Prints the ids and keys for your server's configuration. They are worth nothing anywhere else.

  --port N         another port; 0 is any that is free
  --platform NAME  print the configuration of this platform only; may be repeated
  --seed TEXT      the same ids and secrets in every run (RSA keys are new nevertheless)

Be a device, with curl. Every body is JSON.

  S=http://127.0.0.1:${PORT}
  curl $S/_device -d '{"platform": "wechat"}'           a phone with the mini-program: {"id": "1", "phone": …}
                                                        may choose phone, countryCode, openId, unionId
  curl -X POST $S/_device/1/login                       {"code": …} as of wx.login; the session key rotates
  curl -X POST $S/_device/1/tap                         the event's detail: {"code": …, "encryptedData": …, "iv": …}
  curl $S/_device/1/tap -d '{"fast": "sealed"}'         options: fast, realtime, form, payload
  curl $S/_device/1/refuse -d '{"reason": "denied"}'    or no-permission, privacy, quota, not-logged-in, no-phone
  curl $S/_device/1/sealed -d '{"any": "payload"}'      sealed as this device seals now

Make things go wrong.

  curl $S/_fail -d '{"platform": "wechat", "code": 40001}'                   the next answer is this error
  curl $S/_fail -d '{"platform": "wechat", "endpoint": "token", "hang": true, "times": null}'
                                                        also: drop, html, empty, text, status, delay, processed;
                                                        "times": null is until
  curl -X POST $S/_heal                                 all is well again; {"platform": …} for one
  curl $S/_revoke -d '{"platform": "wechat"}'           its access tokens are dead
  curl $S/_rotate -d '{"platform": "douyin"}'           a new key pair of the app: {"privateKey": …}
  curl $S/_advance -d '{"ms": 300000}'                  five minutes pass: codes are old

See what happened.

  curl $S/_requests                                     what your server asked
  curl $S/_config -d '{"platform": "alipay", "certificates": true}'          a configuration; Alipay's in certificate mode

Ends with Ctrl+C.`;

async function run(args: string[]): Promise<number> {
  const { values } = parse({
    args,
    options: { port: { type: 'string' }, platform: { type: 'string', multiple: true }, seed: { type: 'string' } },
  });
  const port = portOf(values.port);
  const simulator = await createSimulator({ port, seed: values.seed, control: true }).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EADDRINUSE' ? new Error(`port ${port} is taken. Choose another with --port, or 0 for any that is free`) : error;
  });
  try {
    print(simulator, platformsOf(simulator, values.platform));
    await interrupted();
  } finally {
    await simulator.close();
  }
  return 0;
}

function portOf(text: string | undefined): number {
  if (text === undefined) return PORT;
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65535) throw new UsageError('--port is a number from 0 to 65535');
  return port;
}

function platformsOf({ platforms }: Simulator, wanted: string[] | undefined): readonly SimulatedPlatform[] {
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

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}

export const simulate: Command = { summary: "plays the platforms' servers and devices on this machine, without an account", help, run };
