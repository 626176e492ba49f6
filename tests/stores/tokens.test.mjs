// Access tokens: one request for any number of callers and processes, and valid tokens are not discarded.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { mapStore } from './adapters.mjs';
import {
  codeOf,
  createPhoneService,
  deferred,
  login,
  numberOf,
  post,
  serviceOf,
  simulatorOf,
  timed,
  times,
} from './helpers.mjs';

const START = 1_800_000_000_000;
const NUMBER = '13800138000';

/**
 * An imitation of WeChat's token API with its own clock. `respondToTokenRequest` returns the response to a
 * token request, `validTokens` are the valid tokens, and `errcode` is the response's code for other tokens.
 */
function wechatOf({ token } = {}) {
  const wechat = { now: START, requests: [], calls: [], validTokens: new Set(), errcode: 40001, issued: 0, shared: {} };
  wechat.issue = (life = 7200) => {
    const access_token = `T${++wechat.issued}`;
    wechat.validTokens.add(access_token);
    return { access_token, expires_in: life };
  };
  wechat.respondToTokenRequest = async () => wechat.issue();
  wechat.fetch = async (address, { method, body }) => {
    const { pathname, searchParams } = new URL(address);
    const response = (value) => ({
      status: 200,
      headers: { get: () => null },
      text: async () => JSON.stringify(value),
    });
    if (pathname.endsWith('token')) {
      const request = { path: `${method} ${pathname}`, force: body && JSON.parse(body).force_refresh };
      wechat.requests.push(request);
      return response(await wechat.respondToTokenRequest(request));
    }
    const used = searchParams.get('access_token');
    wechat.calls.push(used);
    if (!wechat.validTokens.has(used)) return response({ errcode: wechat.errcode, errmsg: 'invalid credential' });
    return response({
      errcode: 0,
      errmsg: 'ok',
      phone_info: {
        phoneNumber: NUMBER,
        purePhoneNumber: NUMBER,
        countryCode: '86',
        watermark: { timestamp: wechat.now / 1000, appid: 'wx1' },
      },
    });
  };
  /** An instance of the service. */
  wechat.instance = (options = {}) =>
    createPhoneService({
      platforms: { wechat: { appId: 'wx1', appSecret: 's', token } },
      fetch: wechat.fetch,
      now: () => wechat.now,
      logger: false,
      ...options,
    });
  return wechat;
}

let codes = 0;
/** One request with an unused phone code. Returns 'ok' or the code of the error. */
const phone = (service) =>
  codeOf(service.phone({ platform: 'wechat', detail: { code: (++codes).toString(16).padStart(64, '0') } }));
const fifty = (...services) => Promise.all(times(50, (index) => phone(services[index % services.length])));
const allOk = (responses) => assert.deepEqual([...new Set(responses)], ['ok']);

/** A store that several instances share; with `atomic` the store has setIfAbsent, like Redis. */
function sharedStore({ atomic = true } = {}) {
  const map = new Map();
  return {
    map,
    ...mapStore(map),
    ...(atomic && { setIfAbsent: async (key, value) => !map.has(key) && Boolean(map.set(key, value)) }),
  };
}
const stored = (store) => JSON.parse([...store.map].find(([key]) => key.startsWith('mp-phone:token:'))[1]).value.token;

