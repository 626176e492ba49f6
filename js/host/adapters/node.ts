// Node's request and response: http, Express, and by their raw pair Koa and Fastify. A body that a framework has parsed
// is taken from `request.body`.
import { Consumed, TooLarge, joined, type Handler } from '../handler';

export const nodeAdapter =
  (handler: Handler) =>
  async (request: any, response: any, next?: (error?: unknown) => void): Promise<void> => {
    const path = String(request.originalUrl ?? request.url).split('?')[0]!;
    if (next && !handler.serves(path)) return next();
    const { status, headers, body } = await handler.respond({
      method: request.method,
      path,
      header: (name) => request.headers[name],
      body: async (limit) => (isParsed(request) ? request.body : read(request, limit)),
      request,
    });
    // Something else has answered, such as a time limit of the application's, or nobody is there any more.
    if (response.headersSent || response.destroyed) return;
    // Whoever sends too much is not listened to any longer.
    if (status === 413) response.setHeader('connection', 'close');
    request.resume?.();
    response.writeHead(status, status === 204 ? headers : { ...headers, 'content-length': new TextEncoder().encode(body).length });
    response.end(request.method === 'HEAD' ? undefined : body);
  };

/** Parsers leave an empty object where they did not find what they parse, and the stream as it was. */
function isParsed({ body, readableEnded }: any): boolean {
  const empty = typeof body === 'object' && body !== null && !(body instanceof Uint8Array) && !Object.keys(body).length;
  return body !== undefined && (readableEnded !== false || !empty);
}

function read(request: any, limit: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    if (request.readableEnded) throw new Consumed();
    const chunks: Uint8Array[] = [];
    let size = 0;
    request.on('data', (chunk: Uint8Array) => {
      size += chunk.length;
      if (size > limit) reject(new TooLarge());
      else chunks.push(chunk);
    });
    request.on('end', () => resolve(joined(chunks, size)));
    request.on('error', reject);
    request.on('close', () => reject(new Error('the request was cut off')));
  });
}
