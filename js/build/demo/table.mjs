// Runs in the empty project: opens payloads from the vectors with the installed package and prints the results.
import { diagnose, explain, openPhone, readPhone } from 'mp-phone';
import platforms from '../../../src/platforms.json';
import { files } from '../../../tests/vectors/all.mjs';

const first = (id, call, having = () => true) =>
  files
    .find(({ platform }) => platform === id)
    .cases.find((vector) => vector.call === call && vector.returns?.e164 && having(vector.args[0]));

const ROWS = [
  ['WeChat', 'encryptedData, iv', first('wechat', 'openPhone')],
  [
    'WeChat',
    'code exchange response',
    first('wechat', 'readPhone', ({ answer: platformResponse }) => platformResponse.phone_info),
  ],
  [
    'WeChat',
    'cloud call response',
    first('wechat', 'readPhone', ({ answer: serverResponse }) => serverResponse.phoneInfo),
  ],
  [
    'Alipay',
    'response, sign',
    first('alipay', 'openPhone', ({ response, sign }) => typeof response === 'string' && sign),
  ],
  ['Douyin', 'encryptedData, iv', first('douyin', 'openPhone', ({ iv }) => iv)],
  ['Douyin', 'data (RSA)', first('douyin', 'openPhone', ({ data }) => data)],
];
for (const { id, en, unproven, sealed } of platforms)
  if (sealed && !ROWS.some(([name]) => name === en))
    ROWS.push([unproven ? `${en} *` : en, sealed.join(', '), first(id, 'openPhone')]);

/** The same payload with one character of its ciphertext replaced; for an unencrypted response, an error response of WeChat. */
function damage([sealed, ...rest]) {
  const field = ['encryptedData', 'response', 'data'].find((name) => typeof sealed[name] === 'string');
  const damaged = structuredClone(sealed);
  if (field) {
    const middle = Math.floor(sealed[field].length / 2);
    damaged[field] =
      sealed[field].slice(0, middle) + (sealed[field][middle] === 'A' ? 'B' : 'A') + sealed[field].slice(middle + 1);
  } else {
    damaged.answer = { errcode: 40029, errmsg: 'invalid code' };
  }
  return [damaged, ...rest];
}

function outcome(call, args) {
  try {
    return call(...args).e164;
  } catch (error) {
    return error.code;
  }
}

/** The code of the first finding for a damaged payload; for an error response, the action that it calls for. */
function why(call, [sealed, keys, options]) {
  if (call === 'readPhone') return explain(sealed.platform, sealed.answer).action;
  return diagnose(sealed, keys, options).findings[0].code;
}

/** The duration of a call in microseconds: the fastest of five rounds of at least 20 ms. */
function time(call, args) {
  let best = Infinity;
  for (let round = 0; round < 5; round++) {
    const start = performance.now();
    let calls = 0;
    do {
      outcome(call, args);
      calls++;
    } while (performance.now() - start < 20);
    best = Math.min(best, ((performance.now() - start) / calls) * 1000);
  }
  return best;
}

const widths = [14, 24, 17, 18, 20, 12];
const line = (...cells) =>
  console.log('  ' + cells.map((cell, i) => (i === 5 ? cell.padStart(widths[i]) : cell.padEnd(widths[i]))).join(''));
line('platform', 'input', 'result', 'damaged / error', 'why', 'time a call');
line(...widths.map((width) => '─'.repeat(width - 1)));
let wrong = 0;
for (const [platform, label, { call, args, returns }] of ROWS) {
  const use = call === 'openPhone' ? openPhone : readPhone;
  const damaged = damage(args);
  const [good, bad] = [outcome(use, args), outcome(use, damaged)];
  if (good !== returns.e164 || !bad.startsWith('ERR_')) wrong++;
  line(platform, label, String(good), String(bad), why(call, damaged), `${time(use, args).toFixed(0)} µs`);
}
console.log('  * documented, unproven: the platform has published no sample\n');
if (wrong) {
  console.error(`${wrong} of ${ROWS.length} rows are wrong`);
  process.exitCode = 1;
}
