// What every runtime runs against the installed package: all vectors, and what a caller of any runtime relies on.
// It is bundled, with the vectors in it, into one file for each module system, so that it runs where there is no disk.
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
  check('version is a version', /^\d+\.\d+\.\d+/.test(api.version), api.version);
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
    'an error is named',
    (() => {
      try {
        api.openPhone();
      } catch (error) {
        return `${error}`.startsWith('PhoneError: ');
      }
    })(),
  );
  check('ready gives a promise', typeof api.ready().then === 'function');
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

/** Every mistake that was made is found, one of them first. */
function finds({ finds: created, ok }, diagnosis) {
  const matches = diagnosis.findings.map(({ code }) => code);
  return diagnosis.ok === ok && created.every((code) => matches.includes(code)) && (ok || created.includes(matches[0]));
}

/** An argument of a case, with what JSON has no words for. */
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
