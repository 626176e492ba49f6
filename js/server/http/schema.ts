// What a request must be, as JSON Schema: the build compiles it to functions, and the OpenAPI document has it.
import type { Platform } from '../../core/types';

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

/**
 * The schemas of the requests.
 * @param platforms those that are configured
 * @param needsCode whether every platform has a login
 */
export function requestSchemas(platforms?: Platform[], needsCode = false) {
  const platform = {
    type: 'string',
    ...(platforms && { enum: platforms }),
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

export const REQUEST_OF = { login: 'LoginRequest', phone: 'PhoneRequest', logout: 'LogoutRequest' } as const;
