// The body of a request: bytes, text, or a value that a framework or a platform has parsed. Its size in bytes is
// limited.

/** Why a body was not accepted. */
export class UnreadableBody extends Error {
  constructor(
    readonly status: number,
    reason: string,
  ) {
    super(reason);
  }
}

export const bodyTooLarge = () => new UnreadableBody(413, 'body is too large');
export const bodyAborted = () =>
  new UnreadableBody(400, 'the client closed the connection before the body had arrived');
export const bodyTimedOut = () => new UnreadableBody(408, 'body did not arrive within limits.bodyTimeout');

/** The body was already read by other code, which did not pass it on. */
export class ConsumedBody extends Error {
  override message =
    'the body has been read already: pass it as request.body, or mount the service before the parser that reads it';
}

const utf8 = new TextEncoder();

/** The value in a body. @throws UnreadableBody */
export function parseBody(body: unknown, limit: number): unknown {
  if (!isWithin(body, limit)) throw bodyTooLarge();
  if (!ArrayBuffer.isView(body) && typeof body !== 'string') return body;
  try {
    return JSON.parse(typeof body === 'string' ? body : new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw new UnreadableBody(400, 'body is not JSON in UTF-8');
  }
}

/** The bytes of a base64 text. @throws UnreadableBody */
export function decodeBase64(base64: string, limit: number): Uint8Array {
  if (base64.length > 4 * Math.ceil(limit / 3) + 4) throw bodyTooLarge();
  try {
    return Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
  } catch {
    throw new UnreadableBody(400, 'body is not base64');
  }
}

/** Joins the chunks of a body. @param size the sum of their lengths */
export function concatenate(chunks: Uint8Array[], size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

function isWithin(body: unknown, limit: number): boolean {
  if (ArrayBuffer.isView(body)) return body.byteLength <= limit;
  if (typeof body === 'string') return body.length <= limit && utf8.encode(body).length <= limit;
  return isJsonWithin(body, limit);
}

/**
 * Whether a value's JSON fits into the limit. The JSON is counted and not written, and counting stops at the limit: a
 * value may be large, deep, or contain itself.
 */
function isJsonWithin(value: unknown, limit: number): boolean {
  let left = limit;
  const count = (text: string) => (left -= text.length > left ? text.length : utf8.encode(JSON.stringify(text)).length);
  const waiting = [value];
  while (waiting.length && left >= 0) {
    const next = waiting.pop();
    if (typeof next === 'string') count(next);
    else if (Array.isArray(next)) {
      left -= Math.max(2, next.length + 1); // brackets, commas
      if (left >= 0) for (const item of next) waiting.push(item);
    } else if (ArrayBuffer.isView(next))
      left -= next.byteLength; // only a call without HTTP contains bytes; in JSON each byte would be a member
    else if (typeof next === 'object' && next !== null) {
      left -= 2;
      let members = 0;
      for (const name of Object.keys(next)) {
        count(name);
        left -= members++ ? 2 : 1; // colon, comma
        if (left < 0) break;
        waiting.push((next as Record<string, unknown>)[name]);
      }
    } else left -= String(next).length;
  }
  return left >= 0;
}
