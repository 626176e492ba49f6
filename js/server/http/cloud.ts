// Cloud functions. An event has one of three shapes:
// - a call of wx.cloud.callFunction: `{path, body}`; the response is the body alone;
// - HTTP events of SCF, CloudBase, uniCloud and AWS: `{httpMethod, path, headers, body}`;
// - HTTP events of FC 3.0: `{version: 'v1', rawPath, requestContext: {http: {method, path}}, headers, body}`, which its
//   Node runtime passes as bytes.

import { bare, isObject, memberOf } from '../own-members';
import { decodeBase64 } from './body';
import type { Handler } from './handler';

export const cloudAdapter =
  (handler: Handler) =>
  async (input: unknown, context?: unknown): Promise<unknown> => {
    const { event, method, path, headers, composed } = read(input, context);
    if (!method) return handler.handleInvocation(path, () => callBody(event), input);
    const response = await handler.handleHttp({
      method,
      ...handler.locateInFunction(path),
      header: (name) => headers.get(name),
      body: async (limit) => (event.isBase64Encoded ? decodeBase64(text(event.body), limit) : (event.body ?? '')),
      request: input,
    });
    return {
      isBase64Encoded: false,
      statusCode: response.status,
      headers: response.headers,
      body: response.body,
      ...composed,
    };
  };

/** The members of an event that are used. A caller of the function can put anything into them. Never throws. */
function read(
  input: unknown,
  context: unknown,
): { event: Record<string, any>; method: string; path: string; headers: Map<string, unknown>; composed?: object } {
  try {
    const event = eventOf(input);
    const http = memberOf(event.requestContext, 'http');
    return {
      event,
      method: text(event.httpMethod ?? memberOf(http, 'method')).toUpperCase(),
      path: text(event.path ?? event.rawPath ?? memberOf(http, 'path')),
      headers: headersOf(event.headers),
      composed: composedFor(context),
    };
  } catch {
    return { event: {}, method: '', path: '', headers: new Map() };
  }
}

/** Headers by their names in lower case. If there are more than any gateway accepts, all are ignored. */
function headersOf(headers: unknown): Map<string, unknown> {
  if (!isObject(headers) || Object.keys(headers).length > MAX_HEADERS) return new Map();
  return new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/** Node limits the headers of a request to the same number. */
const MAX_HEADERS = 2000;

/** The own members of an event. */
function eventOf(input: unknown): Record<string, any> {
  const value: unknown = ArrayBuffer.isView(input)
    ? JSON.parse(new TextDecoder().decode(input))
    : typeof input === 'string'
      ? JSON.parse(input)
      : input;
  return isObject(value) ? bare(value) : {};
}

/**
 * Without this member, uniCloud on Aliyun sends the whole response object as the body.
 * https://doc.dcloud.net.cn/uniCloud/http.html
 */
const composedFor = (context: unknown) =>
  memberOf(memberOf(context, 'SPACEINFO'), 'provider') === 'aliyun' ? { mpserverlessComposedResponse: true } : {};

/**
 * The body of a call. WeChat replaces CloudIDs only at the top level of a call's data, so the client sends them beside
 * the body: `{path, body, cloudID: wx.cloud.CloudID(id)}`.
 */
function callBody({ body, cloudID }: Record<string, any>): unknown {
  if (!cloudID || !isObject(body)) return body;
  const detail = memberOf(body, 'detail') ?? {};
  return isObject(detail) ? { ...body, detail: { ...detail, cloudID } } : body;
}

const text = (value: unknown) => (typeof value === 'string' ? value : '');
