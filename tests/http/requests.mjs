// Requests that must be rejected, with the expected status and code. A row with `own` may get its response from the
// framework itself; `own` says for which kind of request.
const CANARY = 'canary-7c1f'; // in as many requests as possible; must not appear in a response
export const canary = CANARY;

const json = { 'content-type': 'application/json' };
const deep = (open, close, levels) => open.repeat(levels) + '1' + close.repeat(levels);
const WRONG = [1, true, [CANARY], '', null, {}];

/** Requests that every adapter must reject: `{ label, path, body, status, code, headers }`. */
export function rejectedBodies({ session, alipaySession, detail }) {
  const rows = [];
  const add = (label, path, body, status = 400, code = 'invalid_request') =>
    rows.push({
      label,
      path: `/api/${path}`,
      body: typeof body === 'string' ? body : JSON.stringify(body),
      status,
      code,
      headers: json,
    });

  const login = { platform: 'wechat', code: CANARY };
  for (const wrong of [
    ...WRONG,
    CANARY,
    '__proto__',
    'constructor',
    'toString',
    'wechat\0',
    ' wechat',
    'kuaishou',
    'wecom',
    CANARY.repeat(5000),
  ])
    add(`platform ${short(wrong)}`, 'login', { ...login, platform: wrong });
  add('no platform', 'login', { code: CANARY });
  for (const wrong of [
    ...WRONG,
    `${CANARY}"`,
    `${CANARY} `,
    `${CANARY}\\`,
    `${CANARY}\0`,
    `${CANARY}é`,
    `${CANARY}\ud800`,
    `${CANARY}\u2028`,
    `${CANARY}\n`,
    'c'.repeat(2049),
    'c'.repeat(60_000),
  ])
    add(`login's code ${short(wrong)}`, 'login', { ...login, code: wrong });
  add('no code', 'login', { platform: 'wechat' });
  add('a phone code instead of a login code', 'login', { ...login, code: 'ab'.repeat(32) });
  add('an invented login code', 'login', login, 422, 'refused');

  for (const wrong of [1, true, [CANARY], CANARY, '', null])
    add(`detail ${short(wrong)}`, 'phone', { platform: 'wechat', session, detail: wrong });
  add('no detail', 'phone', { platform: 'wechat', session });
  const optional = {
    code: [1, true, [CANARY], {}, ''],
    encryptedData: [1, true, [CANARY], {}],
    data: [1, true, [CANARY], {}],
    iv: [1, true, [CANARY], {}],
    cloudID: [1, true, [CANARY]],
    response: [1, true, [CANARY]],
    sign: [1, true, [CANARY], {}],
  };
  for (const [field, wrongs] of Object.entries(optional))
    for (const wrong of wrongs)
      add(`detail.${field} ${short(wrong)}`, 'phone', {
        platform: 'wechat',
        session,
        detail: { ...detail, [field]: wrong },
      });
  for (const [field, length] of Object.entries({ code: 2049, iv: 257, cloudID: 513, sign: 4097 }))
    add(`detail.${field} of ${length} characters`, 'phone', {
      platform: 'wechat',
      session,
      detail: { ...detail, [field]: 'c'.repeat(length) },
    });
  add('a login code instead of a phone code', 'phone', {
    platform: 'wechat',
    session,
    detail: { code: `0${'a'.repeat(31)}` },
  });
  for (const wrong of [1, true, [CANARY], {}, '', 'c'.repeat(129)])
    add(`session ${short(wrong)}`, 'phone', { platform: 'wechat', session: wrong, detail });
  for (const wrong of [1, true, [CANARY], {}, '', null, 'c'.repeat(129)])
    add(`logout's session ${short(wrong)}`, 'logout', { session: wrong });
  add('a logout without a session', 'logout', {});
  add('an empty detail', 'phone', { platform: 'wechat', session, detail: {} });
  add('no iv', 'phone', { platform: 'wechat', session, detail: { encryptedData: detail.encryptedData } });
  add('null in every field of detail', 'phone', {
    platform: 'wechat',
    session,
    detail: { code: null, encryptedData: null, iv: null, cloudID: null, response: null, sign: null },
  });

  const sealed = { platform: 'wechat', detail };
  for (const unknown of [
    CANARY,
    'c'.repeat(43),
    `${CANARY}\0`,
    '__proto__',
    'constructor',
    `${session}x`,
    session.slice(1),
  ])
    add(`unknown session ${short(unknown)}`, 'phone', { ...sealed, session: unknown }, 401, 'login_required');
  add('no session', 'phone', sealed, 401, 'login_required');
  add('null as session', 'phone', { ...sealed, session: null }, 401, 'login_required');
  add('the session of another platform', 'phone', { ...sealed, session: alipaySession }, 401, 'login_required');
  add('an invented phone code', 'phone', { platform: 'wechat', session, detail: { code: CANARY } }, 422, 'refused');
  add(
    '16,000 characters that are not base64',
    'phone',
    { platform: 'wechat', session, detail: { ...detail, code: undefined, encryptedData: '*'.repeat(16_000) } },
    422,
    'refused',
  );
  add(
    '16,000 characters of base64',
    'phone',
    { platform: 'wechat', session, detail: { ...detail, code: undefined, encryptedData: 'A'.repeat(16_000) } },
    422,
    'refused',
  );
  add('16,400 characters of base64', 'phone', {
    platform: 'wechat',
    session,
    detail: { ...detail, code: undefined, encryptedData: 'A'.repeat(16_400) },
  });
  add(
    'NUL in the ciphertext',
    'phone',
    { platform: 'wechat', session, detail: { ...detail, code: undefined, encryptedData: `${CANARY}\0` } },
    422,
    'refused',
  );

  add('an array', 'login', [login]);
  const alipay = (response) => `{"platform":"alipay","session":"${alipaySession}","detail":{"response":${response}}}`;
  add('10,000 nested objects', 'login', deep('{"a":', '}', 10_000));
  add('30,000 nested arrays', 'login', deep('[', ']', 30_000));
  add('10,000 nested objects in the platform', 'login', `{"platform":${deep('{"a":', '}', 10_000)}}`);
  add('10,000 nested objects in the response', 'phone', alipay(deep('{"a":', '}', 10_000)));
  add('4,500 nested responses', 'phone', alipay(deep('{"response":', '}', 4_500)));
  add('30,000 nested arrays in the response', 'phone', alipay(`{"response":${deep('[', ']', 30_000)}}`));
  add(
    '10,000 nested objects in an unknown member',
    'phone',
    `{"platform":"wechat","session":"${CANARY}","detail":{},"extra":${deep('{"a":', '}', 10_000)}}`,
    401,
    'login_required',
  );

  const poison = (subject, path, body, status, code) => (
    add(subject, path, body, status, code), (rows.at(-1).own = body.includes('__proto__') ? '__proto__' : 'constructor')
  );
  poison('a login in __proto__', 'login', `{"__proto__":${JSON.stringify(login)}}`);
  poison('a code in __proto__', 'login', `{"platform":"wechat","__proto__":{"code":"${CANARY}"}}`);
  poison('a login in constructor', 'login', `{"constructor":{"prototype":${JSON.stringify(login)}}}`);
  poison(
    'a detail in __proto__',
    'phone',
    `{"platform":"wechat","session":"${session}","detail":{"__proto__":{"code":"${CANARY}"}}}`,
  );
  poison(
    'a session in __proto__',
    'phone',
    `{"platform":"wechat","__proto__":{"session":"${session}"},"detail":${JSON.stringify(detail)}}`,
    401,
    'login_required',
  );
  return rows;
}

