// Valid payloads of the phone buttons, sealed as their platforms seal them, in every form that the package opens. All
// phone numbers are documentation numbers.

import { base64, der, frameBaidu, publicDer, publicPem, keys as rsa, sealCbc, sealRsa, signAlipay } from './seal.mjs';

const NUMBERS = [
  { e164: '+8613800138000', country: '86', national: '13800138000' },
  { e164: '+8613900139000', country: '86', national: '13900139000' },
  { e164: '+85251234567', country: '852', national: '51234567' },
  { e164: '+12025550123', country: '1', national: '2025550123' },
];
const MAINLAND = NUMBERS.filter(({ country }) => country === '86');

/** The names of a platform in hosts and frameworks. */
const NAMES = {
  wechat: ['wechat', 'wechat', 'wechat', 'mp-weixin', 'weapp'],
  douyin: ['douyin', 'douyin', 'mp-toutiao'],
  baidu: ['baidu', 'baidu', 'swan'],
  kuaishou: ['kuaishou', 'kuaishou', 'ks'],
  xiaohongshu: ['xiaohongshu', 'xhs'],
};

/**
 * A sample has the `sealed`, `keys` and `options` of a call; {@link args} builds the arguments from them, in the shape in
 * which a backend receives them. `phone` is the expected E.164 number, `payload` the plaintext, `ciphertext` the name
 * of the ciphertext's field, and `seal` seals another plaintext.
 */
function sample(
  format,
  random,
  { platform = format, payload, phone, ciphertext = 'encryptedData', seal, keys, now, ...more },
) {
  const sealed = { platform: random.pick(NAMES[platform] ?? [platform]), ...seal(payload) };
  return { format, platform, payload, phone, ciphertext, seal, sealed, keys, options: { now }, ...more };
}

/** The same call with another sealed payload: an object, or the plaintext as text or bytes. */
export const resealed = (good, payload) => ({ ...good, payload, sealed: { ...good.sealed, ...good.seal(payload) } });

/** A call's arguments. */
export const args = ({ wrap = (sealed) => sealed, sealed, keys, options }) => [wrap(sealed), keys, options];

const plaintext = (payload) =>
  typeof payload === 'string' || Buffer.isBuffer(payload) ? payload : JSON.stringify(payload);

/** The time of a payload, in seconds, and a time at which the payload has not expired, in milliseconds. */
function moment(random) {
  const issuedAt = 1700000000 + random.below(1e8);
  return { issuedAt, now: (issuedAt + random.between(-250, 550)) * 1000 + random.below(1000) };
}

/** The text broken into lines, as MIME encoders do. */
const inLines = (text) => text.match(/.{1,76}/g).join('\r\n');

/**
 * One key, or a list of the keys of several logins; as text, sometimes as bytes. `right` is the index of the right key.
 */
function sessionKeys(random, key, text) {
  const own = random.chance(0.1) ? new Uint8Array(key) : text;
  if (!random.chance(0.25)) return { sessionKey: own, right: 0 };
  const list = Array.from({ length: random.between(1, 3) }, () => base64(random.bytes(key.length)));
  const right = random.below(list.length + 1);
  list.splice(right, 0, own);
  return { sessionKey: list, right };
}

/** A sample of a format that seals under a session key. */
function session(
  format,
  random,
  { key, text = base64(key), keys, padBlock = 16, frame = plaintext, ivText = base64, ...more },
) {
  const iv = random.bytes(16);
  const { sessionKey, right } = sessionKeys(random, key, text);
  const form = random.chance(0.1) ? inLines : (plain) => plain;
  const ciphertext = more.ciphertext ?? 'encryptedData';
  const seal = (payload) => ({
    [ciphertext]: form(base64(sealCbc(key, iv, frame(payload), padBlock))),
    iv: ivText(iv),
  });
  return sample(format, random, { ...more, key, keyText: text, right, iv, seal, keys: { ...keys, sessionKey } });
}

