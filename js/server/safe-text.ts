// What may be told of an answer or a request: short words of a fixed alphabet. Platforms, proxies and clients choose the
// rest of their texts freely, and events end in logs, terminals and labels of metrics.

/**
 * What stands in the place of a platform's code where the platform gave none that can be read. No answer of a platform
 * can bring one of them.
 */
const OWN = /^(?:TIMEOUT|NETWORK|EMPTY|NOT_JSON|TOO_LARGE|UNREADABLE|HTTP \d{1,3})$/;

/** In the place of a code that is none. */
export const UNREADABLE = 'UNREADABLE';

export const isOwnWord = (text: unknown): boolean => typeof text === 'string' && OWN.test(text);

/** A phone number has up to 15 digits and, in mainland China, 11; of the platforms' codes none has more than 9. */
const hasFewDigits = (text: string) => text.replace(/\D/g, '').length < 11;

/** A name in a program: of a class, a field, an operation. */
export const isName = (text: unknown): text is string =>
  typeof text === 'string' && /^[\w$.[\]-]{1,64}$/.test(text) && hasFewDigits(text);

/** A platform's error code, such as `40029`, `-1`, `isv.invalid-encrypt`. */
export const isCode = (text: unknown): text is string =>
  typeof text === 'string' && /^[\w.-]{1,64}$/.test(text) && hasFewDigits(text) && !OWN.test(text);

/** A platform's request id. Some are all digits. A mobile number, with or without hyphens, is not an id. */
export const isRequestId = (text: unknown): text is string =>
  typeof text === 'string' &&
  /^[\w-]{1,64}$/.test(text) &&
  (HEX_ID.test(text) || ![text, text.replace(/[-_]/g, '')].some((digits) => MOBILE.test(digits)));
/**
 * The forms of ids in hexadecimal digits: WeChat's, UUIDs, and 32 to 34 digits (WeChat's cloud, Douyin's and Feishu's log
 * ids). Of a thousand such ids one or two have eleven digits in a row that look like a mobile number.
 */
const HEX_ID = /^(?:[\da-f]{8}(?:-[\da-f]{8}){2}|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|[\da-f]{32,34})$/i;
const MOBILE = /(?:^|\D)(?:00)?(?:86)?1[3-9]\d{9}(?:\D|$)/;

/** One of our own sentences. */
export const isSentence = (text: unknown): text is string =>
  typeof text === 'string' && /^[\w ,.:;'()/[\]-]{1,200}$/.test(text) && hasFewDigits(text);

/** The class of whatever was thrown. Its name is whatever its author wanted. */
export function classOf(thrown: unknown): string {
  try {
    if (!(thrown instanceof Error)) return typeof thrown;
    const { name } = thrown;
    return isName(name) ? name : 'Error';
  } catch {
    return 'Error';
  }
}
