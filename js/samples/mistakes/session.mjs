// Exchanged, cut and damaged fields, and session keys that did not seal the payload.

import { FORMATS, SESSION_FORMATS } from '../good.mjs';
import { base64 } from '../seal.mjs';
import {
  blocks,
  cipherBytes,
  cipherField,
  mistake,
  otherKey,
  scratched,
  withFields,
  withKeys,
  without,
} from './mistake.mjs';

/**
 * The first block in which a change is visible. The first block of Baidu's frame is random: changes there do not show.
 */
const firstBlock = ({ platform }) => (platform === 'baidu' ? 1 : 0);

export const fields = [
  mistake({
    name: 'swapped-iv-data',
    en: 'Ciphertext and iv are exchanged',
    zh: '密文和 iv 互换了',
    formats: SESSION_FORMATS,
    finds: 'swapped-iv-data',
    field: 'iv',
    kind: 'text',
    touches: ['iv', 'ciphertext'],
    make: (sample) =>
      withFields(sample, { iv: sample.sealed[sample.ciphertext], [sample.ciphertext]: sample.sealed.iv }),
  }),
  mistake({
    name: 'swapped-key-iv',
    en: 'Session key and iv are exchanged',
    zh: 'session_key 和 iv 互换了',
    formats: SESSION_FORMATS,
    finds: 'swapped-key-iv',
    field: 'sessionKey',
    kind: 'relation',
    touches: ['iv', 'session-key'],
    make: (sample) => withFields(withKeys(sample, { sessionKey: sample.sealed.iv }), { iv: sample.keyText }),
  }),
  mistake({
    name: 'swapped-key-data',
    en: 'Session key and ciphertext are exchanged',
    zh: 'session_key 和密文互换了',
    formats: SESSION_FORMATS,
    finds: 'swapped-key-data',
    field: 'sessionKey',
    kind: 'text',
    touches: ['session-key', 'ciphertext'],
    make: (sample) =>
      withFields(withKeys(sample, { sessionKey: sample.sealed[sample.ciphertext] }), {
        [sample.ciphertext]: sample.keyText,
      }),
  }),

  mistake({
    name: 'short-iv',
    en: 'The iv does not have 16 bytes',
    zh: 'iv 不是 16 字节',
    formats: SESSION_FORMATS,
    finds: 'wrong-length',
    field: 'iv',
    kind: 'opaque',
    touches: ['iv'],
    make: (sample, random) => withFields(sample, { iv: base64(random.bytes(random.pick([8, 12, 15, 20]))) }),
  }),
  mistake({
    name: 'short-session-key',
    en: 'The session key has an invalid length',
    zh: 'session_key 的长度无效',
    formats: SESSION_FORMATS,
    finds: 'wrong-length',
    field: 'sessionKey',
    kind: 'opaque',
    touches: ['session-key'],
    make: (sample, random) => withKeys(sample, { sessionKey: base64(random.bytes(random.pick([12, 15, 18, 20]))) }),
  }),
  mistake({
    name: 'short-aes-key',
    en: 'The AES key has an invalid length',
    zh: 'AES 密钥的长度无效',
    formats: ['alipay'],
    finds: 'wrong-length',
    field: 'aesKey',
    kind: 'opaque',
    touches: ['aes-key'],
    make: (sample, random) => withKeys(sample, { aesKey: base64(random.bytes(random.pick([12, 15, 24, 25, 32]))) }),
  }),
  mistake({
    name: 'cut-sign',
    en: 'The end of the signature is missing',
    zh: '签名缺少末尾部分',
    formats: ['alipay'],
    finds: 'cut',
    field: 'sign',
    kind: 'opaque',
    touches: ['sign'],
    make: (sample, random) =>
      withFields(sample, {
        sign: sample.sealed.sign.slice(0, 4 * random.between(10, Math.floor(sample.sealed.sign.length / 4) - 2)),
      }),
  }),

  mistake({
    name: 'cut-anywhere',
    en: 'The ciphertext was cut off, for example by the length limit of a database column or a URL',
    zh: '密文被截断了（例如数据库字段或 URL 有长度限制）',
    formats: without(FORMATS, 'douyin-code'),
    finds: 'cut',
    field: cipherField,
    kind: 'relation',
    touches: ['ciphertext'],
    make: (sample, random) => {
      const text = sample.sealed[sample.ciphertext].replace(/\s/g, '');
      // With less than one block, nothing can be diagnosed.
      const end = random.between(24, text.length - 4);
      // If only whole blocks remain, this is the other mistake: a cut between two blocks.
      return Math.floor((end * 3) / 4) % 16 === 0
        ? undefined
        : withFields(sample, { [sample.ciphertext]: text.slice(0, end) });
    },
  }),
  mistake({
    name: 'cut-on-a-block',
    en: 'The last blocks of the ciphertext are missing',
    zh: '密文缺少最后几块',
    formats: without(FORMATS, 'douyin-code'),
    finds: 'cut',
    field: cipherField,
    kind: 'relation',
    touches: ['ciphertext'],
    make: (sample, random) =>
      withFields(sample, {
        [sample.ciphertext]: base64(
          cipherBytes(sample).subarray(0, 16 * random.between(1 + firstBlock(sample), blocks(sample) - 1)),
        ),
      }),
  }),
  mistake({
    name: 'cut-rsa',
    en: 'The ciphertext was cut off',
    zh: '密文被截断了',
    formats: ['douyin-code'],
    finds: 'cut',
    field: 'data',
    kind: 'relation',
    touches: ['ciphertext'],
    make: (sample, random) => withFields(sample, { data: sample.sealed.data.slice(0, random.between(40, 330)) }),
  }),
  mistake({
    name: 'damaged',
    en: 'A few characters of the ciphertext were changed',
    zh: '密文中有几个字符被改动',
    formats: SESSION_FORMATS,
    finds: 'damaged',
    field: cipherField,
    kind: 'relation',
    touches: ['ciphertext'],
    make: (sample, random) =>
      withFields(sample, {
        [sample.ciphertext]: scratched(sample.sealed[sample.ciphertext], random, 1, blocks(sample) - 2),
      }),
  }),
  mistake({
    name: 'case-folded',
    en: 'The ciphertext was converted to lower case',
    zh: '密文被转成了小写',
    formats: SESSION_FORMATS,
    finds: 'damaged',
    field: cipherField,
    kind: 'relation',
    touches: ['ciphertext'],
    make: (sample) => withFields(sample, { [sample.ciphertext]: sample.sealed[sample.ciphertext].toLowerCase() }),
  }),
  mistake({
    name: 'wrong-iv',
    en: 'The iv belongs to another call',
    zh: 'iv 属于另一次调用',
    formats: without(SESSION_FORMATS, 'baidu'),
    finds: 'wrong-iv',
    field: 'iv',
    kind: 'relation',
    touches: ['iv'],
    make: (sample, random) =>
      withFields(sample, { iv: base64(random.chance(0.8) ? random.bytes(16) : Buffer.alloc(16)) }),
  }),
];

