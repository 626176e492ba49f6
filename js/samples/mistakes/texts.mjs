// Damage to a text on its way: by forms, query strings, JSON, logs, database columns and environment variables.

import { FORMATS, rsaPkcs1, SESSION_FORMATS } from '../good.mjs';
import { base64, der, publicDer, publicPem } from '../seal.mjs';
import { bytesOf, flat, mistake, withFields, withKeys, without } from './mistake.mjs';

/**
 * The parts of a call that are texts: the formats that have the part, its titles, the name of its field, and its valid
 * text.
 */
const PARTS = {
  ciphertext: {
    formats: FORMATS,
    en: 'the ciphertext',
    zh: '密文',
    field: ({ ciphertext }) => ciphertext,
    text: ({ sealed, ciphertext }) => sealed[ciphertext],
  },
  iv: { formats: SESSION_FORMATS, en: 'the iv', zh: 'iv', field: 'iv', text: ({ sealed }) => sealed.iv },
  'session-key': {
    formats: SESSION_FORMATS,
    en: 'the session key',
    zh: 'session_key',
    field: 'sessionKey',
    text: ({ keyText }) => keyText,
  },
  sign: { formats: ['alipay'], en: 'the signature', zh: '签名', field: 'sign', text: ({ sealed }) => sealed.sign },
  'aes-key': {
    formats: ['alipay'],
    en: 'the AES key',
    zh: 'AES 密钥',
    field: 'aesKey',
    text: ({ keys }) => keys.aesKey,
  },
  'public-key': {
    formats: ['alipay'],
    en: "Alipay's public key",
    zh: '支付宝公钥',
    field: 'alipayPublicKey',
    text: ({ rsaKey }) => base64(publicDer(rsaKey)),
  },
  'private-key': {
    formats: ['douyin-code'],
    en: 'the private key',
    zh: '应用私钥',
    field: 'privateKey',
    text: ({ rsaKey }) => base64(der(rsaKey, 'pkcs8')),
  },
  'app-id': {
    formats: ['wechat', 'douyin', 'douyin-code'],
    en: 'the app id',
    zh: 'appid',
    field: 'appId',
    text: ({ keys }) => keys.appId,
  },
  'app-key': { formats: ['baidu'], en: 'the App Key', zh: 'App Key', field: 'appKey', text: ({ keys }) => keys.appKey },
  code: {
    formats: ['wechat-phone-code', 'wechat-login-code'],
    en: 'the code',
    zh: 'code',
    field: 'code',
    text: ({ sealed }) => sealed.code,
  },
};

const named = (part, sample) =>
  typeof PARTS[part].field === 'function' ? PARTS[part].field(sample) : PARTS[part].field;

/** The sample with `value` in the place of the part's text. In a list of session keys the right key is replaced. */
function withText(part, sample, value) {
  const field = named(part, sample);
  if (field in sample.sealed) return withFields(sample, { [field]: value });
  const { [field]: old } = sample.keys;
  const list = part === 'session-key' && Array.isArray(old);
  return withKeys(sample, { [field]: list ? old.map((key, i) => (i === sample.right ? value : key)) : value });
}

const at = (random, text) => random.between(Math.ceil(text.length / 4), Math.floor((text.length * 3) / 4));
const insert = (text, place, inserted) => text.slice(0, place) + inserted + text.slice(place);
const signed = (byte) => (byte > 127 ? byte - 256 : byte);
const BASE64 = ['ciphertext', 'iv', 'session-key', 'sign', 'aes-key', 'public-key', 'private-key'];
const SYMMETRIC = ['ciphertext', 'iv', 'session-key', 'aes-key'];

/**
 * Each kind of damage: name, finding code, affected parts, kind, English and Chinese title from the part's name, and
 * the function that damages the text. If the function returns the text unchanged, the mistake cannot occur in this
 * text.
 */
