// The button's requests to the service, and the outcomes of the service's responses.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { host, load, plain } from './host.mjs';
import { open, service, simulator, tapOf } from './page.mjs';

describe('the service', () => {
  test('the service is busy once: the request is retried once', async () => {
    const page = open('wechat');
    await page.button.prepare();
    simulator.fail('wechat', { endpoint: 'getuserphonenumber', code: -1 });
    assert.equal((await page.submit(await tapOf(page, { fast: 'code' }))).ok, true);
    assert.deepEqual(page.paths(), ['/login', '/phone', '/phone']);
    assert.deepEqual(page.sent[1], page.sent[2]);
  });
  test('the service stays busy: the action is retry', async () => {
    const page = open('wechat');
    await page.button.prepare();
    simulator.fail('wechat', { endpoint: 'getuserphonenumber', code: -1, times: Infinity });
    const outcome = await page.submit(await tapOf(page, { fast: 'code' }));
    simulator.heal('wechat');
    assert.deepEqual([outcome.reason, outcome.action, outcome.code], ['service', 'retry', 'unavailable']);
    assert.equal(page.paths().length, 3);
  });
  test('the network fails once, and the network fails every time', async () => {
    for (const times of [1, Infinity]) {
      let failures = 0;
      const page = open('wechat');
      await page.button.prepare();
      const { createPhoneButton } = load({ wx: host({}).host });
      const button = createPhoneButton({
        login: () => page.device.login(),
        endpoint: async (path, body) => {
          if (path === '/phone' && failures++ < times) throw new Error('request:fail');
          return service.cloud({ path, body: plain(body) });
        },
      });
      await button.prepare();
      const outcome = plain(await button.submit({ detail: await page.device.tap({ fast: 'code' }) }));
      assert.equal(outcome.ok, times === 1);
      if (!outcome.ok) assert.deepEqual([failures, outcome.reason, outcome.action], [2, 'service', 'retry']);
    }
  });
  test('a used code: the failure has the service’s action, code and message', async () => {
    const page = open('wechat');
    await page.button.prepare();
    const outcome = await page.submit({ detail: { errMsg: 'getPhoneNumber:ok', code: 'f'.repeat(64) } });
    assert.deepEqual([outcome.reason, outcome.action, outcome.code], ['service', 'ask-again', 'refused']);
    assert.match(outcome.message.zh, /再点一次/);
  });
  test('if only a developer can fix the failure, the action is enter-manually', async () => {
    const page = open('wechat', { options: { platform: 'wecom', login: false, storage: false } });
    const outcome = await page.submit({ encryptedData: 'RUQ=', iv: 'SVY=' });
    assert.deepEqual([outcome.reason, outcome.action, outcome.code], ['service', 'enter-manually', 'invalid_request']);
  });
  test('createPhoneButton throws if endpoint is neither a URL nor a function, and if an option has an unknown name', () => {
    const { createPhoneButton } = load({ wx: host({}).host });
    const endpoint = async () => ({});
    for (const options of [
      undefined,
      {},
      { endpoint: undefined },
      { endpoint: null },
      { endpoint: '' },
      { endpoint: {} },
      { endpoint: 7 },
    ]) {
      assert.throws(() => createPhoneButton(options), {
        name: 'TypeError',
        message: 'createPhoneButton: wrong option endpoint',
      });
    }
    for (const options of [{ endpiont: endpoint }, { endpoint, plattform: 'wechat' }, { endpoint, onPhone() {} }])
      assert.throws(() => createPhoneButton(options), {
        name: 'TypeError',
        message: `createPhoneButton: wrong option ${Object.keys(options).pop()}`,
      });
    for (const options of [
      { endpoint },
      { endpoint: 'https://example.com' },
      { endpoint, platform: undefined },
      { endpoint, platform: 'mp-weixin' },
    ])
      createPhoneButton(options);
    // A page that is also built for browsers passes the platform of its toolchain.
    assert.equal(createPhoneButton({ endpoint, platform: 'h5' }).platform, undefined);
  });
  test('a refusal in the error that axios throws reaches the page unchanged', async () => {
    const error = { code: 'taken', action: 'enter-manually', message: { en: 'e', zh: 'z' } };
    const { createPhoneButton } = load({ wx: host({}).host });
    const endpoint = () =>
      Promise.reject(
        Object.assign(new Error('Request failed with status code 409'), { response: { status: 409, data: { error } } }),
      );
    const outcome = plain(
      await createPhoneButton({ endpoint, login: false }).submit({ detail: { errMsg: 'x:ok', code: 'c' } }),
    );
    assert.deepEqual(outcome, { ok: false, reason: 'service', status: 409, ...error });
  });
  test('responses that do not come from the service', async () => {
    for (const response of [undefined, null, '', 'x', 7, {}, [], { error: {} }, { error: 'x' }, { phone: null }]) {
      const { createPhoneButton } = load({ wx: host({}).host });
      let requests = 0;
      const button = createPhoneButton({ endpoint: async () => ((requests += 1), response), login: false });
      const outcome = plain(await button.submit({ detail: { errMsg: 'x:ok', code: 'c' } }));
      // A function without a return statement, which only the developer can fix.
      const [action, times] = response === undefined ? ['enter-manually', 1] : ['retry', 2];
      assert.deepEqual(
        [outcome.ok, outcome.reason, outcome.action, requests],
        [false, 'service', action, times],
        JSON.stringify(response),
      );
      assert.ok(outcome.message.zh);
    }
  });
});

