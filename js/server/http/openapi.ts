// The OpenAPI document of the HTTP interface.

import { OWN_CODE } from '../phone-refusal';
import { ACTIONS, MESSAGES, type PublicCode, STATUS } from '../refusals';
import { type Path, REQUEST_OF, type RequestSchemas } from './schema';

const RESPONSE_OF = { login: 'LoginResponse', phone: 'PhoneResponse', logout: 'LogoutResponse' } as const;
const CODES = Object.keys(STATUS);

/** The OpenAPI 3.1 document. */
export function openapiOf(requests: RequestSchemas, version: string, basePath: string): Record<string, unknown> {
  const json = (name: string) => ({ 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } });
  const nullable = (type: string, description: string) => ({ type: [type, 'null'], description });
  const operation = (operationId: string, path: Path, summary: string, codes: PublicCode[]) => {
    // The application chooses the status of a refusal. It may be a status that the service uses.
    const mayBeRefused = path === 'phone';
    const errorResponse = (status: number | '4XX', description: string) => ({
      [status]: {
        description,
        content: json(mayBeRefused && String(status).startsWith('4') ? 'PhoneRefusal' : 'Refusal'),
      },
    });
    return {
      post: {
        operationId,
        summary,
        requestBody: { required: true, content: json(REQUEST_OF[path]) },
        responses: Object.assign(
          { 200: { description: 'Done.', content: json(RESPONSE_OF[path]) } },
          ...(['invalid_request', ...codes, 'internal', 'unavailable'] as const).map((code) =>
            errorResponse(STATUS[code], MESSAGES[code].fallback.en),
          ),
          errorResponse(408, 'The body did not arrive in time.'),
          errorResponse(413, 'The body is too large.'),
          errorResponse(415, 'The body is not application/json in UTF-8.'),
          mayBeRefused && {
            ...errorResponse(409, 'The application refused the number.'),
            ...errorResponse('4XX', 'The application refused the number, with a status of its choice.'),
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
          action: { type: 'string', enum: ACTIONS, description: 'What to do next.' },
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
      description: 'Logs a mini-program user in and receives the data of the phone button.',
    },
    ...(basePath && { servers: [{ url: basePath }] }),
    paths: {
      '/login': operation('login', 'login', 'Exchanges a login code for a session.', ['refused']),
      '/phone': operation('phone', 'phone', 'Receives the data of the phone button and returns the number.', [
        'login_required',
        'refused',
      ]),
      '/logout': operation('logout', 'logout', 'Ends a session.', ['login_required']),
    },
    components: {
      schemas: {
        ...requests,
        LoginResponse: {
          type: 'object',
          required: ['session'],
          properties: {
            session: nullable('string', 'Sent with every phone request. null if no session is needed.'),
            expiresIn: { type: 'number', description: 'Seconds.' },
          },
        },
        PhoneResponse: {
          type: 'object',
          required: ['phone'],
          properties: {
            phone: {
              type: 'object',
              required: ['e164', 'countryCode', 'nationalNumber'],
              properties: {
                e164: nullable('string', 'With plus and country code; null if the country is not known.'),
                countryCode: nullable('string', 'Digits.'),
                nationalNumber: { type: 'string', description: 'Digits.' },
              },
            },
            result: { description: "The return value of the application's onPhone." },
          },
        },
        LogoutResponse: { type: 'object' },
        Refusal: refusalSchema({ enum: CODES }),
        PhoneRefusal: refusalSchema({
          pattern: OWN_CODE,
          description: `${CODES.join(', ')}, or a code of the application.`,
        }),
      },
    },
  };
}
