// Requests and responses of the platforms' handlers.
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

export interface Request {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  /** The media type, without its parameters. */
  type: string;
  body: Buffer;
}

export interface PlatformResponse {
  status?: number;
  headers?: Record<string, string>;
  body: string | Buffer;
  /** The platform's error code, for the record of requests. */
  code?: number | string;
}

export async function readRequest(message: IncomingMessage): Promise<Request> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  // A client that uses this server as a proxy sends the whole URL.
  const [path = '/', query] = (message.url ?? '/').replace(/^https?:\/\/[^/]+/, '').split(/\?(.*)/s);
  return {
    method: message.method ?? 'GET',
    path,
    query: new URLSearchParams(query),
    headers: message.headers,
    type: (message.headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase(),
    body: Buffer.concat(chunks),
  };
}

export const JSON_TYPE = 'application/json';

/** The fields of a form; empty if the body is not a form. */
export function form(request: Request): URLSearchParams {
  return new URLSearchParams(request.type === 'application/x-www-form-urlencoded' ? request.body.toString() : '');
}

/** The members of a JSON object; `undefined` if the body is not a JSON object. */
export function members(request: Request): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(request.body.toString());
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

export const json = (value: object, more?: Omit<PlatformResponse, 'body'>): PlatformResponse =>
  jsonText(JSON.stringify(value), more);

/** JSON as an exact text. */
export const jsonText = (body: string, more: Omit<PlatformResponse, 'body'> = {}): PlatformResponse => ({
  ...more,
  headers: { 'content-type': 'application/json; charset=utf-8', ...more.headers },
  body,
});

export const notFound: PlatformResponse = {
  status: 404,
  headers: { 'content-type': 'text/plain' },
  body: 'no platform has this path',
};