/** A payload of WeChat, in a format that other platforms also use. `mark` is its watermark, if the payload has one. */
function wechatPayload(random, mark) {
  const { e164, country, national } = random.pick(NUMBERS);
  const number = {
    phoneNumber: country === '86' && random.chance(0.8) ? national : e164,
    purePhoneNumber: national,
    countryCode: random.chance(0.1) ? Number(country) : country,
  };
  const inAnyOrder = ({ timestamp, appid }) => (random.chance(0.5) ? { timestamp, appid } : { appid, timestamp });
  // With undefined the JSON text has no such member.
  const watermark = mark ? inAnyOrder(mark) : undefined;
  return { phone: e164, payload: random.chance(0.1) ? { watermark, ...number } : { ...number, watermark } };
}

function alipayKey(random, key) {
  const forms = [
    () => base64(publicDer(key)),
    () => publicPem(key),
    () => publicPem(key, 'pkcs1'),
    () => publicPem(key).replaceAll('\n', '\r\n'),
  ];
  if (key === rsa.alipay)
    forms.push(
      () => rsa.crt,
      () => rsa.crtCrlf,
    );
  return random.pick(forms)();
}

/** Alipay's response in a shape in which a server receives it, with the member names of the client. */
const shaped =
  (shape) =>
  ({ platform, signType, encryptType, ...fields }) => ({
    platform,
    response: shape({
      ...fields,
      ...(signType && { sign_type: signType }),
      ...(encryptType && { encrypt_type: encryptType }),
    }),
  });
const SHAPES = [
  (sealed) => sealed,
  ({ response, ...fields }) => ({ ...fields, encryptedData: response }),
  shaped((sent) => sent),
  shaped((sent) => JSON.stringify(sent)),
  shaped((sent) => JSON.stringify(sent).replaceAll('/', '\\/')),
  shaped((sent) => ({ response: JSON.stringify(sent) })),
  shaped(({ response, ...sent }) => ({ encryptedData: response, ...sent })),
];

function privateKey(random, key) {
  const pem = (type) => (type === 'pkcs8' ? key : rsaPkcs1(key));
  const type = random.pick(['pkcs8', 'pkcs1']);
  const forms = [
    () => pem(type),
    () => pem(type),
    () => pem(type).replaceAll('\n', '\r\n'),
    () => pem(type).replaceAll('\n', ''),
    () => base64(der(key, type)),
    () => new Uint8Array(der(key, type)),
  ];
  return random.pick(forms)();
}

export const rsaPkcs1 = (key) =>
  `-----BEGIN RSA PRIVATE KEY-----\n${base64(der(key, 'pkcs1'))
    .match(/.{1,64}/g)
    .join('\n')}\n-----END RSA PRIVATE KEY-----\n`;

