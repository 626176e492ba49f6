// Tests the phone service on every runtime. The service logs in with the codes and opens the payloads of simulated devices. It
// reaches the simulator in the parent process over real HTTP. Each runtime gets new one-time codes.

/** The taps of the platforms that have several methods. */
const TAPS = {
  wechat: [{ fast: 'code' }, { fast: 'sealed' }],
  douyin: [{ fast: 'code' }, { fast: 'sealed' }],
};
const WITHOUT_LOGIN = ['huawei', 'dingtalk', 'feishu'];

/**
 * The input of a runtime: the platforms' options, and for each method a login code and the detail of a tap.
 * @param closedUrl an address without a server
 */
export async function serviceCases(simulator, closedUrl) {
  const platforms = Object.fromEntries(simulator.platforms.map((name) => [name, simulator.config(name)]));
  const cases = [];
  for (const platform of simulator.platforms)
    for (const tap of TAPS[platform] ?? [{}]) {
      const device = simulator.device(platform);
      const code = WITHOUT_LOGIN.includes(platform) ? undefined : await device.login();
      const name = [platform, ...Object.values(tap)].join(', ');
      cases.push({ name, platform, code, detail: await device.tap(tap), e164: `+86${device.phone}` });
    }
  // A code for which the platform sends a response that is too large.
  const { code: large } = await simulator.device('feishu').tap({ payload: { pad: 'x'.repeat(100_000) } });
  return { platforms, cases, closedUrl, large };
}

/** Runs all cases on the service at the same time, so that they share access tokens. */
export async function runService({ createPhoneService }, { platforms, cases, closedUrl, large }) {
  const failures = [];
  const service = createPhoneService({ platforms, logger: false, onPhone: ({ phone }) => phone.e164 });
  const post = async (path, body) => {
    const request = ['http://service/', path, JSON.stringify(body)];
    // Node 16 has no Request, so the cloud adapter replaces it there.
    if (typeof Request !== 'function')
      return JSON.parse(
        (
          await service.cloud({
            httpMethod: 'POST',
            path: request[1],
            headers: { 'Content-Type': 'application/json' },
            body: request[2],
          })
        ).body,
      );
    const response = await service.fetch(
      new Request(request[0] + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: request[2],
      }),
    );
    return response.json();
  };
  await Promise.all(
    cases.map(async ({ name, platform, code, detail, e164 }) => {
      try {
        const { session } = code ? await post('login', { platform, code }) : {};
        const [first, again] = await Promise.all([1, 2].map(() => post('phone', { platform, session, detail })));
        for (const response of [first, again])
          if (response.phone?.e164 !== e164 || response.result !== e164)
            failures.push(`server ${name}: ${JSON.stringify(response)}`);
      } catch (error) {
        failures.push(`server ${name}: ${error?.stack ?? error}`);
      }
    }),
  );
  // Errors of the connection have the same codes on all runtimes.
  const wrong = async (options, detail, expected) => {
    const events = [];
    const { phone } = createPhoneService({
      platforms: { feishu: { ...platforms.feishu, ...options } },
      logger: false,
      onEvent: (event) => events.push(event),
    });
    const thrown = await phone({ platform: 'feishu', detail }).then(
      () => undefined,
      (error) => error,
    );
    const [{ platformCode, cause }] = events;
    if (thrown?.platformCode !== expected[0] || ![platformCode, cause].every((text, index) => text === expected[index]))
      failures.push(`server ${expected}: ${thrown} ${JSON.stringify(events)}`);
  };
  await wrong({}, { code: large }, ['TOO_LARGE', undefined]);
  // Workers report only that the connection was lost.
  const why = globalThis.navigator?.userAgent === 'Cloudflare-Workers' ? undefined : 'ECONNREFUSED';
  if (closedUrl) await wrong({ baseUrl: closedUrl }, { code: 'c' }, ['NETWORK', why]);
  return { ran: cases.length + (closedUrl ? 2 : 1), failures };
}
