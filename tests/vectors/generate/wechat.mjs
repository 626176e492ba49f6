// WeChat

import { fields } from './wechat/fields.mjs';
import { payloads } from './wechat/payloads.mjs';
import { answers } from './wechat/responses.mjs';
import { samples } from './wechat/samples.mjs';
import { shapes } from './wechat/shapes.mjs';

/** Adds the cases; a file has them in this order. */
export function wechat() {
  samples();
  payloads();
  shapes();
  fields();
  answers();
}
