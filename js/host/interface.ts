// The HTTP interface: what a request must be, what an answer may say, and the OpenAPI document of both.
import { type Schema, validate } from '@cfworker/json-schema';
import type { Platform } from '../core/types';
import { hasMember, isObject, memberOf, parseBare } from './own';
import { ACTIONS, invalidRequest, MESSAGES, OWN_CODE, type PublicCode, refusal, STATUS } from './refusals';
import type { Login, Phone, Refusal } from './types';

/** What a client is told. */
export interface Reply {
  status: number;
  body: object;
  headers?: Record<string, string>;
}

// Every answer has `headers` of its own: those on Object.prototype are nobody's.
export const refusalAnswer = ({ status, code, action, message }: Refusal): Reply => ({
  status,
  body: { error: { code, action, message } },
  headers: {},
});

/** The answer to a request that is not as the interface says. */
export const invalidAnswer = (status = 400, headers?: Record<string, string>): Reply => ({
  ...refusalAnswer(invalidRequest()),
  status,
  headers,
});

/** A body that is too long on its way: it may get through the next time. */
export const slow: Reply = { ...refusalAnswer(refusal('unavailable', 'retry')), status: 408 };

export const loginAnswer = (login: Login): Reply => ({
  status: 200,
  body: { session: login.session, expiresIn: memberOf(login, 'expiresIn') },
  headers: {},
});

export const phoneAnswer = ({ phone: { e164, countryCode, nationalNumber }, result }: Phone): Reply => ({
  status: 200,
  body: { phone: { e164, countryCode, nationalNumber }, result },
  headers: {},
});

export const logoutAnswer: Reply = { status: 200, body: {}, headers: {} };

export type Path = 'login' | 'phone' | 'logout';

// What a host gives may be null where it has nothing to give.
const text = (maxLength: number, description: string) => ({ type: ['string', 'null'], maxLength, description });
const code = (description: string) => ({
  type: 'string',
  minLength: 1,
  maxLength: 2048,
  pattern: '^[!#-&(-\\[\\]-~]+$',
  description,
});

/** The requests, by the platforms that are configured. */
export function requestsOf(platforms: Platform[], needsCode: boolean) {
  const platform = {
    type: 'string',
    enum: platforms,
    description: 'The platform. Names that uni-app, Taro and the hosts give it are accepted, too.',
  };
  const session = { type: ['string', 'null'], minLength: 1, maxLength: 128, description: 'What login gave.' };
  return {
    LoginRequest: {
      type: 'object',
      required: needsCode ? ['platform', 'code'] : ['platform'],
      properties: {
        platform,
        code: code("The login code: wx.login and the like, on Alipay my.getAuthCode's authCode."),
      },
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
            cloudID: {
              type: ['string', 'object', 'null'],
              maxLength: 512,
              additionalProperties: true,
              description: 'WeChat’s CloudID.',
            },
            response: {
              type: ['string', 'object', 'null'],
              maxLength: 16384,
              additionalProperties: true,
              description: 'Alipay’s response, as text or object.',
            },
            sign: text(4096, 'Base64. Alipay’s signature.'),
          },
        },
      },
    },
    LogoutRequest: { type: 'object', required: ['session'], properties: { session: { ...session, type: 'string' } } },
  };
}

export type Requests = ReturnType<typeof requestsOf>;

/** The same for the validator, which reads keywords, and goes through properties, of prototypes, too. */
const bareRequests = new WeakMap<Requests, Requests>();

function bareOf(requests: Requests): Requests {
  const known = bareRequests.get(requests) ?? (parseBare(JSON.stringify(requests)) as Requests);
  bareRequests.set(requests, known);
  return known;
}

const REQUEST_OF = { login: 'LoginRequest', phone: 'PhoneRequest', logout: 'LogoutRequest' } as const;
const ANSWER_OF = { login: 'LoginAnswer', phone: 'PhoneAnswer', logout: 'LogoutAnswer' } as const;
const CODES = Object.keys(STATUS);

