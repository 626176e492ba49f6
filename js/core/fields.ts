// The fields of what a caller passes, in the order in which src/wasm.rs takes them. Nothing is trusted to be what its type
// says.

/** In the place of a field that cannot be read: of a type that no field has. */
const UNREADABLE = Symbol();

/** How many prototypes are looked through. A proxy may have ever new ones. */
const MAX_PROTOTYPES = 100;

/**
 * A property of whatever a caller passed, its own or one of its class, as a getter may be; `undefined` where only
 * `Object.prototype` or `Array.prototype` has it. Whoever puts a property there puts it on every object, and must not
 * thereby set an option. Throws what a getter or a proxy throws.
 */
export function propertyOf(source: object, name: PropertyKey): unknown {
  const value: unknown = (source as any)[name];
  return value === undefined || isCommon(source, name, commonPrototypeOf(source)) ? undefined : value;
}

/** The first prototype that an object shares with all others of its realm: `Object.prototype`, or a list's `Array.prototype`. */
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

/** Whether a property is that of the common prototype. */
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
 * Properties of whatever a caller passed where an object belongs, as {@link propertyOf} has them. One that cannot be read is
 * wrong; the others are not.
 *
 * @param read reads those of that name, faster than by name
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
    // A getter or a proxy throws: each field for itself.
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

/** Options as the module takes them: the present and the age, NaN where they are no numbers, and 0, 1, or 2 where that is no boolean. */
export function strictness(options: unknown): [now: number, maxAge: number, allowUnsigned: number] {
  if (options === undefined) return [Date.now(), MAX_AGE, 0];
  const [now, maxAge, allowUnsigned] = fieldsOf(options, OPTIONS);
  return [numberOr(Date.now(), now), numberOr(MAX_AGE, maxAge), flag(allowUnsigned)];
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
