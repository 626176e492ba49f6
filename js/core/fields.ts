// The fields of what a caller passes, in the order in which src/wasm.rs takes them. Nothing is trusted to be what its type
// says.

/** In the place of a field that cannot be read: of a type that no field has. */
const UNREADABLE = Symbol();

/** Reads fields of whatever a caller passed where an object belongs. One that cannot be read is wrong; the others are not. */
export function fieldsOf<T>(source: unknown, read: (source: any) => T): T {
  if (typeof source === 'object' && source !== null) {
    try {
      return read(source);
    } catch {
      // A getter or a proxy throws: each field for itself.
    }
  }
  return read(new Proxy({}, { get: (_, name) => (source === undefined || source === null ? undefined : fieldOf(source, name)) }));
}

export function fieldOf(source: unknown, name: PropertyKey): unknown {
  try {
    return Reflect.get(source as object, name);
  } catch {
    return UNREADABLE;
  }
}

export const sealedFields = (sealed: unknown): unknown[] =>
  fieldsOf(sealed, ({ platform, encryptedData, iv, data, response, sign, signType, sign_type, encryptType, encrypt_type, charset }) => {
    return [platform, encryptedData, iv, data, response, sign, signType ?? sign_type, encryptType ?? encrypt_type, charset];
  });

export const keyFields = (keys: unknown): unknown[] =>
  fieldsOf(keys, ({ appId, appKey, sessionKey, privateKey, alipayPublicKey, aesKey }) => [appId, appKey, sessionKey, privateKey, alipayPublicKey, aesKey]);

/** Options as the module takes them: the present and the age, NaN where they are no numbers, and 0, 1, or 2 where that is no boolean. */
export function strictness(options: unknown): [now: number, maxAge: number, allowUnsigned: number] {
  if (options === undefined) return [Date.now(), MAX_AGE, 0];
  return fieldsOf(options, ({ now, maxAge, allowUnsigned }) => [numberOr(Date.now(), now), numberOr(MAX_AGE, maxAge), flag(allowUnsigned)]);
}

/** In seconds. */
const MAX_AGE = 600;

function numberOr(otherwise: number, value: unknown): number {
  if (value === undefined || value === null) return otherwise;
  return typeof value === 'number' ? value : NaN;
}

function flag(value: unknown): number {
  if (value === undefined || value === null || value === false) return 0;
  return value === true ? 1 : 2;
}
