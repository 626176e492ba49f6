// A page with the button on a simulated host. The service is the real one, and the simulator stands for the platforms.
import { after } from 'node:test';
import { host, load, plain } from './host.mjs';
import { createPhoneService, createSimulator } from './installed.mjs';

export const simulator = await createSimulator();
after(() => simulator.close());

/** The numbers that onPhone received. */
export const phoneEvents = [];
export const service = createPhoneService({
  platforms: Object.fromEntries(simulator.platforms.map((name) => [name, simulator.config(name)])),
  onPhone: ({ phone, user }) => {
    phoneEvents.push({ e164: phone.e164, openId: user?.openId });
    return { count: phoneEvents.length };
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
/** How each host logs in. */
const LOGIN_OF = {
  alipay: (device) => ({
    getAuthCode: async () => ({ authCode: await device.login(), authSuccessScopes: ['auth_base'] }),
  }),
  baidu: (device) => ({ getLoginCode: async () => ({ code: await device.login() }) }),
  huawei: () => ({}),
  dingtalk: (device) => ({ getAuthCode: async () => ({ authCode: (await device.tap()).code }) }),
  feishu: (device) => ({ requestAccess: async () => ({ code: (await device.tap()).code }) }),
};
const usual = (device) => ({ login: async () => ({ code: await device.login(), errMsg: 'login:ok' }) });

/** A phone with the page open. */
export function open(
  platform,
  { promises, functions = {}, options = {}, device = simulator.device(platform), storedData } = {},
) {
  const played = host(
    { ...(LOGIN_OF[platform] ?? usual)(device), ...functions },
    { promises, objects: ['alipay', 'dingtalk'].includes(platform) },
  );
  if (storedData) Object.assign(played.storedData, storedData);
  const sent = [];
  const endpoint = async (path, body) => {
    sent.push({ path, body: plain(body) });
    return service.cloud({ path, body: plain(body) });
  };
  const { createPhoneButton } = load({ [OBJECT_OF[platform]]: played.host });
  const button = createPhoneButton({ endpoint, ...options });
  return {
    device,
    button,
    sent,
    calls: played.calls,
    storedData: played.storedData,
    paths: () => sent.map(({ path }) => path),
    submit: async (event) => plain(await button.submit(event)),
  };
}

export const tapOf = (page, options) => page.device.tap(options).then((detail) => ({ detail }));
