// Node's request and response: http, HTTP/2's compatibility API, Connect, Express, and the raw request and
// response of Koa and Fastify. A body that a framework has parsed is read from `request.body`.

import { ignoreErrors } from '../events';
import { memberOf } from '../own-members';
import { bodyAborted, bodyTooLarge, ConsumedBody, concatenate } from './body';
import type { Handler } from './handler';
import { endsLikeServicePath, pathOfUrl } from './paths';

export const nodeAdapter = (handler: Handler) => {
  const node = async (request: any, response: any, next?: (error?: unknown) => unknown): Promise<void> => {
    const { method } = request;
    // Frameworks remove a mount point from `url`, not from `originalUrl`.
    const location = handler.locate(request.url, memberOf(request, 'originalUrl'));
    if (next && !handler.matches(method, location.servicePath)) {
      if (method === 'POST')
        ignoreErrors(() => handler.reportPassedOn(pathOfUrl(request.url), mountOf(request), isRoute(request, node)));
      return void (await next());
    }
    const { status, headers, body } = await handler.handleHttp({
      method,
      ...location,
      header: (name) => memberOf(request.headers, name),
      body: async (limit) => (isParsed(request) ? memberOf(request, 'body') : read(request, limit)),
      request,
    });
    try {
      // Something else has responded, such as a time limit of the application, or the client has closed the connection.
      if (response.headersSent || response.writableEnded || response.destroyed) return;
      // The service stops reading a request that is too large or too slow. HTTP/2 has no header `connection`.
      if ((status === 413 || status === 408) && request.httpVersionMajor < 2) response.setHeader('connection', 'close');
      request.resume?.();
      response.writeHead(
        status,
        status === 204 ? headers : { ...headers, 'content-length': new TextEncoder().encode(body).length },
      );
      response.end(method === 'HEAD' ? undefined : body);
    } catch (error) {
      handler.reportBug(error, request);
      ignoreErrors(() => response.destroy()); // otherwise the client would wait for a response that never comes
    }
  };
  return node;
};

/**
 * The path at which the service is mounted; `''` at the root. Express provides it; other frameworks only remove it from
 * the URL.
 */
function mountOf(request: any): string {
  const base = memberOf(request, 'baseUrl');
  if (typeof base === 'string') return base;
  const [originalUrl, url] = [memberOf(request, 'originalUrl'), request.url].map(pathOfUrl) as [string, string];
  return originalUrl.endsWith(url) ? originalUrl.slice(0, -url.length || undefined) : '';
}

/**
 * Whether a function is a handler of the matching route in Express. Express leaves `request.route` set after the route is
 * done: so the handler is compared.
 */
function isRoute(request: any, handler: unknown): boolean {
  const { path, stack } = Object(memberOf(request, 'route'));
  // A route for every path does not show that the request was meant for the service.
  return (
    typeof path === 'string' &&
    endsLikeServicePath(path) &&
    Array.isArray(stack) &&
    stack.some((layer) => layer?.handle === handler)
  );
}

/** A parser that does not find its content type leaves an empty object, and the stream unread. */
function isParsed(request: any): boolean {
  const body = memberOf(request, 'body');
  const empty = typeof body === 'object' && body !== null && !ArrayBuffer.isView(body) && !Object.keys(body).length;
  return body !== undefined && (request.readableEnded !== false || !empty);
}

function read(request: any, limit: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    if (request.readableEnded) throw new ConsumedBody();
    // A stream that ended before there was a listener emits nothing more.
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
