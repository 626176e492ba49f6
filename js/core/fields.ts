// Reads the fields of a caller's arguments, in the order of src/wasm.rs. An argument may have any type.

/** Replaces a field whose getter threw. No field accepts its type. */
const UNREADABLE = Symbol();

/** The maximum number of prototypes that are read. A proxy may have an unlimited number. */
const MAX_PROTOTYPES = 100;

/**
 * A property of a caller's object, its own or an inherited one such as a getter of its class. `undefined` if only
 * `Object.prototype` or `Array.prototype` has the property: a polluted prototype must not set an option. Throws what a
 * getter or a proxy throws.
 */
export function propertyOf(source: object, name: PropertyKey): unknown {
  const value: unknown = (source as any)[name];
  return value === undefined || isCommon(source, name, commonPrototypeOf(source)) ? undefined : value;
}

/**
 * The first prototype that an object shares with all objects of its realm: `Object.prototype`, or `Array.prototype` for
 * a list.
 */
function commonPrototypeOf(source: object): object | null {
  let prototype: object | null = Object.getPrototypeOf(source);
  for (let count = 0; prototype !== null && !Array.isArray(prototype); count++) {
    const next: object | null = Object.getPrototypeOf(prototype);
    if (next === null) break;
    if (count === MAX_PROTOTYPES) throw new RangeError();
    prototype = next;
  }
  return prototype;
}

/** Whether the common prototype has the property, and no object before it. */
function isCommon(source: object, name: PropertyKey, common: object | null): boolean {
  if (common === null || !(name in common)) return false;
  let holder: object | null = source;
  for (let count = 0; holder !== null && holder !== common; count++) {
    if (Object.prototype.hasOwnProperty.call(holder, name)) return false;
    if (count === MAX_PROTOTYPES) throw new RangeError();
    holder = Object.getPrototypeOf(holder);
  }
  return true;
}

/**
 * The properties of a caller's object, according to {@link propertyOf}. A property whose getter throws becomes
 * `UNREADABLE`, a value that no field accepts, and does not affect the others.
 *
 * @param read an optional faster reader: returns the values in the order of `names`
 */
export function fieldsOf(
  source: any,
  names: readonly PropertyKey[],
  read = (source: any): unknown[] => names.map((name) => source[name]),
): unknown[] {
  if (source === undefined || source === null) return names.map(() => undefined);
  if (typeof source !== 'object' && typeof source !== 'function') return names.map(() => UNREADABLE);
  try {
    const common = commonPrototypeOf(source);
    const values = read(source);
    for (let index = 0; index < values.length; index++) {
      if (values[index] !== undefined && isCommon(source, names[index]!, common)) values[index] = undefined;
    }
    return values;
  } catch {
    // A getter or a proxy throws: read each field separately.
    return names.map((name) => {
      try {
        return propertyOf(source, name);
      } catch {
        return UNREADABLE;
      }
    });
  }
}

const SEALED = [
  'platform',
  'encryptedData',
  'iv',
  'data',
  'response',
  'sign',
  'signType',
  'encryptType',
  'charset',
  'sign_type',
  'encrypt_type',
];

export function sealedFields(sealed: unknown): unknown[] {
  const fields = fieldsOf(
    sealed,
    SEALED,
    ({
      platform,
      encryptedData,
      iv,
      data,
      response,
      sign,
      signType,
      encryptType,
      charset,
      sign_type,
      encrypt_type,
    }) => {
      return [
        platform,
        encryptedData,
        iv,
        data,
        response,
        sign,
        signType,
        encryptType,
        charset,
        sign_type,
        encrypt_type,
      ];
    },
  );
  const encryptType = fields.pop();
  const signType = fields.pop();
  fields[6] ??= signType;
  fields[7] ??= encryptType;
  return fields;
}

/** The names of the keys, in the order of src/wasm.rs. */
export const KEYS = ['appId', 'appKey', 'sessionKey', 'privateKey', 'alipayPublicKey', 'aesKey'];

export const keyFields = (keys: unknown): unknown[] =>
  fieldsOf(keys, KEYS, ({ appId, appKey, sessionKey, privateKey, alipayPublicKey, aesKey }) => [
    appId,
    appKey,
    sessionKey,
    privateKey,
    alipayPublicKey,
    aesKey,
  ]);

/** The names of the options. */
export const OPTIONS = ['now', 'maxAge', 'allowUnsigned'];

/**
 * The options in the form that the module takes. `now` and `maxAge`: NaN if the option is not a number. `allowUnsigned`:
 * 0 or 1, or 2 if the option is not a boolean.
 */
export function optionFields(options: unknown): [now: number, maxAge: number, allowUnsigned: number] {
  if (options === undefined) return [Date.now(), MAX_AGE, 0];
  const [now, maxAge, allowUnsigned] = fieldsOf(options, OPTIONS);
  return [numberOr(Date.now(), now), numberOr(MAX_AGE, maxAge), flag(allowUnsigned)];
}

/** The default of `maxAge`, in seconds. */
const MAX_AGE = 600;

function numberOr(otherwise: number, value: unknown): number {
  if (value === undefined || value === null) return otherwise;
  return typeof value === 'number' ? value : NaN;
}

function flag(value: unknown): number {
  if (value === undefined || value === null || value === false) return 0;
  return value === true ? 1 : 2;
}
