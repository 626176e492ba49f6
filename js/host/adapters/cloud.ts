// Cloud functions. Three shapes of event:
// - a call of wx.cloud.callFunction: `{path, body}`, answered with the body alone;
// - HTTP events of SCF, CloudBase and AWS: `{httpMethod, path, headers, body}`;
// - HTTP events of FC 3.0: `{version: 'v1', rawPath, requestContext: {http: {method, path}}, headers, body}`, which its
//   Node runtime hands over as bytes.
import { TooLarge, type Handler } from '../handler';

export const cloudAdapter =
  (handler: Handler) =>
  async (given: unknown): Promise<unknown> => {
    const event = parsed(given);
    const http = event.requestContext?.http;
    const method = event.httpMethod ?? http?.method;
    if (typeof method !== 'string') return handler.call(event.path, bodyOf(event), given);

    const headers = new Map(Object.entries(event.headers ?? {}).map(([name, value]) => [name.toLowerCase(), text(value)]));
    const answer = await handler.respond({
      method: method.toUpperCase(),
      path: text(event.path ?? event.rawPath ?? http?.path).split('?')[0]!,
      header: (name) => headers.get(name),
      body: async (limit) => limited(event.isBase64Encoded ? bytes(text(event.body)) : (event.body ?? ''), limit),
      request: given,
    });
    return { isBase64Encoded: false, statusCode: answer.status, headers: answer.headers, body: answer.body };
  };

/**
 * The body of a call. Only top-level members of a call's data are replaced where they are CloudIDs, so the client sends
 * one beside the body: `{path, body, cloudID: wx.cloud.CloudID(id)}`.
 */
function bodyOf({ body, cloudID }: Record<string, any>): unknown {
  if (!cloudID || typeof body !== 'object' || body === null) return body;
  return { ...body, detail: { ...body.detail, cloudID } };
}

function parsed(event: unknown): Record<string, any> {
  const value: unknown = typeof event === 'string' ? event : event instanceof Uint8Array ? new TextDecoder().decode(event) : undefined;
  try {
    return Object(value === undefined ? event : JSON.parse(value as string));
  } catch {
    return {};
  }
}

/** Whoever calls a function directly can put anything into its event. */
const text = (value: unknown) => (typeof value === 'string' ? value : '');

const bytes = (base64: string) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));

function limited(body: unknown, limit: number): unknown {
  if ((typeof body === 'string' || body instanceof Uint8Array) && body.length > limit) throw new TooLarge();
  return body;
}
