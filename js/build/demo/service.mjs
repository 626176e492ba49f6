// Bundled and run by ../demo.mjs in an empty project, in which the tarball is installed: the simulated platforms, the
// phone service behind real HTTP, one tap for each platform and method, and the most common mistakes, each with the
// response to the client and the event in the log.
import { createServer } from 'node:http';
import { createPhoneService } from 'mp-phone/server';
import { createSimulator } from 'mp-phone/simulator';
import platforms from '../../../src/platforms.json';

const simulator = await createSimulator();
const entryOf = (platform) => platforms.find(({ id }) => id === platform);

/** Starts a service with its own HTTP server and returns a client of it. */
async function client(platforms) {
  const events = [];
  const service = createPhoneService({
    platforms,
    now: simulator.now,
    logger: false,
    onEvent: (event) => events.push(event),
    onPhone: ({ phone }) => ({ welcome: phone.nationalNumber }),
  });
  const server = createServer((request, response) => void service.node(request, response));
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const post = async (path, body, type = 'application/json') => {
    const response = await fetch(`http://127.0.0.1:${server.address().port}/${path}`, {
      method: 'POST',
      headers: { 'content-type': type },
      body: type === 'application/json' ? JSON.stringify(body) : String(new URLSearchParams(body)),
    });
    return { status: response.status, ...(await response.json()) };
  };
  const login = async (device) =>
    entryOf(device.platform).codes.includes('login')
      ? (await post('login', { platform: device.platform, code: await device.login() })).session
      : undefined;
  return { post, login, events, close: () => server.close() };
}

const table =
  (widths) =>
  (...cells) =>
    console.log(
      '  ' +
        cells
          .map((cell, i) => String(cell).padEnd(widths[i]))
          .join('')
          .trimEnd(),
    );

/** The flows of the platforms that have several: the options of the tap, a label for the table, and the configuration. */
const FLOWS = {
  wechat: [{ tap: { fast: 'code' } }, { tap: { fast: 'sealed' } }],
  alipay: [{}, { label: 'certificates', config: () => simulator.config('alipay', { certificates: true }) }],
  douyin: [{ tap: { fast: 'code' }, label: 'RSA' }, { tap: { fast: 'sealed' } }],
};

let wrong = 0;
const row = table([23, 20, 17, 12, 12]);
row('platform', 'payload of the tap', 'result', 'login', 'phone');
row('─'.repeat(22), '─'.repeat(19), '─'.repeat(16), '─'.repeat(11), '─'.repeat(11));
for (const platform of simulator.platforms) {
  const { en, unproven, sealed } = entryOf(platform);
  for (const { tap, label, config = () => simulator.config(platform) } of FLOWS[platform] ?? [{}]) {
    const { post, login, close } = await client({ [platform]: config() });
    const device = simulator.device(platform);
    const [start, session] = [performance.now(), await login(device)];
    const loggedIn = performance.now();
    const detail = await device.tap(tap);
    const tapped = performance.now();
    const { phone, error } = await post('phone', { platform, session, detail });
    const finished = performance.now();
    if (phone?.e164 !== `+86${device.phone}`) wrong++;
    row(
      [en, label].filter(Boolean).join(', ') + (unproven ? ' *' : ''),
      detail.code ? 'code' : sealed.join(', '),
      phone?.e164 ?? error.code,
      session ? `${(loggedIn - start).toFixed(1)} ms` : 'none',
      `${(finished - tapped).toFixed(1)} ms`,
    );
    close();
  }
}
console.log(
  '  * documented, unproven. The times are those of the first request, including token and login, against simulated platforms\n',
);

const wechat = (more) => ({ wechat: { ...simulator.config('wechat'), ...more } });
const replaced = (text, from, to) => text.replaceAll(from, to);

/** Taps until `encryptedData` contains a plus sign, the character that form encoding turns into a blank. */
async function withPlus(device) {
  for (;;) {
    const detail = await device.tap({ fast: 'sealed' });
    if (detail.encryptedData.includes('+')) return detail;
  }
}

/**
 * `[name, platforms, function that makes the mistake and resolves with the service's response, expected status]`. The service
 * recovers from the first three: the user notices nothing.
 */
