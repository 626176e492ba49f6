// The layout of a value in the store: JSON text with a version and the time at which the value expires. The store's own expiry
// is not enough: Cloudflare's KV and some of unstorage's drivers return expired values.
import { bare } from '../own-members';

export interface Envelope {
  /** In milliseconds since 1970. */
  expires: number;
  /** An object in it has no prototype. */
  value: unknown;
}

/** In characters. The largest value contains a result of `onPhone` and a platform's response, which both grow by escaping. */
const LARGEST = 1_048_576;

/** Raised when the layout of a value changes. */
const VERSION = 1;

/**
 * A value of another version counts as expired: users log in again, the results of codes are gone, and another Alipay user may
 * claim a number that was claimed before.
 */
const OTHER_VERSION: Envelope = { expires: 0, value: undefined };

export const writeEnvelope = ({ expires, value }: Envelope): string =>
  JSON.stringify({ version: VERSION, expires, value });

/** `undefined` if the text is not an envelope. */
export function readEnvelope(text: unknown): Envelope | undefined {
  if (typeof text !== 'string' || text.length > LARGEST) return undefined;
  try {
    const { version, expires, value, e } = bare(JSON.parse(text));
    // Before versions existed, the expiry was called `e`.
    if (version === undefined ? typeof e === 'number' : Number.isInteger(version) && version !== VERSION)
      return OTHER_VERSION;
    return version === VERSION && typeof expires === 'number' ? { expires, value: bare(value) } : undefined;
  } catch {
    return undefined;
  }
}