describe('a login that the service rejects', () => {
  // The platform's error, then the action and code of the first tap, and those of the second and third tap. Taps with a code
  // and taps with sealed data have the same outcomes.
  for (const [code, first, later] of [
    ['40226, a user of high risk', ['enter-manually', 'refused'], ['enter-manually', 'refused']],
    ['40125, a wrong secret', ['enter-manually', 'unavailable'], ['enter-manually', 'unavailable']],
    ['40029, a wrong code', ['ask-again', 'refused'], ['enter-manually', 'refused']],
    ['-1, busy', ['retry', 'unavailable'], ['retry', 'unavailable']],
  ]) {
    test(code, async () => {
      for (const fast of ['code', 'sealed']) {
        const page = open('wechat');
        simulator.fail('wechat', { endpoint: 'jscode2session', code: parseInt(code), times: Infinity });
        await page.button.prepare();
        for (const expected of [first, later, later]) {
          const outcome = await page.submit(await tapOf(page, { fast }));
          assert.deepEqual([outcome.ok, outcome.reason, outcome.action, outcome.code], [false, 'service', ...expected]);
          assert.ok(outcome.message.en && /[一-鿿]/.test(outcome.message.zh));
        }
        simulator.heal('wechat');
        assert.ok(!page.paths().includes('/phone'), 'no data is sent without a session');
      }
    });
  }
  test('the session has expired, and the service rejects the new login', async () => {
    const page = open('wechat');
    await page.button.prepare();
    await service.logout({ session: page.button.session });
    simulator.fail('wechat', { endpoint: 'jscode2session', code: 40226, times: Infinity });
    const outcome = await page.submit(await tapOf(page, { fast: 'sealed' }));
    simulator.heal('wechat');
    assert.deepEqual([outcome.action, outcome.code], ['enter-manually', 'refused']);
  });
  test('Xiaohongshu requires a login, and the service rejects the login', async () => {
    const page = open('xiaohongshu', {
      options: {
        endpoint: async () => ({ error: { code: 'refused', action: 'enter-manually', message: { en: 'e', zh: 'z' } } }),
      },
    });
    const outcome = await page.submit({ detail: { errMsg: 'getPhoneNumber:fail auth deny', errCode: 410006 } });
    assert.deepEqual([outcome.reason, outcome.action, outcome.code], ['service', 'enter-manually', 'refused']);
  });
  test('the host’s login fails: the failure has the host’s error, and the second action is enter-manually', async () => {
    const page = open('wechat', {
      functions: { login: () => Promise.reject({ errMsg: 'login:fail internal error', errno: 4 }) },
    });
    for (const action of ['ask-again', 'enter-manually']) {
      const outcome = await page.submit(await tapOf(page, { fast: 'sealed' }));
      assert.deepEqual(
        [outcome.reason, outcome.action, outcome.errMsg, outcome.errno],
        ['failed', action, 'login:fail internal error', 4],
      );
    }
    assert.deepEqual(page.sent, []);
  });
  test('an error of a host is never read as a success, even if it has a member named `code`', async () => {
    for (const [platform, name] of [
      ['dingtalk', 'getAuthCode'],
      ['feishu', 'requestAccess'],
    ]) {
      const page = open(platform, {
        functions: { [name]: () => Promise.reject(Object.assign(new Error('no corpId'), { code: 'E_CORP' })) },
      });
      const outcome = await page.submit({ type: 'tap', detail: {} });
      assert.deepEqual(
        [outcome.ok, outcome.reason, outcome.errMsg, outcome.consented],
        [false, 'failed', 'no corpId', undefined],
        platform,
      );
      assert.deepEqual(page.sent, []);
    }
  });
});