export const sessions = [
  mistake({
    name: 'stale-session-key',
    en: 'The session key is not the one that sealed the payload',
    zh: 'session_key 不是加密时用的那一个',
    formats: SESSION_FORMATS,
    finds: 'stale-session-key',
    field: 'sessionKey',
    kind: 'relation',
    touches: ['session-key'],
    make: (sample, random) =>
      withKeys(sample, {
        sessionKey: random.chance(0.7)
          ? otherKey(sample, random)
          : [otherKey(sample, random), otherKey(sample, random)],
      }),
  }),
  mistake({
    name: 'older-session-key',
    en: 'An older session key of the list opens the payload',
    zh: '能解密的是列表中较旧的 session_key',
    formats: SESSION_FORMATS,
    finds: 'older-session-key',
    field: 'sessionKey',
    kind: 'payload',
    touches: ['session-key'],
    make: (sample, random) => withKeys(sample, { sessionKey: [otherKey(sample, random), sample.keyText] }),
    harmless: true,
  }),
  mistake({
    name: 'app-secret',
    en: 'The AppSecret instead of the session key',
    zh: '把 AppSecret 当成了 session_key',
    formats: ['wechat'],
    finds: 'hex',
    field: 'sessionKey',
    kind: 'relation',
    touches: ['session-key'],
    make: (sample, random) => withKeys(sample, { sessionKey: random.hex(32) }),
  }),
  mistake({
    name: 'hex-decoded-key',
    en: 'The session key was decoded as hex',
    zh: '把 session_key 按十六进制解码了',
    formats: ['baidu'],
    finds: 'hex-decoded-key',
    field: 'sessionKey',
    kind: 'text',
    touches: ['session-key'],
    make: (sample, random) => {
      const key = Buffer.from(sample.keyText, 'hex');
      return withKeys(sample, { sessionKey: random.chance(0.5) ? new Uint8Array(key) : base64(key) });
    },
  }),
];