describe('the first token', () => {
  test('fifty simultaneous callers: one request', async () => {
    const wechat = wechatOf();
    const tokenResponse = deferred();
    wechat.respondToTokenRequest = () => tokenResponse.promise;
    const all = fifty(wechat.instance());
    while (!wechat.requests.length) await new Promise((resolve) => setTimeout(resolve, 5));
    // Waits, so that a second request would be noticed.
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.deepEqual([wechat.requests.length, wechat.calls.length], [1, 0]);
    tokenResponse.resolve(wechat.issue());
    allOk(await all);
    assert.equal(wechat.requests.length, 1);
    assert.equal(wechat.calls.length, 50);
  });

  test('fifty callers at five processes with a store that locks: one request', async () => {
    const wechat = wechatOf();
    const tokenResponse = deferred();
    wechat.respondToTokenRequest = () => tokenResponse.promise;
    const store = sharedStore();
    const all = fifty(...times(5, () => wechat.instance({ store })));
    setTimeout(() => tokenResponse.resolve(wechat.issue()), 100);
    allOk(await all);
    assert.equal(wechat.requests.length, 1);
    assert.ok(![...store.map.keys()].some((key) => key.includes('lock:')), 'no lock remains');
  });

  test('fifty callers at five processes with a store that cannot lock: at most one request per process', async () => {
    const wechat = wechatOf();
    const store = sharedStore({ atomic: false });
    allOk(await fifty(...times(5, () => wechat.instance({ store }))));
    assert.ok(wechat.requests.length <= 5, `${wechat.requests.length}`);
    allOk(await fifty(wechat.instance({ store })));
    assert.ok(wechat.requests.length <= 5);
  });

  test('a process that dies with the lock delays the others until the lock expires', async (t) => {
    const wechat = wechatOf();
    const store = sharedStore();
    const service = wechat.instance({ store, limits: { timeout: 0.2 } });
    store.map.set('mp-phone:lock:token:wechat:wx1', 'of a dead process');
    const { value, ms } = await timed(() => phone(service));
    t.diagnostic(`${ms.toFixed(0)} ms`);
    assert.equal(value, 'ok');
    assert.ok(ms < 3000, `${ms}`);
    assert.equal(
      store.map.get('mp-phone:lock:token:wechat:wx1'),
      'of a dead process',
      'the lock of another process is not deleted',
    );
  });

  test('while the platform is down, fifty simultaneous callers cost one request per second', async () => {
    const wechat = wechatOf();
    wechat.respondToTokenRequest = async () => {
      throw new Error('ECONNRESET');
    };
    const service = wechat.instance();
    assert.deepEqual([...new Set(await fifty(service))], ['ERR_PLATFORM']);
    assert.equal(wechat.requests.length, 1);
    wechat.respondToTokenRequest = async () => wechat.issue();
    wechat.now += 1001;
    allOk(await fifty(service));
    assert.equal(wechat.requests.length, 2);
  });
});

describe('renewal', () => {
  test('a token is renewed in its last five minutes, without a rejected request', async () => {
    const wechat = wechatOf();
    const service = wechat.instance();
    await phone(service);
    wechat.now = START + 6_899_000;
    allOk(await fifty(service));
    assert.equal(wechat.requests.length, 1);
    wechat.now = START + 6_901_000;
    allOk(await fifty(service));
    assert.equal(wechat.requests.length, 2);
    assert.deepEqual([...new Set(wechat.calls.slice(51))], ['T2']);
  });

  test('a token with a lifetime of a minute is renewed after half of the time', async () => {
    const wechat = wechatOf();
    wechat.respondToTokenRequest = async () => wechat.issue(60);
    const service = wechat.instance();
    for (const [second, requests] of [
      [0, 1],
      [29, 1],
      [31, 2],
      [60, 2],
      [62, 3],
    ]) {
      wechat.now = START + second * 1000;
      assert.equal(await phone(service), 'ok');
      assert.equal(wechat.requests.length, requests, `after ${second} s`);
    }
  });

  for (const [how, respond] of [
    ['is rejected', async () => ({ errcode: 45009, errmsg: 'reach max api daily quota limit' })],
    [
      'fails with a broken connection',
      async () => {
        throw new Error('ECONNRESET');
      },
    ],
    ['returns no token', async () => ({ expires_in: 7200 })],
    ['gets no response', () => new Promise(() => {})],
  ]) {
    test(`a renewal that ${how}: the old token is used until it expires, and a new one is requested once a second`, async (t) => {
      const wechat = wechatOf();
      const service = wechat.instance({ limits: { timeout: 0.2 } });
      await phone(service);
      const { respondToTokenRequest: respondWithToken } = wechat;
      wechat.respondToTokenRequest = respond;
      wechat.now = START + 6_901_000;
      const { value, ms } = await timed(() => fifty(service));
      t.diagnostic(`fifty requests in ${ms.toFixed(0)} ms`);
      allOk(value);
      allOk(await fifty(service));
      assert.equal(wechat.requests.length, 2);
      wechat.now += 1001;
      assert.equal(await phone(service), 'ok');
      assert.equal(wechat.requests.length, 3);
      wechat.now = START + 7_200_000;
      assert.equal(await phone(service), 'ERR_PLATFORM', 'the old token has expired');
      wechat.respondToTokenRequest = respondWithToken;
      wechat.now += 1001;
      assert.equal(await phone(service), 'ok');
      assert.equal(wechat.calls.at(-1), 'T2');
    });
  }

  test('if the renewal fails, a process that has just started uses the shared token until it expires', async () => {
    const wechat = wechatOf();
    const store = sharedStore();
    await phone(wechat.instance({ store }));
    wechat.respondToTokenRequest = async () => {
      throw new Error('ECONNRESET');
    };
    wechat.now = START + 6_901_000;
    assert.equal(await phone(wechat.instance({ store })), 'ok');
  });

  test('a renewal by one process is sufficient for all', async () => {
    const wechat = wechatOf();
    const store = sharedStore();
    const services = times(5, () => wechat.instance({ store }));
    await fifty(...services);
    wechat.now = START + 6_901_000;
    allOk(await fifty(...services));
    assert.equal(wechat.requests.length, 2);
  });
});