describe('a refusal of the application reaches the page unchanged', () => {
  for (const action of ['enter-manually', 'ask-again', 'retry', 'login-again', 'fix-config', 'none']) {
    test(action, async () => {
      const error = {
        code: 'number-taken',
        action,
        message: { en: 'This number belongs to another account.', zh: '该号码已属于其他账号。' },
      };
      for (const detail of [
        { errMsg: 'x:ok', code: 'c' },
        { errMsg: 'x:ok', encryptedData: 'RUQ=', iv: 'SVY=' },
      ]) {
        const { createPhoneButton } = load({
          wx: host({
            login: async () => ({ code: 'l' }),
            request: async ({ url }) =>
              url.endsWith('/login')
                ? { statusCode: 200, data: { session: 's', expiresIn: 60 } }
                : { statusCode: 409, data: { error } },
          }).host,
        });
        const button = createPhoneButton({ endpoint: 'https://example.com' });
        await button.prepare();
        for (let tap = 1; tap <= 3; tap += 1)
          assert.deepEqual(plain(await button.submit({ detail })), {
            ok: false,
            reason: 'service',
            status: 409,
            ...error,
          });
      }
    });
  }
});

describe('requests that do not reach the service', () => {
  const html = '<html>Not Found</html>';
  const csrf = { message: 'missing csrf token' };
  const failing = (error) => () => Promise.reject(error);
  const responding = (response) => async () => response;
  /** The result of the host’s request, whether only the developer can fix the failure, and the cause that the page receives. */
  const CASES = {
    wx: [
      [
        failing({ errMsg: 'request:fail url not in domain list', errno: 600002 }),
        true,
        { errMsg: 'request:fail url not in domain list', errno: 600002 },
      ],
      [
        failing({ errMsg: 'request:fail url not in domain list' }),
        true,
        { errMsg: 'request:fail url not in domain list' },
      ],
      [
        failing({ errMsg: 'request:fail 不在以下 request 合法域名列表中' }),
        true,
        { errMsg: 'request:fail 不在以下 request 合法域名列表中' },
      ],
      [failing({ errMsg: 'request:fail invalid url' }), true, { errMsg: 'request:fail invalid url' }],
      [failing({ errMsg: 'request:fail ssl hand shake error' }), true, { errMsg: 'request:fail ssl hand shake error' }],
      [
        failing({ errMsg: 'request:fail -202:net::ERR_CERT_AUTHORITY_INVALID', errno: 600001 }),
        true,
        { errMsg: 'request:fail -202:net::ERR_CERT_AUTHORITY_INVALID', errno: 600001 },
      ],
      [
        failing({ errMsg: 'request:fail The certificate for this server is invalid.' }),
        true,
        { errMsg: 'request:fail The certificate for this server is invalid.' },
      ],
      [responding({ statusCode: 403, data: csrf, errMsg: 'request:ok' }), true, { status: 403 }],
      [responding({ statusCode: 404, data: html, errMsg: 'request:ok' }), true, { status: 404 }],
      [responding({ statusCode: 404, data: { error: { code: '404', message: 'Not Found' } } }), true, { status: 404 }],
      [responding({ statusCode: 405, data: '' }), true, { status: 405 }],
      [responding({ statusCode: 415, data: { error: 'Unsupported Media Type' } }), true, { status: 415 }],
      [responding({ statusCode: 200, data: html }), true, { status: 200 }],
      [responding({ statusCode: 500, data: html }), false, { status: 500 }],
      [responding({ statusCode: 502, data: html }), false, { status: 502 }],
      [responding({ statusCode: 504, data: html }), false, { status: 504 }],
      [responding({ statusCode: 408, data: '' }), false, { status: 408 }],
      [responding({ statusCode: 429, data: '' }), false, { status: 429 }],
      [failing({ errMsg: 'request:fail timeout', errno: 5 }), false, { errMsg: 'request:fail timeout', errno: 5 }],
      [
        failing({ errMsg: 'request:fail interrupted', errno: 600003 }),
        false,
        { errMsg: 'request:fail interrupted', errno: 600003 },
      ],
      [
        failing({ errMsg: 'request:fail -105:net::ERR_NAME_NOT_RESOLVED', errno: 600001 }),
        false,
        { errMsg: 'request:fail -105:net::ERR_NAME_NOT_RESOLVED', errno: 600001 },
      ],
      [failing({ errMsg: 'request:fail ' }), false, { errMsg: 'request:fail ' }],
    ],
    // Error numbers of the page of my.request: 2 parameters, 11 domain, 12 and 13 network, 14 cannot be decoded, 19 HTTP.
    my: [
      [failing({ error: 11, errorMessage: '无权跨域' }), true, { errMsg: '无权跨域', errno: 11 }],
      [failing({ error: 2 }), true, { errno: 2 }],
      [failing({ error: 14 }), true, { errno: 14 }],
      [failing({ error: 19, status: 404, data: html }), true, { errno: 19, status: 404 }],
      [failing({ error: 19, status: 403, data: csrf }), true, { errno: 19, status: 403 }],
      [failing({ error: 19, status: 502, data: html }), false, { errno: 19, status: 502 }],
      [failing({ error: 12, errorMessage: '网络出错' }), false, { errMsg: '网络出错', errno: 12 }],
      [failing({ error: 13 }), false, { errno: 13 }],
    ],
    dd: [
      [failing({ error: 11, errorMessage: '无权跨域' }), true, { errMsg: '无权跨域', errno: 11 }],
      [failing({ error: 12, errorMessage: '网络出错' }), false, { errMsg: '网络出错', errno: 12 }],
      [responding({ status: 404, data: html }), true, { status: 404 }],
    ],
    // These platforms follow the same rule as WeChat. Their error numbers are not documented.
    ...Object.fromEntries(
      ['swan', 'tt', 'ks', 'xhs', 'has'].map((object) => [
        object,
        [
          [
            failing({ errMsg: 'request:fail url not in domain list', errCode: 7 }),
            true,
            { errMsg: 'request:fail url not in domain list', errno: 7 },
          ],
          [failing({ errMsg: 'request:fail timeout', errNo: 7 }), false, { errMsg: 'request:fail timeout', errno: 7 }],
          [responding({ statusCode: 404, data: html }), true, { status: 404 }],
        ],
      ]),
    ),
    // Feishu, whose object is also tt.
    lark: [
      [
        failing({ errString: 'request fail, invalid domain', errno: 7 }),
        true,
        { errMsg: 'request fail, invalid domain', errno: 7 },
      ],
      [failing({ errMsg: 'request:fail timeout' }), false, { errMsg: 'request:fail timeout' }],
    ],
  };
  const DETAIL = { errMsg: 'x:ok', code: 'c', encryptedData: 'RUQ=', iv: 'SVY=' };
  for (const [object, cases] of Object.entries(CASES)) {
    test(`${object}: ${cases.length} failures`, async () => {
      for (const [request, needsDeveloper, expected] of cases) {
        for (const login of [false, async () => 'l']) {
          let requests = 0;
          const countedRequest = () => ((requests += 1), request());
          const { host: hostObject } = host(
            { request: countedRequest, httpRequest: countedRequest, requestAccess: async () => ({ code: 'c' }) },
            { objects: ['my', 'dd'].includes(object) },
          );
          if (object === 'dd') delete hostObject.request;
          if (object !== 'lark') delete hostObject.requestAccess;
          const { createPhoneButton } = load({ [object === 'lark' ? 'tt' : object]: hostObject });
          const button = createPhoneButton({ endpoint: 'https://example.com/api', login });
          const outcome = plain(await button.submit({ detail: DETAIL }));
          const { ok, reason, action, message, ...rest } = outcome;
          assert.deepEqual(
            [ok, reason, action, rest],
            [false, 'service', needsDeveloper ? 'enter-manually' : 'retry', expected],
            `${object} ${JSON.stringify(outcome)}`,
          );
          assert.ok(message.en && /[一-鿿]/.test(message.zh));
          const needsLogin = login && !['dd', 'has', 'lark'].includes(object);
          assert.equal(
            requests,
            needsDeveloper || needsLogin ? 1 : 2,
            'a failure that only a developer can fix is not retried',
          );
        }
      }
    });
  }
  test('endpoint is a function: failures of a cloud function and of the network, and a host’s complete response', async () => {
    const cloud = (text, errCode) =>
      Object.assign(new Error(`cloud.callFunction:fail Error: errCode: ${errCode} | errMsg: ${text}`), { errCode });
    for (const [endpoint, action, expected] of [
      [
        () => Promise.reject(cloud('Invoking task timed out after 3 seconds', -504003)),
        'enter-manually',
        { errno: -504003 },
      ],
      [() => Promise.reject(cloud('functions execute fail', -504002)), 'enter-manually', { errno: -504002 }],
      [
        () => Promise.reject(cloud('FunctionName parameter could not be found', -501000)),
        'enter-manually',
        { errno: -501000 },
      ],
      [() => Promise.reject(cloud('cloud function execution error', -404011)), 'enter-manually', { errno: -404011 }],
      [
        () => Promise.reject(new Error("Cloud API isn't enabled, please call wx.cloud.init first")),
        'enter-manually',
        { errMsg: "Cloud API isn't enabled, please call wx.cloud.init first" },
      ],
      // Mistakes in the function, with the texts of V8 and JavaScriptCore; and a fetch without a network.
      ...[
        'x.y is not a function',
        'x is not defined',
        "Cannot read properties of undefined (reading 'x')",
        "undefined is not an object (evaluating 'x.y')",
      ].map((text) => [() => Promise.reject(new TypeError(text)), 'enter-manually', { errMsg: text }]),
      ...['Failed to fetch', 'Network request failed', 'Load failed', 'fetch failed'].map((text) => [
        () => Promise.reject(new TypeError(text)),
        'retry',
        { errMsg: text },
      ]),
      [
        () =>
          Promise.reject(
            Object.assign(new Error('Request failed with status code 404'), { response: { status: 404, data: html } }),
          ),
        'enter-manually',
        { status: 404 },
      ],
      [
        () =>
          Promise.reject(
            Object.assign(new Error('Request failed with status code 502'), { response: { status: 502, data: html } }),
          ),
        'retry',
        { status: 502 },
      ],
      [
        () => Promise.reject({ errMsg: 'cloud.callFunction:fail request timeout' }),
        'retry',
        { errMsg: 'cloud.callFunction:fail request timeout' },
      ],
      [() => Promise.reject('timeout'), 'retry', { errMsg: 'timeout' }],
      [() => Promise.reject({ error: { code: 'x', detail: csrf } }), 'retry', {}],
      [() => Promise.reject(undefined), 'retry', {}],
      [
        () => {
          throw new Error('request:fail');
        },
        'retry',
        { errMsg: 'request:fail' },
      ],
      [async () => ({ statusCode: 404, data: html }), 'enter-manually', { status: 404 }],
      [async () => html, 'retry', {}],
      [async () => csrf, 'retry', {}],
    ]) {
      const { createPhoneButton } = load({ wx: host({}).host });
      const { errMsg, errno, status, ...outcome } = plain(
        await createPhoneButton({ endpoint, login: false }).submit({ detail: DETAIL }),
      );
      assert.deepEqual(
        [outcome.reason, outcome.action, errno, status],
        ['service', action, expected.errno, expected.status],
        String(endpoint),
      );
      if (!('errno' in expected)) assert.equal(errMsg, expected.errMsg);
      else assert.match(errMsg, /cloud\.callFunction:fail/);
    }
    const { createPhoneButton } = load({ wx: host({}).host });
    const phone = { e164: '+8613800138000', countryCode: '86', nationalNumber: '13800138000' };
    const button = createPhoneButton({
      endpoint: async () => ({ statusCode: 200, data: { phone, result: 1 } }),
      login: false,
    });
    assert.deepEqual(
      plain(await button.submit({ detail: DETAIL })),
      { ok: true, phone, result: 1 },
      'a host’s complete response that contains the body of the service',
    );
  });
});

