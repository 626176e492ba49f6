// The names of fields and of the objects that contain them.

/** Spellings of each name of the public API, in lower case and without underscores, hyphens and dots. */
const FIELDS: Record<string, readonly string[]> = {
  encryptedData: ['encrypteddata', 'encryptdata', 'encrypted', 'encryptedstr', 'ciphertext', 'phoneencrypteddata'],
  data: ['data'],
  iv: ['iv', 'ivstr', 'encryptiv', 'phoneiv'],
  response: ['response'],
  sign: ['sign'],
  signType: ['signtype'],
  encryptType: ['encrypttype'],
  charset: ['charset'],
  code: ['code', 'phonecode', 'phonenumbercode', 'jscode', 'logincode', 'authcode'],
  use: ['use'],
  errMsg: ['errmsg'],
  errno: ['errno', 'errcode'],
};
const KEYS: Record<string, readonly string[]> = {
  appId: ['appid', 'corpid'],
  appKey: ['appkey', 'clientid', 'clientkey'],
  sessionKey: ['sessionkey', 'sessionkeys'],
  aesKey: ['aeskey', 'contentaeskey', 'encryptkey', 'decryptkey'],
  alipayPublicKey: ['alipaypublickey', 'alipaypubkey', 'publickey'],
  privateKey: ['privatekey', 'rsaprivatekey', 'appprivatekey'],
};

const spelled = (table: Record<string, readonly string[]>) =>
  new Map(Object.entries(table).flatMap(([name, others]) => others.map((other) => [other, name] as const)));
const fields = spelled(FIELDS);
const keys = spelled(KEYS);

/** `MP_PHONE_` is the prefix of this package's own environment variables. */
const plain = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[_.\-\s]/g, '')
    .replace(/^mpphone/, '');

export const fieldForName = (name: string): string | undefined => fields.get(plain(name));
export const keyForName = (name: string): string | undefined => keys.get(plain(name));
export const isKnown = (name: string): boolean =>
  (fieldForName(name) ?? keyForName(name) ?? 'use') !== 'use' ||
  namesPlatform(name) ||
  /^err_?(?:code|no|tips)$/i.test(name);
export const isLoginCode = (name: string): boolean => /^(?:js|login|auth)_?code$/i.test(name);
export const namesPlatform = (name: string): boolean => /^(?:(?:mp|uni)_?)?platform$|^provider$|^taro_env$/i.test(name);

/** Objects under these names do not contain the payload: they are elements of the page, or decrypted data. */
export const isIrrelevant = (name: string): boolean =>
  /^(?:watermark|target|currenttarget|dataset|mark|touches|phone_?info|user_?info|headers?|_raw)$/i.test(name);

/** A text under these names may itself be JSON or a form. */
export const wraps = (name: string): boolean =>
  /^(?:body|data|detail|payload|params|query|post_?data|request|content|message|msg|result|e|event|res|response|text|raw_?body)$/i.test(
    name,
  );
