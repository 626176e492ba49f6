// WeChat
import { answers } from './wechat/answers.mjs';
import { fields } from './wechat/fields.mjs';
import { payloads } from './wechat/payloads.mjs';
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