describe('endpoint is a URL, requested through the host', () => {
  const success = { phone: { e164: '+8613800138000', countryCode: '86', nationalNumber: '13800138000' }, result: 1 };
  const refusal = { error: { code: 'refused', action: 'enter-manually', message: { en: 'e', zh: 'z' } } };
  for (const [name, object, request, expected] of [
    ['WeChat: an object', 'wx', async () => ({ statusCode: 200, data: success }), true],
    [
      'WeChat: the request of a rejected payload succeeds, with a status of 4xx',
      'wx',
      async () => ({ statusCode: 422, data: refusal }),
      false,
    ],
    ['Baidu: a text', 'swan', async () => ({ data: JSON.stringify(success) }), true],
    [
      'Alipay: the request of a rejected payload fails, and its error has the body of the service',
      'my',
      () => Promise.reject({ error: 19, status: 422, data: refusal }),
      false,
    ],
    [
      'Alipay: the error has the body of the service as a text',
      'my',
      () => Promise.reject({ error: 19, status: 422, data: JSON.stringify(refusal) }),
      false,
    ],
  ]) {
    test(name, async () => {
      const requests = [];
      const { host: hostObject } = host({ request: (options) => (requests.push(options), request()) });
      const { createPhoneButton } = load({ [object]: hostObject });
      const button = createPhoneButton({ endpoint: 'https://example.com/mp-phone/', login: false });
      const outcome = plain(
        await button.submit({ detail: { errMsg: 'x:ok', code: 'c', encryptedData: 'RUQ=', iv: 'SVY=' } }),
      );
      assert.equal(outcome.ok, expected);
      if (!expected) assert.deepEqual([outcome.code, outcome.message], ['refused', { en: 'e', zh: 'z' }]);
      const [{ url, method, data, header, headers }] = requests;
      assert.deepEqual([requests.length, url, method], [1, 'https://example.com/mp-phone/phone', 'POST']);
      assert.equal(JSON.parse(data).platform, button.platform);
      for (const sentHeaders of [header, headers]) assert.equal(sentHeaders['content-type'], 'application/json');
    });
  }
  test('DingTalk: the name of the function is httpRequest', async () => {
    const { host: dd, calls } = host(
      { httpRequest: async () => ({ data: JSON.stringify(success) }), getAuthCode: async () => ({ authCode: 'c' }) },
      { objects: true },
    );
    const { createPhoneButton } = load({ dd });
    assert.equal((await createPhoneButton({ endpoint: 'https://example.com' }).submit({})).ok, true);
    assert.deepEqual(calls, ['getAuthCode', 'httpRequest']);
  });
});
