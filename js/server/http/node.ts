// Node's request and response: http, HTTP/2's compatible pair, Connect, Express, and by their raw pair Koa and Fastify. A
// body that a framework has parsed is taken from `request.body`.

import { ignoreErrors } from '../events';
import { memberOf } from '../own-members';
import { bodyAborted, bodyTooLarge, ConsumedBody, concatenate } from './body';
import type { Handler } from './handler';
import { endsLikeServicePath, pathOfUrl } from './paths';

export const nodeAdapter = (handler: Handler) => {
  const node = async (request: any, response: any, next?: (error?: unknown) => unknown): Promise<void> => {
    const { method } = request;
    // A mount point is taken off `url`, not off `originalUrl`.
    const found = handler.locate(request.url, memberOf(request, 'originalUrl'));
    if (next && !handler.matches(method, found.path)) {
      if (method === 'POST')
        ignoreErrors(() => handler.reportPassedOn(pathOfUrl(request.url), mountOf(request), isRoute(request, node)));
      return void (await next());
    }
    const { status, headers, body } = await handler.handleHttp({
      method,
      ...found,
      header: (name) => memberOf(request.headers, name),
      body: async (limit) => (isParsed(request) ? memberOf(request, 'body') : read(request, limit)),
      request,
    });
    try {
      // Something else has answered, such as a time limit of the application's, or nobody is there any more.
      if (response.headersSent || response.writableEnded || response.destroyed) return;
      // Whoever sends too much or too slowly is not listened to any longer. HTTP/2 has no such header.
      if ((status === 413 || status === 408) && request.httpVersionMajor < 2) response.setHeader('connection', 'close');
      request.resume?.();
      response.writeHead(
        status,
        status === 204 ? headers : { ...headers, 'content-length': new TextEncoder().encode(body).length },
      );
      response.end(method === 'HEAD' ? undefined : body);
    } catch (error) {
      handler.reportBug(error, request);
      ignoreErrors(() => response.destroy()); // nobody waits for an answer that does not come
    }
  };
  return node;
};

/** The path that the service is mounted at; `''` at the root. Express says it; others only take it off. */
function mountOf(request: any): string {
  const base = memberOf(request, 'baseUrl');
  if (typeof base === 'string') return base;
  const [whole, url] = [memberOf(request, 'originalUrl'), request.url].map(pathOfUrl) as [string, string];
  return whole.endsWith(url) ? whole.slice(0, -url.length || undefined) : '';
}

/** Whether a function is the handler of a route that Express has found. A route that is over stays at the request. */
function isRoute(request: any, handler: unknown): boolean {
  const { path, stack } = Object(memberOf(request, 'route'));
  // One that takes every path is no sign.
  return (
    typeof path === 'string' &&
    endsLikeServicePath(path) &&
    Array.isArray(stack) &&
    stack.some((layer) => layer?.handle === handler)
  );
}

/** Parsers leave an empty object where they did not find what they parse, and the stream as it was. */
function isParsed(request: any): boolean {
  const body = memberOf(request, 'body');
  const empty = typeof body === 'object' && body !== null && !ArrayBuffer.isView(body) && !Object.keys(body).length;
  return body !== undefined && (request.readableEnded !== false || !empty);
}

function read(request: any, limit: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    if (request.readableEnded) throw new ConsumedBody();
    // A stream that has ended before somebody listened says nothing any more.
    if (request.destroyed || request.aborted || request.errored) throw bodyAborted();
    const chunks: Uint8Array[] = [];
    let size = 0;
    request.on('data', (chunk: Uint8Array) => {
      size += chunk.length;
      if (size > limit) reject(bodyTooLarge());
      else chunks.push(chunk);
    });
    request.on('end', () => resolve(concatenate(chunks, size)));
    for (const event of ['error', 'aborted', 'close']) request.on(event, () => reject(bodyAborted()));
  });
}