const DAMAGE_KINDS = [
  [
    'lost-plus',
    'lost-plus',
    BASE64,
    'text',
    (en) => `Each plus sign in ${en} became a blank`,
    (zh) => `${zh}中的加号变成了空格`,
    (text) => text.replaceAll('+', ' '),
  ],
  [
    'percent-encoded',
    'percent-encoded',
    BASE64,
    'text',
    (en) => `${capital(en)} is still percent-encoded`,
    (zh) => `${zh}没有做 URL 解码`,
    (text, random) =>
      random.chance(0.8)
        ? encodeURIComponent(text)
        : encodeURIComponent(text).replace(/%../g, (code) => code.toLowerCase()),
  ],
  [
    'percent-encoded-twice',
    'percent-encoded-twice',
    BASE64,
    'text',
    (en) => `${capital(en)} was percent-encoded twice and decoded once`,
    (zh) => `${zh}被 URL 编码了两次，只解码了一次`,
    (text) => (encodeURIComponent(text) === text ? text : encodeURIComponent(encodeURIComponent(text))),
  ],
  [
    'quoted',
    'quoted',
    [...BASE64, 'code'],
    'text',
    (en) => `${capital(en)} still has quotes around it`,
    (zh) => `${zh}两端留下了引号`,
    (text, random) => random.pick([`"${text}"`, `"${text}"`, `'${text}'`, `“${text}”`]),
  ],
  [
    'slashes-escaped',
    'escaped',
    without(BASE64, 'public-key', 'private-key'),
    'text',
    (en) => `The slashes in ${en} are still escaped as in JSON`,
    (zh) => `${zh}中的斜杠保留了 JSON 转义`,
    (text) => text.replaceAll('/', '\\/'),
  ],
  [
    'unicode-escaped',
    'escaped',
    without(BASE64, 'public-key', 'private-key'),
    'text',
    (en) => `Plus and equals signs in ${en} are still escaped as in JSON`,
    (zh) => `${zh}中的加号和等号保留了 JSON 转义`,
    (text, random) =>
      text.replace(/[+=]/g, (sign) =>
        random.chance(0.5)
          ? `\\u00${sign.charCodeAt().toString(16)}`
          : `\\u00${sign.charCodeAt().toString(16).toUpperCase()}`,
      ),
  ],
  [
    'base64url',
    'base64url',
    SYMMETRIC.concat('sign'),
    'text',
    (en) => `${capital(en)} is in base64url`,
    (zh) => `${zh}用了 base64url 字母表`,
    (text, random) =>
      /[+/]/.test(text)
        ? text
            .replaceAll('+', '-')
            .replaceAll('/', '_')
            .replace(/=*$/, (end) => (random.chance(0.5) ? end : ''))
        : text,
  ],
  [
    'missing-padding',
    'missing-padding',
    SYMMETRIC.concat('sign'),
    'text',
    (en) => `The equals signs at the end of ${en} are missing`,
    (zh) => `${zh}末尾缺少等号`,
    (text) => text.replace(/=+$/, ''),
  ],
  [
    'foreign-characters',
    'foreign-characters',
    BASE64,
    'text',
    (en) => `${capital(en)} contains a stray character`,
    (zh) => `${zh}中混入了其他字符`,
    (text, random) => insert(text, at(random, text), random.pick(['\u200b', '#', '。', ';', ',', '\ufeff', '＋', '@'])),
  ],
  [
    'hex',
    'hex',
    SYMMETRIC.concat('sign'),
    'text',
    (en) => `${capital(en)} is in hex instead of base64`,
    (zh) => `${zh}应是 base64，却写成了十六进制`,
    (text, random) =>
      random.chance(0.7) ? bytesOf(text).toString('hex') : bytesOf(text).toString('hex').toUpperCase(),
  ],
  [
    'decimal-bytes',
    'decimal-bytes',
    SYMMETRIC,
    'text',
    (en) => `The bytes of ${en} were printed as decimal numbers`,
    (zh) => `${zh}的字节被打印成了十进制`,
    (text, random) =>
      random.pick([
        (bytes) => bytes.join(','),
        (bytes) => `[${bytes.join(', ')}]`,
        (bytes) => JSON.stringify(Buffer.from(bytes)),
        (bytes) => `[${bytes.map(signed).join(', ')}]`,
      ])([...bytesOf(text)]),
  ],
  [
    'decimal-digits',
    'decimal-bytes',
    ['session-key'],
    'opaque',
    (en) => `The bytes of ${en} were printed as decimal digits without separators`,
    (zh) => `${zh}的字节被打印成连在一起的十进制数字`,
    // 32 decimal digits could also be hex.
    (text) => ((digits) => (digits.length === 32 ? text : digits))([...bytesOf(text)].join('')),
  ],
  // An RSA key normally has several lines.
  [
    'whitespace',
    'whitespace',
    without(BASE64, 'public-key', 'private-key'),
    'harmless',
    (en) => `${capital(en)} is broken into several lines`,
    (zh) => `${zh}分成了几行`,
    (text, random) =>
      /\s/.test(text)
        ? text
        : random.pick([
            (plain) => `${plain}\n`,
            (plain) => insert(plain, at(random, plain), '\r\n'),
            (plain) => insert(plain, at(random, plain), '\n        '),
          ])(text),
  ],
  [
    'placeholder',
    'placeholder',
    [...BASE64, 'app-id', 'app-key', 'code'],
    'opaque',
    (en) => `A word such as undefined is in the place of ${en}`,
    (zh) => `${zh}的位置上是 undefined 之类的字样`,
    (text, random) => random.pick(['undefined', 'undefined', 'null', '[object Object]', 'NaN']),
  ],
  [
    'masked',
    'masked',
    [...BASE64, 'code'],
    'opaque',
    (en) => `${capital(en)} was copied from a log that masks it`,
    (zh) => `${zh}是从已脱敏的日志中复制的`,
    (text, random) =>
      random.pick([
        `${text.slice(0, 4)}****${text.slice(-4)}`,
        `${text.slice(0, 6)}...${text.slice(-4)}`,
        `${text.slice(0, 8)}…`,
        '<hidden>',
        '[REDACTED]',
        '******',
        text.replace(/(?<=^....).*(?=....$)/s, (inner) => '*'.repeat(inner.length)),
      ]),
  ],
  // The field is empty and not absent: if it were absent, nothing would show that it is expected.
  [
    'missing',
    'missing',
    without([...BASE64, 'app-id', 'app-key', 'code'], 'sign'),
    'opaque',
    (en) => `${capital(en)} is empty`,
    (zh) => `${zh}为空`,
    (text, random) => random.pick(['', '', '  ']),
  ],
  [
    'wrong-type',
    'wrong-type',
    [...BASE64, 'app-id', 'app-key', 'code'],
    'opaque',
    (en) => `${capital(en)} is not text`,
    (zh) => `${zh}不是文本`,
    (text, random) => random.pick([13, true]),
  ],
];

