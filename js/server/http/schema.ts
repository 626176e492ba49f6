// The HTTP interface: what a request must be, what an answer may say, and the OpenAPI document of both.
import { type Schema, validate } from '@cfworker/json-schema';
import type { Platform } from '../../core/types';
import { hasMember, isObject, parseBare } from '../own-members';

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
export function requestSchemas(platforms: Platform[], needsCode: boolean) {
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

export type RequestSchemas = ReturnType<typeof requestSchemas>;

/** The same for the validator, which reads keywords, and goes through properties, of prototypes, too. */
const bareRequests = new WeakMap<RequestSchemas, RequestSchemas>();

function bareOf(requests: RequestSchemas): RequestSchemas {
  const known = bareRequests.get(requests) ?? (parseBare(JSON.stringify(requests)) as RequestSchemas);
  bareRequests.set(requests, known);
  return known;
}

export const REQUEST_OF = { login: 'LoginRequest', phone: 'PhoneRequest', logout: 'LogoutRequest' } as const;

/** The field of a body that is missing or not what a path takes, such as `detail.iv`; `undefined` where all is well. */
export function firstInvalidField(requests: RequestSchemas, path: Path, body: unknown): string | undefined {
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
