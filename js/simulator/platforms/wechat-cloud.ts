// WeChat's cloud functions: the gateway that wx-server-sdk uses, and the call of a function as WeChat does it.
//
// The gateway's protocol is not documented. This file follows the requests that wx-server-sdk 4.0.2 and
// @cloudbase/node-sdk 3.17.2 send, and the responses that they read: a POST of multipart/form-data, whose field
// requestData is protobuf, and a protobuf response.
import { json, type PlatformResponse, type Request } from '../server/http';
import type { CloudFunction, Device } from '../types';
import type { ExpiringTokens } from '../world/expiring-tokens';
import { bytes, integer, multipart, read } from '../world/protobuf';
import type { Random } from '../world/random';
import { PlatformError } from './platform';
import type { PhoneCode } from './wechat-codes';

export interface CloudId {
  openId: string;
  data: object;
}

/** A CloudID as a function receives it: with its data, or with an error in place of the data. */
type Opened = { cloudID: string; data: object } | { cloudID: string; errCode: number; errMsg: string };

export interface Cloud {
  routes: Record<string, (request: Request) => PlatformResponse>;
  api(request: Request): string | undefined;
  /** The gateway's error responses; `undefined` if the request is not for the gateway. */
  errorResponse(code: number | string, request: Request): PlatformResponse | undefined;
  openCloudId(cloudId: string, openId?: string): Opened;
  env(device: Device): Record<string, string>;
  event(device: Device, data: object): object;
}

interface Parts {
  url: string;
  appId: string;
  random: Random;
  phoneCodes: ExpiringTokens<PhoneCode>;
  cloudIds: ExpiringTokens<CloudId>;
  textOf(code: number | string): string;
}

const PATH = '/admin';
const ENVIRONMENT = 'simulated-env';

