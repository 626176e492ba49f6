// Fields exchanged, cut, damaged, and session keys that are not the payload's.

import { SESSION_WAYS, WAYS } from '../good.mjs';
import { base64 } from '../seal.mjs';
import { blocks, cipherBytes, cipherField, give, mistake, otherKey, scratched, seal, without } from './mistake.mjs';

/** Of Baidu's frame the first block is random: what happens there is not seen. */
const firstBlock = ({ platform }) => (platform === 'baidu' ? 1 : 0);

export const fields = [
  mistake(
    'swapped-iv-data',
    'Ciphertext and iv are exchanged',
    '密文和 iv 互换了',
    SESSION_WAYS,
    'swapped-iv-data',
    'iv',
    'text',
    ['iv', 'ciphertext'],
    (sample) => seal(sample, { iv: sample.sealed[sample.ciphertext], [sample.ciphertext]: sample.sealed.iv }),
  ),
  mistake(
    'swapped-key-iv',
    'Session key and iv are exchanged',
    'session_key 和 iv 互换了',
    SESSION_WAYS,
    'swapped-key-iv',
    'sessionKey',
    'relation',
    ['iv', 'session-key'],
    (sample) => seal(give(sample, { sessionKey: sample.sealed.iv }), { iv: sample.keyText }),
  ),
  mistake(
    'swapped-key-data',
    'Session key and ciphertext are exchanged',
    'session_key 和密文互换了',
    SESSION_WAYS,
    'swapped-key-data',
    'sessionKey',
    'text',
    ['session-key', 'ciphertext'],
    (sample) =>
      seal(give(sample, { sessionKey: sample.sealed[sample.ciphertext] }), { [sample.ciphertext]: sample.keyText }),
  ),

  mistake(
    'short-iv',
    'The iv has another length than 16 bytes',
    'iv 不是 16 字节',
    SESSION_WAYS,
    'wrong-length',
    'iv',
    'opaque',
    ['iv'],
    (sample, random) => seal(sample, { iv: base64(random.bytes(random.pick([8, 12, 15, 20]))) }),
  ),
  mistake(
    'short-session-key',
    'The session key has an impossible length',
    'session_key 的长度不可能',
    SESSION_WAYS,
    'wrong-length',
    'sessionKey',
    'opaque',
    ['session-key'],
    (sample, random) => give(sample, { sessionKey: base64(random.bytes(random.pick([12, 15, 18, 20]))) }),
  ),
  mistake(
    'short-aes-key',
    'The AES key has an impossible length',
    'AES 密钥的长度不可能',
    ['alipay'],
    'wrong-length',
    'aesKey',
    'opaque',
    ['aes-key'],
    (sample, random) => give(sample, { aesKey: base64(random.bytes(random.pick([12, 15, 24, 25, 32]))) }),
  ),
  mistake(
    'cut-sign',
    'The signature lost its end',
    '签名的末尾丢了',
    ['alipay'],
    'cut',
    'sign',
    'opaque',
    ['sign'],
    (sample, random) =>
      seal(sample, {
        sign: sample.sealed.sign.slice(0, 4 * random.between(10, Math.floor(sample.sealed.sign.length / 4) - 2)),
      }),
  ),

  mistake(
    'cut-anywhere',
    'The ciphertext was cut off, as by a column or URL that is too short',
    '密文被截断了（例如字段或 URL 太短）',
    without(WAYS, 'douyin-code'),
    'cut',
    cipherField,
    'relation',
    ['ciphertext'],
    (sample, random) => {
      const text = sample.sealed[sample.ciphertext].replace(/\s/g, '');
      // Of less than a block nothing can be seen.
      const end = random.between(24, text.length - 4);
      // Where only the equals signs are gone, it is as if cut on a block and then stripped of them.
      return Math.floor((end * 3) / 4) % 16 === 0
        ? undefined
        : seal(sample, { [sample.ciphertext]: text.slice(0, end) });
    },
  ),
  mistake(
    'cut-on-a-block',
    'The ciphertext lost its last blocks',
    '密文丢了最后几个分组',
    without(WAYS, 'douyin-code'),
    'cut',
    cipherField,
    'relation',
    ['ciphertext'],
    (sample, random) =>
      seal(sample, {
        [sample.ciphertext]: base64(
          cipherBytes(sample).subarray(0, 16 * random.between(1 + firstBlock(sample), blocks(sample) - 1)),
        ),
      }),
  ),
  mistake(
    'cut-rsa',
    'The ciphertext was cut off',
    '密文被截断了',
    ['douyin-code'],
    'cut',
    'data',
    'relation',
    ['ciphertext'],
    (sample, random) => seal(sample, { data: sample.sealed.data.slice(0, random.between(40, 330)) }),
  ),
  mistake(
    'damaged',
    'A few characters of the ciphertext were changed',
    '密文中有几个字符被改动',
    SESSION_WAYS,
    'damaged',
    cipherField,
    'relation',
    ['ciphertext'],
    (sample, random) =>
      seal(sample, { [sample.ciphertext]: scratched(sample.sealed[sample.ciphertext], random, 1, blocks(sample) - 2) }),
  ),
  mistake(
    'case-folded',
    'The ciphertext was put into lower case',
    '密文被转成了小写',
    SESSION_WAYS,
    'damaged',
    cipherField,
    'relation',
    ['ciphertext'],
    (sample) => seal(sample, { [sample.ciphertext]: sample.sealed[sample.ciphertext].toLowerCase() }),
  ),
  mistake(
    'wrong-iv',
    'The iv is that of another call',
    'iv 是另一次调用的',
    without(SESSION_WAYS, 'baidu'),
    'wrong-iv',
    'iv',
    'relation',
    ['iv'],
    (sample, random) => seal(sample, { iv: base64(random.chance(0.8) ? random.bytes(16) : Buffer.alloc(16)) }),
  ),
];

export const sessions = [
  mistake(
    'stale-session-key',
    'The session key is not the one the payload was sealed under',
    'session_key 已经不是加密时的那个',
    SESSION_WAYS,
    'stale-session-key',
    'sessionKey',
    'relation',
    ['session-key'],
    (sample, random) =>
      give(sample, {
        sessionKey: random.chance(0.7)
          ? otherKey(sample, random)
          : [otherKey(sample, random), otherKey(sample, random)],
      }),
  ),
  mistake(
    'older-session-key',
    'The session key is not the newest of the list',
    '能解密的是列表中较旧的 session_key',
    SESSION_WAYS,
    'older-session-key',
    'sessionKey',
    'payload',
    ['session-key'],
    (sample, random) => give(sample, { sessionKey: [otherKey(sample, random), sample.keyText] }),
    { harmless: true },
  ),
  mistake(
    'app-secret',
    'The AppSecret was given for the session key',
    '把 AppSecret 当成了 session_key',
    ['wechat'],
    'hex',
    'sessionKey',
    'relation',
    ['session-key'],
    (sample, random) => give(sample, { sessionKey: random.hex(32) }),
  ),
  mistake(
    'hex-decoded-key',
    'The session key was decoded as hex',
    '把 session_key 按十六进制解码了',
    ['baidu'],
    'hex-decoded-key',
    'sessionKey',
    'text',
    ['session-key'],
    (sample, random) => {
      const key = Buffer.from(sample.keyText, 'hex');
      return give(sample, { sessionKey: random.chance(0.5) ? new Uint8Array(key) : base64(key) });
    },
  ),
];
