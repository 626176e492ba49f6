// The tests of the installed package on every runtime: all vectors, and the behaviour on which callers on any runtime rely. The
// file is bundled together with the vectors, once per module system, so that it also runs without a file system.
import { files } from '../vectors/all.mjs';

/** @returns {{ran: number, vectors: number, failures: string[]}} */
export function runSuite(api) {
  const failures = [];
  let ran = 0;
  const check = (name, ok, detail = '') => {
    ran++;
    if (!ok) failures.push(detail ? `${name}: ${detail}` : name);
  };
  for (const { platform, cases } of files) {
    for (const vector of cases) check(`vector ${platform}/${vector.name}`, ...runCase(api, vector));
  }
  const vectors = ran;
  check('version is a version number', /^\d+\.\d+\.\d+/.test(api.version), api.version);
  check(
    'a code is explained',
    api.explain('wechat', 40029).action === 'ask-again',
    JSON.stringify(api.explain('wechat', 40029)),
  );
  check(
    'errors are PhoneErrors and Errors',
    isPhoneError(api, () => api.openPhone()),
  );
  check(
    'the text of an error begins with PhoneError',
    (() => {
      try {
        api.openPhone();
      } catch (error) {
        return `${error}`.startsWith('PhoneError: ');
      }
    })(),
  );
  check('ready returns a promise', typeof api.ready().then === 'function');
  return { ran, vectors, failures };
}

function isPhoneError(api, call) {
  try {
    call();
  } catch (error) {
    return error instanceof api.PhoneError && error instanceof Error && error.code === 'ERR_INPUT';
  }
  return false;
}

function runCase(api, vector) {
  let actual;
  try {
    actual = { returns: api[vector.call](...vector.args.map(revive)) ?? null };
  } catch (error) {
    actual = { throws: error };
  }
  if (vector.throws) {
    const different = Object.entries(vector.throws).filter(([key, value]) => actual.throws?.[key] !== value);
    return [
      actual.throws !== undefined && different.length === 0,
      `${JSON.stringify(actual)} is not ${JSON.stringify(vector.throws)}`,
    ];
  }
  if (vector.finds && actual.returns) return [finds(vector, actual.returns), JSON.stringify(actual.returns.findings)];
  return [
    JSON.stringify(sorted(actual.returns)) === JSON.stringify(sorted(vector.returns)),
    `${actual.throws ?? JSON.stringify(actual.returns)}`,
  ];
}

/** Whether the findings contain every expected code, and begin with one of them unless the payload opens. */
function finds({ finds: expected, ok }, diagnosis) {
  const codes = diagnosis.findings.map(({ code }) => code);
  return diagnosis.ok === ok && expected.every((code) => codes.includes(code)) && (ok || expected.includes(codes[0]));
}

/** Decodes an argument of a case, including values that JSON cannot express. */
function revive(value) {
  if (Array.isArray(value)) return value.map(revive);
  if (typeof value !== 'object' || value === null) return value;
  if ('$number' in value) return Number(value.$number);
  if ('$undefined' in value) return undefined;
  if ('$bytes' in value) return Uint8Array.from(atob(value.$bytes), (c) => c.charCodeAt(0));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, revive(inner)]));
}

function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key])]),
  );
}
