// The server code for a platform and an environment, as in README.md and examples/. The code contains no secrets, only
// the names of environment variables. Its comments are in the language of the page.
import type { Platform } from '../../core/types';
import type { Language } from './messages';

export type ServerEnvironment = 'cloud' | 'express' | 'hono' | 'core';

export interface Snippet {
  environment: ServerEnvironment;
  file: string;
  code: string;
}

/** The options of `createPhoneService` for each platform, and the environment variables that have their values. */
const options: Partial<Record<Platform, Record<string, string>>> = {
  wechat: { appId: 'WECHAT_APP_ID', appSecret: 'WECHAT_APP_SECRET' },
  alipay: {
    appId: 'ALIPAY_APP_ID',
    privateKey: 'ALIPAY_PRIVATE_KEY',
    alipayPublicKey: 'ALIPAY_PUBLIC_KEY',
    aesKey: 'ALIPAY_AES_KEY',
  },
  baidu: { appKey: 'BAIDU_APP_KEY', appSecret: 'BAIDU_APP_SECRET' },
  douyin: { appId: 'DOUYIN_APP_ID', appSecret: 'DOUYIN_APP_SECRET', privateKey: 'DOUYIN_PRIVATE_KEY' },
  kuaishou: { appId: 'KUAISHOU_APP_ID', appSecret: 'KUAISHOU_APP_SECRET' },
  xiaohongshu: { appId: 'XIAOHONGSHU_APP_ID', appSecret: 'XIAOHONGSHU_APP_SECRET' },
  huawei: { clientId: 'HUAWEI_CLIENT_ID', clientSecret: 'HUAWEI_CLIENT_SECRET' },
  dingtalk: { clientId: 'DINGTALK_CLIENT_ID', clientSecret: 'DINGTALK_CLIENT_SECRET' },
  feishu: { appId: 'FEISHU_APP_ID', appSecret: 'FEISHU_APP_SECRET' },
};

/**
 * The keys of `openPhone`. They are environment variables, except the session key: it is in the application's own
 * store.
 */
const keys: Partial<Record<Platform, string[]>> = {
  wechat: ['appId', 'sessionKey'],
  alipay: ['alipayPublicKey', 'aesKey'],
  baidu: ['appKey', 'sessionKey'],
  douyin: ['appId', 'sessionKey'],
  kuaishou: ['appId', 'sessionKey'],
  xiaohongshu: ['appId', 'sessionKey'],
  wecom: ['appId', 'sessionKey'],
};

/** The comments of the code. */
const COMMENTS = {
  en: {
    config: '// config.json in the same folder: ',
    onPhone: [
      '// Your part: store phone.e164 in the account of user.openId.',
      '// The client receives the return value as `result`.',
    ],
    paths: '// The service handles POST /mp-phone/login, /mp-phone/phone and /mp-phone/logout.',
    order: '// Mount the service before express.json(), which responds to invalid JSON itself.',
    kvStore: [
      '/**',
      ' * Workers KV as the store of the service. KV expects seconds, at least 60. The service stores the exact time of expiry in',
      ' * the value.',
      ' */',
    ],
    storeTimeout: '// The first read of a key in a location can take longer than the default timeout of 0.5 s.',
    isolate: '// One service for each isolate, not for each request: the service caches the access token.',
    waitUntil: [
      '// The work continues if the client disconnects: the code is already used, and other requests may wait for the same',
      '// access token.',
    ],
    flow: "// or 'one-tap'",
    opening: [
      '/**',
      ' * Throws a PhoneError. Write its code to your log only: a client must not learn why its payload was rejected.',
    ],
    user: ' * @param user the user of the session, from your own store only',
    body: " * @param body the body of the mini-program's request",
    sessionKeys: '// the session keys of the last logins, newest first, from your own store',
    douyin: [
      '/**',
      ' * Opens only the response to your own request. Never open data that a client sent.',
      " * @param code the code of the button's event",
      " * @param clientToken your app's client_token",
      ' */',
    ],
    throws: '// throws ERR_PLATFORM',
    reading: [
      '/**',
      ' * Throws a PhoneError with the code ERR_PLATFORM and an action if the response is an error.',
      ' * @param response the response that your own server received from the platform',
      ' */',
    ],
  },
  zh: {
    config: '// 同一目录下的 config.json：',
    onPhone: ['// 由你实现：把 phone.e164 存入 user.openId 对应的账号。返回值即客户端收到的 `result`。'],
    paths: '// 服务处理 POST /mp-phone/login、/mp-phone/phone 和 /mp-phone/logout。',
    order: '// 服务须挂载在 express.json() 之前，否则遇到无效的 JSON 时，express.json() 会直接返回错误。',
    kvStore: [
      '/** 用 Workers KV 作为服务的存储。KV 的有效期以秒为单位，至少 60 秒；服务把准确的过期时间存储在值中。 */',
    ],
    storeTimeout: '// KV 在某个地区首次读取一个键时，耗时可能超过默认的 0.5 秒时限。',
    isolate: '// 每个 isolate 创建一个服务，不要为每个请求创建：服务会缓存 access_token。',
    waitUntil: ['// 客户端断开后继续处理：code 已被使用，其他请求可能正在等待同一个 access_token。'],
    flow: "// 或 'one-tap'",
    opening: ['/**', ' * 失败时抛出 PhoneError。错误码只能写入日志：不能让客户端得知数据被拒绝的原因。'],
    user: ' * @param user 会话所属的用户，只能取自你自己的存储',
    body: ' * @param body 小程序请求的请求体',
    sessionKeys: '// 最近几次登录的 session_key，最新的在前，取自你自己的存储',
    douyin: [
      '/**',
      ' * 只解密你自己的请求得到的响应，不要解密客户端发来的数据。',
      ' * @param code 按钮事件中的 code',
      ' * @param clientToken 应用的 client_token',
      ' */',
    ],
    throws: '// 抛出 ERR_PLATFORM',
    reading: [
      '/**',
      ' * 响应为错误时抛出 PhoneError，其 code 为 ERR_PLATFORM，并带有 action。',
      ' * @param response 你的服务端从平台收到的响应',
      ' */',
    ],
  },
} satisfies Record<Language, unknown>;
type Comments = (typeof COMMENTS)[Language];

