// Common mistakes, each as a change to a valid payload. Sources: the platforms' own pages, and issues of WxJava (359,
// 758, 843, 917), easywechat (1080, 1293), WeiXinMPSDK (1820, 1825, 2723), taro (4238), alipay-sdk-nodejs-all (140),
// fym201/alipay-node-sdk (18).
//
// A mistake has
//   name      kebab-case; title {en, zh}
//   formats   the formats in which the mistake can occur
//   finds     the expected finding codes; the first one must be the first finding
//   field     the field that the finding names: a name, or a function of the sample; undefined if it names none
//   kind      where the mistake shows, and what it hides:
//               text      shows in a text and can be undone, so that the payload can still be checked
//               opaque    shows in a text and cannot be undone
//               relation  shows only when the fields are tried together, and hides the payload's content
//               payload   shows in the payload's content
//               alone     leaves nothing else that could be checked
//   touches   the parts that the mistake changes: two mistakes that touch the same part are not combined
//   harmless  whether the payload opens nevertheless
//   make      (sample, random) → the changed sample, or undefined if the mistake cannot occur in this sample

import { good } from './good.mjs';
import { alipay } from './mistakes/alipay.mjs';
import { douyin } from './mistakes/douyin.mjs';
import { codes, events, wrongPlatforms } from './mistakes/instead.mjs';
import { payloads } from './mistakes/payloads.mjs';
import { fields, sessions } from './mistakes/session.mjs';
import { pems, texts } from './mistakes/texts.mjs';

/** Every mistake. */
export const MISTAKES = [
  ...texts,
  ...fields,
  ...pems,
  ...sessions,
  ...payloads,
  ...alipay,
  ...douyin,
  ...events,
  ...wrongPlatforms,
  ...codes,
];

/** A payload with a mistake. Generates valid payloads from `random` until the mistake can occur in one of them. */
export function mistaken(format, mistake, random) {
  for (let i = 0; i < 1000; i += 1) {
    const created = mistake.make(good(format, random), random);
    if (created) return created;
  }
  throw new Error(`${mistake.name} does not happen on ${format}`);
}

/**
 * The order in which two mistakes are applied: a payload's content is changed and sealed before its text is garbled.
 */
const ORDER = ['payload', 'relation', 'text', 'opaque'];

/** Whether both mistakes can be detected in a payload that has both. */
export function combine(a, b) {
  const kinds = [a.kind, b.kind];
  if (kinds.includes('alone') || a.touches.some((part) => b.touches.includes(part))) return false;
  if (kinds.includes('relation')) return kinds.includes('text');
  return !(kinds.includes('opaque') && kinds.includes('payload'));
}

/** A payload with two mistakes, or undefined if no payload can have both. */
export function mistakenTwice(format, a, b, random) {
  const [first, second] = ORDER.indexOf(a.kind) <= ORDER.indexOf(b.kind) ? [a, b] : [b, a];
  for (let i = 0; i < 200; i += 1) {
    const once = first.make(good(format, random), random);
    const twice = once && second.make(once, random);
    if (twice) return twice;
  }
  return undefined;
}
