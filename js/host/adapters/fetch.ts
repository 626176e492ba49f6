// Request → Response: Hono, Next.js, Workers, Deno, Bun, and Node from 18.
import { Consumed, TooLarge, joined, type Handler } from '../handler';

export const fetchAdapter =
  (handler: Handler) =>
  async (request: Request): Promise<Response> => {
    const { status, headers, body } = await handler.respond({
      method: request.method,
      path: new URL(request.url).pathname,
      header: (name) => request.headers.get(name) ?? undefined,
      body: (limit) => read(request, limit),
      request,
    });
    return new Response(body || null, { status, headers });
  };

async function read(request: Request, limit: number): Promise<Uint8Array> {
  if (request.bodyUsed) throw new Consumed();
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader!.read()) {
    size += part.value.length;
    if (size > limit) {
      reader!.cancel().catch(() => {});
      throw new TooLarge();
    }
    chunks.push(part.value);
  }
  return joined(chunks, size);
}
