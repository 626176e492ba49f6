// The parts of a response or a request that an event may contain: short words of a fixed alphabet. Platforms, proxies
// and clients choose their other texts freely, and events end up in logs, terminals and labels of metrics.

/**
 * The service's own words, which replace the platform's code if the platform sent no readable response. No response of a
 * platform can produce these words.
 */
const OWN_WORD = /^(?:TIMEOUT|NETWORK|EMPTY|NOT_JSON|TOO_LARGE|UNREADABLE|HTTP \d{1,3})$/;

/** The word that replaces a platform's code if it does not have the form of a code. */
export const UNREADABLE = 'UNREADABLE';

export const isOwnWord = (text: unknown): boolean => typeof text === 'string' && OWN_WORD.test(text);

/** A phone number has up to 15 digits, in mainland China 11. No platform's code has more than 10. */
const hasFewDigits = (text: string) => text.replace(/\D/g, '').length < 11;

/** The name of a class, a field or an operation. */
export const isName = (text: unknown): text is string =>
  typeof text === 'string' && /^[\w$.[\]-]{1,64}$/.test(text) && hasFewDigits(text);

/** A platform's error code, such as `40029`, `-1`, `isv.invalid-encrypt`. */
export const isCode = (text: unknown): text is string =>
  typeof text === 'string' && /^[\w.-]{1,64}$/.test(text) && hasFewDigits(text) && !OWN_WORD.test(text);

/** A platform's request id. Some are all digits. A mobile number, with or without hyphens, is not an id. */
export const isRequestId = (text: unknown): text is string =>
  typeof text === 'string' &&
  /^[\w-]{1,64}$/.test(text) &&
  (HEX_ID.test(text) || ![text, text.replace(/[-_]/g, '')].some((digits) => MOBILE.test(digits)));
/**
 * The forms of hexadecimal ids: WeChat's, UUIDs, and 32 to 34 digits (WeChat's cloud, Douyin's and Feishu's log ids).
 * One or two of a thousand such ids contain eleven digits in a row that look like a mobile number.
 */
const HEX_ID = /^(?:[\da-f]{8}(?:-[\da-f]{8}){2}|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|[\da-f]{32,34})$/i;
const MOBILE = /(?:^|\D)(?:00)?(?:86)?1[3-9]\d{9}(?:\D|$)/;

/** A constant sentence of the service. */
export const isSentence = (text: unknown): text is string =>
  typeof text === 'string' && /^[\w ,.:;'()/[\]-]{1,200}$/.test(text) && hasFewDigits(text);

/** The class of a thrown value. An application or a library chose its name, so the name is checked. */
export function classOf(thrown: unknown): string {
  try {
    if (!(thrown instanceof Error)) return typeof thrown;
    const { name } = thrown;
    return isName(name) ? name : 'Error';
  } catch {
    return 'Error';
  }
}