describe('a token that WeChat rejects', () => {
  for (const errcode of [40001, 40014, 42001]) {
    test(`with ${errcode}: one renewal, one more attempt, then an error`, async () => {
      const wechat = wechatOf();
      wechat.errcode = errcode;
      const service = wechat.instance();
      await phone(service);
      wechat.validTokens.clear();
      assert.equal(await phone(service), 'ok');
      assert.deepEqual([wechat.requests.length, wechat.calls], [2, ['T1', 'T1', 'T2']]);

      wechat.respondToTokenRequest = async () => ({ ...wechat.issue(), access_token: 'never-good' });
      wechat.validTokens.clear();
      const { status, error } = await post(service, 'phone', { platform: 'wechat', detail: { code: 'f'.repeat(64) } });
      assert.deepEqual([status, error.code, error.action], [503, 'unavailable', 'retry']);
      assert.deepEqual([wechat.requests.length, wechat.calls.slice(3)], [3, ['T2', 'never-good']]);
    });
  }

  test('other errors cause no renewal', async () => {
    const wechat = wechatOf();
    const service = wechat.instance();
    await phone(service);
    wechat.validTokens.clear();
    for (const errcode of [40029, 45011, -1, 40003, 48001]) {
      wechat.errcode = errcode;
      assert.equal(await phone(service), 'ERR_PLATFORM');
    }
    assert.deepEqual([wechat.requests.length, wechat.calls.length], [1, 6]);
  });

  test('fifty simultaneous callers: one renewal', async () => {
    const wechat = wechatOf();
    const service = wechat.instance();
    await phone(service);
    wechat.validTokens.clear();
    allOk(await fifty(service));
    assert.equal(wechat.requests.length, 2);
    assert.deepEqual(wechat.calls.filter((token) => token === 'T2').length, 50);
  });

  test('fifty callers whose error responses arrive one after the other, some long after the renewal: one renewal', async () => {
    const wechat = wechatOf();
    const plain = wechat.fetch;
    const releases = [];
    wechat.fetch = async (address, init) => {
      const received = await plain(address, init);
      // Error responses for the old token are held back until the test releases them.
      if (address.includes('access_token=T1') && wechat.validTokens.size !== 1)
        await new Promise((resolve) => releases.push(resolve));
      return received;
    };
    const service = wechat.instance();
    await phone(service);
    wechat.validTokens.clear();
    wechat.validTokens.add('other').add('another');
    const all = fifty(service);
    while (releases.length < 50) await new Promise(setImmediate);
    for (const release of releases) {
      release();
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    allOk(await all);
    assert.equal(wechat.requests.length, 2);
  });

  test('fifty callers at five processes: one renewal', async () => {
    const wechat = wechatOf();
    const store = sharedStore();
    const services = times(5, () => wechat.instance({ store }));
    await fifty(...services);
    wechat.validTokens.clear();
    allOk(await fifty(...services));
    assert.equal(wechat.requests.length, 2);
  });

  test('another process has already renewed the token: no request', async () => {
    const wechat = wechatOf();
    for (const atomic of [true, false]) {
      const store = sharedStore({ atomic });
      const [first, second] = times(2, () => wechat.instance({ store }));
      for (const service of [first, second]) await phone(service);
      wechat.validTokens.clear();
      await phone(first);
      const before = wechat.requests.length;
      assert.equal(await phone(second), 'ok');
      assert.equal(wechat.requests.length, before);
    }
  });

  test('force_refresh is used for the stable token only if WeChat returns the rejected token again', async () => {
    const wechat = wechatOf();
    const service = wechat.instance();
    await phone(service);
    wechat.validTokens.clear();
    assert.equal(await phone(service), 'ok');
    assert.deepEqual(
      wechat.requests.map(({ force }) => force),
      [false, false],
    );

    wechat.validTokens.clear();
    wechat.respondToTokenRequest = async ({ force }) =>
      force ? wechat.issue() : { access_token: 'T2', expires_in: 5000 };
    allOk(await fifty(service));
    assert.deepEqual(wechat.requests.slice(2), [
      { path: 'POST /cgi-bin/stable_token', force: false },
      { path: 'POST /cgi-bin/stable_token', force: true },
    ]);
    assert.deepEqual([...new Set(wechat.calls.slice(-50))], ['T3']);
  });

  test('plain tokens are requested by GET and renewed without force_refresh', async () => {
    const wechat = wechatOf({ token: 'plain' });
    const service = wechat.instance();
    allOk(await fifty(service));
    wechat.validTokens.clear();
    allOk(await fifty(service));
    assert.deepEqual(
      wechat.requests,
      times(2, () => ({ path: 'GET /cgi-bin/token', force: undefined })),
    );
  });
});

describe('a late token response', () => {
  test('a late token response does not replace a newer token, neither in the store nor in memory', async () => {
    const wechat = wechatOf({ token: 'plain' });
    const store = sharedStore({ atomic: false });
    const [slow, quick] = times(2, () => wechat.instance({ store }));
    const late = deferred();
    wechat.respondToTokenRequest = () => late.promise;
    const waiting = phone(slow);
    while (!wechat.requests.length) await new Promise(setImmediate);

    const old = wechat.issue();
    wechat.now += 10;
    wechat.respondToTokenRequest = async () => wechat.issue();
    assert.equal(await phone(quick), 'ok');
    assert.equal(stored(store), 'T2');
    wechat.validTokens.delete('T1'); // a newer plain token invalidates the older one after a while
    wechat.now += 10;
    late.resolve(old);
    assert.equal(await waiting, 'ok');
    assert.equal(stored(store), 'T2');
    for (const service of [slow, quick]) assert.equal(await phone(service), 'ok');
    assert.deepEqual([wechat.requests.length, [...new Set(wechat.calls)]], [2, ['T2']]);
  });

  test('a renewal that began before the rejection does not bring the rejected token back', async () => {
    const wechat = wechatOf();
    const store = sharedStore();
    const [first, second] = times(2, () => wechat.instance({ store }));
    for (const service of [first, second]) await phone(service);
    const old = store.map.get('mp-phone:token:wechat:wx1');
    wechat.validTokens.clear();
    await phone(first);
    store.map.set('mp-phone:token:wechat:wx1', old); // written by a third process that still has the old token
    wechat.respondToTokenRequest = async () => ({ access_token: 'T2', expires_in: 7000 });
    for (const service of [first, second, first, second]) assert.equal(await phone(service), 'ok');
    assert.equal(stored(store), 'T2');
  });
});

describe('a token from the application', () => {
  test('the application’s token is requested for every call, and again with the rejected token', async () => {
    const wechat = wechatOf();
    const sentRequests = [];
    const token = async (rejectedToken) => (
      sentRequests.push(rejectedToken),
      rejectedToken ? wechat.issue().access_token : sentRequests.length === 1 ? 'old' : `T${wechat.issued}`
    );
    const service = wechat.instance({ platforms: { wechat: { appId: 'wx1', appSecret: 's', token } } });
    for (let i = 0; i < 3; i++) assert.equal(await phone(service), 'ok');
    assert.deepEqual(sentRequests, [undefined, 'old', undefined, undefined]);
    assert.deepEqual([wechat.requests.length, wechat.calls], [0, ['old', 'T1', 'T1', 'T1']]);
  });

  test('if the application returns the rejected token again, the error is returned, and the call is not repeated', async () => {
    const wechat = wechatOf();
    let requestCount = 0;
    const service = wechat.instance({
      platforms: { wechat: { appId: 'wx1', appSecret: 's', token: async () => (requestCount++, 'dead') } },
    });
    assert.equal(await phone(service), 'ERR_PLATFORM');
    assert.deepEqual([requestCount, wechat.calls], [2, ['dead']]);
  });
});

describe('against the simulator', () => {
  test('a wrong secret is sent at most once a second, and the developer is responsible', async (t) => {
    const simulator = await simulatorOf(t);
    const { service, events } = serviceOf(simulator, {
      platforms: { wechat: { ...simulator.config('wechat'), appSecret: 'wrong' } },
    });
    const device = simulator.device('wechat');
    // For twenty seconds, ten requests a second.
    for (let second = 0; second < 20; second++) {
      const allResponses = await Promise.all(times(10, () => codeOf(numberOf(service, device))));
      assert.deepEqual([...new Set(allResponses)], ['ERR_PLATFORM']);
      simulator.advance(1001);
    }
    const tokenRequests = simulator.count('wechat', 'stable_token');
    t.diagnostic(`200 requests in 20 s: ${tokenRequests} with the wrong secret`);
    assert.ok(tokenRequests <= 20, `${tokenRequests}`);
    const { status, error } = await post(service, 'phone', {
      platform: 'wechat',
      detail: await device.tap({ fast: 'code' }),
    });
    assert.deepEqual([status, error.action], [503, 'enter-manually']);
    const failure = events.find((event) => event.event === 'token');
    assert.deepEqual([failure.ok, failure.platformCode, failure.action], [false, '40125', 'fix-config']);
  });

  test('WeChat: each revocation of a token costs one request', async (t) => {
    const simulator = await simulatorOf(t);
    const { service } = serviceOf(simulator);
    for (let round = 0; round < 5; round++) {
      const devices = times(10, () => simulator.device('wechat'));
      assert.deepEqual(
        await Promise.all(devices.map((device) => numberOf(service, device))),
        devices.map(({ phone }) => phone),
      );
      simulator.revokeToken('wechat');
    }
    assert.equal(simulator.count('wechat', 'stable_token'), 5);
  });

  test('Douyin: the previous client_token is valid during a renewal, so no request is rejected', async (t) => {
    const simulator = await simulatorOf(t);
    const store = sharedStore();
    const platforms = { douyin: simulator.config('douyin') };
    const [first, second] = times(2, () => serviceOf(simulator, { platforms, store }).service);
    const device = simulator.device('douyin');
    for (const service of [first, second]) await numberOf(service, device, await login(service, device));
    simulator.advance(6_901_000);
    const sessions = [await login(first, device), await login(second, device)];
    const numbers = await Promise.all(
      times(20, (index) => numberOf([first, second][index % 2], device, sessions[index % 2])),
    );
    assert.deepEqual([...new Set(numbers)], [device.phone]);
    assert.equal(simulator.count('douyin', 'client_token'), 2);
    assert.equal(simulator.requests.filter(({ code }) => code !== undefined).length, 0);
  });

  test('Douyin: processes without a shared store invalidate each other’s tokens after five minutes, and recover', async (t) => {
    const simulator = await simulatorOf(t);
    const platforms = { douyin: simulator.config('douyin') };
    const services = times(2, () => serviceOf(simulator, { platforms }).service);
    const device = simulator.device('douyin');
    const sessions = [];
    for (const service of services) sessions.push(await login(service, device));
    const round = async () => {
      for (const [index, service] of services.entries())
        assert.equal(await numberOf(service, device, sessions[index]), device.phone);
    };
    await round();
    await round();
    assert.equal(simulator.count('douyin', 'client_token'), 2, 'the previous token is valid for five more minutes');
    simulator.advance(301_000);
    await round();
    assert.equal(simulator.count('douyin', 'client_token'), 3);
    assert.equal(simulator.requests.filter(({ code }) => code !== undefined).length, 1, 'one rejected call, repeated');
  });
});
