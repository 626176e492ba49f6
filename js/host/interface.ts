// The HTTP interface: what a request must be, what an answer may say, and the OpenAPI document of both.
import { validate, type Schema } from '@cfworker/json-schema';
import { isOracle } from './errors';
import type { Action, Login, Phone, PhoneError, Platform } from './index';
import { hasMember, isObject } from './own';

/** What a client is told. */
export interface Reply {
  status: number;
  body: object;
  headers?: Record<string, string>;
}

/** The error codes that a client sees. They say whose turn it is, never why a payload was refused. */
type PublicCode = 'invalid_request' | 'login_required' | 'refused' | 'unavailable' | 'internal';

const STATUS: Record<PublicCode, number> = { invalid_request: 400, login_required: 401, refused: 422, unavailable: 503, internal: 500 };

const MESSAGES: Record<PublicCode, Partial<Record<Action, { en: string; zh: string }>> & { fallback: { en: string; zh: string } }> = {
  invalid_request: { fallback: { en: 'The app sent a request that the service does not understand.', zh: '应用发来的请求有误，服务无法处理。' } },
  login_required: { fallback: { en: 'Please log in again, then tap once more.', zh: '请重新登录，然后再点一次。' } },
  refused: {
    'ask-again': { en: 'This authorisation cannot be used any more. Please tap once more.', zh: '本次授权已失效，请再点一次。' },
    'login-again': { en: 'The number could not be read. Please log in again, then tap once more.', zh: '未能读取手机号，请重新登录后再点一次。' },
    fallback: { en: 'No phone number could be had this way. Please type it in.', zh: '无法通过此方式获取手机号，请手动输入。' },
  },
  unavailable: {
    retry: { en: 'The service is busy. Please try again in a moment.', zh: '服务繁忙，请稍后再试。' },
    fallback: { en: 'This way is not available at present. Please type the number in.', zh: '暂时无法使用此方式，请手动输入手机号。' },
  },
  internal: { fallback: { en: 'Something went wrong. Please try again in a moment.', zh: '出错了，请稍后再试。' } },
};

const ACTIONS: Action[] = ['retry', 'login-again', 'ask-again', 'enter-manually', 'fix-config'];

const refusal = (code: PublicCode, action: Action, status = STATUS[code]): Reply => ({
  status,
  body: { error: { code, action, message: MESSAGES[code][action] ?? MESSAGES[code].fallback } },
});

export const internal: Reply = refusal('internal', 'retry');

/** A body that is too long on its way: it may get through the next time. */
export const slow: Reply = refusal('unavailable', 'retry', 408);

export const invalidRequest = (status = 400, headers?: Record<string, string>): Reply => ({ ...refusal('invalid_request', 'fix-config', status), headers });

/**
 * What a client is told of an error. Whatever is wrong with a payload sealed under a session key gets one answer: each
 * difference between two would be an oracle for its plaintext.
 */
export function refusalOf(error: PhoneError, path: Path): Reply {
  if (isOracle(error)) return refusal('refused', 'login-again');
  switch (error.code) {
    case 'ERR_INPUT':
    case 'ERR_KEY':
      return CONFIGURED.test(error.field ?? '') ? refusal('unavailable', 'enter-manually') : invalidRequest();
    case 'ERR_SESSION':
      return refusal('login_required', 'login-again');
    case 'ERR_ENCODING':
    case 'ERR_LENGTH':
    case 'ERR_SIGNATURE':
    case 'ERR_REPLAY':
      // What a login finds wrong is the platform's answer, not the client's payload.
      return path === 'login' ? byAction(error.action) : refusal('refused', 'enter-manually');
    case 'ERR_NOT_READY':
      return internal;
    default:
      return byAction(error.action);
  }
}

function byAction(action: Action): Reply {
  if (action === 'ask-again' || action === 'login-again' || action === 'enter-manually') return refusal('refused', action);
  return refusal('unavailable', action === 'retry' || action === 'refresh-token' ? 'retry' : 'enter-manually');
}

/** Fields of the service's own options and keys: a client can do nothing about them. */
const CONFIGURED = /^platforms\.|Key$|^appId$/;

export const loginAnswer = ({ session, expiresIn }: Login): Reply => ({ status: 200, body: { session, expiresIn } });

export const phoneAnswer = ({ phone: { e164, countryCode, nationalNumber }, result }: Phone): Reply => ({
  status: 200,
  body: { phone: { e164, countryCode, nationalNumber }, result },
});

export const logoutAnswer: Reply = { status: 200, body: {} };

export type Path = 'login' | 'phone' | 'logout';

// What a host gives may be null where it has nothing to give.
const text = (maxLength: number, description: string) => ({ type: ['string', 'null'], maxLength, description });
const code = (description: string) => ({ type: 'string', minLength: 1, maxLength: 2048, pattern: '^[!#-&(-\\[\\]-~]+$', description });

