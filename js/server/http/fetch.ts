// Request → Response: Hono, Next.js, Workers, Deno, Bun, and Node from 18.
import { bodyAborted, bodyTooLarge, ConsumedBody, concatenate } from './body';
import type { Handler } from './handler';

export const fetchAdapter =
  (handler: Handler) =>
  async (request: Request): Promise<Response> => {
    let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
    const { status, headers, body } = await handler.handleHttp({
      method: request.method,
      ...handler.locate(request.url),
      header: (name) => request.headers.get(name) ?? undefined,
      body: async (limit) => {
        if (request.bodyUsed || request.body?.locked) throw new ConsumedBody();
        reader = request.body?.getReader();
        return reader ? read(reader, limit) : '';
      },
      request,
    });
    // Do not wait for the rest of a body that is too large or too slow.
    reader?.cancel().catch(() => {});
    return new Response(body || null, { status, headers });
  };

async function read(reader: ReadableStreamDefaultReader<Uint8Array>, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done: isEnd, value } = await reader.read().catch(() => Promise.reject(bodyAborted()));
    if (isEnd) return concatenate(chunks, size);
    size += value.length;
    if (size > limit) throw bodyTooLarge();
    chunks.push(value);
  }
}