/** The member of `readPhone`'s argument that has the platform's response. */
const RESPONSE_MEMBER = 'answer';

/**
 * Returns the code for every environment that a platform can use, the most common first. `fields` are the names of the
 * pasted fields, none for a platform's response.
 */
export function snippets(platform: Platform, fields: string[], isResponse: boolean, language: Language): Snippet[] {
  const comments = COMMENTS[language];
  return [
    ...(platform === 'wechat' ? [cloud(comments)] : []),
    ...(options[platform] ? [express(platform, comments), hono(platform, comments)] : []),
    ...(isResponse || !keys[platform]
      ? readable.has(platform)
        ? [reading(platform, comments)]
        : []
      : [opening(platform, fields, comments)]),
  ];
}

const cloud = (comments: Comments): Snippet => ({
  environment: 'cloud',
  file: 'index.js',
  code: `${comments.config}{ "permissions": { "openapi": ["phonenumber.getPhoneNumber"] } }
const cloud = require('wx-server-sdk');
const { createPhoneService } = require('mp-phone/server');

cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV });

const service = createPhoneService({
  platforms: { wechat: { cloud } },
  ${comments.onPhone.join('\n  ')}
  onPhone: ({ phone, user }) => ({ account: user?.openId, country: phone.countryCode }),
});

exports.main = (event, context) => service.cloud(event, context);
`,
});

const express = (platform: Platform, comments: Comments): Snippet => ({
  environment: 'express',
  file: 'server.js',
  code: `import express from 'express';
import { createPhoneService } from 'mp-phone/server';

const { env } = process;
const service = createPhoneService({
  basePath: '/mp-phone',
  platforms: {
    ${configuration(platform, '    ', comments)},
  },
  ${comments.onPhone.join('\n  ')}
  onPhone: ({ phone, user }) => ({ account: user && user.openId, country: phone.countryCode }),
  onError: (error) => console.error(error),
});

const app = express();
${comments.paths}
${comments.order}
app.use('/mp-phone', service.node);
app.listen(3000);
`,
});

