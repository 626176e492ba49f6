// Opens pages with the button on a simulated host. The service is the real service; the simulator replaces the platforms.
import { after } from 'node:test';
import { host, load, plain } from './host.mjs';
import { createPhoneService, createSimulator } from './installed.mjs';

export const simulator = await createSimulator();
after(() => simulator.close());

/** The numbers and users that `onPhone` received. */
export const received = [];
export const service = createPhoneService({
  platforms: Object.fromEntries(simulator.platforms.map((name) => [name, simulator.config(name)])),
  onPhone: ({ phone, user }) => {
    received.push({ e164: phone.e164, openId: user?.openId });
    return { count: received.length };
  },
  logger: false,
});

const OBJECT_OF = {
  wechat: 'wx',
  alipay: 'my',
  baidu: 'swan',
  douyin: 'tt',
  kuaishou: 'ks',
  xiaohongshu: 'xhs',
  huawei: 'has',
  dingtalk: 'dd',
  feishu: 'tt',
};
/** The functions with which each host logs in. */
const LOGIN_OF = {
  alipay: (device) => ({
    getAuthCode: async () => ({ authCode: await device.login(), authSuccessScopes: ['auth_base'] }),
  }),
  baidu: (device) => ({ getLoginCode: async () => ({ code: await device.login() }) }),
  huawei: () => ({}),
  dingtalk: (device) => ({ getAuthCode: async () => ({ authCode: (await device.tap()).code }) }),
  feishu: (device) => ({ requestAccess: async () => ({ code: (await device.tap()).code }) }),
};
const commonLogin = (device) => ({ login: async () => ({ code: await device.login(), errMsg: 'login:ok' }) });

/** Opens the page on a device. */
export function open(
  platform,
  { promises, functions = {}, options = {}, device = simulator.device(platform), stored } = {},
) {
  const simulated = host(
    { ...(LOGIN_OF[platform] ?? commonLogin)(device), ...functions },
    { promises, objects: ['alipay', 'dingtalk'].includes(platform) },
  );
  if (stored) Object.assign(simulated.stored, stored);
  const sent = [];
  const endpoint = async (path, body) => {
    sent.push({ path, body: plain(body) });
    return service.cloud({ path, body: plain(body) });
  };
  const { createPhoneButton } = load({ [OBJECT_OF[platform]]: simulated.host });
  const button = createPhoneButton({ endpoint, ...options });
  return {
    device,
    button,
    sent,
    calls: simulated.calls,
    stored: simulated.stored,
    paths: () => sent.map(({ path }) => path),
    submit: async (event) => plain(await button.submit(event)),
  };
}

export const tapOf = (page, options) => page.device.tap(options).then((detail) => ({ detail }));