/** The field of a body that is missing or not what a path takes, such as `detail.iv`; `undefined` where all is well. */
export function wrongField(requests: Requests, path: Path, body: unknown): string | undefined {
  const schema = bareOf(requests)[REQUEST_OF[path]];
  if (isObject(body)) {
    const missing = schema.required.find((name) => !hasMember(body, name));
    if (missing) return missing;
  }
  try {
    const { valid, errors } = validate(body, schema as unknown as Schema, '2020-12');
    // The last one is the innermost. Only the names of the schema are in it, none that a client made up.
    return valid
      ? undefined
      : (errors[errors.length - 1]?.instanceLocation ?? '').replace(/^#\/?/, '').replace(/\//g, '.') || 'body';
  } catch {
    return 'body'; // it holds what JSON cannot: a call of a cloud function is not JSON
  }
}

/** The OpenAPI 3.1 document. */
export function openapiOf(requests: Requests, version: string, basePath: string): Record<string, unknown> {
  const json = (name: string) => ({ 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } });
  const nullable = (type: string, description: string) => ({ type: [type, 'null'], description });
  const operation = (operationId: string, path: Path, summary: string, codes: PublicCode[]) => {
    // What the application refuses comes with a status of its choice, with one of the service's, too.
    const own = path === 'phone';
    const refused = (status: number | '4XX', description: string) => ({
      [status]: { description, content: json(own && String(status).startsWith('4') ? 'PhoneRefusal' : 'Refusal') },
    });
    return {
      post: {
        operationId,
        summary,
        requestBody: { required: true, content: json(REQUEST_OF[path]) },
        responses: Object.assign(
          { 200: { description: 'Done.', content: json(ANSWER_OF[path]) } },
          ...(['invalid_request', ...codes, 'internal', 'unavailable'] as const).map((code) =>
            refused(STATUS[code], MESSAGES[code].fallback.en),
          ),
          refused(408, 'The body did not arrive in time.'),
          refused(413, 'The body is too large.'),
          refused(415, 'The body is not application/json in UTF-8.'),
          own && {
            ...refused(409, 'The application refused the number.'),
            ...refused('4XX', 'The application refused the number, with a status of its choice.'),
          },
        ) as object,
      },
    };
  };
  const refusalSchema = (code: object) => ({
    type: 'object',
    required: ['error'],
    properties: {
      error: {
        type: 'object',
        required: ['code', 'action', 'message'],
        properties: {
          code: { type: 'string', ...code },
          action: { type: 'string', enum: ACTIONS, description: 'What to do next, and whose turn it is.' },
          message: {
            type: 'object',
            required: ['en', 'zh'],
            properties: { en: { type: 'string' }, zh: { type: 'string' } },
          },
        },
      },
    },
  });
  return {
    openapi: '3.1.0',
    info: {
      title: 'mp-phone',
      version,
      description: 'Logs a mini-program user in and takes what its phone button gave.',
    },
    ...(basePath && { servers: [{ url: basePath }] }),
    paths: {
      '/login': operation('login', 'login', 'Exchanges a login code for a session.', ['refused']),
      '/phone': operation('phone', 'phone', 'Takes what the phone button gave and answers with the number.', [
        'login_required',
        'refused',
      ]),
      '/logout': operation('logout', 'logout', 'Ends a session.', ['login_required']),
    },
    components: {
      schemas: {
        ...requests,
        LoginAnswer: {
          type: 'object',
          required: ['session'],
          properties: {
            session: nullable('string', 'Sent with every phone request. null where none is needed.'),
            expiresIn: { type: 'number', description: 'Seconds.' },
          },
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
        Refusal: refusalSchema({ enum: CODES }),
        PhoneRefusal: refusalSchema({
          pattern: OWN_CODE,
          description: `${CODES.join(', ')}, or a code of the application's own.`,
        }),
      },
    },
  };
}