const hono = (platform: Platform, comments: Comments): Snippet => ({
  environment: 'hono',
  file: 'src/index.js',
  code: `import { Hono } from 'hono';
import { createPhoneService } from 'mp-phone/server';

${comments.kvStore.join('\n')}
const kvStore = (kv) => ({
  get: (key) => kv.get(key),
  set: (key, value, ttl) => kv.put(key, value, { expirationTtl: Math.max(60, Math.ceil(ttl / 1000)) }),
  delete: (key) => kv.delete(key),
});

const makeService = (env) =>
  createPhoneService({
    basePath: '/mp-phone',
    platforms: {
      ${configuration(platform, '      ', comments)},
    },
    store: kvStore(env.SESSIONS),
    ${comments.storeTimeout}
    limits: { storeTimeout: 2 },
    ${comments.onPhone.join('\n    ')}
    onPhone: ({ phone, user }) => ({ account: user && user.openId, country: phone.countryCode }),
  });

${comments.isolate}
let service;

const app = new Hono();
app.post('/mp-phone/*', (c) => {
  service ??= makeService(c.env);
  const response = service.fetch(c.req.raw);
  ${comments.waitUntil.join('\n  ')}
  c.executionCtx.waitUntil(response);
  return response;
});

export default app;
`,
});

/** Huawei has two flows. The option `flow` selects one. */
const configuration = (platform: Platform, indent: string, comments: Comments): string => {
  const lines = Object.entries(options[platform]!).map(([option, name]) => `${option}: env.${name},`);
  if (platform === 'huawei') lines.push(`flow: 'button', ${comments.flow}`);
  return `${platform}: {\n${lines.map((line) => `${indent}  ${line}\n`).join('')}${indent}}`;
};

/** The fields of a client's payload that `openPhone` reads, in the order of the code. */
const openable = ['encryptedData', 'data', 'iv', 'response', 'sign', 'signType', 'encryptType', 'charset'];

function opening(platform: Platform, fields: string[], comments: Comments): Snippet {
  const pasted = openable.filter((name) => fields.includes(name));
  const isCodeFlow = platform === 'douyin' && pasted.includes('data') && !pasted.includes('encryptedData');
  if (isCodeFlow) return douyin(comments);
  const sealed = pasted.length ? pasted : platform === 'alipay' ? ['response', 'sign'] : ['encryptedData', 'iv'];
  const lines = keys[platform]!.map((name) =>
    name === 'sessionKey'
      ? `sessionKey: user.sessionKeys, ${comments.sessionKeys}`
      : `${name}: process.env.${environment(platform, name)},`,
  );
  const user = lines.some((line) => line.includes('user.'));
  const parameters = [...(user ? [comments.user] : []), comments.body];
  return core(`import { openPhone } from 'mp-phone';

${[...comments.opening, ...parameters, ' */'].join('\n')}
export function phoneOf(${user ? 'user, ' : ''}body) {
  const { ${sealed.join(', ')} } = body;
  return openPhone(
    { platform: '${platform}', ${sealed.join(', ')} },
    {
${lines.map((line) => `      ${line}\n`).join('')}    },
  );
}
`);
}

const environment = (platform: Platform, name: string): string =>
  options[platform]?.[name] ?? `${platform.toUpperCase()}_${name.replace(/[A-Z]/g, '_$&').toUpperCase()}`;

const douyin = (comments: Comments): Snippet =>
  core(`import { openPhone, readPhone } from 'mp-phone';

const { DOUYIN_APP_ID: appId, DOUYIN_PRIVATE_KEY: privateKey } = process.env;

${comments.douyin.join('\n')}
export async function phoneOf(code, clientToken) {
  const response = await fetch('https://open.douyin.com/api/apps/v1/get_phonenumber_info/', {
    method: 'POST',
    headers: { 'access-token': clientToken, 'content-type': 'application/json' },
    body: JSON.stringify({ code }),
  });
  const body = await response.json();
  if (body.err_no !== 0) readPhone({ platform: 'douyin', ${RESPONSE_MEMBER}: body }); ${comments.throws}
  return openPhone({ platform: 'douyin', data: body.data }, { appId, privateKey });
}
`);

/** The second argument of `readPhone` for WeChat. */
const WECHAT_APP_ID = ', { appId: process.env.WECHAT_APP_ID }';

/** The platforms whose responses can contain a number. */
const readable = new Set<Platform>(['wechat', 'huawei', 'dingtalk', 'feishu']);

const reading = (platform: Platform, comments: Comments): Snippet =>
  core(`import { readPhone } from 'mp-phone';

${comments.reading.join('\n')}
export function phoneOf(response) {
  return readPhone({ platform: '${platform}', ${RESPONSE_MEMBER}: response }${platform === 'wechat' ? WECHAT_APP_ID : ''});
}
`);

const core = (code: string): Snippet => ({ environment: 'core', file: 'phone.js', code });
