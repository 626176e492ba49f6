// The seeds of the fuzz targets: the vectors and samples, in the form that fuzz/src/lib.rs reads.
import { createDecipheriv, createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { responseSamples } from '../../samples/index.mjs';
import { root } from '../paths.mjs';

const vectors = join(root, 'tests', 'vectors');
const read = (name) => JSON.parse(readFileSync(join(vectors, name), 'utf8'));

const SEALED = ['encryptedData', 'iv', 'data', 'response', 'sign', 'signType', 'encryptType', 'charset'];
const KEYS = ['appId', 'appKey', 'sessionKey', 'privateKey', 'alipayPublicKey', 'aesKey'];

function item(value) {
  if (value === null || value === undefined || value.$undefined) return '';
  if (typeof value === 'string') return `T${value}`;
  if (value.$bytes) return `B${value.$bytes}`;
  return typeof value === 'object' && !Array.isArray(value) ? `J${JSON.stringify(value)}` : '!';
}

const field = (value) => (Array.isArray(value) ? `L${value.map(item).join('\x1e')}` : item(value));
const fields = (object, names) => names.map((name) => field(object?.[name]));
const seed = (...parts) => parts.join('\x1f');

function optionsOf({ now, maxAge, allowUnsigned } = {}) {
  const number = (value, otherwise) => (typeof value === 'number' ? value : otherwise);
  return [
    number(now, 1.7e12) / 1000,
    maxAge?.$number === 'Infinity' ? 'inf' : number(maxAge, 600),
    allowUnsigned === true ? 1 : 0,
  ].join(' ');
}

/** The plaintext of a payload that a session key or Alipay's AES key decrypts; undefined for other payloads. */
function plainOf(sealed, keys) {
  const name = sealed.platform === 'alipay' ? 'response' : 'encryptedData';
  const key = [sealed.platform === 'alipay' ? keys.aesKey : keys.sessionKey].flat()[0];
  if (typeof key !== 'string' || typeof sealed[name] !== 'string') return undefined;
  const [bytes, iv] = [
    Buffer.from(key, 'base64'),
    sealed.platform === 'alipay' ? Buffer.alloc(16) : Buffer.from(String(sealed.iv), 'base64'),
  ];
  try {
    const cipher = createDecipheriv(`aes-${bytes.length * 8}-cbc`, bytes, iv);
    const plain = Buffer.concat([cipher.update(sealed[name], 'base64'), cipher.final()]).toString('latin1');
    return /[\x1e\x1f]/.test(plain) ? undefined : { name, plain };
  } catch {
    return undefined;
  }
}

function* opening([sealed, keys = {}, options], ...more) {
  const parts = (payload) => [sealed.platform, ...payload, ...fields(keys, KEYS), ...more];
  const payload = fields(sealed, SEALED);
  yield Buffer.from(seed(optionsOf(options), ...parts(payload)));
  const open = plainOf(sealed, keys);
  if (!open) return;
  const plain = payload.map((text, index) =>
    SEALED[index] === open.name ? `P${open.plain}` : Buffer.from(text).toString('latin1'),
  );
  yield Buffer.from(seed(optionsOf({ ...options, allowUnsigned: true }), ...parts(plain)), 'latin1');
}

function* seedsOf(target) {
  const files = readdirSync(vectors).filter((name) => name.endsWith('.json') && name !== 'keys.json');
  const cases = files.flatMap((name) => read(name).cases);
  const called = (name) => cases.filter(({ call }) => call === name).map(({ args }) => args);
  const keys = read('keys.json');
  if (target === 'open') for (const args of called('openPhone')) yield* opening(args);
  if (target === 'diagnose')
    for (const args of [...called('openPhone').slice(0, 100), ...called('diagnose')])
      yield* opening(args, ...fields(args[0], ['code', 'use', 'errMsg', 'errno']));
  if (target === 'read') {
    for (const [{ platform, answer: response }, keys, options] of called('readPhone'))
      yield seed(optionsOf(options), platform, field(response), field(keys?.appId));
    for (const { platform, answer: platformResponse } of responseSamples())
      yield seed(optionsOf(), platform, field(platformResponse), '', 'Talipay.system.oauth.token', field(keys.crt));
  }
  if (target === 'explain')
    for (const { platform, answer: serverResponse } of responseSamples()) yield seed(platform, field(serverResponse));
  if (target === 'keys') {
    const every = [
      ...Object.values(keys),
      ...cases.flatMap(({ args }) => KEYS.slice(2).flatMap((name) => args[1]?.[name] ?? [])),
    ];
    for (const key of every) if (key.$bytes || typeof key === 'string') yield field(key);
  }
  if (target === 'boundary')
    for (const args of called('openPhone').slice(0, 200))
      for (const bytes of opening(args)) yield Buffer.concat([Buffer.alloc(5), bytes]);
}

/** Writes the seeds of a target into a folder, each named after the hash of its content, and returns their number. */
export function writeSeeds(target, folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const seed of seedsOf(target))
    writeFileSync(join(folder, createHash('sha1').update(seed).digest('hex').slice(0, 16)), seed);
  return readdirSync(folder).length;
}
