// The phone service on every runtime: each logs in and sends what a simulated device gave, over real HTTP to the
// simulator in the parent process. One-time codes are made for each runtime again.

/** The taps where a platform has several ways. */
const TAPS = {
  wechat: [{ fast: 'code' }, { fast: 'sealed' }],
  douyin: [{ fast: 'code' }, { fast: 'sealed' }],
};
const WITHOUT_LOGIN = ['huawei', 'dingtalk', 'feishu'];

/**
 * What a runtime gets: the platforms' options, and for each way a login code and the tap after it.
 * @param nobody an address where nobody listens
 */
export async function serviceCases(simulator, nobody) {
  const platforms = Object.fromEntries(simulator.platforms.map((name) => [name, simulator.config(name)]));
  const cases = [];
  for (const platform of simulator.platforms)
    for (const tap of TAPS[platform] ?? [{}]) {
      const device = simulator.device(platform);
      const code = WITHOUT_LOGIN.includes(platform) ? undefined : await device.login();
      const name = [platform, ...Object.values(tap)].join(', ');
      cases.push({ name, platform, code, detail: await device.tap(tap), e164: `+86${device.phone}` });
    }
  // A code whose response is too large.
  const { code: large } = await simulator.device('feishu').tap({ payload: { pad: 'x'.repeat(100_000) } });
  return { platforms, cases, nobody, large };
}

/** Runs the cases on the service, all at once: they share tokens, and do not wait for each other. */
export async function runService({ createPhoneService }, { platforms, cases, nobody, large }) {
  const failures = [];
  const service = createPhoneService({ platforms, logger: false, onPhone: ({ phone }) => phone.e164 });
  const post = async (path, body) => {
    const request = ['http://service/', path, JSON.stringify(body)];
    // Node 16 has no Request: there the cloud adapter takes its place.
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
        for (const answer of [first, again])
          if (answer.phone?.e164 !== e164 || answer.result !== e164)
            failures.push(`server ${name}: ${JSON.stringify(answer)}`);
      } catch (error) {
        failures.push(`server ${name}: ${error?.stack ?? error}`);
      }
    }),
  );
  // What goes wrong on the way is told alike, whatever the runtime calls it.
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
  // Workers say no more than that the connection was lost.
  const why = globalThis.navigator?.userAgent === 'Cloudflare-Workers' ? undefined : 'ECONNREFUSED';
  if (nobody) await wrong({ baseUrl: nobody }, { code: 'c' }, ['NETWORK', why]);
  return { ran: cases.length + (nobody ? 2 : 1), failures };
}
