// The mistakes of the field, each as a change to a good payload. Where they were seen: the platforms' own pages, and
// issues of WxJava (359, 758, 843, 917), easywechat (1080, 1293), WeiXinMPSDK (1820, 1825, 2723), taro (4238),
// alipay-sdk-nodejs-all (140), fym201/alipay-node-sdk (18).
//
// A mistake has
//   name      kebab-case; title {en, zh}
//   formats   to which it can happen
//   finds     the codes that must be found, the one that must be named first in front
//   field     the field that is named: a name, or a function of the sample; undefined where none is to blame
//   kind      what can still be seen behind it:
//               text      shows in a text and can be undone, so that the payload can be checked
//               opaque    shows in a text and cannot be undone
//               relation  shows only when the fields are tried together, and hides what is inside
//               payload   shows inside
//               alone     leaves nothing else to read
//   touches   the parts it changes: two mistakes that touch the same are not combined
//   harmless  the payload opens nevertheless
//   make      (sample, random) → the changed sample, or undefined where it does not apply to this very sample

import { good } from './good.mjs';
import { alipay } from './mistakes/alipay.mjs';
import { douyin } from './mistakes/douyin.mjs';
import { claims, codes, events } from './mistakes/instead.mjs';
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
  ...claims,
  ...codes,
];

/** A good payload with a mistake made, by the seed of `random`: sealed again until it is one to which the mistake can happen. */
export function mistaken(format, mistake, random) {
  for (let i = 0; i < 1000; i += 1) {
    const created = mistake.make(good(format, random), random);
    if (created) return created;
  }
  throw new Error(`${mistake.name} does not happen on ${format}`);
}

/** What can be undone comes first, what is inside is sealed before its text is garbled. */
const ORDER = ['payload', 'relation', 'text', 'opaque'];

/** Whether both mistakes can be seen when both were made. */
export function combine(a, b) {
  const kinds = [a.kind, b.kind];
  if (kinds.includes('alone') || a.touches.some((part) => b.touches.includes(part))) return false;
  if (kinds.includes('relation')) return kinds.includes('text');
  return !(kinds.includes('opaque') && kinds.includes('payload'));
}

/** Two mistakes made on one good payload; undefined where no payload has both. */
export function mistakenTwice(format, a, b, random) {
  const [first, second] = ORDER.indexOf(a.kind) <= ORDER.indexOf(b.kind) ? [a, b] : [b, a];
  for (let i = 0; i < 200; i += 1) {
    const once = first.make(good(format, random), random);
    const twice = once && second.make(once, random);
    if (twice) return twice;
  }
  return undefined;
}