const MISTAKES = [
  [
    'wx.login inside the button’s callback',
    wechat(),
    async ({ post, login }, device) => {
      const session = await login(device);
      const detail = await device.tap({ fast: 'sealed' });
      await login(device);
      return post('phone', { platform: 'wechat', session, detail });
    },
    200,
  ],
  [
    'the button tapped twice: one code, two requests',
    wechat(),
    async ({ post, login }, device) => {
      const body = { platform: 'wechat', session: await login(device), detail: await device.tap({ fast: 'code' }) };
      const [first, second] = await Promise.all([post('phone', body), post('phone', body)]);
      return first.phone?.e164 === second.phone?.e164 ? second : first;
    },
    200,
  ],
  [
    'another server renewed the access token',
    wechat({ token: 'plain' }),
    async ({ post, login }, device) => {
      const session = await login(device);
      const tap = async () =>
        post('phone', { platform: 'wechat', session, detail: await device.tap({ fast: 'code' }) });
      await tap();
      simulator.revokeToken('wechat');
      return tap();
    },
    200,
  ],
  [
    'a login code sent as the phone code',
    wechat(),
    async ({ post, login }, device) =>
      post('phone', { platform: 'wechat', session: await login(device), detail: { code: await device.login() } }),
    400,
  ],
  [
    'a code older than five minutes',
    wechat(),
    async ({ post, login }, device) => {
      const [session, detail] = [await login(device), await device.tap({ fast: 'code' })];
      simulator.advance(301_000);
      return post('phone', { platform: 'wechat', session, detail });
    },
    422,
  ],
  [
    '“+” became a blank in transit',
    wechat(),
    async ({ post, login }, device) => {
      const session = await login(device);
      const detail = await withPlus(device);
      return post('phone', {
        platform: 'wechat',
        session,
        detail: { ...detail, encryptedData: replaced(detail.encryptedData, '+', ' ') },
      });
    },
    422,
  ],
  [
    'iv and encryptedData swapped',
    wechat(),
    async ({ post, login }, device) => {
      const session = await login(device);
      const { encryptedData, iv } = await device.tap({ fast: 'sealed' });
      return post('phone', { platform: 'wechat', session, detail: { encryptedData: iv, iv: encryptedData } });
    },
    422,
  ],
  [
    'a form instead of JSON',
    wechat(),
    async ({ post }) => post('phone', { platform: 'wechat' }, 'application/x-www-form-urlencoded'),
    415,
  ],
  [
    'a wrong AppSecret',
    wechat({ appSecret: 'wrong' }),
    async ({ post }, device) => post('phone', { platform: 'wechat', detail: await device.tap({ fast: 'code' }) }),
    503,
  ],
  [
    'Alipay: the app’s own public key',
    {
      alipay: {
        ...simulator.config('alipay'),
        alipayPublicKey: simulator.config('alipay', { certificates: true }).appCertificate,
      },
    },
    async ({ post }, device) => post('login', { platform: 'alipay', code: await device.login() }),
    503,
  ],
];

const mistake = table([49, 40, 40]);
mistake('mistake', 'response to the client', 'event in the log');
mistake('─'.repeat(48), '─'.repeat(39), '─'.repeat(39));
for (const [name, platforms, request, expected] of MISTAKES) {
  const [platform] = Object.keys(platforms);
  const served = await client(platforms);
  const result = await request(served, simulator.device(platform));
  const failed = served.events.filter(({ ok, event }) => !ok && event !== 'token').pop();
  const summary = result.phone
    ? `${result.status} ${result.phone.e164}`
    : `${result.status} ${result.error.code}, ${result.error.action}`;
  const logged = failed
    ? [failed.code, failed.platformCode ?? failed.field ?? failed.reason].filter(Boolean).join(' ')
    : 'nothing failed';
  if (result.status !== expected) wrong++;
  mistake(name, summary, result.phone ? 'nothing failed' : logged);
  served.close();
}
await simulator.close();
if (wrong) {
  console.error(`${wrong} rows are wrong`);
  process.exitCode = 1;
}