/** A blank between Chinese and Latin words. */
const spaced = (text) => text.replace(/(?<=\w)(?=\p{Script=Han})|(?<=\p{Script=Han})(?=\w)/gu, ' ');
const capital = (text) => text[0].toUpperCase() + text.slice(1);

/** The formats in which a kind of damage has no effect, or counts as another mistake. */
const EXCEPTIONS = {
  // Baidu's session key is written in hex: it has no plus, slash or equals signs.
  'hex-session-key': ['baidu'],
  'lost-plus-session-key': ['baidu'],
  'percent-encoded-session-key': ['baidu'],
  'percent-encoded-twice-session-key': ['baidu'],
  'slashes-escaped-session-key': ['baidu'],
  'unicode-escaped-session-key': ['baidu'],
  'base64url-session-key': ['baidu'],
  'missing-padding-session-key': ['baidu'],
  // The base64 of six blocks of 16 bytes has no equals signs.
  'missing-padding-ciphertext': ['baidu'],
  // Xiaohongshu's iv may lack its equals signs.
  'missing-padding-iv': ['xiaohongshu'],
};

export const texts = DAMAGE_KINDS.flatMap(([name, code, parts, kind, en, zh, damage]) =>
  parts.map((part) => ({
    name: `${name}-${part}`,
    title: { en: en(PARTS[part].en), zh: spaced(zh(PARTS[part].zh)) },
    formats: without(PARTS[part].formats, ...(EXCEPTIONS[`${name}-${part}`] ?? [])),
    finds: [code],
    field: (sample) => named(part, sample),
    kind: kind === 'harmless' ? 'text' : kind,
    harmless: kind === 'harmless',
    touches: [part],
    make(sample, random) {
      const text = PARTS[part].text(sample);
      const damaged = damage(text, random);
      if (damaged === text) return undefined;
      // The damaged value is passed alone: in a list of keys or in Alipay's object, a value that is not text would be
      // another mistake.
      const alone = kind === 'opaque' && part === 'session-key' ? withKeys(sample, { sessionKey: text }) : sample;
      return withText(part, kind === 'opaque' ? flat(alone) : alone, damaged);
    },
  })),
);

/** Damage to PEM in an environment variable or a form. */
export const pems = [
  ['public-key', ({ rsaKey }) => publicPem(rsaKey)],
  ['private-key', ({ rsaKey }, random) => random.pick([rsaKey, rsaPkcs1(rsaKey)])],
].flatMap(([part, pem]) => {
  const { formats, en, zh, field: name } = PARTS[part];
  return [
    mistake({
      name: `line-ends-escaped-${part}`,
      en: `The line breaks of ${en} became backslash and n`,
      zh: `${zh}的换行变成了 \\n 两个字符`,
      formats,
      finds: 'escaped',
      field: name,
      kind: 'text',
      touches: [part],
      make: (sample, random) => withKeys(sample, { [name]: pem(sample, random).replaceAll('\n', '\\n') }),
    }),
    mistake({
      name: `line-ends-lost-${part}`,
      en: `The line breaks of ${en} became blanks`,
      zh: `${zh}的换行变成了空格`,
      formats,
      finds: 'escaped',
      field: name,
      kind: 'text',
      touches: [part],
      make: (sample, random) => withKeys(sample, { [name]: pem(sample, random).replaceAll('\n', ' ') }),
    }),
  ];
});
