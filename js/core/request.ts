// The fields of a call, converted to plain values. Getters, proxies and toJSON of the caller run only here, before the
// module is used: they may throw, return other values each time, or call the package again.
import { fieldsOf, propertyOf } from './fields';

/** The data that is written into the buffer: see src/wasm/buffer.rs. */
export interface Request {
  /** The kind and the length of each field. */
  words: number[];
  text: string;
  octets: Uint8Array[];
}

/** The maximum length of a text or key, in UTF-16 units or in bytes. */
const MAX_LENGTH = 64 * 1024;
/** The maximum number of items in a list. */
const MAX_LIST = 64;
/** The maximum total size of a list: sixteen keys of the maximum length. */
const MAX_LIST_SIZE = 16 * MAX_LENGTH;

// The kind of a field: the lowest three bits of its word. The other bits are its length.
const ABSENT = 0;
const TEXT = 1;
const JSON_TEXT = 2;
const BYTES = 3;
const LIST = 4;
const TOO_LONG = 5;
const WRONG = 6;

/** Converts the fields of a call, or the items of a list, which cannot be lists themselves. */
export function requestOf(fields: readonly unknown[], areItems = false): Request {
  const request: Request = { words: [], text: '', octets: [] };
  for (const field of fields) {
    if (typeof field === 'string') putText(request, field, TEXT);
    else if (field === undefined || field === null) request.words.push(ABSENT);
    else if (typeof field !== 'object') request.words.push(WRONG);
    else putObject(request, field, areItems);
  }
  return request;
}

const sizeOf = ({ text, octets }: Request): number => octets.reduce((sum, { length }) => sum + length, text.length);

function putText(request: Request, text: string, kind: number): void {
  const { length } = text;
  if (length > MAX_LENGTH) {
    request.words.push(TOO_LONG);
  } else {
    request.words.push(length * 8 + kind);
    request.text += isHigh(text.charCodeAt(length - 1)) ? text.slice(0, -1) + '\ufffd' : text;
  }
}

/**
 * The first half of a surrogate pair at the end of a text would form a character with the second half at the beginning
 * of the next text.
 */
const isHigh = (unit: number) => unit >= 0xd800 && unit < 0xdc00;

function putObject(request: Request, object: object, isItem: boolean): void {
  let value: string | Uint8Array | Request | number;
  try {
    // The value is read completely before any of it is written.
    if (Array.isArray(object)) value = isItem ? WRONG : listOf(object);
    else if (ArrayBuffer.isView(object)) value = octetsOf(object);
    else value = jsonOf(object);
  } catch (reason) {
    // A getter or a proxy threw, the buffer of the bytes is detached, or JSON cannot represent the value, such as a
    // cycle.
    value = reason === TOO_LONG ? TOO_LONG : WRONG;
  }
  if (typeof value === 'string') putText(request, value, JSON_TEXT);
  else if (typeof value === 'number') request.words.push(value);
  else if (value instanceof Uint8Array) {
    request.words.push(value.length * 8 + BYTES);
    request.octets.push(value);
  } else {
    request.words.push(value.words.length * 8 + LIST, ...value.words);
    request.text += value.text;
    request.octets.push(...value.octets);
  }
}

function listOf(list: unknown[]): Request | number {
  // A proxy may return any length.
  const { length } = list;
  if (!Number.isInteger(length) || length < 0) return WRONG;
  if (length > MAX_LIST) return TOO_LONG;
  const items = requestOf(
    fieldsOf(
      list,
      Array.from({ length }, (_, index) => index),
    ),
    true,
  );
  return sizeOf(items) > MAX_LIST_SIZE ? TOO_LONG : items;
}

// The real type and length of a view from any realm. The view's own properties may claim other values.
const TypedArray: object = Object.getPrototypeOf(Uint8Array.prototype);
const getterOf = (name: PropertyKey) => Object.getOwnPropertyDescriptor(TypedArray, name)!.get!;
const typeOf = getterOf(Symbol.toStringTag);
const lengthOf = getterOf('length');
const BYTE_ARRAYS = ['Uint8Array', 'Int8Array', 'Uint8ClampedArray'];

/** A copy of the bytes: the caller may change them before they are written. */
function octetsOf(view: ArrayBufferView): Uint8Array | number {
  if (!BYTE_ARRAYS.includes(typeOf.call(view))) return WRONG;
  if (lengthOf.call(view) > MAX_LENGTH) return TOO_LONG;
  return new Uint8Array(view as Uint8Array);
}

/** An object as JSON text, with big integers as their digits. */
function jsonOf(object: object): string | number {
  let count = 0;
  const text: unknown = JSON.stringify(object, function (this: object, key, value: unknown) {
    // Every value needs at least a character. A proxy may have an unlimited number of values.
    if (++count > MAX_LENGTH) throw TOO_LONG;
    const json = key in Array.prototype || 'toJSON' in Array.prototype ? withoutCommon(this, key, value) : value;
    return typeof json === 'bigint' ? String(json) : json;
  });
  return typeof text === 'string' ? text : WRONG;
}

/** The value to serialise. Ignores elements and `toJSON` that somebody added to `Object.prototype` or `Array.prototype`. */
function withoutCommon(holder: object, key: string, value: unknown): unknown {
  const own = propertyOf(holder, key);
  return own === undefined || typeof propertyOf(Object(own), 'toJSON') !== 'function' ? own : value;
}
