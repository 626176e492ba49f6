// A value as the store holds it: JSON text with the time at which it expires. The store's own expiry does not suffice:
// Cloudflare's KV and some of unstorage's drivers give back what has expired.
import { bare } from '../own-members';

export interface Envelope {
  /** In milliseconds since 1970. */
  expires: number;
  /** An object has no prototype. */
  value: unknown;
}

/** Characters. An envelope holds at most a result and an answer of a platform, some of whose characters are escaped. */
const LARGEST = 1_048_576;

export const writeEnvelope = ({ expires, value }: Envelope): string => JSON.stringify({ e: expires, v: value });

/** `undefined` where the text is not an envelope. */
export function readEnvelope(text: unknown): Envelope | undefined {
  if (typeof text !== 'string' || text.length > LARGEST) return undefined;
  try {
    const { e, v } = bare(JSON.parse(text));
    return typeof e === 'number' ? { expires: e, value: bare(v) } : undefined;
  } catch {
    return undefined;
  }
}
