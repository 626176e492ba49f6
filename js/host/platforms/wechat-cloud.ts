// WeChat inside a cloud function: wx-server-sdk calls, no secrets, and the caller is known without a login.
import { readPhone } from '../../core/index';
import { checkAnswer } from '../core';
import { invalid, isNoAnswer, noAnswer } from '../errors';
import { LARGEST } from '../http';
import type { User, WechatCloudOptions } from '../index';
import { within } from '../waiting';
import { optional, required, type Client, type Making } from './client';
import { refuseLoginCode } from './wechat';

export function wechatCloud(options: WechatCloudOptions, { checks, timeout }: Making): Client {
  const { cloud, appId } = options;
  const lacks = typeof cloud?.getWXContext !== 'function' ? 'getWXContext' : !cloud.openapi ? 'openapi' : undefined;
  if (lacks) throw invalid('platforms.wechat.cloud', `platforms.wechat.cloud is no wx-server-sdk: ${lacks} is missing`, 'wechat');
  if (appId !== undefined) required('wechat', options, ['appId']);
  for (const name of OVER_HTTP) {
    const field = `platforms.wechat.${name}`;
    if (name in options) throw invalid(field, `${field} and platforms.wechat.cloud exclude each other`, 'wechat');
  }
  const context = () => cloud.getWXContext() ?? {};
  const app = () => appId ?? text(context().APPID);
  const read = (answer: string) => readPhone({ platform: 'wechat', answer }, { appId: app() }, checks());

  /** The answer as text. What the SDK throws is an answer, too: `{errCode, errMsg}`, whatever its class. */
  async function answerOf(call: () => Promise<unknown>): Promise<string> {
    const late = (): never => {
      throw noAnswer('wechat', 'TIMEOUT');
    };
    let answer: unknown;
    try {
      answer = await within(timeout * 1000, (async () => call())(), late);
    } catch (error) {
      if (isNoAnswer(error)) throw error;
      const { errCode, errMsg } = Object(error) as { errCode?: unknown; errMsg?: unknown };
      if (errCode === undefined || errCode === null) throw noAnswer('wechat', 'NETWORK', error);
      answer = { errCode, errMsg };
    }
    const json = jsonOf(answer);
    if (json === undefined) throw noAnswer('wechat', 'NOT_JSON');
    if (json.length > LARGEST) throw noAnswer('wechat', 'TOO_LARGE');
    checkAnswer('wechat', json);
    return json;
  }

  return {
    get app() {
      return app() ?? 'cloud';
    },

    caller(): User | null {
      const { OPENID, UNIONID } = context();
      const openId = text(OPENID);
      return openId ? { platform: 'wechat', openId, unionId: text(UNIONID) } : null;
    },

    async byCode(code) {
      refuseLoginCode(code);
      const answer = await answerOf(() => cloud.openapi.phonenumber.getPhoneNumber({ code }));
      // With an empty body of the gateway the SDK reports success.
      if (!/"phone_?info":\{/i.test(answer)) throw noAnswer('wechat', 'EMPTY');
      return { phone: read(answer) };
    },

    // The client can put any data into an event beside a CloudID: only WeChat's own answer to the CloudID counts.
    byCloudId: async (cloudId) => ({ phone: read(await answerOf(() => cloud.getOpenData({ list: [cloudId] }))) }),
  };
}

/** Options of WeChat over HTTP. */
const OVER_HTTP = ['appSecret', 'token', 'component', 'checkOpenId', 'baseUrl'];

/** Integers of more than 15 digits are a BigInt or a BigNumber, by the SDK's version. */
function jsonOf(answer: unknown): string | undefined {
  try {
    return JSON.stringify(answer, (_, value) => (typeof value === 'bigint' ? String(value) : value));
  } catch {
    return undefined;
  }
}

/** The SDK makes numbers of variables that are all digits. */
const text = (value: unknown) => optional(typeof value === 'number' ? String(value) : value);
