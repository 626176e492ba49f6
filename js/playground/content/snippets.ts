// The code for a platform and a host, as README.md and examples/ have it. No secret is in it: it names the environment's.
import type { Platform } from '../../core/types';

export type Host = 'cloud' | 'express' | 'hono' | 'core';

export interface Snippet {
  host: Host;
  file: string;
  code: string;
}

/** What createPhoneService needs of a platform, and the environment's name for it. */
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

/** The keys of openPhone, where the environment has them. The session key is the user's, and in the application's own store. */
const keys: Partial<Record<Platform, string[]>> = {
  wechat: ['appId', 'sessionKey'],
  alipay: ['alipayPublicKey', 'aesKey'],
  baidu: ['appKey', 'sessionKey'],
  douyin: ['appId', 'sessionKey'],
  kuaishou: ['appId', 'sessionKey'],
  xiaohongshu: ['appId', 'sessionKey'],
  wecom: ['appId', 'sessionKey'],
};

/** Every host that makes sense for a platform, the likeliest first. `fields` are those that were pasted, of an answer none. */
export function snippets(platform: Platform, fields: string[], isAnswer: boolean): Snippet[] {
  return [
    ...(platform === 'wechat' ? [cloud()] : []),
    ...(options[platform] ? [express(platform), hono(platform)] : []),
    ...(isAnswer || !keys[platform]
      ? readable.has(platform)
        ? [reading(platform)]
        : []
      : [opening(platform, fields)]),
  ];
}

const cloud = (): Snippet => ({
  host: 'cloud',
  file: 'index.js',
  code: `// Beside it, config.json: { "permissions": { "openapi": ["phonenumber.getPhoneNumber"] } }
const cloud = require('wx-server-sdk');
const { createPhoneService } = require('mp-phone/server');

cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV });

const service = createPhoneService({
  platforms: { wechat: { cloud } },
  // Your part: keep phone.e164 with the account of user.openId. What this returns is \`result\` in the answer.
  onPhone: ({ phone, user }) => ({ account: user?.openId, abroad: phone.countryCode !== '86' }),
});

exports.main = (event, context) => service.cloud(event, context);
`,
});

const express = (platform: Platform): Snippet => ({
  host: 'express',
  file: 'server.js',
  code: `import express from 'express';
import { createPhoneService } from 'mp-phone/server';

const { env } = process;
const service = createPhoneService({
  basePath: '/mp-phone',
  platforms: {
    ${configuration(platform, '    ')},
  },
  // Your part: keep phone.e164 with the account of user.openId. What this returns is \`result\` in the answer.
  onPhone: ({ phone, user }) => ({ account: user && user.openId, abroad: phone.countryCode !== '86' }),
  onError: (error) => console.error(error),
});

const app = express();
// POST /mp-phone/login, /mp-phone/phone, /mp-phone/logout. Before express.json(), which would answer bad JSON itself.
app.use('/mp-phone', service.node);
app.listen(3000);
`,
});

const hono = (platform: Platform): Snippet => ({
  host: 'hono',
  file: 'src/index.js',
  code: `import { Hono } from 'hono';
import { createPhoneService } from 'mp-phone/server';

/** Workers KV as the service's store. KV takes seconds, and 60 at least; the service keeps the exact time in the value. */
const kvStore = (kv) => ({
  get: (key) => kv.get(key),
  set: (key, value, ttl) => kv.put(key, value, { expirationTtl: Math.max(60, Math.ceil(ttl / 1000)) }),
  delete: (key) => kv.delete(key),
});

const makeService = (env) =>
  createPhoneService({
    basePath: '/mp-phone',
    platforms: {
      ${configuration(platform, '      ')},
    },
    store: kvStore(env.SESSIONS),
    // A first read of a key at a place takes KV longer than the default, half a second, allows for.
    limits: { storeTimeout: 2 },
    // Your part: keep phone.e164 with the account of user.openId. What this returns is \`result\` in the answer.
    onPhone: ({ phone, user }) => ({ account: user && user.openId, abroad: phone.countryCode !== '86' }),
  });

// One for an isolate, not one for a request: it holds the access token.
let service;

const app = new Hono();
app.post('/mp-phone/*', (c) => {
  service ??= makeService(c.env);
  const answer = service.fetch(c.req.raw);
  // Goes on when the client goes away: the code is spent, and others may be waiting for the same access token.
  c.executionCtx.waitUntil(answer);
  return answer;
});

export default app;
`,
});

/** Huawei has two flows, and the option names the flow. */
const configuration = (platform: Platform, indent: string): string => {
  const lines = Object.entries(options[platform]!).map(([option, name]) => `${option}: env.${name},`);
  if (platform === 'huawei') lines.push("flow: 'button', // or 'one-tap'");
  return `${platform}: {\n${lines.map((line) => `${indent}  ${line}\n`).join('')}${indent}}`;
};

/** The fields that openPhone takes of a client, in the order in which they are written. */
const openable = ['encryptedData', 'data', 'iv', 'response', 'sign', 'signType', 'encryptType', 'charset'];

function opening(platform: Platform, fields: string[]): Snippet {
  const named = openable.filter((name) => fields.includes(name));
  const byAnswer = platform === 'douyin' && named.includes('data') && !named.includes('encryptedData');
  if (byAnswer) return core(douyin);
  const sealed = named.length ? named : platform === 'alipay' ? ['response', 'sign'] : ['encryptedData', 'iv'];
  const lines = keys[platform]!.map((name) =>
    name === 'sessionKey'
      ? "sessionKey: user.sessionKeys, // the last few logins', newest first, from your own store"
      : `${name}: process.env.${environment(platform, name)},`,
  );
  const user = lines.some((line) => line.includes('user.'));
  const parameters = user ? ' * @param user whose session it is, out of your own store alone\n' : '';
  return core(`import { openPhone } from 'mp-phone';

/**
 * Throws a PhoneError. Its code is for your log: a client must not learn why its payload was refused.
${parameters} * @param body of the mini-program's request
 */
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

const douyin = `import { openPhone, readPhone } from 'mp-phone';

const { DOUYIN_APP_ID: appId, DOUYIN_PRIVATE_KEY: privateKey } = process.env;

/** @param code of the button's event. What is opened must be the answer to your own request, never what a client sent. */
export async function phoneOf(code, clientToken) {
  const response = await fetch('https://open.douyin.com/api/apps/v1/get_phonenumber_info/', {
    method: 'POST',
    headers: { 'access-token': clientToken, 'content-type': 'application/json' },
    body: JSON.stringify({ code }),
  });
  const answer = await response.json();
  if (answer.err_no !== 0) readPhone({ platform: 'douyin', answer }); // throws ERR_PLATFORM
  return openPhone({ platform: 'douyin', data: answer.data }, { appId, privateKey });
}
`;

/** The platforms whose answers can hold a number. */
const readable = new Set<Platform>(['wechat', 'huawei', 'dingtalk', 'feishu']);

const reading = (platform: Platform): Snippet =>
  core(`import { readPhone } from 'mp-phone';

/** @param answer what your own server got of the platform. Throws a PhoneError: ERR_PLATFORM, with an action, of an error answer. */
export function phoneOf(answer) {
  return readPhone({ platform: '${platform}', answer }${platform === 'wechat' ? ', { appId: process.env.WECHAT_APP_ID }' : ''});
}
`);

const core = (code: string): Snippet => ({ host: 'core', file: 'phone.js', code });
