// Fields exchanged, cut, damaged, and session keys that are not the payload's.

import { FORMATS, SESSION_FORMATS } from '../good.mjs';
import { base64 } from '../seal.mjs';
import { blocks, cipherBytes, cipherField, give, mistake, otherKey, scratched, seal, without } from './mistake.mjs';

/** Of Baidu's frame the first block is random: what happens there is not seen. */
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
    make: (sample) => seal(sample, { iv: sample.sealed[sample.ciphertext], [sample.ciphertext]: sample.sealed.iv }),
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
    make: (sample) => seal(give(sample, { sessionKey: sample.sealed.iv }), { iv: sample.keyText }),
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
      seal(give(sample, { sessionKey: sample.sealed[sample.ciphertext] }), { [sample.ciphertext]: sample.keyText }),
  }),

  mistake({
    name: 'short-iv',
    en: 'The iv has another length than 16 bytes',
    zh: 'iv 不是 16 字节',
    formats: SESSION_FORMATS,
    finds: 'wrong-length',
    field: 'iv',
    kind: 'opaque',
    touches: ['iv'],
    make: (sample, random) => seal(sample, { iv: base64(random.bytes(random.pick([8, 12, 15, 20]))) }),
  }),
  mistake({
    name: 'short-session-key',
    en: 'The session key has an impossible length',
    zh: 'session_key 的长度不可能',
    formats: SESSION_FORMATS,
    finds: 'wrong-length',
    field: 'sessionKey',
    kind: 'opaque',
    touches: ['session-key'],
    make: (sample, random) => give(sample, { sessionKey: base64(random.bytes(random.pick([12, 15, 18, 20]))) }),
  }),
  mistake({
    name: 'short-aes-key',
    en: 'The AES key has an impossible length',
    zh: 'AES 密钥的长度不可能',
    formats: ['alipay'],
    finds: 'wrong-length',
    field: 'aesKey',
    kind: 'opaque',
    touches: ['aes-key'],
    make: (sample, random) => give(sample, { aesKey: base64(random.bytes(random.pick([12, 15, 24, 25, 32]))) }),
  }),
  mistake({
    name: 'cut-sign',
    en: 'The signature lost its end',
    zh: '签名的末尾丢了',
    formats: ['alipay'],
    finds: 'cut',
    field: 'sign',
    kind: 'opaque',
    touches: ['sign'],
    make: (sample, random) =>
      seal(sample, {
        sign: sample.sealed.sign.slice(0, 4 * random.between(10, Math.floor(sample.sealed.sign.length / 4) - 2)),
      }),
  }),

  mistake({
    name: 'cut-anywhere',
    en: 'The ciphertext was cut off, as by a column or URL that is too short',
    zh: '密文被截断了（例如字段或 URL 太短）',
    formats: without(FORMATS, 'douyin-code'),
    finds: 'cut',
    field: cipherField,
    kind: 'relation',
    touches: ['ciphertext'],
    make: (sample, random) => {
      const text = sample.sealed[sample.ciphertext].replace(/\s/g, '');
      // Of less than a block nothing can be seen.
      const end = random.between(24, text.length - 4);
      // Where only the equals signs are gone, it is as if cut on a block and then stripped of them.
      return Math.floor((end * 3) / 4) % 16 === 0
        ? undefined
        : seal(sample, { [sample.ciphertext]: text.slice(0, end) });
    },
  }),
  mistake({
    name: 'cut-on-a-block',
    en: 'The ciphertext lost its last blocks',
    zh: '密文丢了最后几个分组',
    formats: without(FORMATS, 'douyin-code'),
    finds: 'cut',
    field: cipherField,
    kind: 'relation',
    touches: ['ciphertext'],
    make: (sample, random) =>
      seal(sample, {
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
    make: (sample, random) => seal(sample, { data: sample.sealed.data.slice(0, random.between(40, 330)) }),
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
      seal(sample, { [sample.ciphertext]: scratched(sample.sealed[sample.ciphertext], random, 1, blocks(sample) - 2) }),
  }),
  mistake({
    name: 'case-folded',
    en: 'The ciphertext was put into lower case',
    zh: '密文被转成了小写',
    formats: SESSION_FORMATS,
    finds: 'damaged',
    field: cipherField,
    kind: 'relation',
    touches: ['ciphertext'],
    make: (sample) => seal(sample, { [sample.ciphertext]: sample.sealed[sample.ciphertext].toLowerCase() }),
  }),
  mistake({
    name: 'wrong-iv',
    en: 'The iv is that of another call',
    zh: 'iv 是另一次调用的',
    formats: without(SESSION_FORMATS, 'baidu'),
    finds: 'wrong-iv',
    field: 'iv',
    kind: 'relation',
    touches: ['iv'],
    make: (sample, random) => seal(sample, { iv: base64(random.chance(0.8) ? random.bytes(16) : Buffer.alloc(16)) }),
  }),
];

export const sessions = [
  mistake({
    name: 'stale-session-key',
    en: 'The session key is not the one the payload was sealed under',
    zh: 'session_key 已经不是加密时的那个',
    formats: SESSION_FORMATS,
    finds: 'stale-session-key',
    field: 'sessionKey',
    kind: 'relation',
    touches: ['session-key'],
    make: (sample, random) =>
      give(sample, {
        sessionKey: random.chance(0.7)
          ? otherKey(sample, random)
          : [otherKey(sample, random), otherKey(sample, random)],
      }),
  }),
  mistake({
    name: 'older-session-key',
    en: 'The session key is not the newest of the list',
    zh: '能解密的是列表中较旧的 session_key',
    formats: SESSION_FORMATS,
    finds: 'older-session-key',
    field: 'sessionKey',
    kind: 'payload',
    touches: ['session-key'],
    make: (sample, random) => give(sample, { sessionKey: [otherKey(sample, random), sample.keyText] }),
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
    make: (sample, random) => give(sample, { sessionKey: random.hex(32) }),
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
      return give(sample, { sessionKey: random.chance(0.5) ? new Uint8Array(key) : base64(key) });
    },
  }),
];
