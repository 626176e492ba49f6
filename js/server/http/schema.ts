// The JSON Schemas of the requests. The build compiles them to functions, and the OpenAPI document contains them.
import type { Platform } from '../../core/types';

export type Path = 'login' | 'phone' | 'logout';

// The hosts (the runtimes of mini-programs) may set absent members to null.
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
 * @param platforms the configured platforms
 * @param needsCode whether a login request must have a code, which is so if every platform has a login
 */
export function requestSchemas(platforms?: Platform[], needsCode = false) {
  const platform = {
    type: 'string',
    ...(platforms && { enum: platforms }),
    description: 'The platform. The names that uni-app, Taro and the platforms use are accepted, too.',
  };
  const session = {
    type: ['string', 'null'],
    minLength: 1,
    maxLength: 128,
    description: 'The session of the response to a login.',
  };
  return {
    LoginRequest: {
      type: 'object',
      required: needsCode ? ['platform', 'code'] : ['platform'],
      properties: {
        platform,
        code: code(
          "The login code: the code of wx.login or of the platform's own login; on Alipay the authCode of my.getAuthCode.",
        ),
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
          description:
            "The detail of the phone button's event, or the result of my.getPhoneNumber; other members are ignored.",
          additionalProperties: true,
          properties: {
            code: { ...code('The phone code, not the login code.'), type: ['string', 'null'] },
            encryptedData: text(16384, 'Base64.'),
            data: text(16384, 'Base64. Baidu’s other name for encryptedData.'),
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