/** The requests, by the platforms that are configured. */
export function requestsOf(platforms: Platform[], needsCode: boolean) {
  const platform = { type: 'string', enum: platforms, description: 'The platform. Names that uni-app, Taro and the hosts give it are accepted, too.' };
  const session = { type: ['string', 'null'], minLength: 1, maxLength: 128, description: 'What login gave.' };
  return {
    LoginRequest: {
      type: 'object',
      required: needsCode ? ['platform', 'code'] : ['platform'],
      properties: { platform, code: code("The login code: wx.login and the like, on Alipay my.getAuthCode's authCode.") },
    },
    PhoneRequest: {
      type: 'object',
      required: ['platform', 'detail'],
      properties: {
        platform,
        session,
        detail: {
          type: 'object',
          description: "The phone button's event detail, or what my.getPhoneNumber gave; other members are ignored.",
          additionalProperties: true,
          properties: {
            code: { ...code('The phone code. Not the login code.'), type: ['string', 'null'] },
            encryptedData: text(16384, 'Base64.'),
            data: text(16384, 'Base64. Baidu’s other name of encryptedData.'),
            iv: text(256, 'Base64.'),
            cloudID: { type: ['string', 'object', 'null'], maxLength: 512, additionalProperties: true, description: 'WeChat’s CloudID.' },
            response: { type: ['string', 'object', 'null'], maxLength: 16384, additionalProperties: true, description: 'Alipay’s response, as text or object.' },
            sign: text(4096, 'Base64. Alipay’s signature.'),
          },
        },
      },
    },
    LogoutRequest: { type: 'object', required: ['session'], properties: { session: { ...session, type: 'string' } } },
  };
}

export type Requests = ReturnType<typeof requestsOf>;

const REQUEST_OF = { login: 'LoginRequest', phone: 'PhoneRequest', logout: 'LogoutRequest' } as const;

/** The field of a body that is missing or not what a path takes, such as `detail.iv`; `undefined` where all is well. */
export function wrongField(requests: Requests, path: Path, body: unknown): string | undefined {
  const schema = requests[REQUEST_OF[path]];
  if (isObject(body)) {
    const missing = schema.required.find((name) => !hasMember(body, name));
    if (missing) return missing;
  }
  try {
    const { valid, errors } = validate(body, schema as unknown as Schema, '2020-12');
    // The last one is the innermost. Only the names of the schema are in it, none that a client made up.
    return valid ? undefined : (errors[errors.length - 1]?.instanceLocation ?? '').replace(/^#\/?/, '').replace(/\//g, '.') || 'body';
  } catch {
    return 'body'; // it holds what JSON cannot: a call of a cloud function is not JSON
  }
}

/** The OpenAPI 3.1 document. */
export function openapiOf(requests: Requests, version: string, basePath: string): Record<string, unknown> {
  const json = (name: string) => ({ 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } });
  const nullable = (type: string, description: string) => ({ type: [type, 'null'], description });
  const refused = (...codes: PublicCode[]) =>
    Object.fromEntries(codes.map((one) => [STATUS[one], { description: MESSAGES[one].fallback.en, content: json('Refusal') }]));
  const operation = (operationId: string, path: Path, summary: string, answer: string, ...codes: PublicCode[]) => ({
    post: {
      operationId,
      summary,
      requestBody: { required: true, content: json(REQUEST_OF[path]) },
      responses: {
        200: { description: 'Done.', content: json(answer) },
        ...refused('invalid_request', ...codes),
        408: { description: 'The body did not arrive in time.', content: json('Refusal') },
        413: { description: 'The body is too large.', content: json('Refusal') },
        415: { description: 'The body is not application/json in UTF-8.', content: json('Refusal') },
        ...refused('internal', 'unavailable'),
      },
    },
  });
  return {
    openapi: '3.1.0',
    info: { title: 'mp-phone', version, description: 'Logs a mini-program user in and takes what its phone button gave.' },
    ...(basePath && { servers: [{ url: basePath }] }),
    paths: {
      '/login': operation('login', 'login', 'Exchanges a login code for a session.', 'LoginAnswer', 'refused'),
      '/phone': operation('phone', 'phone', 'Takes what the phone button gave and answers with the number.', 'PhoneAnswer', 'login_required', 'refused'),
      '/logout': operation('logout', 'logout', 'Ends a session.', 'LogoutAnswer'),
    },
    components: {
      schemas: {
        ...requests,
        LoginAnswer: {
          type: 'object',
          required: ['session'],
          properties: { session: nullable('string', 'Sent with every phone request. null where none is needed.'), expiresIn: { type: 'number', description: 'Seconds.' } },
        },
        PhoneAnswer: {
          type: 'object',
          required: ['phone'],
          properties: {
            phone: {
              type: 'object',
              required: ['e164', 'countryCode', 'nationalNumber'],
              properties: {
                e164: nullable('string', 'With plus and country code; null where the country is not known.'),
                countryCode: nullable('string', 'Digits.'),
                nationalNumber: { type: 'string', description: 'Digits.' },
              },
            },
            result: { description: 'What the application answered.' },
          },
        },
        LogoutAnswer: { type: 'object' },
        Refusal: {
          type: 'object',
          required: ['error'],
          properties: {
            error: {
              type: 'object',
              required: ['code', 'action', 'message'],
              properties: {
                code: { type: 'string', enum: Object.keys(STATUS) },
                action: { type: 'string', enum: ACTIONS, description: 'What to do next, and whose turn it is.' },
                message: { type: 'object', required: ['en', 'zh'], properties: { en: { type: 'string' }, zh: { type: 'string' } } },
              },
            },
          },
        },
      },
    },
  };
}
