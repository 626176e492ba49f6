// Decides which members of an object are fields of a payload.
import type { Platform } from '../core/types';
import { parseForm } from './form';
import { parse } from './json';
import { fieldForName, isKnown, isLoginCode, keyForName, namesPlatform, wraps } from './names';
import { isCode, responseOf } from './responses';
import type { Members, PastedObject } from './types';

/** The fields and keys of all objects. If one object has a payload, fields of other objects are not mixed in. */
export function gather(objects: readonly PastedObject[], platformOf: (name: string) => Platform | undefined) {
  const sealed: Members = {};
  const keys: Members = {};
  const names = new Set<string>();
  let named: Platform | undefined;
  const main = objects.findIndex(({ members }) => hasPayload(members));
  objects.forEach(({ members }, index) => {
    for (const [name, value] of Object.entries(members)) {
      names.add(name);
      if (namesPlatform(name) && typeof value === 'string') named ??= platformOf(value.trim());
      const key = keyForName(name);
      if (key !== undefined && isPresent(value) && !(key in keys)) keys[key] = value;
    }
    if (main >= 0 && index !== main && hasPayload(members)) return;
    for (const [name, value] of Object.entries(fieldsOf(members))) if (!(name in sealed)) sealed[name] = value;
  });
  // Members of the payload's own object take precedence over members of the objects around it.
  const own = objects[main];
  if (own) Object.assign(sealed, fieldsOf(own.members));
  return { sealed, keys, names, named };
}

export const isPresent = (value: unknown): boolean => value !== null && value !== undefined && value !== '';

const hasPayload = (members: Members): boolean => {
  const { encryptedData, response, data } = fieldsOf(members);
  return [encryptedData, response, data].some(isPresent);
};

/** The fields of a payload that an object has. */
function fieldsOf(members: Members): Members {
  const isField = fieldFilter(members);
  const fields: Members = {};
  for (const [name, value] of Object.entries(members)) {
    const field = fieldForName(name) ?? '';
    if (!isField(name, value) || isPresent(fields[field]) || (field in fields && !isPresent(value))) continue;
    fields[field] = value;
    if (field === 'code' && isLoginCode(name)) fields.use ??= 'login';
  }
  return fields;
}

/**
 * Returns a filter for the members of an object that are fields of a payload. Many objects have a member code, data or
 * response.
 */
export function fieldFilter(members: Members): (name: string, value: unknown) => boolean {
  const isResponse = responseOf(members).length > 0;
  const names = Object.keys(members);
  const has = (...fields: string[]): boolean => names.some((name) => fields.includes(fieldForName(name) ?? ''));
  // If the object also names a platform, its code, data and response are fields, even if the values look wrong.
  const hasPlatformName = names.some(namesPlatform);
  return (name, value) => {
    const isPlain = typeof value !== 'object' || value === null;
    switch (fieldForName(name)) {
      case undefined:
        return false;
      case 'code':
        if (isResponse || !isPlain) return false;
        return (
          hasPlatformName ||
          (typeof value === 'string' &&
            (isPlaceholder(value) || 'errMsg' in members || (value.length >= 16 && !isCode(value))))
        );
      case 'use':
        return has('code') && (value === 'phone' || value === 'login');
      case 'data':
        if (!isPlain) return hasPlatformName && isLogin(value);
        if (typeof value === 'string' && holdsFields(parseNested(name, value))) return false;
        return (
          (hasPlatformName && !isResponse) ||
          (typeof value === 'string' && (has('iv') || value.length >= 64) && parseNested(name, value) === undefined)
        );
      case 'response':
        return isAlipayResponse(value) || (isPlain && (hasPlatformName || has('sign')));
      case 'errMsg':
      case 'errno':
        // A response has `errmsg`, or `errMsg` together with an error code.
        return !isResponse && 'errMsg' in members;
      case 'sign':
      case 'signType':
      case 'encryptType':
      case 'charset':
        return !isResponse && has('encryptedData', 'response');
      default:
        return true;
    }
  };
}

/** The response to a login, which some people mistake for the payload. */
const isLogin = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  ('session_key' in value ||
    ('data' in value && typeof value.data === 'object' && value.data !== null && 'session_key' in value.data));

/** Whether a value that was parsed from a text has the fields of a payload, and is not the response to a login. */
const holdsFields = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.entries(value).some(
    ([name, member]) =>
      /^(?:detail|encryptedData|iv)$/.test(fieldForName(name) ?? name) ||
      (fieldForName(name) === 'code' && String(member).length >= 16),
  );

/** Whether a value in the place of a code is only a placeholder. */
const isPlaceholder = (value: string): boolean =>
  value === '' ||
  /^(?:undefined|null|\[object Object\]|the code is a mock one)$/.test(value) ||
  /\*{2}|\.{3}|…/.test(value);

/** The objects in a text that is itself JSON or a form. */
export function parseNested(name: string, text: string): unknown {
  if (!wraps(name)) return undefined;
  if (/^\s*[[{]/.test(text)) return parse(text);
  const form = text.includes('=') ? parseForm(text) : undefined;
  return form && Object.keys(form).some(isKnown) ? form : undefined;
}

/** The content of Alipay's callback: a ciphertext, an object or its text. Logs call other responses `response`, too. */
function isAlipayResponse(value: unknown): boolean {
  if (typeof value !== 'string')
    return (
      typeof value === 'object' &&
      value !== null &&
      ['response', 'encryptedData', 'subCode', 'sub_code'].some((name) => name in value)
    );
  const inside = /^\s*\{/.test(value) ? parse(value) : undefined;
  return typeof inside === 'object' && inside !== null
    ? (responseOf(inside as Members)[0] ?? 'alipay') === 'alipay'
    : value.length >= 24;
}