/** Requests with faults that only HTTP requests can have. */
export function rejectedRequests() {
  const login = JSON.stringify({ platform: 'wechat', code: CANARY });
  const row = (description, own, rest) => ({
    label: description,
    own,
    path: '/api/login',
    headers: json,
    body: login,
    code: 'invalid_request',
    status: 400,
    ...rest,
  });
  const bytes = (...parts) => Buffer.concat(parts.map((part) => Buffer.from(part)));
  return [
    ...['GET', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'].map((method) =>
      row(method, 'method', { method, body: undefined, headers: {}, status: 405 }),
    ),
    row('PUT with a body', 'method', { method: 'PUT', status: 405 }),
    row('OPTIONS of a browser', 'method', {
      method: 'OPTIONS',
      body: undefined,
      headers: { origin: `https://${CANARY}.example`, 'access-control-request-method': 'POST' },
      status: 405,
    }),

    row('no content type', 'no type', { headers: {}, status: 415 }),
    row('text/plain', undefined, { headers: { 'content-type': 'text/plain' }, status: 415 }),
    row('text/plain, with utf-8', undefined, { headers: { 'content-type': 'text/plain;charset=UTF-8' }, status: 415 }),
    ...[
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'text/json',
      'application/jsonp',
      'application/problem+json',
      `application/${CANARY}`,
    ].map((type) =>
      row(type, type.startsWith('multipart') ? 'multipart' : 'type', {
        headers: { 'content-type': type },
        status: 415,
      }),
    ),
    ...['iso-8859-1', 'latin1', 'gbk'].map((charset) =>
      row(`charset ${charset}`, 'charset', {
        headers: { 'content-type': `application/json; charset=${charset}` },
        status: 415,
      }),
    ),
    row('charset utf-16', 'utf-16', {
      headers: { 'content-type': 'application/json; charset=utf-16le' },
      body: Buffer.from(login, 'utf16le'),
      status: 415,
    }),

    row('no body', 'empty', { body: '' }),
    row('no body and no content-length', 'empty', { body: undefined }),
    ...[
      '{',
      `{"${CANARY}"`,
      `${login}x`,
      `${login}${login}`,
      `{'platform':'${CANARY}'}`,
      `{"platform":"${CANARY}\u0000"}`,
      'undefined',
      '\0',
      CANARY,
      ' ',
    ].map((body) => row(`not JSON: ${short(body)}`, 'unparsable', { body })),
    row('half a character at the end', 'unparsable', { body: bytes(login.slice(0, -2), [0xe5, 0x8d]) }),
    ...['null', 'true', '1', `"${CANARY}"`].map((body) => row(`the JSON ${short(body)}`, 'primitive', { body })),
    row('bytes that are not UTF-8', undefined, {
      body: bytes('{"platform":"wechat","code":"', [0xff, 0xfe, 0xc3, 0x28], `${CANARY}"}`),
    }),
    row('overlong UTF-8', undefined, {
      body: bytes('{"platform":"wechat","code":"', [0xc1, 0xa1], `${CANARY}"}`),
    }),

    row('65,537 bytes', 'limit', { body: login + ' '.repeat(65_537 - login.length), status: 413 }),
    row('5 MB', 'large', { body: JSON.stringify({ platform: 'wechat', code: CANARY.repeat(450_000) }), status: 413 }),
    row('5 MB without a content-length', 'unannounced', {
      body: JSON.stringify({ platform: 'wechat', code: CANARY.repeat(450_000) }),
      chunked: true,
      status: 413,
    }),

    ...[
      '/api',
      '/api/',
      '/api/loginx',
      '/api/LOGIN',
      '/api/login/x',
      '/api/login%00',
      '/api/__proto__',
      `/api/${CANARY}`,
      '/api/?login',
      '/api/%2flogin',
    ].map((path) => row(`the path ${path}`, /^\/api\/?(\?|$)/.test(path) ? 'root' : 'path', { path, status: 404 })),
  ];
}

/** Unusual logins that must be served: the label, and the `{headers}` or `{path}` of the request. */
export const unusualRequests = [
  ['a query', { path: '/api/login?platform=alipay&x=%00' }],
  ['a trailing slash', { path: '/api/login/' }],
  ['a trailing slash and a query', { path: '/api/login/?x=/phone' }],
  ['charset=utf-8', { headers: { 'content-type': 'application/json; charset=utf-8' } }],
  ['charset in capitals and quotes', { headers: { 'content-type': 'Application/JSON;charset="UTF-8"' } }],
];

function short(value) {
  const text = JSON.stringify(value);
  return text.length > 40 ? `of ${text.length} characters` : text;
}