export function gateway({ url, appId, random, phoneCodes, cloudIds, textOf }: Parts): Cloud {
  /** The users' open ids by the token of a call. WeChat creates a token for each call of a function. */
  const callers = new Map<string, string>();
  const secret = { id: random.text(36), key: random.text(32) };

  /** https://docs.cloudbase.net/practices/get-wechat-open-data. The codes are those of the SDK's table. */
  function openCloudId(cloudID: string, openId?: string): Opened {
    const lookup = cloudIds.inspect(cloudID);
    if (lookup.state === 'expired') return { cloudID, errCode: -601006, errMsg: 'cloudID expired.' };
    if (lookup.state !== 'good') return { cloudID, errCode: -601005, errMsg: 'cloudID invalid.' };
    if (openId !== undefined && lookup.value.openId !== openId)
      return { cloudID, errCode: -601007, errMsg: 'cloudID does not match the user.' };
    return { cloudID, data: lookup.value.data };
  }

  /**
   * `CommOpenApiResp`: 1 the response, 2 its type, 3 the gateway's error, 4 the HTTP status, 6 the error of an inner
   * service.
   */
  function respond(
    response: Buffer | string,
    { gatewayError = 0, innerError = 0, code = undefined as PlatformResponse['code'] } = {},
  ): PlatformResponse {
    const fields = [
      bytes(1, response),
      bytes(2, 'application/json'),
      integer(3, gatewayError),
      integer(4, 200),
      integer(6, innerError),
    ];
    return { headers: { 'content-type': 'application/octet-stream' }, body: Buffer.concat(fields), code };
  }

  function call(request: Request): PlatformResponse {
    const { fields, openId } = caller(request);
    const requestData = read(fields.get('requestData') ?? Buffer.alloc(0));
    const name = text(fields.get('apiName'));
    if (name === 'ApiGetOpenDataByCloudId') {
      const list = requestData.all(4).flatMap((inner) => read(read(inner).first(2)).all(2));
      return respond(
        Buffer.concat(
          list.map((id) =>
            bytes(1, Buffer.concat([bytes(1, id), bytes(2, JSON.stringify(openCloudId(text(id), openId)))])),
          ),
        ),
      );
    }
    // Assumed: an API that config.json does not name has the same error as an API that does not exist.
    if (name !== 'phonenumber.getPhoneNumber') throw new PlatformError(-604101);
    const pairs = requestData
      .all(2)
      .flatMap((data) => read(data).all(1))
      .map(read);
    const parameters = Object.fromEntries(
      pairs.map((pair) => [text(pair.first(1)), JSON.parse(text(pair.first(2))) as unknown]),
    );
    const lookup = phoneCodes.spend(parameters['code']);
    if (lookup.state !== 'good') throw new PlatformError(40029);
    return respond(JSON.stringify({ errcode: 0, errmsg: 'ok', phone_info: lookup.value.phoneInfo }));
  }

  function caller(request: Request): { fields: Map<string, Buffer>; openId: string } {
    if (request.method !== 'POST' || !(request.headers.authorization ?? '').startsWith('TC3-HMAC-SHA256 '))
      throw new PlatformError('SIGN_PARAM_INVALID');
    const fields = fieldsOf(request);
    const openId = callers.get(text(fields.get('wxCloudApiToken')));
    if (text(fields.get('action')) !== 'wx.openApi' || !openId) throw new PlatformError('INVALID_PARAM');
    return { fields, openId };
  }

  function errorResponse(code: number | string, request: Request): PlatformResponse | undefined {
    if (request.path !== PATH) return undefined;
    // The SDK treats a response with exactly the type application/json as an error of the gateway itself: -501001.
    if (typeof code === 'string' || code === -501001)
      return json({ code: String(code), message: 'rejected by the simulator', requestId: random.hex(32) }, { code });
    if (code <= -600000) {
      const inner = text(fieldsOf(request).get('apiName')).startsWith('Api');
      return respond('', { ...(inner ? { innerError: code } : { gatewayError: code }), code });
    }
    return respond(JSON.stringify({ errcode: code, errmsg: textOf(code) }), { code });
  }

  return {
    routes: { [PATH]: call },
    api: (request) => (request.path === PATH ? text(fieldsOf(request).get('apiName')) || undefined : undefined),
    errorResponse,
    openCloudId,

    env({ openId, unionId }) {
      const token = random.hex(64);
      callers.set(token, openId);
      const context: Record<string, string> = {
        WX_OPENID: openId,
        WX_APPID: appId,
        ...(unionId ? { WX_UNIONID: unionId } : {}),
        WX_API_TOKEN: token,
      };
      return {
        // Marks the process as a cloud function. Otherwise the SDK would send requests to a metadata service.
        TENCENTCLOUD_RUNENV: 'SCF',
        TENCENTCLOUD_REGION: 'ap-shanghai',
        SCF_NAMESPACE: ENVIRONMENT,
        // Without these two variables the SDK ends the process through a rejection that cannot be caught.
        TENCENTCLOUD_SECRETID: secret.id,
        TENCENTCLOUD_SECRETKEY: secret.key,
        TCB_CONTEXT_CNFG: JSON.stringify({ URL: `${url}${PATH}` }),
        WX_CONTEXT_KEYS: Object.keys(context).join(','),
        ...context,
      };
    },

    /** Replaces at most five CloudIDs, and only at the top level of the data. */
    event({ openId }, data) {
      const event: Record<string, unknown> = { ...data };
      const names = Object.keys(event).filter((name) => cloudIds.inspect(event[name]).state !== 'unknown');
      for (const name of names.slice(0, 5)) event[name] = openCloudId(event[name] as string, openId);
      return { ...event, userInfo: { appId, openId } };
    },
  };
}

const fieldsOf = ({ body, headers }: Request): Map<string, Buffer> => multipart(body, headers['content-type'] ?? '');

const text = (value: Buffer | undefined): string => value?.toString() ?? '';

/** The second argument of a function on SCF. */
function scfContext(random: Random, now: number): object {
  return {
    memory_limit_in_mb: 256,
    time_limit_in_ms: 20_000,
    request_id: random.hex(32),
    function_name: 'simulated',
    function_version: '$LATEST',
    namespace: ENVIRONMENT,
    tencentcloud_region: 'ap-shanghai',
    timestamp: now,
  };
}

/** Calls cloud functions one after another, because each needs its own environment variables, and these are global. */
export function invoker(cloud: Cloud, random: Random, now: () => number) {
  let last: Promise<unknown> = Promise.resolve();

  async function invoke(device: Device, main: CloudFunction, data: object, context: object): Promise<unknown> {
    const variables = cloud.env(device);
    const before = Object.fromEntries(Object.keys(variables).map((name) => [name, process.env[name]]));
    Object.assign(process.env, variables);
    try {
      // The arguments and the result of a function are converted to JSON and back.
      const event: unknown = JSON.parse(JSON.stringify(cloud.event(device, data)));
      const result = await main(event, { ...scfContext(random, now()), ...context });
      return result === undefined ? undefined : JSON.parse(JSON.stringify(result));
    } finally {
      for (const [name, value] of Object.entries(before)) {
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
    }
  }

  return (device: Device, main: CloudFunction, data: object = {}, context: object = {}): Promise<unknown> => {
    const called = last.then(() => invoke(device, main, data, context));
    last = called.catch(() => undefined);
    return called;
  };
}
