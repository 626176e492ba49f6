// Node's request and response: http, Express, and by their raw pair Koa and Fastify. A body that a framework has parsed
// is taken from `request.body`.
import { Consumed, TooLarge, type Handler } from '../handler';

export const nodeAdapter =
  (handler: Handler) =>
  async (request: any, response: any, next?: (error?: unknown) => void): Promise<void> => {
    const path = String(request.originalUrl ?? request.url).split('?')[0]!;
    if (next && !handler.serves(path)) return next();
    const { status, headers, body } = await handler.respond({
      method: request.method,
      path,
      header: (name) => request.headers[name],
      body: (limit) => (request.body !== undefined ? request.body : read(request, limit)),
      request,
    });
    // Whoever sends too much is not listened to any longer.
    if (status === 413) response.setHeader('connection', 'close');
    request.resume?.();
    response.writeHead(status, status === 204 ? headers : { ...headers, 'content-length': new TextEncoder().encode(body).length });
    response.end(request.method === 'HEAD' ? undefined : body);
  };

function read(request: any, limit: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    if (request.readableEnded || request.destroyed) throw new Consumed();
    const chunks: Uint8Array[] = [];
    let size = 0;
    request.on('data', (chunk: Uint8Array) => {
      size += chunk.length;
      if (size > limit) reject(new TooLarge());
      else chunks.push(chunk);
    });
    request.on('end', () => {
      const bytes = new Uint8Array(size);
      let at = 0;
      for (const chunk of chunks) {
        bytes.set(chunk, at);
        at += chunk.length;
      }
      resolve(bytes);
    });
    request.on('error', reject);
    request.on('close', () => reject(new Error('the request was cut off')));
  });
}
