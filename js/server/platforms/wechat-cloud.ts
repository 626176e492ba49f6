// WeChat inside a cloud function: calls of wx-server-sdk, without secrets. The caller is known without a login.
import { withTimeout } from '../concurrency';
import { invalidInput } from '../errors';
import { checkResponse, readPhone } from '../runtime/wasm';
import type { User, WechatCloudOptions } from '../types';
import type { ClientContext, PlatformClient } from './client';
import { LARGEST } from './http';
import { requireTexts } from './options';
import { optionalId } from './responses';
import { platformUnavailable } from './unavailable';
import { rejectLoginCode } from './wechat-http';

export function wechatCloud(options: WechatCloudOptions, { checks, timeout }: ClientContext): PlatformClient {
  const { cloud, appId } = options;
  const missing = typeof cloud?.getWXContext !== 'function' ? 'getWXContext' : !cloud.openapi ? 'openapi' : undefined;
  if (missing)
    throw invalidInput(
      'platforms.wechat.cloud',
      `platforms.wechat.cloud is not a wx-server-sdk: ${missing} is missing`,
      'wechat',
    );
  if (appId !== undefined) requireTexts('wechat', options, ['appId']);
  for (const name of HTTP_OPTIONS) {
    const field = `platforms.wechat.${name}`;
    if (name in options) throw invalidInput(field, `${field} and platforms.wechat.cloud exclude each other`, 'wechat');
  }
  const context = () => cloud.getWXContext() ?? {};
  const app = () => appId ?? text(context().APPID);
  const read = (response: string) => readPhone({ platform: 'wechat', answer: response }, { appId: app() }, checks());

  const wrongSdk = (message: string) => invalidInput('platforms.wechat.cloud', message, 'wechat');

  /**
   * The response as text. An error of the SDK, whatever its class, is a response, too: `{errCode, errMsg}`.
   * @param path the path of the function
   * @param parentOf returns the object that has the function; an older SDK may lack the object or the function
   */
  async function responseOf(path: string, parentOf: () => any, argument: object): Promise<string> {
    const name = path.slice(path.lastIndexOf('.') + 1);
    const call = async () => {
      const parent = parentOf();
      return typeof parent?.[name] === 'function' ? parent[name](argument) : MISSING;
    };
    let platformResponse: unknown;
    try {
      platformResponse = await withTimeout<unknown>(timeout * 1000, call(), () => LATE);
    } catch (error) {
      const { errCode, errMsg, message } = Object(error) as Record<'errCode' | 'errMsg' | 'message', unknown>;
      // The SDK's own text, version 4.0.2. Its code is -1, like that of a busy system.
      if (/please call init first/i.test([errMsg, message].filter((text) => typeof text === 'string').join())) {
        throw wrongSdk('wx-server-sdk reports that cloud.init was not called');
      }
      if (errCode === undefined || errCode === null) throw platformUnavailable('wechat', 'NETWORK', error);
      platformResponse = { errCode, errMsg };
    }
    if (platformResponse === LATE) throw platformUnavailable('wechat', 'TIMEOUT');
    if (platformResponse === MISSING) throw wrongSdk(`wx-server-sdk has no ${path}: it is too old`);
    const json = jsonOf(platformResponse);
    if (json === undefined) throw platformUnavailable('wechat', 'NOT_JSON');
    if (json.length > LARGEST) throw platformUnavailable('wechat', 'TOO_LARGE');
    checkResponse('wechat', json);
    return json;
  }

  return {
    get app() {
      return app() ?? 'cloud';
    },

    currentUser(): User | null {
      const { OPENID, UNIONID } = context();
      const openId = text(OPENID);
      return openId ? { platform: 'wechat', openId, unionId: text(UNIONID) } : null;
    },

    async exchangePhoneCode(code) {
      rejectLoginCode(code);
      const response = await responseOf('openapi.phonenumber.getPhoneNumber', () => cloud.openapi.phonenumber, {
        code,
      });
      // If the gateway's body is empty, the SDK reports a success.
      if (!/"phone_?info":\{/i.test(response)) throw platformUnavailable('wechat', 'EMPTY');
      return { phone: read(response) };
    },

    // The client can put any data into an event beside a CloudID: only WeChat's own response to the CloudID is used.
    resolveCloudId: async (cloudId) => ({
      phone: read(await responseOf('getOpenData', () => cloud, { list: [cloudId] })),
    }),
  };
}

/** The names of the options that only WeChat over HTTP has. */
const HTTP_OPTIONS = ['appSecret', 'token', 'component', 'checkOpenId', 'baseUrl'];

const MISSING = Symbol('missing');
const LATE = Symbol('late');

/** Integers of more than 15 digits are a BigInt or a BigNumber, depending on the SDK's version. */
function jsonOf(received: unknown): string | undefined {
  try {
    return JSON.stringify(received, (_, value) => (typeof value === 'bigint' ? String(value) : value));
  } catch {
    return undefined;
  }
}

/** The SDK converts environment variables of only digits to numbers. */
const text = (value: unknown) => optionalId(typeof value === 'number' ? String(value) : value);