const MAKERS = {
  wechat(format, random, { platform = format, appId = `wx${random.hex(16)}`, watermark = true } = {}) {
    const { issuedAt, now } = moment(random);
    const created = wechatPayload(random, watermark && { timestamp: issuedAt, appid: appId });
    return session(format, random, { platform, ...created, now, key: random.bytes(16), keys: { appId } });
  },

  douyin: (format, random) => MAKERS.wechat(format, random, { appId: `tt${random.hex(18)}` }),

  'douyin-code'(format, random) {
    const { issuedAt, now } = moment(random);
    const appId = `tt${random.hex(18)}`;
    const [own, next] = random.chance(0.5) ? [rsa.douyin, rsa.douyinNext] : [rsa.douyinNext, rsa.douyin];
    const key = privateKey(random, own);
    const label = random.label();
    return sample(format, random, {
      platform: 'douyin',
      now,
      rsaKey: own,
      ciphertext: 'data',
      ...wechatPayload(random, { timestamp: issuedAt, appid: appId }),
      keys: { appId, privateKey: random.chance(0.15) ? [privateKey(random, next), key] : key },
      seal: (payload) => ({ data: base64(sealRsa(own, label, plaintext(payload))) }),
    });
  },

  alipay(format, random) {
    const { e164, country, national } = random.pick(NUMBERS);
    const key = random.bytes(16);
    const [rsaKey, signType] = random.pick([
      [rsa.alipay],
      [rsa.alipay, 'RSA2'],
      [rsa.alipay, 'RSA'],
      [rsa.alipay1024, 'RSA'],
    ]);
    const extra = random.chance(0.3) ? { encryptType: 'AES', charset: 'UTF-8' } : {};
    const seal = (payload) => {
      const response = base64(sealCbc(key, Buffer.alloc(16), plaintext(payload), 16));
      return {
        response,
        sign: signAlipay(`"${response}"`, rsaKey, signType === 'RSA' ? 'sha1' : 'sha256'),
        ...(signType && { signType }),
        ...extra,
      };
    };
    return sample(format, random, {
      payload: { code: '10000', msg: 'Success', mobile: country === '86' ? national : `${country}-${national}` },
      phone: e164,
      now: moment(random).now,
      ciphertext: 'response',
      key,
      rsaKey,
      seal,
      wrap: random.pick(SHAPES),
      keys: { alipayPublicKey: alipayKey(random, rsaKey), aesKey: base64(key) },
    });
  },

  baidu(format, random) {
    const { e164, national } = random.pick(MAINLAND);
    const appKey = random.text(32);
    const text = random.hex(32);
    const label = random.label();
    return session(format, random, {
      payload: { mobile: national },
      phone: e164,
      now: moment(random).now,
      key: Buffer.from(text, 'base64'),
      text,
      keys: { appKey },
      padBlock: 32,
      frame: (payload) => frameBaidu(label, plaintext(payload), appKey),
      ciphertext: random.pick(['encryptedData', 'encryptedData', 'data']),
    });
  },

  kuaishou: (format, random) =>
    MAKERS.wechat(format, random, { appId: `ks${random.digits(18)}`, watermark: random.chance(0.7) }),

  xiaohongshu(format, random) {
    return session(format, random, {
      ...wechatPayload(random),
      now: moment(random).now,
      key: random.bytes(random.pick([16, 24, 24, 32])),
      keys: random.chance(0.5) ? { appId: random.hex(24) } : {},
      padBlock: random.pick([16, 32]),
      ivText: random.chance(0.3) ? (iv) => base64(iv).replaceAll('=', '') : base64,
    });
  },

  wecom(format, random) {
    const { e164, national } = random.pick(MAINLAND);
    const appId = `ww${random.hex(16)}`;
    return session(format, random, {
      payload: { corpid: appId, userid: `u${random.text(8)}`, mobile: national },
      phone: e164,
      now: moment(random).now,
      key: random.bytes(16),
      keys: { appId },
    });
  },

  // One-time codes, in the form that was observed. They contain nothing that could be opened.
  'wechat-phone-code': (format, random) => code(format, 'wechat', random.hex(64), random),
  'wechat-login-code': (format, random) => code(format, 'wechat', `0${random.text(31)}`, random, 'login'),
};

function code(format, platform, text, random, use = random.pick([undefined, 'phone'])) {
  const sealed = { platform, code: text, ...(use && { use }) };
  return { format, platform, ciphertext: 'code', phone: null, sealed, keys: {}, options: { now: moment(random).now } };
}

/** The formats of sealed numbers, and the kinds of one-time codes. */
export const FORMATS = ['wechat', 'douyin', 'douyin-code', 'alipay', 'baidu', 'kuaishou', 'xiaohongshu', 'wecom'];
export const CODE_FORMATS = ['wechat-phone-code', 'wechat-login-code'];
/** The formats of {@link FORMATS} that seal under a session key. */
export const SESSION_FORMATS = FORMATS.filter((format) => format !== 'alipay' && format !== 'douyin-code');

/** A valid payload of a format. */
export const good = (format, random) => MAKERS[format](format, random);
