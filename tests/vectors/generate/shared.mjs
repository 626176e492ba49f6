// Helpers of all sections: cases, outcomes, sealing.
import { createDecipheriv } from 'node:crypto';
import { base64, bytes, encryptCbc, sealCbc } from '../../../js/samples/seal.mjs';

/** The time of every payload, in seconds, and the moment a minute later at which it is opened, in milliseconds. */
export const AT = 1700000000;
export const NOW = (AT + 60) * 1000;

export const files = {};

/** Starts the file of a platform. Its functions add a case for a call; `proof` is 'documentation' or 'generated'. */
export function section(platform) {
  const cases = [];
  files[platform] = { platform, cases };
  const adder =
    (call) =>
    (name, about, args, outcome, proof = 'generated') => {
      if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) throw new Error(`${platform}: ${name} is not kebab-case`);
      if (cases.some((other) => other.name === name)) throw new Error(`${platform}: ${name} exists twice`);
      if (!about.endsWith('.')) throw new Error(`${platform}: ${name} has an explanation that is not a sentence`);
      cases.push({ name, about, proof, call, args, ...outcome });
    };
  return {
    open: adder('openPhone'),
    read: adder('readPhone'),
    verify: adder('verifyRawData'),
    sign: adder('signSession'),
    named: adder('platformOf'),
  };
}

export const returns = (value) => ({ returns: value });
export const throws = (code, more) => ({ throws: { code, ...more } });
export const input = (field) => throws('ERR_INPUT', { field });
export const encoding = (field) => throws('ERR_ENCODING', { field });
export const length = (field) => throws('ERR_LENGTH', { field });
export const platformError = (platformCode, action, rid) => throws('ERR_PLATFORM', { platformCode, action, rid });

/** Values that JSON cannot represent. */
export const number = (text) => ({ $number: text });
export const asBytes = (bytes) => ({ $bytes: base64(bytes) });
export const UNDEFINED = { $undefined: true };

/** A complete PhoneNumber. App and time are those of the watermark by default. */
export function phone(platform, number, raw, more) {
  const mark = raw.watermark ?? {};
  return returns({ platform, ...number, appId: mark.appid ?? null, issuedAt: mark.timestamp ?? null, raw, ...more });
}
export const tel = (countryCode, nationalNumber) => ({
  e164: countryCode && `+${countryCode}${nationalNumber}`,
  countryCode,
  nationalNumber,
  masked: false,
});
export const masked = (countryCode, nationalNumber) => ({ e164: null, countryCode, nationalNumber, masked: true });
export const MAINLAND = tel('86', '13800138000');

export const asObject = (payload) => (typeof payload === 'string' ? JSON.parse(payload) : payload);

/** The payload's text, with enough blanks before its end that the padding has exactly `count` bytes. */
export function stretch(payload, count, padBlock, around = 0) {
  const text = JSON.stringify(payload);
  const blanks = (2 * padBlock - count - ((Buffer.byteLength(text) + around) % padBlock)) % padBlock;
  return text.replace(/\}$/, `${' '.repeat(blanks)}}`);
}

/**
 * openPhone's arguments for a payload sealed under a session key. `payload` is an object, or the plaintext itself;
 * `change` changes the arguments.
 */
export function session(platform, name, payload, change, { appId, keySize = 16, padBlock = 16, padded } = {}) {
  const label = `${platform}/${name}`;
  const [key, iv] = [bytes(`${label}: key`, keySize), bytes(`${label}: iv`, 16)];
  const text = typeof payload === 'object' && !Buffer.isBuffer(payload) ? JSON.stringify(payload) : payload;
  const ciphertext = padded ? encryptCbc(key, iv, text) : sealCbc(key, iv, text, padBlock);
  const sealed = { platform, encryptedData: base64(ciphertext), iv: base64(iv) };
  const own = { appId, sessionKey: base64(key) };
  const options = { now: NOW };
  change?.(sealed, own, options, key);
  return [sealed, own, options];
}

/** Whether a ciphertext happens to decrypt to a plaintext whose last byte is 1. */
export function endsWithOne({ encryptedData, iv }, sessionKey) {
  const ciphertext = Buffer.from(encryptedData, 'base64');
  const decipher = createDecipheriv(
    'aes-128-cbc',
    Buffer.from(sessionKey, 'base64'),
    Buffer.from(iv, 'base64'),
  ).setAutoPadding(false);
  return decipher.update(ciphertext).at(-1) === 1;
}

/** The first of make(0), make(1), make(2) … for which `good` returns true: for properties that only chance produces. */
export function first(make, good) {
  for (let i = 0; ; i += 1) {
    const created = make(i);
    if (good(created)) return created;
  }
}

/** readPhone's cases for a platform's plain responses, each with its result. */
export function answers(platform, read, rows) {
  for (const [name, about, answer, outcome] of rows)
    read(name, about, [{ platform, answer }, {}, { now: NOW }], outcome);
}

export const kebab = (field) => field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
