// WeChat inside a cloud function: wx-server-sdk calls, no secrets, and the caller is known without a login.
import { readPhone } from '../../core/index';
import { checkAnswer } from '../core';
import { invalid, isPhoneError, noAnswer } from '../errors';
import { LARGEST } from '../http';
import type { User, WechatCloudOptions } from '../index';
import { within } from '../waiting';
import { optional, type Client, type Making } from './client';
import { refuseLoginCode } from './wechat';

export function wechatCloud({ cloud, appId }: WechatCloudOptions, { checks, timeout }: Making): Client {
  if (typeof cloud?.getWXContext !== 'function' || !cloud.openapi) throw invalid('platforms.wechat.cloud', undefined, 'wechat');
  const context = () => cloud.getWXContext() ?? {};
  const app = () => appId ?? text(context().APPID);
  const read = (answer: string) => readPhone({ platform: 'wechat', answer }, { appId: app() }, checks());

  const refused = (message: string) => invalid('platforms.wechat.cloud', message, 'wechat');
  /** What an old SDK lacks is seen only when it is asked for: newer ones make their functions when they are looked up. */
  const has = (found: unknown, name: string) => {
    if (typeof found !== 'function') throw refused(`wx-server-sdk has no ${name}: it is too old`);
  };

  /** The answer as text. What the SDK throws is an answer, too: `{errCode, errMsg}`, whatever its class. */
  async function answerOf(call: () => Promise<unknown>): Promise<string> {
    const late = (): never => {
      throw noAnswer('wechat', 'TIMEOUT');
    };
    let answer: unknown;
    try {
      answer = await within(timeout * 1000, (async () => call())(), late);
    } catch (error) {
      if (isPhoneError(error)) throw error;
      const { errCode, errMsg, message } = Object(error) as Record<'errCode' | 'errMsg' | 'message', unknown>;
      if ([errMsg, message].some((text) => typeof text === 'string' && /please call init first/i.test(text))) throw refused('wx-server-sdk says that cloud.init was not called');
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
      const answer = await answerOf(async () => {
        has(cloud.openapi.phonenumber?.getPhoneNumber, 'openapi.phonenumber.getPhoneNumber');
        return cloud.openapi.phonenumber.getPhoneNumber({ code });
      });
      // With an empty body of the gateway the SDK reports success.
      if (!/"phone_?info":\{/i.test(answer)) throw noAnswer('wechat', 'EMPTY');
      return { phone: read(answer) };
    },

    // The client can put any data into an event beside a CloudID: only WeChat's own answer to the CloudID counts.
    async byCloudId(cloudId) {
      const answer = await answerOf(async () => {
        has(cloud.getOpenData, 'getOpenData');
        return cloud.getOpenData({ list: [cloudId] });
      });
      return { phone: read(answer) };
    },
  };
}

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
